//! The audit of files for JavaScript: a module of its own, for a worker of the page and for Node.
//!
//! Files come as functions that read bytes at an offset: `FileReaderSync` over `Blob.slice` in a worker,
//! `fs.readSync` in Node. Nothing is held that is not needed.

mod look;
mod session;
mod source;

pub use look::AuditOutputs;
pub use session::{Audit, AuditPrinted};
