//! What the scenes share: [`SceneProps`], and what there is to reach.

use yew::prelude::*;

use crate::story::scenes::SceneKey;
use crate::view::panels::PanelProps;

/// Properties of a scene.
#[derive(Properties, PartialEq, Clone)]
pub struct SceneProps {
    /// Which scene.
    pub scene: SceneKey,
    /// Its heading and its words.
    pub head: Html,
    /// The state and what follows from it.
    pub panel: PanelProps,
}

impl SceneProps {
    /// Its heading and its words alone.
    pub fn opening(&self) -> Html {
        html! { <article class="step panel" aria-labelledby="step-title">{ self.head.clone() }</article> }
    }
}

/// Something to reach, and whether it is.
pub fn goal(is_reached: bool, words: &str) -> Html {
    let (mark, said) = if is_reached { ("✓", "done: ") } else { ("→", "to do: ") };
    html! {
        <li class={classes!(is_reached.then_some("is-reached"))}><span aria-hidden="true">{ mark }</span><span><span class="visually-hidden">{ said }</span>{ words.to_string() }</span></li>
    }
}
