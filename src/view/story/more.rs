//! [`MoreQuestions`]: what else can be asked about a scene, with numbers, answers and a score.

use yew::prelude::*;

use super::figures::{FollowFigure, StepFigures};
use super::heading::use_heading_focus;
use super::marked;
use super::question::QuestionForm;
use super::score::Score;
use crate::state::{Action, Deriver, State, link};
use crate::story::facts::Facts;
use crate::story::scenes::{asking, scene, scene_of};
use crate::story::step::{Step, step, with_authors};
use crate::view::facets::Facets;
use crate::view::panels::{PanelProps, at, control};
use crate::view::store::use_slice;

/// The steps of the scene as links; the one that is open with its figure and its questions.
#[component]
pub fn MoreQuestions(panel: &PanelProps) -> Html {
    let reads = Facets::PAGE.and(Facets::FIGURE).and(Facets::VISIT);
    let model = use_slice(&panel.store, "more", reads);
    let state = &model.state;
    let steps: Vec<&'static Step> = scene(scene_of(state))
        .steps
        .iter()
        .map(|number| step(*number))
        .filter(|step| step.asks() && state.has_step(step.number()))
        .collect();
    let open = asking(state);
    let whole = use_node_ref();
    let title = use_heading_focus(open.map(|step| step.key), &whole);
    if steps.is_empty() {
        return Html::default();
    }
    html! {
        <section class="more-questions panel" aria-labelledby="more-title" ref={whole}>
            <h2 id="more-title" tabindex="-1" ref={title}>{ "More questions" }</h2>
            <ul class="asks">
                { for steps.iter().map(|one| {
                    let current = open.is_some_and(|open| open.key == one.key).then_some("step");
                    html! { <li key={one.key}><a id={format!("ask-{}", one.key)} href={link::write(&one.reached_from(state))} aria-current={current}>{ one.title }</a></li> }
                }) }
            </ul>
            if let Some(open) = open {
                <Opened key={open.key} step={open} panel={panel.clone()} />
            }
            if open.is_some() || !model.answers.is_empty() {
                <Score ..panel.clone() />
            }
        </section>
    }
}

#[derive(Properties)]
struct OpenedProps {
    step: &'static Step,
    panel: PanelProps,
}

impl PartialEq for OpenedProps {
    fn eq(&self, other: &Self) -> bool {
        self.step.key == other.step.key && self.panel == other.panel
    }
}

/// A step: its words, its figure, its controls and its questions.
#[component]
fn Opened(OpenedProps { step, panel }: &OpenedProps) -> Html {
    let model = use_slice(&panel.store, "opened", Facets::STATE);
    let state = &model.state;
    let own = use_memo(state.page.clone(), |page| {
        let base = step.state(page.room, page.theme, page.locked);
        let text = text(step, &base);
        (base, text)
    });
    let (base, text) = &*own;
    let base_here = with_authors(base.clone(), state);
    let again = at::<MouseEvent>(&panel.dispatch, Action::open(link::write(&base_here)));
    html! {
        <div class="asked">
            { for text.iter().map(|paragraph| html! { <p>{ marked(paragraph) }</p> }) }
            <StepFigures figure={step.figure} panel={panel.clone()} />
            <div class="step-controls">{ for step.controls.iter().map(|key| control(panel, *key)) }</div>
            <FollowFigure figure={step.figure} panel={panel.clone()} />
            { for step.questions.iter().map(|question| html! {
                <QuestionForm key={format!("{}-{}", question.key, state.page.room)} {question} base={base.clone()} panel={panel.clone()} />
            }) }
            <p class="step-more">
                <a id="to-lab" href={link::write(&step.in_lab(state))}>{ "Open this in the Lab" }</a>
                if *state != base_here {
                    <button type="button" id="step-again" onclick={again}>{ "Start this again" }</button>
                }
            </p>
        </div>
    }
}

/// The paragraphs with their numbers.
fn text(step: &Step, base: &State) -> Vec<String> {
    let derived = Deriver::default().derive(base);
    let facts = Facts { state: base, derived: &derived };
    step.text.iter().map(|text| facts.told(text)).collect()
}
