//! A pair in numbers.

use crate::state::GroupTrace;
use crate::state::number::whole;

/// Its inputs: `6 and 7`.
pub fn inputs(pair: &GroupTrace) -> String {
    let ks: Vec<String> = pair.products.iter().map(|one| one.k.to_string()).collect();
    ks.join(" and ")
}

/// Its products and their sum, and what is kept of it where that is not all:
/// `−61·205 + −117·205 = −36490 → −32768`.
pub fn sum(pair: &GroupTrace) -> String {
    format!("{}{}", exact(pair), kept(pair))
}

/// What is kept of its sum, where that is not all: ` → −32768`.
pub fn kept(pair: &GroupTrace) -> String {
    match pair.lost() {
        0 => String::new(),
        _ => format!(" → {}", whole(pair.kept.into())),
    }
}

/// The same without what is kept.
pub fn exact(pair: &GroupTrace) -> String {
    format!("{} = {}", products(pair), whole(pair.exact.into()))
}

/// Its products: `−61·205 + −117·205`.
pub fn products(pair: &GroupTrace) -> String {
    let product = |one: &crate::state::Product| {
        format!("{}·{}", whole(i32::from(one.w).into()), whole(one.x.into()))
    };
    let products: Vec<String> = pair.products.iter().map(product).collect();
    products.join(" + ")
}
