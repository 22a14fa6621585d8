//! [`Mystery`]: the first figure. One output, two CPUs on a switch, the pair that does it on its gauge,
//! and four guesses that the recorded points decide.

use std::rc::Rc;

use yew::prelude::*;

use super::cursor_figure::CursorFigure;
use super::legend::{input_code, legend, lines};
use super::pair_line;
use super::switches::switches;
use super::worked::{Worked, use_worked};
use crate::plot::{Guessed, mystery_scene};
use crate::state::number::fixed;
use crate::state::{Change, Engine, GroupTrace, Key, Patch, Rail, describe};
use crate::story::guess::{
    Fit, Guess, OUTPUT, RECORDED, is_as_recorded, reduced, switched, thread,
};
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
        // What was switched is to be seen, unless a guess has switched to what was recorded.
        let (guess, is_as_recorded) = (guess.setter(), is_as_recorded(state));
        let switched = (state.arithmetic.engine, state.experiment.reduce_range);
        use_effect_with(switched, move |_| {
            if !is_as_recorded {
                guess.set(None);
            }
        });
    }
    let (run, stop) = use_run();
    let now = use_worked(switched(state));
    let frozen = use_worked(thread());
    let widest = use_worked(reduced());
    let line = use_memo(*guess, |guess| guess.map(|guess| guess.line(&frozen.derived)));
    let sweep = &now.state.sweep;
    let (from, to) = (f64::from(sweep.from), f64::from(sweep.to));
    #[expect(clippy::cast_possible_truncation, reason = "inputs are float32")]
    let at = run.map_or(now.state.gaze.at, |share| (from + share * (to - from)) as f32);
    let build = {
        let (all, line) = ([now.clone(), frozen.clone(), widest], Rc::clone(&line));
        made(move |width| {
            let guessed = line.as_ref().as_ref();
            let guessed = guessed.map(|line| Guessed { line, recorded: &RECORDED });
            let [now, frozen, widest] = all.each_ref().map(|worked| worked.both());
            mystery_scene(now, frozen, Some(widest), OUTPUT, guessed, Some(at.into()), width)
        })
    };
    let pair = pair_of(&now, &frozen, at);
    let fit = (*line).as_ref().map(|line| Fit::of(line, &RECORDED));
    let verdict = guess.zip(fit);
    let entries = match verdict {
        Some((guess, fit)) => of_guess(guess, fit),
        None => lines(&now.state, input_code(&now, at)),
    };
    html! {
        <section class="mystery panel" aria-label="One output on two CPUs">
            <div class="legended">
                <CursorFigure panel={panel.clone()} worked={now.clone()} {build} described_by="mystery-said" is_running={run.is_some()} on_take={stop} />
                { legend("mystery-legend", entries) }
            </div>
            { switches(panel, state) }
            { for pair.as_ref().map(|pair| gauge(pair, now.derived.cursor.engine, guess.is_some())) }
            { guesses(panel, &guess, verdict, pair.is_none_or(|pair| pair.lost() == 0) && !is_as_recorded(state)) }
            <p id="mystery-said" class="said" role="status">{ said(verdict, &now, &frozen) }</p>
            <p class="hint">{ GLOSS }</p>
        </section>
    }
}

/// What the two CPUs are, for those who know neither.
const GLOSS: &str = "AVX-512 VNNI: instructions for 8-bit sums, in newer server CPUs and a few others. FBGEMM: PyTorch’s library for such layers on x86.";

/// What is seen, in a sentence or two: the guess and its verdict, or the curve.
fn said(verdict: Option<(Guess, Fit)>, now: &Worked, frozen: &Worked) -> String {
    match verdict {
        Some((guess, fit)) => format!("{} {}", fit.verdict(), guess.about()),
        None => format!("{}{}", describe::summary(&now.state, &now.derived), beside(now, frozen)),
    }
}

/// What the thin line is, where it is not the exact one of the same codes.
fn beside(now: &Worked, frozen: &Worked) -> String {
    if !now.state.experiment.reduce_range {
        return String::new();
    }
    format!(
        " That ramp is exact in 7-bit inputs: steps twice as coarse that reach further. The thin line is exact without reduce_range, and flat beyond its last input code, x = {}.",
        fixed(frozen.derived.input_at(RECORDED.len() - 1), 2)
    )
}

/// What each line and mark is, where a guess is drawn.
fn of_guess(guess: Guess, fit: Fit) -> Vec<(&'static str, String)> {
    let missed = fit.first_miss.map(|_| ("missed", "recorded, missed".to_string()));
    let ends = [("guessed", guess.name()), ("hit", "recorded, no VNNI")];
    let ends = ends.into_iter().map(|(class, words)| (class, words.to_string()));
    ends.chain(missed).chain([("exact", "exact sum".to_string())]).collect()
}

/// The guesses; each draws its line, and a second press takes it away. What was recorded is of one CPU, to
/// which the switch goes back. In the place of the question stands what came of the guess.
fn guesses(
    panel: &PanelProps,
    guess: &UseStateHandle<Option<Guess>>,
    verdict: Option<(Guess, Fit)>,
    is_right: bool,
) -> Html {
    let button = |one: Guess| {
        let is_on = **guess == Some(one);
        let (guess, dispatch, store) = (guess.clone(), panel.dispatch.clone(), panel.store.clone());
        let onclick = Callback::from(move |_: MouseEvent| {
            guess.set((!is_on).then_some(one));
            if !is_on && !is_as_recorded(&store.now().state) {
                let recorded = Patch::one(Key::Engine, Engine::FbgemmAvx2);
                dispatch.emit(Change::Patch(recorded.and(Key::ReduceRange, false)).into());
            }
        });
        html! { <button type="button" key={one.key()} name={format!("guess-{}", one.key())} aria-pressed={is_on.to_string()} {onclick}>{ one.name() }</button> }
    };
    let (class, words) = match verdict {
        None if is_right => (None, "Where did it go wrong without that?".to_string()),
        None => (None, "Where does it go wrong?".to_string()),
        Some((guess, fit)) => (fit.first_miss.map(|_| "is-missed"), fit.short(guess)),
    };
    html! {
        <div class="guesses" role="group" aria-label="Where does it go wrong?">
            <p class={classes!(class)} aria-hidden={verdict.map(|_| "true")}>{ words }</p>
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
            <p><span>{ format!("Inputs {}: ", pair_line::inputs(pair).replace(" and ", ", ")) }</span>{ sum }</p>
            <span class="railed">
                { pair_bar(pair, engine) }
                if describe::has_rails(engine) {
                    <small aria-hidden="true">{ describe::rail(Rail::Low) }</small><small aria-hidden="true">{ describe::rail(Rail::High) }</small>
                }
            </span>
        </div>
    }
}
