//! Controls: dumb, typed, complete by keyboard. What they edit, its range and
//! its words come from the schema.

mod choice;
mod help;
mod number;
mod parameter;
mod toggle;

pub use number::{NumberControl, Slider};
pub use parameter::ParameterControl;
