//! The map of all pairs of weights in words.

use crate::arith::{Lane, PairLoss, PairReach, QRange, QType};
use crate::state::State;
use crate::state::derived::{Derived, MapDot, PairMap};
use crate::state::number::{fixed, grouped, whole};

/// All pairs that there are.
const ALL: u32 = 1 << 16;

/// What the chosen engine's map shows, and where the chosen output's pairs lie on it.
pub fn shown(state: &State, derived: &Derived, map: &PairMap) -> String {
    let engine = state.arithmetic.engine.name();
    if let Some(reason) = &derived.unavailable {
        return format!("{engine} cannot run this layer: {reason} No pair is added with it.");
    }
    format!("{} {}", bounds(map.reach, engine), pairs(state, map))
}

/// How many pairs are safe on an engine, and why.
pub fn bounds(reach: PairReach, engine: &str) -> String {
    let safe = reach.safe_pairs();
    match reach.lane() {
        Lane::Exact => {
            format!("{engine} adds products in 32 bits: every pair of weights is safe.")
        }
        Lane::HalfWeights => format!(
            "{engine} halves the weights first: every pair of halves fits 16 bits, and odd weights lose their last bit."
        ),
        Lane::Running16 => format!(
            "{engine} adds all products to one sum of 16 bits: no pair is safe or unsafe by itself."
        ),
        Lane::Product15 => format!(
            "{} of the {} pairs of weights are safe with {engine}: whatever the inputs, both products fit 15 bits.",
            grouped(safe.into()),
            grouped(ALL.into())
        ),
        lane @ (Lane::Saturate | Lane::Wrap | Lane::Acc16) => {
            let whatever = match reach.codes().qmax {
                255 => "whatever the inputs".to_string(),
                most => format!("whatever the inputs, whose codes end at {most}"),
            };
            let count = match safe {
                ALL => format!("All {} pairs", grouped(ALL.into())),
                _ => format!("{} of the {} pairs", grouped(safe.into()), grouped(ALL.into())),
            };
            let more = match lane {
                Lane::Acc16 => {
                    " Pairs are then added in 16 bits, too, which the map does not show."
                }
                _ => "",
            };
            format!(
                "{count} of weights are safe with {engine}: {whatever}, their sum fits 16 bits.{more}"
            )
        }
    }
}

/// How many of an output's pairs are safe.
fn pairs(state: &State, map: &PairMap) -> String {
    let output = state.picture.output;
    let is_pair = |dot: &&MapDot| dot.ks.1.is_some();
    let pairs = map.dots.iter().filter(is_pair).count();
    let alone = map.dots.len() - pairs;
    let alone_said = match alone {
        0 => "",
        1 => "; one weight stands alone, at w₁ = 0",
        _ => "; the others stand alone, at w₁ = 0",
    };
    if !map.has_bounds() {
        return match pairs {
            0 => format!("The dots are the weights of output {output}, each alone."),
            _ => format!("The dots are the pairs of output {output}{alone_said}."),
        };
    }
    let is_safe = |dot: &&MapDot| map.reach.is_safe(dot.weights);
    let safe = map.dots.iter().filter(is_pair).filter(is_safe).count();
    let said = match (pairs, safe) {
        (0, _) => "no two products are added in 16 bits; its weights stand alone, at w₁ = 0".into(),
        (1, 1) => "its one pair is safe".to_string(),
        (1, _) => "its one pair is not safe".to_string(),
        (2, 2) => "both pairs are safe".to_string(),
        _ if safe == pairs => format!("all {pairs} pairs are safe"),
        (_, 0) => format!("none of its {pairs} pairs is safe"),
        (_, 1) => format!("one of its {pairs} pairs is safe"),
        _ => format!("{safe} of its {pairs} pairs are safe"),
    };
    let alone_said = if pairs == 0 { "" } else { alone_said };
    format!("Output {output}: {said}{alone_said}.")
}

/// A tensor's pairs on the map: how many there are, how many of them are not safe, and what that means.
pub fn tensor(map: &PairMap) -> Option<String> {
    let [all, lost] = map.counted()?;
    let said = match (all, lost) {
        (0, _) => return Some("No pair of weights is here.".to_string()),
        (1, 0) => "The one pair is safe".to_string(),
        (_, 0) => format!("All {} pairs are safe", grouped(all)),
        (1, _) => "The one pair is not safe".to_string(),
        (_, 1) => format!("Of {} pairs one is not safe", grouped(all)),
        _ => format!("Of {} pairs {} are not safe", grouped(all), grouped(lost)),
    };
    Some(match lost {
        0 => format!("{said}: whatever the inputs, their sum fits 16 bits."),
        _ => format!(
            "{said}: at some inputs their sum leaves 16 bits. The stronger its colour, the more there are."
        ),
    })
}

/// A pair of weights: whether it is safe, from which code on it is lost, how much at worst, and which
/// pairs of the output or tensor have these weights.
pub fn cell(map: &PairMap, weights: [i8; 2]) -> String {
    let [w0, w1] = weights.map(|w| whole(w.into()));
    let mut said = format!("w₀ = {w0}, w₁ = {w1}: {}", fate(map.reach, weights));
    let here: Vec<String> =
        map.dots.iter().filter(|dot| dot.weights == weights).map(named).collect();
    if !here.is_empty() {
        said.push_str(&format!(" Here: {}.", here.join("; ")));
    }
    match map.count(weights) {
        None => {}
        Some(0) => said.push_str(" Not in this tensor."),
        Some(1) => said.push_str(" Once in this tensor."),
        Some(count) => {
            said.push_str(&format!(" {} times in this tensor.", grouped(count.into())));
        }
    }
    said
}

