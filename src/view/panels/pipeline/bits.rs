//! [`Bits`]: a pair sum in 17 bits, and what 16 bits make of it.

use yew::prelude::*;

use crate::arith::{Engine, GroupTrace, Lane, saturate16, wrap16};
use crate::state::describe;
use crate::state::number::whole;

/// Properties of [`Bits`].
#[derive(Properties, PartialEq)]
pub struct BitsProps {
    /// Two products.
    pub pair: GroupTrace,
    /// Whose sum it is.
    pub engine: Engine,
}

/// Two's complement, highest bit first: the sum in 17 bits, and in 16 bits saturated and wrapped,
/// with the one that the engine keeps named.
#[component]
pub fn Bits(props: &BitsProps) -> Html {
    let sum = props.pair.exact;
    let kept = match props.engine.accumulator().lane {
        Lane::Exact => Some(0),
        Lane::Saturate => Some(1),
        // The sum that it is added to may take less of it.
        Lane::Acc16 if props.pair.kept == saturate16(sum) => Some(1),
        Lane::Wrap => Some(2),
        _ => None,
    };
    let rows = [
        ("the sum in 17 bits", 17, sum),
        ("saturated to 16", 16, saturate16(sum)),
        ("wrapped to 16", 16, wrap16(sum)),
    ];
    // Elsewhere no pair is kept in 16 bits.
    let has_16 =
        describe::has_rails(props.engine) || props.engine.accumulator().lane == Lane::Exact;
    let rows = rows.into_iter().take(if has_16 { 3 } else { 1 });
    html! {
        <div class="scroll">
        <table class="bits">
            <caption class="visually-hidden">{ "The pair sum in bits, highest first" }</caption>
            <tbody>
                { for rows.enumerate().map(|(index, (name, width, value))| html! {
                    <tr>
                        <th scope="row">{ name }{ if kept == Some(index) { ": kept" } else { "" } }</th>
                        <td class="word">{ for (0..17).rev().map(|bit| digit(value, bit, width, sum)) }</td>
                        <td>{ whole(value.into()) }</td>
                    </tr>
                }) }
            </tbody>
        </table>
        <p class="hint">{ "Boxed: the sign. Coloured: bits that differ from the sum’s." }</p>
        </div>
    }
}

/// One bit; one that differs from the sum's own stands out, and so does the sign.
fn digit(value: i32, bit: u32, width: u32, sum: i32) -> Html {
    if bit >= width {
        return html! { <span class="bit none">{ "\u{a0}" }</span> };
    }
    let at = |value: i32| value >> bit & 1;
    let class = classes!(
        "bit",
        (bit + 1 == width).then_some("sign"),
        (at(value) != at(sum)).then_some("changed"),
        bit.is_multiple_of(4).then_some("nibble")
    );
    html! { <span {class}>{ at(value).to_string() }</span> }
}
