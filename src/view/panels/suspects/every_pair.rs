//! [`EveryPairPanel`]: all cases of a pair, compared in slices that leave the page its time.

use std::cell::Cell;
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use js_sys::{Date, Function};
use wasm_bindgen::prelude::*;
use yew::prelude::*;

use super::exports::{call, exports};
use crate::documents::{
    EVERY_PAIR_MODULE, EveryPair, EveryPairOutcome, PAIRS_OF_WEIGHTS, PROBE_MODULE, ProbeBytes,
};

/// A slice takes about so many milliseconds.
const SLICE: f64 = 12.0;

/// Where this browser’s dot product saturates: a button that compares it with the model in every case.
#[component]
pub fn EveryPairPanel() -> Html {
    let state = use_state_eq(|| EveryPair::NotBegun);
    // What a slice that is still to come looks at.
    let stop = use_memo((), |()| Rc::new(Cell::new(false)));
    {
        let stop = Rc::clone(&stop);
        use_effect_with((), move |()| move || stop.set(true));
    }
    let begin = {
        let (setter, stop) = (state.setter(), Rc::clone(&stop));
        Callback::from(move |_: MouseEvent| {
            stop.set(false);
            match Functions::load() {
                Ok(functions) => slice(Rc::new(functions), 0, setter.clone(), Rc::clone(&stop)),
                Err(_) => setter.set(EveryPair::Failed),
            }
        })
    };
    let cancel = {
        let stop = Rc::clone(&stop);
        Callback::from(move |_: MouseEvent| stop.set(true))
    };
    let running = match *state {
        EveryPair::Running(pairs) => Some(pairs),
        _ => None,
    };
    html! {
        <div id="every-pair">
            <h3>{ "Every case" }</h3>
            <p>{ "A pair has four bytes. On a click this browser’s instruction and the model here are compared in all 4,294,967,296 cases." }</p>
            if let Some(pairs) = running {
                <progress max={PAIRS_OF_WEIGHTS.to_string()} value={pairs.to_string()} aria-label="Cases compared" />
                <button type="button" id="every-pair-stop" onclick={cancel}>{ "Stop" }</button>
            } else {
                <button type="button" id="every-pair-begin" onclick={begin}>{ "Compare all cases" }</button>
            }
            // While it runs, the bar says how far it is to those who ask.
            <p id="every-pair-said" role={running.is_none().then_some("status")}>{ state.said() }</p>
        </div>
    }
}

/// What the modules export.
struct Functions {
    check: Function,
    dot: Function,
}

impl Functions {
    fn load() -> Result<Functions, JsValue> {
        let [check] = exports(EVERY_PAIR_MODULE, ["check"])?;
        let [dot, _] = ProbeBytes::exports();
        let [dot] = exports(PROBE_MODULE, [dot])?;
        Ok(Functions { check, dot })
    }

    /// Whether the weights of a number differ from the model at some inputs.
    fn differs(&self, number: u32) -> Result<bool, JsValue> {
        Ok(call(&self.check, EveryPair::parameters(number))? != 0)
    }

    /// The first inputs at which they do.
    fn first(&self, number: u32) -> Result<Option<EveryPairOutcome>, JsValue> {
        let w = EveryPair::weights(number);
        for at in 0..=u16::MAX {
            let x = at.to_be_bytes();
            let given = call(&self.dot, ProbeBytes { w, x }.parameters())?;
            if given != EveryPair::model(w, x) {
                return Ok(Some(EveryPairOutcome::Differs { w, x, given }));
            }
        }
        Ok(None)
    }
}

/// Compares for a slice's time, and comes again.
fn slice(
    functions: Rc<Functions>,
    from: u32,
    setter: UseStateSetter<EveryPair>,
    stop: Rc<Cell<bool>>,
) {
    if stop.get() {
        setter.set(EveryPair::Stopped(from));
        return;
    }
    let begun = Date::now();
    let mut number = from;
    while number < PAIRS_OF_WEIGHTS && Date::now() - begun < SLICE {
        for _ in 0..64 {
            match functions.differs(number) {
                Ok(false) => {}
                Ok(true) => {
                    let first = functions.first(number);
                    setter.set(match first {
                        Ok(Some(outcome)) => EveryPair::Done(outcome),
                        _ => EveryPair::Failed,
                    });
                    return;
                }
                Err(_) => {
                    setter.set(EveryPair::Failed);
                    return;
                }
            }
            number += 1;
        }
    }
    if number == PAIRS_OF_WEIGHTS {
        setter.set(EveryPair::Done(EveryPairOutcome::Agrees));
        return;
    }
    setter.set(EveryPair::Running(number));
    Timeout::new(0, move || slice(functions, number, setter, stop)).forget();
}
