//! [`Mystery`]: the first figure. One output, two CPUs on a switch, the pair that does it on its gauge,
//! and four guesses that the recorded points decide.

use std::rc::Rc;

use yew::prelude::*;

use super::cursor_figure::CursorFigure;
use super::legend::legend;
use super::pair_line;
use super::switches::switches;
use super::worked::{Worked, use_worked};
use crate::plot::{Guessed, mystery_scene};
use crate::state::number::fixed;
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
    {
        // What was switched is to be seen.
        let (guess, switched) =
            (guess.setter(), (state.arithmetic.engine, state.experiment.reduce_range));
        use_effect_with(switched, move |_| guess.set(None));
    }
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
            <div class="legended">
                <CursorFigure panel={panel.clone()} worked={now.clone()} {build} described_by="mystery-said" is_running={run.is_some()} on_take={stop} />
                { lines(*guess, state.arithmetic.engine) }
            </div>
            { switches(panel, state) }
            { for pair.map(|pair| gauge(&pair, now.derived.cursor.engine, guess.is_some())) }
            { guesses(&guess) }
            <p id="mystery-said" class="said" role="status">{ said(*guess, line.as_ref().as_deref(), &now, &frozen) }</p>
        </section>
    }
}

/// What is seen, in a sentence or two: the guess and its verdict, or the curve.
fn said(guess: Option<Guess>, line: Option<&[i32]>, now: &Worked, frozen: &Worked) -> String {
    match guess.zip(line) {
        Some((guess, line)) => format!("{} {}", Fit::of(line, &RECORDED).verdict(), guess.about()),
        None => format!("{}{}", describe::summary(&now.state, &now.derived), beside(now, frozen)),
    }
}

/// What the thin line is, where it is not the exact one of the same codes.
fn beside(now: &Worked, frozen: &Worked) -> String {
    if !now.state.experiment.reduce_range {
        return String::new();
    }
    format!(
        " The thin line is exact without reduce_range: its last input code stands for x = {}, and this one has codes beyond.",
        fixed(frozen.derived.input_at(RECORDED.len() - 1), 2)
    )
}

/// What each line and mark is.
fn lines(guess: Option<Guess>, engine: Engine) -> Html {
    let shown = match guess {
        None => vec![("own", engine.name().to_string())],
        Some(guess) => vec![
            ("guessed", guess.name().to_string()),
            ("hit", "recorded, on the line".to_string()),
            ("missed", "recorded, off it".to_string()),
        ],
    };
    legend("mystery-legend", shown.into_iter().chain([("exact", "exact sum".to_string())]))
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
fn gauge(pair: &GroupTrace, engine: Engine, is_told: bool) -> Html {
    // What is kept is the answer.
    let sum = if is_told { pair_line::sum(pair) } else { pair_line::exact(pair) };
    html! {
        <div class={classes!("mystery-pair", (pair.lost() != 0).then_some("is-saturated"))}>
            <p><span>{ format!("Inputs {}: ", pair_line::inputs(pair)) }</span>{ sum }</p>
            { pair_bar(pair, engine) }
        </div>
    }
}
