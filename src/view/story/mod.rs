//! The story's own components: a file for each scene, and what they share.

mod chip;
mod cursor_figure;
mod draw;
mod figures;
mod heading;
mod inside;
mod legend;
mod marked;
mod more;
mod mystery;
mod pair_line;
mod plotted;
mod question;
mod quiz;
mod race;
mod scene;
mod scene_props;
mod score;
mod swap;
mod switches;
mod worked;

pub use heading::use_heading_focus;
pub use marked::marked;
pub use more::MoreQuestions;
pub use mystery::Mystery;
pub use scene::OtherScene;
pub use scene_props::SceneProps;
