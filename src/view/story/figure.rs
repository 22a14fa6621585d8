//! [`StoryFigure`]: what stands beside a step's text.

use yew::prelude::*;

use super::figures::StoryFigureProps;
use super::mystery::Mystery;
use crate::story::step::StepFigure;
use crate::view::later::Later;
use crate::view::lazy::Lazy;

/// The figure of a step.
#[component]
pub fn StoryFigure(props: &StoryFigureProps) -> Html {
    match props.figure {
        StepFigure::Mystery => html! { <Mystery ..props.panel.clone() /> },
        _ => html! { <Lazy what={Later::Figure(props.clone())} /> },
    }
}
