//! [`Mystery`]: the first figure. One output, two CPUs on a switch, the pair that does it on its gauge,
//! and four guesses that the recorded points decide.

use std::rc::Rc;

use yew::prelude::*;

use super::cursor_figure::CursorFigure;
use super::pair_line;
use super::switches::switches;
use super::worked::{Worked, use_worked};
use crate::plot::{Guessed, mystery_scene};
use crate::state::{Engine, GroupTrace, describe};
use crate::story::guess::{Fit, Guess, OUTPUT, RECORDED, switched, thread};
use crate::view::canvas_renderer::made;
use crate::view::facets::Facets;
use crate::view::hooks::use_run;
use crate::view::panels::{PanelProps, pair_bar};
use crate::view::store::use_slice;

/// The mystery on the thread's layer, whatever layer the state has elsewhere.
#[component]
pub fn Mystery(panel: &PanelProps) -> Html {
    let model = use_slice(&panel.store, "mystery", Facets::LAYER.and(Facets::AT));
    let state = &model.state;
    let guess = use_state_eq(|| None::<Guess>);
    let (run, stop) = use_run();
    let now = use_worked(switched(state));
    let frozen = use_worked(thread());
    let line = use_memo(*guess, |guess| guess.map(|guess| guess.line(&frozen.derived)));
    let sweep = &now.state.sweep;
    let (from, to) = (f64::from(sweep.from), f64::from(sweep.to));
    let at = run.map_or(f64::from(now.state.gaze.at), |share| from + share * (to - from));
    let build = {
        let ([now, frozen], line) = ([now.clone(), frozen.clone()], Rc::clone(&line));
        made(move |width| {
            let guessed = line.as_ref().as_ref();
            let guessed = guessed.map(|line| Guessed { line, recorded: &RECORDED });
            let [now, frozen] = [&now, &frozen].map(|worked| worked.both());
            mystery_scene(now, frozen, OUTPUT, guessed, Some(at), width)
        })
    };
    #[expect(clippy::cast_possible_truncation, reason = "inputs are float32")]
    let pair = pair_of(&now, &frozen, at as f32);
    html! {
        <section class="mystery panel" aria-label="One output on two CPUs">
            <CursorFigure panel={panel.clone()} worked={now.clone()} {build} described_by="mystery-said" is_running={run.is_some()} on_take={stop} />
            { switches(panel, state) }
            { for pair.map(|pair| gauge(&pair, now.derived.cursor.engine)) }
            { guesses(&guess) }
            <p id="mystery-said" class="said" role="status">{ said(*guess, line.as_ref().as_deref(), &now) }</p>
        </section>
    }
}

/// What is seen, in a sentence or two: the guess and its verdict, or the curve.
fn said(guess: Option<Guess>, line: Option<&[i32]>, now: &Worked) -> String {
    match guess.zip(line) {
        Some((guess, line)) => format!("{} {}", guess.about(), Fit::of(line, &RECORDED).verdict()),
        None => describe::summary(&now.state, &now.derived),
    }
}

/// The guesses; each draws its line, and a second press takes it away.
fn guesses(guess: &UseStateHandle<Option<Guess>>) -> Html {
    let button = |one: Guess| {
        let is_on = **guess == Some(one);
        let guess = guess.clone();
        let onclick = Callback::from(move |_: MouseEvent| guess.set((!is_on).then_some(one)));
        html! { <button type="button" key={one.key()} name={format!("guess-{}", one.key())} aria-pressed={is_on.to_string()} {onclick}>{ one.name() }</button> }
    };
    html! {
        <div class="guesses" role="group" aria-labelledby="guesses-title">
            <p id="guesses-title">{ "Where does it go wrong?" }</p>
            { for Guess::ALL.map(button) }
        </div>
    }
}

/// The pair that saturates first on a CPU that saturates, as the switched engine adds it.
fn pair_of(now: &Worked, frozen: &Worked, at: f32) -> Option<GroupTrace> {
    let first_k = frozen.derived.outputs[OUTPUT].kinks.first()?.pairs.first()?.first_k;
    let pairs = now.derived.pairs_at(&now.state, OUTPUT, at);
    pairs.into_iter().find(|pair| pair.first_k() == first_k)
}

/// The pair in numbers, and its sum between the ends of 16 bits.
fn gauge(pair: &GroupTrace, engine: Engine) -> Html {
    html! {
        <div class={classes!("mystery-pair", (pair.lost() != 0).then_some("is-saturated"))}>
            <p><span>{ format!("Inputs {}: ", pair_line::inputs(pair)) }</span>{ pair_line::sum(pair) }</p>
            { pair_bar(pair, engine) }
        </div>
    }
}
