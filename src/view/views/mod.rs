//! Views: one page each, made of panels.

mod embed;
mod lab;
mod parts;
mod story;
mod suspects;
mod teach;

pub use embed::EmbedView;
pub use lab::LabView;
pub use story::StoryView;
pub use suspects::SuspectsView;
pub use teach::TeachView;
