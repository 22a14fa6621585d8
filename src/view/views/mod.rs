//! Views: one page each, made of panels.

mod lab;
mod parts;
mod story;
mod suspects;

pub use lab::LabView;
pub use story::StoryView;
pub use suspects::SuspectsView;
