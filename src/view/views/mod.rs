//! Views: one page each, made of panels.

mod check;
mod embed;
mod lab;
mod model;
mod parts;
mod story;
mod suspects;
mod teach;

pub use check::CheckView;
pub use embed::EmbedView;
pub use lab::LabView;
pub use model::ModelView;
pub use story::StoryView;
pub use suspects::SuspectsView;
pub use teach::TeachView;
