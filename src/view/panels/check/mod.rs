//! Panels of the Check view.

mod agree;
mod answers;
mod class;
mod details;
mod field;
mod pick;
mod said;
mod short;
mod table;

pub use answers::MachineAnswers;
pub use field::{MachineField, text_of};
