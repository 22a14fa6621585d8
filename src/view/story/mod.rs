//! The story's own components; its figures are the Lab's.

mod figure;
mod figures;
mod fixes;
mod marked;
mod mystery;
mod plotted;
mod question;
mod score;
mod teacher;

pub use figure::StoryFigure;
pub use figures::{FollowFigure, OtherFigure, StoryFigureProps};
pub use marked::marked;
pub use question::{Questions, QuestionsProps};
pub use score::Score;
pub use teacher::{TeacherLink, TeacherProps};
