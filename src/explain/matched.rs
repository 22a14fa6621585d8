//! [`Match`]: an arithmetic that gives a result, as it is handed out.

use std::collections::BTreeMap;

use serde::Serialize;

use super::ending::Ending;
use super::finish::{Finish, Quantity};
use super::matcher::{Matcher, Source};
use super::search::{Candidate, Found};
use super::sum_rule::{Narrow, Summing};
use super::view::Reading;
use super::zero_points::ZeroPointRule;
use crate::arith::{Blocks, DynamicEngine, Engine, Gives, Group, Lane, Members};

/// An arithmetic that gives every number of a result.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Match {
    /// How the operands are read; `None` where sums were given.
    pub reading: Option<Reading>,
    /// How products are summed, a stable key; `sums` where they were given.
    pub sum: String,
    /// The same in words.
    pub words: String,
    /// What becomes of zero points.
    pub zero_points: ZeroPointRule,
    /// What kind of number it gives.
    pub quantity: Quantity,
    /// The forms of it that give the result, as keys: rules of rounding, of real values, of sums.
    pub forms: Vec<String>,
    /// Keys of the rows of the table of engines that do all of this.
    pub engines: Vec<&'static str>,
    /// How their arithmetic is known, of the best known among them: `recorded`, `modelled` or `theory`.
    pub provenance: Option<&'static str>,
    /// How far it is from what is expected first.
    pub cost: u8,
}

/// No more are handed out.
const MOST_MATCHES: usize = 200;

/// Every arithmetic that gives a result, the nearest to what is expected first. Ways that only a
/// mistake leads to are left out where none is needed.
pub(super) fn matches(matcher: &Matcher, found: &Found) -> Vec<Match> {
    type Key = (u8, usize, usize, u8, u8);
    let least = found.whole.iter().map(|one| one.cost).min().unwrap_or(0);
    let mut all: BTreeMap<Key, Match> = BTreeMap::new();
    for one in &found.whole {
        let (Some(set), Some(finish)) =
            (matcher.sets.get(one.set), matcher.finishes.get(one.finish))
        else {
            continue;
        };
        let finish_cost = finish.cost(matcher.ending);
        let quantity = finish.quantity();
        let mut add = |source: Option<&Source>, cost: u8| {
            let (view, rule) = source.map_or((0, 0), |source| (source.view, source.rule));
            let zero_points = source.map_or(ZeroPointRule::After, |source| source.zero_points);
            let key = (cost, view, rule, zero_points as u8, quantity as u8);
            let made = all.entry(key).or_insert_with(|| made(matcher, source, quantity, cost));
            let form = finish.key();
            if !made.forms.contains(&form) {
                made.forms.push(form);
                made.engines.extend(engines(matcher, source, *finish));
                made.engines.sort_unstable();
                made.engines.dedup();
                made.provenance = best_known(&made.engines);
            }
        };
        if set.sources.is_empty() {
            add(None, one.cost);
        }
        for source in &set.sources {
            let Some(cost) = source.with(finish_cost) else { continue };
            let is_mistaken = source.costs[0] >= 2
                || source.costs[2] >= 2
                || one.place.cost >= 2
                || finish.is_mistake();
            if !is_mistaken || cost + one.place.cost <= least {
                add(Some(source), cost + one.place.cost);
            }
        }
    }
    all.into_values().take(MOST_MATCHES).collect()
}

fn made(matcher: &Matcher, source: Option<&Source>, quantity: Quantity, cost: u8) -> Match {
    let found = source.and_then(|source| {
        let view = matcher.views.get(source.view)?;
        Some((view.reading, matcher.rules.get(source.view)?.get(source.rule)?.summing))
    });
    let summing = found.map(|(_, summing)| summing);
    Match {
        reading: found.map(|(reading, _)| reading),
        sum: summing.map_or("sums".into(), key),
        words: summing.map_or("the sums that were given".into(), words),
        zero_points: source.map_or(ZeroPointRule::After, |source| source.zero_points),
        quantity,
        forms: Vec::new(),
        engines: Vec::new(),
        provenance: None,
        cost,
    }
}

