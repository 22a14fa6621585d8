//! [`OtherScene`]: which component is which scene.

use yew::prelude::*;

use super::draw::DrawRest;
use super::inside::Inside;
use super::quiz::Quiz;
use super::race::RaceScene;
use super::scene_props::SceneProps;
use super::swap::Swap;

/// A scene other than the first.
#[component]
pub fn OtherScene(props: &SceneProps) -> Html {
    match props.scene {
        "inside" => html! { <Inside ..props.clone() /> },
        "draw" => html! { <DrawRest ..props.clone() /> },
        "swap" => html! { <Swap ..props.clone() /> },
        "race" => html! { <RaceScene ..props.clone() /> },
        _ => html! { <Quiz ..props.clone() /> },
    }
}
