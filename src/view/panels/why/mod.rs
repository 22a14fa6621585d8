//! Panels of the Check view's second question: why are these two numbers different?

mod answer;
mod answered;
mod cells;
mod entry_field;
mod fields;
mod panel;
mod picture;
mod questions;
mod report;
mod take;

pub use panel::WhyPanel;
