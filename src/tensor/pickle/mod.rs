//! Python's pickles, as far as PyTorch's files need them. Nothing is ever called.
//!
//! A pickle is a program for a machine with a stack. Here it makes plain [`Value`]s; a call of an
//! allowed function becomes a note of function and arguments ([`Value::Built`]), and everything else
//! that a pickle may ask for is an error that names it. The allow-list is that of `torch.load` with
//! `weights_only` (torch/_weights_only_unpickler.py).

mod global;
mod machine;
mod number;
mod value;

pub use global::{Global, Rebuild};
pub use machine::load;
pub use value::{Pickle, Ref, Value};
