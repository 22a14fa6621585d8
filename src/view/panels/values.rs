//! [`ValuesPanel`]: the large figure as a table of numbers.

use yew::prelude::*;

use super::PanelProps;
use crate::state::describe;
use crate::state::number::{short, whole};
use crate::view::facets::Facets;
use crate::view::hooks::use_open;
use crate::view::model::Model;
use crate::view::store::use_slice_in_sight;

/// Places that the table shows, kinks and ends aside.
const PLACES: usize = 17;

/// The text twin of the curve: evenly chosen places of what is drawn, the kinks and the cursor.
/// Made only while it is open.
#[component]
pub fn ValuesPanel(props: &PanelProps) -> Html {
    let panel = use_node_ref();
    let reads = Facets::DRAWN.and(Facets::AT);
    let model = use_slice_in_sight(&props.store, "values", reads, &panel);
    let (is_open, ontoggle) = use_open();
    html! {
        <details ref={panel} class="panel values" {ontoggle}>
            <summary><h2>{ "The ramp as a table" }</h2></summary>
            if is_open {
                { table(&model) }
            }
        </details>
    }
}

fn table(model: &Model) -> Html {
    let (state, derived) = (&model.state, &model.derived);
    let view = derived.chosen(state);
    let (curve, sweep) = (view.curve(), &derived.sweep);
    let has_codes = view.has_codes();
    let code = |code: Option<i32>| code.map_or("–".to_string(), |code| whole(code.into()));
    let row = |place: usize| {
        let note = if place == derived.cursor.place {
            "cursor".to_string()
        } else {
            let kink = view.kinks.iter().find(|kink| kink.place == place);
            kink.map_or(String::new(), |kink| format!("kink {}", kink.number))
        };
        html! {
            <tr key={place}>
                <th scope="row">{ short(sweep.at[place]) }</th>
                <td>{ if sweep.is_by_code() { place.to_string() } else { "–".into() } }</td>
                <td>{ whole(curve.acc[place].into()) }</td>
                <td>{ whole(view.exact.acc[place].into()) }</td>
                if has_codes {
                    <td>{ code(curve.code[place]) }</td>
                    <td>{ code(view.exact.code[place]) }</td>
                    <td>{ describe::codes(view.difference(place)) }</td>
                }
                <td>{ short(curve.real[place].into()) }</td>
                <td>{ note }</td>
            </tr>
        }
    };
    html! {
        <div class="scroll" tabindex="0" role="region" aria-label="The ramp in numbers">
        <table id="values">
            <caption>{ format!("Output {} with {}", state.picture.output, derived.cursor.engine.name()) }</caption>
            <thead><tr>
                <th scope="col">{ describe::variable(state.sweep.direction) }</th><th scope="col">{ "input code" }</th><th scope="col">{ "accumulator" }</th><th scope="col">{ "exact" }</th>
                if has_codes {
                    <th scope="col">{ "output code" }</th><th scope="col">{ "exact code" }</th><th scope="col">{ "codes off" }</th>
                }
                <th scope="col">{ "y" }</th><th scope="col">{ "what" }</th>
            </tr></thead>
            <tbody>{ for places(model).into_iter().map(row) }</tbody>
        </table>
        </div>
    }
}

/// Evenly chosen places in the window, with the kinks there and the cursor.
fn places(model: &Model) -> Vec<usize> {
    let (from, to) = model.state.window();
    let derived = &model.derived;
    let inside: Vec<usize> = (0..derived.sweep.len())
        .filter(|place| (f64::from(from)..=f64::from(to)).contains(&derived.sweep.at[*place]))
        .collect();
    let mut places: Vec<usize> = (0..PLACES)
        .filter_map(|index| inside.get(index * inside.len().saturating_sub(1) / (PLACES - 1)))
        .copied()
        .collect();
    let kinks = &derived.chosen(&model.state).kinks;
    places.extend(kinks.iter().map(|kink| kink.place).filter(|place| inside.contains(place)));
    places.push(derived.cursor.place);
    places.sort_unstable();
    places.dedup();
    places
}
