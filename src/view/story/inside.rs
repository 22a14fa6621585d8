//! [`Inside`]: one point of the line, from its code to the pairs.

use yew::prelude::*;

use super::cursor_figure::CursorFigure;
use super::legend::{input_code, legend, lines};
use super::pair_line;
use super::scene_props::{SceneProps, goal};
use super::switches::switches;
use super::worked::{Worked, use_worked};
use crate::plot::mystery_scene;
use crate::state::number::{short, whole};
use crate::state::{GroupTrace, describe};
use crate::story::guess::{OUTPUT, reduced, switched, thread};
use crate::view::canvas_renderer::made;
use crate::view::facets::Facets;
use crate::view::panels::pair_bar;
use crate::view::store::use_slice;

/// The line with its cursor; the code of x, the eight products in four pairs, each on its gauge.
#[component]
pub fn Inside(props: &SceneProps) -> Html {
    let panel = &props.panel;
    let model = use_slice(&panel.store, "inside", Facets::LAYER.and(Facets::AT));
    let now = use_worked(switched(&model.state));
    let (frozen, widest) = (use_worked(thread()), use_worked(reduced()));
    let has_hit = use_state_eq(|| false);
    let build = {
        let all = [now.clone(), frozen, widest];
        made(move |width| {
            let [now, frozen, widest] = all.each_ref().map(|worked| worked.both());
            let at = Some(now.0.gaze.at.into());
            mystery_scene(now, frozen, Some(widest), OUTPUT, None, at, width)
        })
    };
    let cursor = &now.derived.cursor;
    let hit = cursor.pairs.iter().find(|pair| pair.lost() != 0);
    {
        let has_hit = has_hit.setter();
        use_effect_with(is_first_hit(&now), move |is_hit| {
            if *is_hit {
                has_hit.set(true);
            }
        });
    }
    html! {
        <>
            <div class="story-figure"><section class="mystery panel" aria-label="The line and the pairs">
                <div class="legended">
                    <CursorFigure panel={panel.clone()} worked={now.clone()} {build} described_by="inside-said" />
                    { legend("mystery-legend", lines(&now.state, input_code(&now, now.state.gaze.at))) }
                </div>
                { switches(panel, &model.state) }
                <p class="said" id="inside-said" role="status">{ said(&now, hit) }</p>
                <ol class="pairs">
                    { for cursor.pairs.iter().map(|pair| {
                        let class = classes!((pair.lost() != 0).then_some("is-saturated"));
                        html! {
                            <li key={pair.first_k()} {class}>
                                <p><span>{ format!("Inputs {}", pair_line::inputs(pair).replace(" and ", ", ")) }<span class="factors">{ format!(": {}", pair_line::products(pair)) }</span></span><b>{ whole(pair.exact.into()) }<span class="kept">{ pair_line::kept(pair) }</span></b></p>
                                { pair_bar(pair, cursor.engine) }
                            </li>
                        }
                    }) }
                </ol>
            </section></div>
            <article class="step panel" aria-labelledby="step-title">
                { props.head.clone() }
                <p class="code-of-x">{ code_of_x(&now) }</p>
                <ul class="goals">{ goal(*has_hit, &found(*has_hit, &now)) }</ul>
                <details><summary>{ "Where scale and zero point come from" }</summary>
                    <p>{ format!(
                        "Calibration saw inputs from {} to {}, and divides that range into the codes it may use: scale {}, and input code {} stands for 0. Weights have a scale of their own, {}.",
                        short(now.derived.calibrated.input_range.0.into()),
                        short(now.derived.calibrated.input_range.1.into()),
                        short(now.derived.layer.input.scale.into()),
                        now.derived.layer.input.zero_point,
                        short(now.derived.layer.weight_param(OUTPUT).scale.into()),
                    ) }</p>
                </details>
            </article>
        </>
    }
}

/// Whether the cursor is where a pair first does not fit, or a code or two beyond it.
fn is_first_hit(now: &Worked) -> bool {
    const NEAR: i32 = 2;
    let kinks = &now.derived.chosen(&now.state).kinks;
    let first = kinks.iter().find_map(|kink| kink.code);
    first.is_some_and(|first| {
        let beyond = i32::from(now.derived.cursor.code(&now.state)) - i32::from(first);
        (0..=NEAR).contains(&beyond)
    })
}

/// What there is to find, and what it is once it is found.
fn found(has_hit: bool, now: &Worked) -> String {
    let kinks = &now.derived.chosen(&now.state).kinks;
    match kinks.first().and_then(|kink| kink.code) {
        Some(first) if has_hit => format!(
            "At input code {} every pair fits, at {first} one is cut: the line leaves the thin one there",
            first.saturating_sub(1)
        ),
        _ => "Find where a bar first hits the end".to_string(),
    }
}

/// The code of x, as the library makes it.
fn code_of_x(now: &Worked) -> String {
    let made = now.derived.quantizing(0);
    let input = now.derived.layer.input;
    let clamped = if made.unclamped == made.code {
        String::new()
    } else {
        format!(" = {}, clamped", whole(made.unclamped.into()))
    };
    format!(
        "x = {}: divided by {}, rounded, + {}{clamped} → input code {}. Every product is weight · {}.",
        short(now.state.gaze.at.into()),
        short(input.scale.into()),
        input.zero_point,
        made.code,
        made.code,
    )
}

/// Whether something is cut at this x, and whether it is where that begins.
fn said(now: &Worked, hit: Option<&GroupTrace>) -> String {
    let cursor = &now.derived.cursor;
    let code = cursor.code(&now.state);
    match hit {
        Some(pair) if is_first_hit(now) => format!(
            "✓ Here it begins: at input code {code} inputs {} should be {} and stay at {}.",
            pair_line::inputs(pair),
            whole(pair.exact.into()),
            whole(pair.kept.into()),
        ),
        Some(pair) => format!(
            "Input code {code}: inputs {} should be {} and stay at {}.",
            pair_line::inputs(pair),
            whole(pair.exact.into()),
            whole(pair.kept.into()),
        ),
        None if describe::has_rails(cursor.engine) => {
            format!("At input code {code} all four pairs fit 16 bits.")
        }
        None => {
            "On this CPU the products are added in 32 bits: nothing can hit an end.".to_string()
        }
    }
}
