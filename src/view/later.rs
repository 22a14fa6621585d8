//! [`Later`]: what the page does not show first, and [`draw`], which shows it.
//!
//! Nothing here or below shows anything by [`Lazy`](super::lazy::Lazy): that would be a circle.

use yew::prelude::*;

use super::app_root::DrawApp;
use super::panels::PanelProps;
use super::story::{
    OtherFigure, Questions, QuestionsProps, Score, StoryFigureProps, TeacherLink, TeacherProps,
};
use super::views::{EmbedView, LabView, SuspectsView};

/// Something that is shown later than the story's first step.
#[derive(Clone, PartialEq)]
pub enum Later {
    /// A view.
    Lab(PanelProps),
    /// A view.
    Suspects(PanelProps),
    /// A view, and how its preview draws the app.
    Embed(PanelProps, DrawApp),
    /// The figure of another step than the first.
    Figure(StoryFigureProps),
    /// What a step asks.
    Questions(Box<QuestionsProps>),
    /// What stands at the story's end.
    Score(PanelProps),
    /// What stands at the story's end.
    Teacher(TeacherProps),
}

/// Properties of [`Lazy`].
#[derive(Properties, PartialEq)]
pub struct LazyProps {
    /// What is shown.
    pub what: Later,
}

/// What is shown. Whatever else but `Lazy` names this function takes all of it into the first part.
pub fn draw(what: &Later) -> Html {
    match what {
        Later::Lab(panel) => html! { <LabView ..panel.clone() /> },
        Later::Suspects(panel) => html! { <SuspectsView ..panel.clone() /> },
        Later::Embed(panel, app) => html! { <EmbedView panel={panel.clone()} app={*app} /> },
        Later::Figure(props) => html! { <OtherFigure ..props.clone() /> },
        Later::Questions(props) => html! { <Questions ..(**props).clone() /> },
        Later::Score(panel) => html! { <Score ..panel.clone() /> },
        Later::Teacher(props) => html! { <TeacherLink ..props.clone() /> },
    }
}
