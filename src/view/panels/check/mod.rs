//! Panels of the Check view.

mod class;
mod details;
mod field;
mod pick;
mod said;
mod table;

pub use field::{MachineField, text_of};
pub use said::MachineSaid;
pub use table::MachineTable;
