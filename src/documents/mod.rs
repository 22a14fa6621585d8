//! What is loaded into the page, beside the [`State`](crate::state::State): the recordings that ship
//! with it, a file that a reader gives, and what follows from both.
//!
//! A [`State`](crate::state::State) fits into a link; these do not, so that a link names them only.
//! No browser here either. The way of a document: the view hears that one is wanted or given, has the
//! browser fetch or read it, and says what came as a [`DocumentEvent`]; [`Documents::reduce`] makes of it a
//! [`Document`], ready or failed with a typed fault whose `Display` is the sentence on the page. What
//! follows from a document is asked of it: [`JudgedRecordings::findings`], [`CheckedFile::reports`].
//!
//! [`Probe`] is the same for the one thing that a browser is asked and that is no file: what its
//! relaxed dot product gives.

mod audited;
mod case;
mod document;
mod every_pair;
mod fault;
mod findings;
mod given;
mod home;
mod lab;
mod machines;
mod memo;
mod part;
mod probe;
mod read;
mod shortened;
mod typed;

pub use audited::{
    AuditStep, Audited, FileVerdict, LinkedVerdict, OutputVerdict, OutputsVerdict, PairVerdict,
    ProductLine, ProductName, ProductNumbers, Progress,
};
pub use case::{Case, Chosen};
pub use document::Document;
pub use every_pair::{EVERY_PAIR_MODULE, EveryPair, Outcome as EveryPairOutcome, PAIRS_OF_WEIGHTS};
pub use fault::{FetchFault, ShippedFault};
pub use findings::{Findings, JudgedRecordings, NamedFinding};
pub use given::{CheckedFile, Given};
pub use home::{DocumentEvent, Documents};
pub use lab::InLab;
pub use machines::{MachineTexts, MachinesFault, asked, engine_of, picked};
pub use part::in_lab;
pub use probe::{Answer, LegalAnswer, PROBE_MODULE, Probe, ProbeBytes};
pub use read::{Json, admit, read};
pub use typed::TypedEntry;

// What their fields and signatures are made of.
pub use crate::evidence::{Compared, FileFault, Miss, RecordingFile, RunReport, Tally, Verdict};
pub use crate::explain;
pub use crate::hits::{counted, grouped, percent};
pub use crate::machine::{
    Answer as MachineAnswer, Arch, Candidate, Class, Confidence, CpuFamily, EnvironmentVariable,
    Library, MachineData, Reference, Rented, Source, System, TextFault, Variant, WhichArithmetic,
    agreement, differences, essence,
};
