//! [`StoryView`]: the six scenes.

use yew::prelude::*;

use crate::state::{Deriver, State, link};
use crate::story::facts::Facts;
use crate::story::scenes::{StoryScene, asking, in_lab, scene, scene_of, shown};
use crate::view::facets::Facets;
use crate::view::later::Later;
use crate::view::lazy::Lazy;
use crate::view::panels::PanelProps;
use crate::view::store::use_slice;
use crate::view::story::{Mystery, SceneProps, marked, use_heading_focus};

/// The scene that the state names: its figure, its words, what else is asked about it, and the way on.
#[component]
pub fn StoryView(panel: &PanelProps) -> Html {
    let model = use_slice(&panel.store, "story", Facets::PAGE.and(Facets::FIGURE));
    let state = &model.state;
    let number = scene_of(state);
    let current = scene(number);
    let asked = asking(state);
    // An author who shows one step alone shows its questions, not the scene around them.
    let is_question_alone = asked.is_some_and(|step| state.figure.steps == [step.number()]);
    let told = use_memo((state.page.clone(), state.figure.clone()), |_| {
        (text(current), progress(state), bar(state))
    });
    let (text, progress, bar) = &*told;
    let whole = use_node_ref();
    let title = use_heading_focus(Some(number), &whole);
    let head = html! {
        <>
            { progress.clone() }
            <h2 id="step-title" tabindex="-1" ref={title}>{ format!("{number}. {}", current.title) }</h2>
            <p>{ marked(text) }</p>
        </>
    };
    let is_first = number == 1;
    let class = classes!(
        "story",
        format!("scene-{}", current.key.as_str()),
        is_first.then_some("is-first")
    );
    html! {
        <div {class} ref={whole}>
            if is_question_alone {
                <h2 id="step-title" class="visually-hidden" tabindex="-1">{ current.title }</h2>
            } else if is_first {
                // The mystery comes before any word.
                <div class="story-figure"><Mystery ..panel.clone() /></div>
                <article class="step panel" aria-labelledby="step-title">{ head }</article>
            } else {
                <div class="scene">
                    <Lazy key={current.key.as_str()} what={Later::Scene(SceneProps { scene: current.key, head, panel: panel.clone() })} />
                </div>
            }
            <div class="after-scene">
                if asked.is_none() {
                    <WaysOn ..panel.clone() />
                }
                if current.asks(state) {
                    <Lazy what={Later::More(panel.clone())} />
                }
            </div>
            { bar.clone() }
        </div>
    }
}

/// From a scene to the Lab, with what the reader has moved, and to a link for a room.
#[component]
fn WaysOn(panel: &PanelProps) -> Html {
    let model = use_slice(&panel.store, "ways-on", Facets::LAYER.and(Facets::AT));
    html! {
        <p class="step-more">
            <a id="to-lab" href={link::write(&in_lab(&model.state))}>{ "Open this in the Lab" }</a>
            <a href="#/teach">{ "For teachers" }</a>
        </p>
    }
}

/// The words with their numbers.
fn text(scene: &StoryScene) -> String {
    let state = scene.told_of();
    let derived = Deriver::default().derive(&state);
    Facts { state: &state, derived: &derived }.told(scene.text)
}

/// The address of a scene, for the reader's room and theme.
fn href(scene: &StoryScene, state: &State) -> String {
    link::write(&scene.reached_from(state))
}

/// Where the reader is, and a link to every scene.
fn progress(state: &State) -> Html {
    let here = scene_of(state);
    html! {
        <nav class="progress" aria-label="Scenes">
            <ol>
                { for shown(state).map(|one| {
                    let number = one.number();
                    let current = (number == here).then_some("step");
                    let class = classes!((number < here).then_some("done"));
                    html! { <li key={number}><a href={href(one, state)} {class} aria-current={current} title={one.title}><span class="visually-hidden">{ "Scene " }</span>{ number }<span class="visually-hidden">{ format!(": {}", one.title) }</span></a></li> }
                }) }
            </ol>
        </nav>
    }
}

/// Back, where the reader is, and Next: always in sight.
fn bar(state: &State) -> Html {
    let to = |to: &StoryScene, id: &'static str, words: &'static str| {
        html! { <a {id} class="button" href={href(to, state)}>{ words }<span class="visually-hidden">{ format!(": {}", to.title) }</span></a> }
    };
    let shown: Vec<&StoryScene> = shown(state).collect();
    let here = scene_of(state);
    let before = shown.iter().rfind(|one| one.number() < here);
    let after = shown.iter().find(|one| one.number() > here);
    let Some(place) = shown.iter().position(|one| one.number() == here).filter(|_| shown.len() > 1)
    else {
        return Html::default();
    };
    html! {
        <nav class="story-bar" aria-label="Back and next">
            <span>{ for before.map(|one| to(one, "previous-step", "← Back")) }</span>
            <span class="where">{ format!("{} of {}", place + 1, shown.len()) }</span>
            <span>
                if let Some(one) = after { { to(one, "next-step", "Next →") } }
                else if let Some(one) = shown.first() { { to(one, "start-again", "Start again") } }
            </span>
        </nav>
    }
}