/// How the best known of some engines is known.
fn best_known(keys: &[&str]) -> Option<&'static str> {
    let known = || keys.iter().filter_map(|key| Engine::from_key(key));
    let is = |asked: &&'static str| known().any(|engine| engine.provenance().key() == *asked);
    ["recorded", "modelled", "theory"].iter().find(|asked| is(asked)).copied()
}

/// Engines of the table that sum so and give the sum in that form.
fn engines(
    matcher: &Matcher,
    source: Option<&Source>,
    finish: Finish,
) -> impl Iterator<Item = &'static str> {
    let is_plain = finish.code_rule().is_none_or(|rule| rule.is_plain());
    let source = source.filter(|source| {
        source.costs[0] == 0 && source.zero_points == ZeroPointRule::After && is_plain
    });
    let rule = source.and_then(|source| matcher.rules.get(source.view)?.get(source.rule));
    let all: Vec<Engine> = rule.map_or_else(Vec::new, |rule| rule.engines.clone());
    let ending = matcher.ending;
    all.into_iter().filter(move |engine| gives(*engine, finish, ending)).map(Engine::key)
}

/// Whether an engine gives its sum in that form; a sum by itself may be any engine's.
fn gives(engine: Engine, finish: Finish, ending: &Ending) -> bool {
    match finish {
        Finish::Sum(form) => form == super::finish::SumForm::AsIs,
        Finish::Real(form) => match engine.gives() {
            Gives::Codes(_) => false,
            // It would have been held to relu, which real numbers are not here.
            Gives::Reals(_) if ending.relu => false,
            // Without a bias one rounding and two are the same.
            Gives::Reals(DynamicEngine::Fbgemm) if ending.real_bias(0).is_some() => {
                form == super::finish::RealForm::Fused
            }
            Gives::Reals(_) | Gives::Integers => form == super::finish::RealForm::Separate,
        },
        Finish::Code(rule) | Finish::RealOfCode(rule) => {
            rule.rounding.engines().any(|one| one == engine)
        }
    }
}

/// A stable key of a way to sum.
pub(super) fn key(summing: Summing) -> String {
    let narrow = match summing {
        Summing::Exact => return "exact".into(),
        Summing::Float32 => return "float32".into(),
        Summing::Narrow(narrow) => narrow,
    };
    let lane = match narrow.accumulator.lane {
        Lane::Exact => "exact",
        Lane::Saturate => "saturate",
        Lane::Wrap => "wrap",
        Lane::Product15 => "product_15",
        Lane::Running16 => "running_16",
        Lane::Acc16 => "acc16",
        Lane::HalfWeights => "half_weights",
    };
    format!("{lane}{}{}", group_key(narrow.accumulator.group), shift_key(narrow))
}

fn group_key(group: Group) -> String {
    let members = match group.members {
        Members::Run(2) => String::new(),
        Members::Run(size) => format!("_run_{size}"),
        Members::Apart(distance) => format!("_apart_{distance}"),
        Members::Crossed => "_crossed".into(),
        Members::Taps(width) => format!("_taps_{width}"),
        Members::OneDnnTaps => "_onednn_taps".into(),
        Members::OnnxTaps => "_onnx_taps".into(),
    };
    let blocks = match group.blocks {
        Blocks::Whole => String::new(),
        Blocks::Tap => "_by_tap".into(),
        Blocks::Every(size) => format!("_every_{size}"),
        Blocks::Halved { whole, size } => format!("_halved_{whole}_{size}"),
    };
    members + &blocks
}

fn shift_key(narrow: Narrow) -> String {
    let side = |name: &str, by: i32| match by {
        0 => String::new(),
        by if by > 0 => format!("_{name}_up"),
        _ => format!("_{name}_down"),
    };
    let left = if narrow.is_b_left { "_b_left" } else { "" };
    let recentred = if narrow.recentred { "_recentred" } else { "" };
    format!("{left}{}{}{recentred}", side("a", narrow.shift[0]), side("b", narrow.shift[1]))
}

