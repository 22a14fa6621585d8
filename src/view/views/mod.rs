//! Views: one page each, made of panels.

mod embed;
mod lab;
mod parts;
mod story;
mod suspects;

pub use embed::EmbedView;
pub use lab::LabView;
pub use story::StoryView;
pub use suspects::SuspectsView;
