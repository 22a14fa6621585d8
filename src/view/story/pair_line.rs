//! A pair in numbers.

use crate::state::GroupTrace;
use crate::state::number::whole;

/// Its inputs: `6 and 7`.
pub fn inputs(pair: &GroupTrace) -> String {
    let ks: Vec<String> = pair.products.iter().map(|one| one.k.to_string()).collect();
    ks.join(" and ")
}

/// Its products and their sum, and what is kept of it where that is not all:
/// `−61·205 + −117·205 = −36490, kept −32768`.
pub fn sum(pair: &GroupTrace) -> String {
    let kept = match pair.lost() {
        0 => String::new(),
        _ => format!(", kept {}", whole(pair.kept.into())),
    };
    format!("{}{kept}", exact(pair))
}

/// The same without what is kept.
pub fn exact(pair: &GroupTrace) -> String {
    let number = |value: i32| whole(value.into());
    let product =
        |one: &crate::state::Product| format!("{}·{}", number(one.w.into()), number(one.x));
    let products: Vec<String> = pair.products.iter().map(product).collect();
    format!("{} = {}", products.join(" + "), number(pair.exact))
}
