//! Controls: dumb, typed, complete by keyboard. What they edit, its range and
//! its words come from the schema.

mod choice;
mod copy;
mod copy_field;
mod engine;
mod help;
mod number;
mod parameter;
mod select;
mod text_area;
mod toggle;

pub use choice::ChoiceControl;
pub use copy::CopyButton;
pub use copy_field::CopyField;
pub use number::{NumberControl, Slider};
pub use parameter::{ParameterControl, entry};
pub use select::Select;
pub use text_area::TextArea;
pub use toggle::Toggle;
