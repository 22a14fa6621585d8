//! [`Later`]: what the page does not show first, and [`draw`], which shows it.
//!
//! Nothing here or below shows anything by [`Lazy`](super::lazy::Lazy): that would be a circle.

use yew::prelude::*;

use super::app_root::DrawApp;
use super::panels::{PanelProps, SharePanel};
use super::story::{MoreQuestions, OtherScene, SceneProps};
use super::views::{CheckView, EmbedView, LabView, ModelView, SuspectsView, TeachView};

/// Something that is shown later than the story's first scene.
#[derive(Clone, PartialEq)]
pub enum Later {
    /// A view.
    Lab(PanelProps),
    /// A view.
    Check(PanelProps),
    /// A view.
    Model(PanelProps),
    /// A view.
    Suspects(PanelProps),
    /// A view, and how its preview draws the app.
    Embed(PanelProps, DrawApp),
    /// A view.
    Teach(PanelProps),
    /// A scene of the story other than the first.
    Scene(SceneProps),
    /// The link to what is seen.
    Share(PanelProps),
    /// What else is asked about a scene.
    More(PanelProps),
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
        Later::Check(panel) => html! { <CheckView ..panel.clone() /> },
        Later::Model(panel) => html! { <ModelView ..panel.clone() /> },
        Later::Suspects(panel) => html! { <SuspectsView ..panel.clone() /> },
        Later::Embed(panel, app) => html! { <EmbedView panel={panel.clone()} app={*app} /> },
        Later::Teach(panel) => html! { <TeachView ..panel.clone() /> },
        Later::Scene(props) => html! { <OtherScene ..props.clone() /> },
        Later::Share(panel) => html! { <SharePanel ..panel.clone() /> },
        Later::More(panel) => html! { <MoreQuestions ..panel.clone() /> },
    }
}
