//! [`RaceScene`]: the fixes as small lines on the same axes, with one x for all.

use std::rc::Rc;

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::legend::legend;
use super::scene_props::SceneProps;
use crate::plot::racer_scene;
use crate::state::link;
use crate::state::number::{fixed, short};
use crate::story::race::{OUTPUT, Race, Racer};
use crate::story::{FIXES, Fix};
use crate::view::canvas::Plot;
use crate::view::canvas_renderer::made;
use crate::view::gesture::Gesture;
use crate::view::model::Shared;
use crate::view::panels::PanelProps;
use crate::view::sourced::sourced;

/// Where x stands at first: inside the calibration, where the original is bent.
const START: f32 = 2.0;

/// One slider, what each fix does there, and a card for each.
#[component]
pub fn RaceScene(props: &SceneProps) -> Html {
    let race = use_memo((), |()| Race::new());
    let race = Shared(race);
    let x = use_state_eq(|| START);
    let sweep = race.original().state.sweep.clone();
    let oninput = {
        let x = x.clone();
        Callback::from(move |event: InputEvent| {
            let value = event.target_unchecked_into::<HtmlInputElement>().value();
            if let Some(value) = crate::state::number::parse::<f32>(&value) {
                x.set(value);
            }
        })
    };
    let on_x = {
        let x = x.clone();
        Callback::from(move |at: f32| x.set(at))
    };
    let beyond = *x > race.calibrated_to();
    let pulled = use_state_eq(|| false);
    {
        let pulled = pulled.setter();
        use_effect_with(beyond, move |beyond| {
            if *beyond {
                pulled.set(true);
            }
        });
    }
    html! {
        <>
            { props.opening() }
            <div class="race-x panel">
                <label for="race-x">{ "x for all" }</label>
                <input type="range" id="race-x" min={sweep.from.to_string()} max={sweep.to.to_string()} step="0.05" value={x.to_string()} aria-valuetext={format!("x = {}", short((*x).into()))} {oninput} />
                <output for="race-x">{ format!("x = {}", short((*x).into())) }{ if beyond { ", beyond the calibration" } else { "" } }</output>
            </div>
            <table class="race-table">
                <caption class="visually-hidden">{ format!("The fixes at x = {}", short((*x).into())) }</caption>
                <tbody>{ for race.racers.iter().map(|racer| {
                    let standing = race.standing(racer, *x);
                    html! { <tr key={racer.fix.name} class={classes!(standing.is_saturated().then_some("is-cut"))}><th scope="row">{ racer.fix.short }</th><td>{ standing.told() }</td></tr> }
                }) }</tbody>
            </table>
            // The answer comes once x was pulled, or when it is asked for.
            <details class="race-told" open={*pulled}>
                <summary>{ "Which one to take?" }</summary>
                <p>{ race.told() }{ " Take 7-bit weights if you can quantize anew: they are right on every CPU. If you cannot, take another engine." }</p>
            </details>
            { legend("race-legend", [
                ("own", "with the fix".to_string()),
                ("cut", "a pair is cut".to_string()),
                ("exact", "the original, exact".to_string()),
                ("ghost", "the original as it is".to_string()),
                ("shade", format!("calibrated, up to x = {}", fixed(race.calibrated_to().into(), 2))),
            ]) }
            <ul class="race" id="fixes" aria-label={format!("Fixes, on output {OUTPUT}")}>
                { for race.racers.iter().enumerate().map(|(index, racer)| html! {
                    <Card key={racer.fix.name} race={race.clone()} {index} x={*x} on_x={on_x.clone()} panel={props.panel.clone()} />
                }) }
                { for FIXES.iter().filter(|fix| !fix.races).map(|fix| html! {
                    <li class="panel apart" key={fix.name}><h3>{ fix.name }</h3>{ about(fix) }</li>
                }) }
            </ul>
            <p class="hint">{ "Output codes off: from the original with an exact sum. Parts of a code are there because a fix may have another output scale. “As calibrated”: at the inputs that calibration saw (shaded), where the output is not clamped. “Out of input codes”: x lies beyond what the last input code, 255, stands for, so the line stays where it is." }</p>
        </>
    }
}

#[derive(Properties, PartialEq)]
struct CardProps {
    race: Shared<Race>,
    index: usize,
    x: f32,
    on_x: Callback<f32>,
    panel: PanelProps,
}

/// A fix: its line, where it stands at x, and what it costs.
#[component]
fn Card(props: &CardProps) -> Html {
    let CardProps { race, index, x, .. } = props;
    let racer: &Racer = &race.racers[*index];
    let standing = race.standing(racer, *x);
    let build = {
        let (race, index, x) = (race.clone(), *index, *x);
        made(move |_| {
            let [now, frozen] =
                [&race.racers[index], race.original()].map(|racer| (&racer.state, &racer.derived));
            racer_scene(now, frozen, OUTPUT, x)
        })
    };
    let on_gesture = {
        let on_x = props.on_x.clone();
        Callback::from(move |gesture: Gesture| {
            #[expect(clippy::cast_possible_truncation, reason = "inputs are float32")]
            if let Gesture::Point([x, _]) = gesture {
                on_x.emit(x as f32);
            }
        })
    };
    html! {
        <li class={classes!("panel", standing.is_saturated().then_some("is-saturated"))}>
            <h3>{ racer.fix.name }</h3>
            <Plot {build} palette={Rc::clone(&props.panel.palette)} class="race-plot" {on_gesture} />
            <p class="standing">{ standing.told() }</p>
            <p class="hint">{ racer.told_most() }</p>
            { about(racer.fix) }
        </li>
    }
}

/// When it works, when it does not, what it costs.
fn about(fix: &'static Fix) -> Html {
    html! {
        <details><summary>{ "When it works, and what it costs" }</summary>
            <dl>
                <div><dt>{ "works" }</dt><dd>{ fix.works }</dd></div>
                <div><dt>{ "does not" }</dt><dd>{ fix.fails }</dd></div>
                <div><dt>{ "costs" }</dt><dd>{ fix.costs }</dd></div>
            </dl>
            if let Some(code) = fix.code {
                <pre><code>{ code }</code></pre>
            }
            <p class="source">{ "Source: " }{ sourced(fix.source) }{ ". " }<a href={link::write(&fix.state())}>{ "Open in the Lab" }</a></p>
        </details>
    }
}
