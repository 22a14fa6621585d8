//! What is said of a file of weights in one sentence, made of a few numbers: by the audit, which counts
//! them, and by the page, which may have them of a link.

mod counts;
mod cpu_class;
mod number;

pub use counts::{Counts, Runs};
pub use cpu_class::CpuClass;
pub use number::{counted, grouped, percent, share};