/// A way to sum, as the object of a sentence.
pub(super) fn words(summing: Summing) -> String {
    let narrow = match summing {
        Summing::Exact => return "the exact sum".into(),
        Summing::Float32 => return "a sum in float32".into(),
        Summing::Narrow(narrow) => narrow,
    };
    let of = match narrow.accumulator.group.members {
        Members::Run(4) => "fours",
        Members::Apart(8) => "pairs eight apart",
        Members::Apart(_) | Members::Taps(_) | Members::OneDnnTaps | Members::OnnxTaps => {
            "pairs of taps"
        }
        _ => "pairs",
    };
    let lane = match narrow.accumulator.lane {
        Lane::Exact => "the exact sum".to_string(),
        Lane::Saturate => format!("{of} that saturate at 16 bits"),
        Lane::Wrap => format!("{of} that wrap around at 16 bits"),
        Lane::Product15 => "products of 15 bits".to_string(),
        Lane::Running16 => "one sum that saturates at 16 bits".to_string(),
        Lane::Acc16 => match narrow.accumulator.group.blocks {
            Blocks::Every(4) => "four products that saturate at 16 bits".to_string(),
            _ => "saturating pairs in a sum that saturates at 16 bits".to_string(),
        },
        Lane::HalfWeights => "halved weights".to_string(),
    };
    let side = |name: &str, by: i32| {
        (by != 0).then(|| {
            let way = if by > 0 { "higher" } else { "lower" };
            format!("{name} {} {way}", by.abs())
        })
    };
    let sides: Vec<String> =
        [side("A", narrow.shift[0]), side("B", narrow.shift[1])].into_iter().flatten().collect();
    let blocks = match narrow.accumulator.group.blocks {
        Blocks::Halved { .. } => " in blocks of K",
        Blocks::Every(_) if narrow.accumulator.lane == Lane::Saturate => " in blocks",
        _ => "",
    };
    let left = if narrow.is_b_left { " with B as the unsigned operand" } else { "" };
    match sides.is_empty() {
        true => format!("{lane}{blocks}{left}"),
        false => format!("{lane}{blocks}{left}, {}", super::words::list(&sides, "and")),
    }
}

/// The ways to a result that differ in their sums or their form, nearest to what is expected first; of
/// several places the first.
pub(super) fn distinct(found: &Found) -> Vec<Candidate> {
    let mut known = std::collections::BTreeSet::new();
    let all = found.whole.iter().filter(|one| known.insert((one.set, one.finish)));
    all.copied().collect()
}

#[cfg(test)]
mod tests {
    use crate::explain::{Bias, Entry, Scales, Seen, explain};

    #[test]
    fn an_engine_is_named_for_its_own_form_only() {
        // A product that needs more bits than float32 has, and a bias that leaves little of it.
        let (sum, scale, bias) = (1057.0_f32, 0.1_f32 * 0.1, -10.57_f32);
        let [separate, fused] = [sum * scale + bias, libm::fmaf(sum, scale, bias)];
        assert_ne!(separate.to_bits(), fused.to_bits());
        let engines = |seen: f32| {
            let entry = Entry {
                a: vec![151.0, 1.0].into(),
                b: vec![7.0, 0.0].into(),
                scales: Scales { a: Some(0.1), b: 0.1.into(), output: None },
                bias: Some(Bias::Real(f64::from(bias).into())),
                seen: vec![Seen { values: f64::from(seen).into(), ..Seen::default() }],
                ..Entry::default()
            };
            let answer = explain(&entry).expect("it fits");
            assert!(!answer.seen[0].matches.is_empty());
            let matches = answer.seen[0].matches.iter();
            matches.flat_map(|one| one.engines.clone()).collect::<Vec<_>>()
        };
        // FBGEMM's dynamic layer adds a bias with one rounding, QNNPACK's with two.
        let is_fused = |key: &&str| key.starts_with("fbgemm_dynamic");
        let [separate, fused] = [engines(separate), engines(fused)];
        assert!(separate.contains(&"qnnpack_dynamic") && !separate.iter().any(is_fused));
        assert!(!fused.is_empty() && fused.iter().all(is_fused), "{fused:?}");
    }
}
