//! Panels of the Check view's second question: why are these two numbers different?

mod answer;
mod cells;
mod fields;
mod panel;
mod questions;
mod report;
mod take;

pub use panel::WhyPanel;
