//! [`Lazy`]: what the page does not show first.
//!
//! In a build with the feature `split` it comes in a second part of the module (`rest.rs`), which
//! has everything that only [`draw`] can reach. In any other build it is drawn at once.

use yew::prelude::*;

use super::model::Dispatcher;
use super::panels::PanelProps;
use super::story::{
    OtherFigure, Questions, QuestionsProps, Score, StoryFigureProps, TeacherLink, TeacherProps,
};
use super::views::{EmbedView, LabView, SuspectsView};

#[cfg(feature = "split")]
pub use super::rest::Lazy;

/// Something that is shown later than the story's first step.
#[derive(Clone, PartialEq)]
pub enum Later {
    /// A view.
    Lab(PanelProps),
    /// A view, and what takes a change of the documents.
    Suspects(PanelProps, Dispatcher),
    /// A view.
    Embed(PanelProps),
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

/// Shows it.
#[cfg(not(feature = "split"))]
#[component]
pub fn Lazy(props: &LazyProps) -> Html {
    draw(&props.what)
}

/// What is shown. Whatever else names this function takes all of it into the first part.
pub fn draw(what: &Later) -> Html {
    match what {
        Later::Lab(panel) => html! { <LabView ..panel.clone() /> },
        Later::Suspects(panel, dispatcher) => {
            html! { <SuspectsView panel={panel.clone()} dispatcher={dispatcher.clone()} /> }
        }
        Later::Embed(panel) => html! { <EmbedView ..panel.clone() /> },
        Later::Figure(props) => html! { <OtherFigure ..props.clone() /> },
        Later::Questions(props) => html! { <Questions ..(**props).clone() /> },
        Later::Score(panel) => html! { <Score ..panel.clone() /> },
        Later::Teacher(props) => html! { <TeacherLink ..props.clone() /> },
    }
}
