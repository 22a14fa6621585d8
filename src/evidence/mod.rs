//! Recordings of the real library, theories of how it sums, and what the one says of the other.
//!
//! A [`Recordings`] file holds layers with the output codes that a library gave for them. A
//! [`Theory`] says how products are summed. [`judge`] counts the recorded points that a theory
//! gets wrong; what follows the sum is [`crate::arith::Stage`] for every theory alike, so that the
//! sum alone decides.

mod catalogue;
pub mod every_pair;
mod fault;
mod file;
pub mod instruction;
mod machine;
pub mod mystery;
mod operation;
mod recording;
mod recording_error;
mod theory;
mod verdict;
pub mod words;

pub use catalogue::{CATALOGUE, CatalogueEntry, RecordedOn, Shipped};
pub use fault::{FileFault, MOST_BYTES};
pub use file::{RecordingEntry, RecordingFile, RunEntry, SCHEMAS, SET, Source};
pub use machine::{Fit, RunReport, report, write_csv};
pub use operation::{Backend, Operation, Operator, RunKind};
pub use recording::{RecordedLayer, Recordings, Results, Run};
pub use recording_error::{EntryFault, RecordingError};
pub use theory::{NAMED, NamedTheory, Overflow, Pairing, Theory, WIDTHS, Widening};
pub use verdict::{Compared, Miss, Predictor, Tally, Verdict, compare, judge, judge_all, misses};