/// The k of a pair of an output.
fn named(dot: &MapDot) -> String {
    match dot.ks {
        (first, Some(second)) => format!("k {first}, {second}"),
        (first, None) => format!("k {first}, alone"),
    }
}

/// What becomes of two weights that are added together.
fn fate(reach: PairReach, weights: [i8; 2]) -> String {
    let [low, high] = reach.sums(weights).map(|sum| whole(sum.into()));
    let verb = match reach.lane() {
        Lane::Exact => return "safe, added in 32 bits.".into(),
        Lane::HalfWeights => {
            let [a, b] = weights.map(|w| whole(reach.counted_weight(w).into()));
            return format!("halved, they act as {a} and {b}; no sum of halves leaves 16 bits.");
        }
        Lane::Running16 => {
            return format!("their sum is {low} to {high}, added to one sum of 16 bits.");
        }
        Lane::Wrap => "wraps around",
        Lane::Product15 => "is cut",
        Lane::Saturate | Lane::Acc16 => "saturates",
    };
    let Some(worst) = reach.worst(weights) else {
        return format!("safe, their sum is {low} to {high}.");
    };
    let from = match reach.loss(&weights) {
        PairLoss::From(code) => format!("from code {code} of both inputs on"),
        PairLoss::UpTo(0) => "at code 0 of both inputs".to_string(),
        PairLoss::UpTo(code) => format!("up to code {code} of both inputs"),
        // None of them loses anything at inputs that differ only.
        _ => "at some inputs".to_string(),
    };
    let [x0, x1] = worst.codes;
    format!(
        "{verb} {from}. At worst, codes {x0} and {x1}, {} becomes {}.",
        whole(worst.exact.into()),
        whole(worst.kept.into()),
    )
}

/// Where A2Q's bound comes from.
pub const A2Q: &str = "A2Q trains weights so that ‖w‖₁ ≤ (2ᴾ⁻¹ − 1) ÷ 2ᴺ for P bits of sum and N of unsigned input (half of these for signed): 127 for 16 and 8. The largest 8-bit input is 255, not 256, so 128 would do. Colbert, Pappalardo and Petri-Koenig, ICCV 2023, arxiv.org/abs/2308.13504.";

/// A pair of the output with what becomes of it.
pub fn dot(map: &PairMap, dot: &MapDot) -> String {
    let [w0, w1] = dot.weights.map(|w| whole(w.into()));
    match dot.ks.1 {
        Some(_) => format!("{}: {w0}, {w1}: {}", named(dot), fate(map.reach, dot.weights)),
        None => format!("{}: {w0}: {}", named(dot), fate(map.reach, dot.weights)),
    }
}

/// The areas of the map: what each is, how many pairs of weights it has, and what share of all.
pub fn areas(map: &PairMap) -> Vec<(String, String, String)> {
    let reach = map.reach;
    let all = || {
        let weights = i8::MIN..=i8::MAX;
        weights.clone().flat_map(move |second| weights.clone().map(move |first| [first, second]))
    };
    let mut areas = Vec::new();
    let mut add = |name: String, is_in: &dyn Fn([i8; 2]) -> bool| {
        let count = all().filter(|pair| is_in(*pair)).count();
        let share = 100.0 * count as f64 / f64::from(ALL);
        areas.push((name, grouped(count as u64), format!("{} %", fixed(share, 1))));
    };
    add("safe".to_string(), &|pair| reach.is_safe(pair));
    if !map.has_bounds() {
        return areas;
    }
    let sum = |[first, second]: [i8; 2]| i32::from(first) + i32::from(second);
    if reach.lane() == Lane::Product15 {
        add("a product is cut".to_string(), &|pair| !reach.is_safe(pair));
    } else if reach.safe_pairs() < ALL && !reach.is_signed() {
        add(format!("too large, above {}", whole(i16::MAX.into())), &|pair| {
            !reach.is_safe(pair) && sum(pair) > 0
        });
        add(format!("too small, below {}", whole(i16::MIN.into())), &|pair| {
            !reach.is_safe(pair) && sum(pair) < 0
        });
    } else if reach.safe_pairs() < ALL {
        add("wraps around".to_string(), &|pair| !reach.is_safe(pair));
    }
    if let Some(bound) = reach.a2q_bound() {
        let norm = |pair: [i8; 2]| pair.iter().map(|w| i32::from(*w).abs()).sum::<i32>();
        add(format!("within A2Q’s bound, |w₀| + |w₁| ≤ {bound}"), &|pair| {
            norm(pair) <= bound
        });
    }
    let QRange { qmin, qmax } = QType::QInt8.observer_range(true);
    add(format!("both weights of 7 bits, {} … {qmax}", whole(qmin.into())), &|pair| {
        pair.iter().all(|w| (qmin..=qmax).contains(&i32::from(*w)))
    });
    areas
}
