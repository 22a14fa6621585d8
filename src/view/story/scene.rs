//! [`OtherScene`]: which component is which scene.

use yew::prelude::*;

use super::draw::DrawRest;
use super::inside::Inside;
use super::quiz::Quiz;
use super::race::RaceScene;
use super::scene_props::SceneProps;
use super::swap::Swap;
use crate::story::scenes::SceneKey;

/// A scene other than the first.
#[component]
pub fn OtherScene(props: &SceneProps) -> Html {
    match props.scene {
        // The page's first part has it.
        SceneKey::Guess => Html::default(),
        SceneKey::Inside => html! { <Inside ..props.clone() /> },
        SceneKey::Draw => html! { <DrawRest ..props.clone() /> },
        SceneKey::Swap => html! { <Swap ..props.clone() /> },
        SceneKey::Race => html! { <RaceScene ..props.clone() /> },
        SceneKey::You => html! { <Quiz ..props.clone() /> },
    }
}
