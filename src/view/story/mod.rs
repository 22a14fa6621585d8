//! The story's own components; its figures are the Lab's.

mod figures;
mod fixes;
mod marked;
mod mystery;
mod question;
mod score;
mod teacher;

pub use figures::{FollowFigure, OtherFigure, StoryFigure, StoryFigureProps};
pub use marked::marked;
pub use question::{Questions, QuestionsProps};
pub use score::Score;
pub use teacher::{TeacherLink, TeacherProps};
