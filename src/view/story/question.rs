//! [`QuestionForm`]: predict first, then look.

use web_sys::{Element, HtmlInputElement};
use yew::prelude::*;

use super::marked;
use crate::state::number::whole;
use crate::state::{Action, Deriver, Query, State, Tries, toggled};
use crate::story::facts::Facts;
use crate::story::step::{Outcome, Question, QuestionKind, step};
use crate::view::facets::Facets;
use crate::view::model::Model;
use crate::view::panels::PanelProps;
use crate::view::store::use_slice;

/// Room below an outcome that was scrolled to, in CSS pixels.
const BELOW: f64 = 72.0;

/// Properties of [`QuestionForm`].
#[derive(Properties)]
pub struct QuestionProps {
    /// The question.
    pub question: &'static Question,
    /// The step's own state, whatever the reader has moved since.
    pub base: State,
    /// The state and what follows from it.
    pub panel: PanelProps,
}

impl PartialEq for QuestionProps {
    fn eq(&self, other: &Self) -> bool {
        self.question.key == other.question.key
            && self.base == other.base
            && self.panel == other.panel
    }
}

/// What a question shows of the reader's state.
fn reads(question: &Question) -> Facets {
    let asks = Facets::PAGE.and(Facets::VISIT);
    match question.kind {
        QuestionKind::Cursor(_) => asks.and(Facets::CURSOR),
        QuestionKind::Pairs => asks.and(Facets::STILL),
        QuestionKind::Number(_) | QuestionKind::Choice(..) => asks,
    }
}

/// A prompt and a way to answer; after a right answer why, after a wrong one a hint, and after the second
/// the right one, how far off, and why.
#[component]
pub fn QuestionForm(props: &QuestionProps) -> Html {
    let model = use_slice(&props.panel.store, "question", reads(props.question));
    let (question, state) = (props.question, &model.state);
    let tries = model.answers.get(&(question.key, state.page.room)).cloned();
    let given = tries.as_ref().map(|tries| tries.newest().to_string());
    // Who comes back to a step sees what was answered.
    let chosen = use_state_eq(|| given.clone().unwrap_or_default());
    let words = use_memo((question.key, props.base.clone()), |(_, base)| words(question, base));
    let outcome = given.as_ref().and_then(|given| question.judge(&props.base, given));
    let is_told = outcome.as_ref().is_some_and(|outcome| outcome.is_right)
        || tries.as_ref().is_some_and(|Tries { last, .. }| last.is_some());
    let is_final = is_told && state.page.locked;

    let commit = {
        let (dispatch, base) = (props.panel.dispatch.clone(), props.base.clone());
        let is_second = tries.is_some();
        Callback::from(move |given: String| {
            let is_right = question.judge(&base, &given).is_some_and(|outcome| outcome.is_right);
            // The first wrong answer gets a hint, and nothing is shown yet.
            let reveal =
                if is_right || is_second { question.reveal(&base) } else { Query::default() };
            dispatch.emit(Action::Answer { question: question.key, given, reveal });
        })
    };
    let place = model.derived.cursor.code(state);
    let onsubmit = {
        let (chosen, commit, store) = (chosen.clone(), commit.clone(), props.panel.store.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let now = store.now();
            let given = match question.kind {
                QuestionKind::Cursor(_) => now.derived.cursor.code(&now.state).to_string(),
                _ => (*chosen).clone(),
            };
            commit.emit(given);
        })
    };
    let outcome_ref = use_in_sight(given.clone());
    let is_ready = match question.kind {
        QuestionKind::Cursor(_) | QuestionKind::Pairs => true,
        QuestionKind::Number(_) => crate::state::number::parse::<i64>(&chosen).is_some(),
        QuestionKind::Choice(..) => !chosen.is_empty(),
    };
    html! {
        <form class="question" id={format!("question-{}", question.key)} {onsubmit}>
            <fieldset disabled={is_final}>
                <legend>{ marked(&words.prompt) }</legend>
                { answers(props, &model, &chosen, place) }
                if !is_final {
                    <p class="submit">
                        <button type="submit" disabled={!is_ready}>{ if outcome.is_some() { "Answer again" } else { "Answer" } }</button>
                        if state.page.locked {
                            <span class="hint">{ "Your first answer counts; after a hint you may try once more." }</span>
                        }
                    </p>
                }
            </fieldset>
            <div class="outcome" ref={outcome_ref} role="status" aria-live="polite">
                if let Some(outcome) = &outcome {
                    <p class={classes!("verdict", if outcome.is_right { "right" } else { "wrong" })}>{ verdict(outcome, is_told) }</p>
                    <p>{ marked(if is_told { &words.why } else { &words.hint }) }</p>
                    if is_final {
                        <p class="hint">{ "This answer is final in this room." }</p>
                    }
                }
            </div>
        </form>
    }
}

