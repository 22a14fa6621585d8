//! Panels of the Check view.

mod class;
mod details;
mod field;
mod pick;
mod said;
mod short;
mod table;

pub use field::{MachineField, text_of};
pub use said::MachineSaid;
pub use short::InShort;
pub use table::MachineTable;
