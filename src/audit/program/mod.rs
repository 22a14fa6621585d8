//! [`answer`]: what a program prints of files, and how it ends. The command line and the npm package's
//! program ask the same [`Question`]s and print the same bytes.

mod fault;
mod question;
mod table;

pub use fault::QuestionFault;
pub use question::{Deny, Printed, Question, answer};
