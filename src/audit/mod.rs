//! The audit of weights: which outputs of an int8 layer can lose something in a 16-bit pair, where, and
//! how much.
//!
//! For kernels that clamp each pair x₀·w₀ + x₁·w₁ of u8 codes and s8 weights to int16 and add the pairs
//! exactly. Codes x are the bytes that meet the weights, before any zero point: what a pair has lost
//! stays lost, whatever is taken off afterwards. Pair j of a row is k = 2j and 2j + 1, in the order in
//! which a kernel reads them.

mod activations;
mod closer;
mod column_scan;
mod expectation;
mod fate;
mod fate_of;
mod file;
mod files;
mod graph;
mod input;
mod inspect;
mod inspector;
mod json;
mod layout;
mod matrix;
mod on;
mod other_types;
mod pair;
mod passes;
mod profile;
mod program;
mod quantizer;
mod report;
mod role;
mod row;
mod row_scan;
mod runs;
mod said;
mod sample_set;
mod samples;
mod sorted;
mod steps;
mod sums;
mod take;
mod totals;
mod verdict;

pub use closer::{Closer, OutputSaid, OutputsSaid, PairSaid, ProductId};
pub use expectation::{Distribution, Expectation, Expecter};
pub use fate::{CpuClass, Fate};
pub use files::{Auditing, audit};
pub use input::{InputFile, Listener, Options, Progress};
pub use inspect::{Audits, Inspection, inspect, inspect_in};
pub use json::{json, pretty};
pub use layout::{KernelOrder, Layout};
pub use matrix::MatrixAudit;
pub use on::{Arithmetic, CPUS, On, Rule};
pub use other_types::{
    Shifted, bias_overflows, largest_sum, unsafe_pairs_signed, unsafe_pairs_unsigned,
    wrapping_pairs,
};
pub use pair::{CodeRange, first_code, pairs, worst_input};
pub use passes::Role;
pub use profile::Profile;
pub use program::{Deny, Printed, Question, QuestionFault, answer};
pub use quantizer::WeightQuantizer;
pub use report::{
    ActivationReport, Detail, ErrorReport, FileReport, How, NbitsReport, Outcome, ProductReport,
    QuantReport, QuantizedReport, Report, SampleReport, TensorReport,
};
pub use row::RowAudit;
pub use said::{FileSaid, Line};
pub use samples::SampleCounts;
pub use sorted::Sorted;
pub use take::{csv, html, markdown, said};
pub use totals::Totals;
pub use verdict::Verdict;