/// Where an answer was given, scrolls down just as far as what came of it needs.
#[hook]
fn use_in_sight(given: Option<String>) -> NodeRef {
    let node = use_node_ref();
    let seen = use_mut_ref(|| given.clone());
    let outcome = node.clone();
    use_effect_with(given, move |given| {
        if seen.replace(given.clone()) == *given {
            return;
        }
        let Some(outcome) = outcome.cast::<Element>() else { return };
        let window = gloo::utils::window();
        let height = window.inner_height().ok().and_then(|height| height.as_f64());
        let below =
            height.map_or(0.0, |height| outcome.get_bounding_client_rect().bottom() - height);
        if below > 0.0 {
            window.scroll_by_with_x_and_y(0.0, below + BELOW);
        }
    });
    node
}

/// The texts of a question with their numbers.
struct Words {
    prompt: String,
    hint: String,
    why: String,
}

fn words(question: &Question, base: &State) -> Words {
    let derived = Deriver::default().derive(base);
    let prompt = step(base.page.step).drawn(question.prompt, base.page.room);
    let (shown, after) = question.revealed(base);
    let facts = Facts { state: base, derived: &derived };
    Words {
        prompt: facts.told(&prompt),
        hint: facts.told(question.hint),
        why: Facts { state: &shown, derived: &after }.told(question.why),
    }
}

/// What came of an answer; the right one only where it is told.
fn verdict(outcome: &Outcome, is_told: bool) -> String {
    let right =
        if is_told { format!(" It is {}.", outcome.right) } else { " Try once more.".into() };
    match (outcome.is_right, outcome.off) {
        (true, _) => format!("✓ Right: {}.", outcome.right),
        (false, Some(off)) => {
            let away = whole(off.abs());
            let side = if off > 0 { "too high" } else { "too low" };
            format!("✗ {away} {side}.{right}")
        }
        (false, None) => format!("✗ Not quite.{right}"),
    }
}

/// The fields of a question's kind.
fn answers(
    props: &QuestionProps,
    model: &Model,
    chosen: &UseStateHandle<String>,
    place: u8,
) -> Html {
    let question = props.question;
    match question.kind {
        QuestionKind::Number(_) => {
            let oninput = {
                let chosen = chosen.clone();
                Callback::from(move |event: InputEvent| {
                    chosen.set(event.target_unchecked_into::<HtmlInputElement>().value());
                })
            };
            html! {
                <input type="text" inputmode="numeric" name={format!("answer-{}", question.key)} aria-label="Your answer"
                    autocomplete="off" value={(**chosen).clone()} {oninput} />
            }
        }
        QuestionKind::Cursor(_) => html! {
            <p class="placed">{ "Your cursor is at " }<strong>{ format!("code {place}") }</strong>{ ". Drag in the figure, or use its arrow keys." }</p>
        },
        QuestionKind::Choice(options, _) => html! {
            <div class="options">
                { for options.iter().map(|(key, text)| {
                    let onchange = { let chosen = chosen.clone(); Callback::from(move |_: Event| chosen.set((*key).to_string())) };
                    html! {
                        <label key={*key}><input type="radio" name={format!("answer-{}", question.key)} value={*key} checked={chosen.as_str() == *key} {onchange} /><span>{ *text }</span></label>
                    }
                }) }
            </div>
        },
        QuestionKind::Pairs => {
            let row = model.derived.layer.row(props.base.picture.output).to_vec();
            let picked: Vec<usize> =
                chosen.split(',').filter_map(|pair| pair.parse().ok()).collect();
            html! {
                <div class="options">
                    { for row.chunks(2).enumerate().map(|(pair, weights)| {
                        let is_on = picked.contains(&pair);
                        let onchange = {
                            let (chosen, picked) = (chosen.clone(), picked.clone());
                            Callback::from(move |_: Event| {
                                let next = toggled(picked.clone(), pair);
                                chosen.set(next.iter().map(usize::to_string).collect::<Vec<_>>().join(","));
                            })
                        };
                        let second = weights.get(1).map_or(String::new(), |w| format!(" and {}", whole((*w).into())));
                        let text = format!("({}, {}): {}{second}", 2 * pair, 2 * pair + 1, whole(weights[0].into()));
                        html! { <label key={pair}><input type="checkbox" name={format!("answer-{}-{pair}", question.key)} checked={is_on} {onchange} /><span>{ text }</span></label> }
                    }) }
                </div>
            }
        }
    }
}
