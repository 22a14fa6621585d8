//! [`Mystery`]: the first figure. One output, two CPUs on a switch, the pair that does it on its gauge,
//! and four guesses that the recorded points decide.

use std::rc::Rc;

use yew::prelude::*;

use crate::plot::{Guessed, mystery_scene};
use crate::state::number::whole;
use crate::state::{Action, Derived, Deriver, Engine, GroupTrace, Key, State, describe};
use crate::story::guess::{Fit, Guess, OUTPUT, RECORDED, switched, thread};
use crate::view::canvas::Plot;
use crate::view::canvas_renderer::made;
use crate::view::cursor_key::{CursorKey, plain_key};
use crate::view::facets::Facets;
use crate::view::gesture::Gesture;
use crate::view::hooks::use_run;
use crate::view::panels::{PanelProps, at, pair_bar};
use crate::view::store::use_slice;
use crate::view::story::plotted::pointed;

/// The two CPUs of the switch.
const CPUS: [(Engine, &str); 2] =
    [(Engine::FbgemmAvx2, "CPU without VNNI"), (Engine::FbgemmVnni, "CPU with VNNI")];

/// A state with what follows from it.
type Known = Rc<(State, Derived)>;

/// The mystery on the thread's layer, whatever layer the state has elsewhere.
#[component]
pub fn Mystery(panel: &PanelProps) -> Html {
    let model = use_slice(&panel.store, "mystery", Facets::LAYER.and(Facets::AT));
    let state = &model.state;
    let guess = use_state_eq(|| None::<Guess>);
    let (run, stop) = use_run();
    let deriver = use_memo((), |()| std::cell::RefCell::new(Deriver::default()));
    let known = |state: State| {
        let derived = deriver.borrow_mut().derive(&state);
        Rc::new((state, derived))
    };
    let now: Known = Rc::clone(&use_memo(switched(state), |state| known(state.clone())));
    let frozen: Known = Rc::clone(&use_memo((), |()| known(thread())));
    let line = use_memo(*guess, |guess| guess.map(|guess| guess.line(&frozen.1)));
    let sweep = &now.0.sweep;
    let (from, to) = (f64::from(sweep.from), f64::from(sweep.to));
    let at = run.map_or(f64::from(now.0.gaze.at), |share| from + share * (to - from));
    let build = {
        let ([now, frozen], line) = ([&now, &frozen].map(Rc::clone), Rc::clone(&line));
        made(move |width| {
            let guessed = line.as_ref().as_ref();
            let guessed = guessed.map(|line| Guessed { line, recorded: &RECORDED });
            let [now, frozen] = [&now, &frozen].map(|known| (&known.0, &known.1));
            mystery_scene(now, frozen, OUTPUT, guessed, at, width)
        })
    };
    let on_gesture = {
        let (stop, pointed) = (stop.clone(), pointed(panel));
        Callback::from(move |gesture: Gesture| {
            if let Gesture::Point(_) = gesture {
                stop.emit(());
            }
            pointed.emit(gesture);
        })
    };
    let onkeydown = on_keys(panel, &now, stop);
    #[expect(clippy::cast_possible_truncation, reason = "inputs are float32")]
    let pair = pair_of(&now, &frozen, at as f32);
    let cursor = describe::cursor(&now.0, &now.1);
    html! {
        <section class="mystery panel" aria-label="One output on two CPUs">
            <div class="mystery-figure" data-running={run.map(|_| "")} role="slider" tabindex="0" aria-label="Input x at the cursor" aria-describedby="mystery-said"
                aria-valuemin={from.to_string()} aria-valuemax={to.to_string()} aria-valuenow={now.0.gaze.at.to_string()} aria-valuetext={cursor} {onkeydown}>
                <Plot {build} palette={Rc::clone(&panel.palette)} class="mystery-plot" {on_gesture} />
            </div>
            { switches(panel, state) }
            { for pair.map(|pair| gauge(&pair, now.1.cursor.engine)) }
            { guesses(&guess) }
            <p id="mystery-said" class="said" role="status">{ said(*guess, line.as_ref().as_deref(), &now) }</p>
        </section>
    }
}

/// What is seen, in a sentence or two: the guess and its verdict, or the curve.
fn said(guess: Option<Guess>, line: Option<&[i32]>, now: &Known) -> String {
    match guess.zip(line) {
        Some((guess, line)) => format!("{} {}", guess.about(), Fit::of(line, &RECORDED).verdict()),
        None => describe::summary(&now.0, &now.1),
    }
}

/// The two CPUs, and `reduce_range`.
fn switches(panel: &PanelProps, state: &State) -> Html {
    let cpu = |(engine, name): (Engine, &'static str)| {
        let onclick = at::<MouseEvent>(&panel.dispatch, Action::set(Key::Engine, engine));
        let is_on = state.arithmetic.engine == engine;
        html! { <button type="button" key={name} name={engine.key()} aria-pressed={is_on.to_string()} {onclick}>{ name }</button> }
    };
    let is_reduced = state.experiment.reduce_range;
    let onclick = at::<MouseEvent>(&panel.dispatch, Action::set(Key::ReduceRange, !is_reduced));
    html! {
        <div class="switches">
            <div class="cpus" role="group" aria-label="The CPU">{ for CPUS.map(cpu) }</div>
            <button type="button" name="reduce_range" aria-pressed={is_reduced.to_string()} title="Inputs in 7 bits: codes up to 127 inside the calibrated range" {onclick}>{ "reduce_range" }</button>
        </div>
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
fn pair_of(now: &Known, frozen: &Known, at: f32) -> Option<GroupTrace> {
    let first_k = frozen.1.outputs[OUTPUT].kinks.first()?.pairs.first()?.first_k;
    let pairs = now.1.pairs_at(&now.0, OUTPUT, at);
    pairs.into_iter().find(|pair| pair.first_k() == first_k)
}

/// The pair in numbers, and its sum between the ends of 16 bits.
fn gauge(pair: &GroupTrace, engine: Engine) -> Html {
    let number = |value: i32| whole(value.into());
    let ks: Vec<String> = pair.products.iter().map(|one| one.k.to_string()).collect();
    let products: Vec<String> = pair
        .products
        .iter()
        .map(|one| format!("{}·{}", number(one.w.into()), number(one.x)))
        .collect();
    let kept =
        if pair.lost() == 0 { String::new() } else { format!(", kept {}", number(pair.kept)) };
    html! {
        <div class={classes!("mystery-pair", (pair.lost() != 0).then_some("is-saturated"))}>
            <p><span>{ format!("Inputs {}: ", ks.join(" and ")) }</span>{ format!("{} = {}{kept}", products.join(" + "), number(pair.exact)) }</p>
            { pair_bar(pair, engine) }
        </div>
    }
}

fn on_keys(panel: &PanelProps, now: &Known, stop: Callback<()>) -> Callback<KeyboardEvent> {
    let (dispatch, now) = (panel.dispatch.clone(), Rc::clone(now));
    Callback::from(move |event: KeyboardEvent| {
        let Some(key) = plain_key(&event) else { return };
        let at = match CursorKey::of(&key, event.shift_key()) {
            Some(CursorKey::Step(places)) => now.1.stepped(&now.0, places),
            Some(CursorKey::From) => now.0.sweep.from,
            Some(CursorKey::To) => now.0.sweep.to,
            None => return,
        };
        event.prevent_default();
        stop.emit(());
        dispatch.emit(Action::set(Key::At, at));
    })
}
