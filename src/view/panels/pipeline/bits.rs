//! [`Bits`]: a pair sum in 17 bits, and what 16 bits make of it.

use yew::prelude::*;

use crate::state::number::whole;
use crate::state::{Engine, GroupTrace, Word, pair_words};

/// What the words of a pair are, in their order.
const NAMES: [&str; 3] = ["the sum in 17 bits", "saturated to 16", "wrapped to 16"];

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
    let words = pair_words(props.engine, &props.pair);
    let rows = NAMES.into_iter().zip(words);
    html! {
        <div class="scroll">
        <table class="bits">
            <caption class="visually-hidden">{ "The pair sum in bits, highest first" }</caption>
            <tbody>
                { for rows.map(|(name, Word { width, value, is_kept })| html! {
                    <tr>
                        <th scope="row">{ name }{ if is_kept { ": kept" } else { "" } }</th>
                        <td class="word">{ for (0..17).rev().map(|bit| digit(value, bit, width, sum)) }</td>
                        <td class="value">{ whole(value.into()) }</td>
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
