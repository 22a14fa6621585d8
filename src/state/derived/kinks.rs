//! [`KinkView`]: the kinks of an output, with their places in this sweep.

use super::sweep::Sweep;
use crate::arith::{
    Accumulator, Bytes, CODES, Effect, Engine, GroupTrace, Kink, KinkPair, Ks, Lane, Linear, Rail,
    Ramp, breaks_by_scan, kinks_of,
};
use crate::state::{Direction, Quantity, State};

/// Whether a kink can be seen in the ramp.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Visibility {
    /// It can.
    Visible,
    /// Its real input lies outside the sweep.
    OutsideSweep,
    /// It starts at the last code, or beyond it: the input clamp hides the slope after it.
    AtInputClamp,
    /// The output is clamped on both sides of it.
    HiddenByOutputClamp,
    /// It lies in the sweep, and not in the part of it that is drawn.
    OutsideWindow,
}

/// A kink with its place in this ramp.
#[derive(Clone, Debug, PartialEq)]
pub struct KinkView {
    /// Its number in the table and on the curve, 1-based.
    pub number: usize,
    /// Its place in the sweep: the first at which a pair is saturated, or no longer is.
    pub place: usize,
    /// The value of that place.
    pub at: f64,
    /// The input code of that place, where places are codes.
    pub code: Option<u8>,
    /// The pairs that leave their range there, or come back; none where a sum over all of K does.
    pub pairs: Vec<KinkPair>,
    /// Whether its pairs leave their rail there instead of reaching it.
    pub is_release: bool,
    /// Accumulator units per code (of t/scale along a vector) before it.
    pub slope_before: f64,
    /// The same after it.
    pub slope_after: f64,
    /// What it does to the slope; of no meaning if [`is_jump`](Self::is_jump).
    pub effect: Effect,
    /// Whether the old slope goes on after the accumulator stepped aside once.
    pub is_jump: bool,
    /// Whether it can be seen in the whole ramp of the output.
    pub visibility: Visibility,
}

impl KinkView {
    /// Whether it can be seen in what a state draws: a window shows a part of the sweep, and no
    /// clamp of the output hides anything of the accumulator.
    pub fn shown(&self, state: &State) -> Visibility {
        let (from, to) = state.window();
        match self.visibility {
            Visibility::OutsideSweep => Visibility::OutsideSweep,
            _ if self.at < from.into() || self.at > to.into() => Visibility::OutsideWindow,
            Visibility::HiddenByOutputClamp if state.picture.plot == Quantity::Accumulator => {
                Visibility::Visible
            }
            other => other,
        }
    }

    /// Whether it has a mark in what a state draws, seen or hidden.
    pub fn is_drawn(&self, state: &State) -> bool {
        !matches!(self.shown(state), Visibility::OutsideSweep | Visibility::OutsideWindow)
    }
}

/// Whether the kinks of an engine can be told along a sweep. Sums that wrap, clamp products or remember
/// are looked at code by code, and along a vector there are no codes.
pub(super) fn are_known(engine: Engine, sweep: &Sweep) -> bool {
    let is_followed = match engine.lane() {
        Lane::Exact | Lane::HalfWeights => true,
        // Signed codes are clamped by themselves, which bends a ramp too.
        Lane::Saturate => engine.bytes() == Bytes::Codes,
        Lane::Wrap | Lane::Product15 | Lane::Running16 | Lane::Acc16 => false,
    };
    sweep.is_by_code() || is_followed
}

/// The kinks of an output on an engine whose accumulators are `acc`, as if all could be seen.
pub(super) fn found(
    state: &State,
    layer: &Linear,
    sweep: &Sweep,
    engine: Engine,
    output: usize,
    acc: &[i32],
) -> Vec<KinkView> {
    let accumulator = engine.accumulator_of(layer);
    let mut found = if sweep.is_equal() {
        let zero_point = layer.weight_param(output).zero_point;
        let kinks = match engine.raw_accumulator(layer) {
            Some(Accumulator { lane: Lane::Exact, .. }) => Vec::new(),
            Some(Accumulator { lane: Lane::Saturate, group, .. }) => {
                kinks_of(group, layer.row(output), zero_point)
            }
            _ => scanned(layer, sweep, engine, output, acc),
        };
        kinks.into_iter().map(of_kink).collect()
    } else if accumulator.lane == Lane::Saturate && engine.bytes() == Bytes::Codes {
        along(state, layer, sweep, accumulator, output)
    } else if sweep.is_by_code() && engine.lane() != Lane::Exact {
        let kinks = scanned(layer, sweep, engine, output, acc);
        kinks.into_iter().map(of_kink).collect()
    } else {
        Vec::new()
    };
    for (index, view) in found.iter_mut().enumerate() {
        view.number = index + 1;
        view.at = sweep.at[view.place];
    }
    found
}

/// Kinks by looking at every code, each with the pairs that leave their range there.
fn scanned(layer: &Linear, sweep: &Sweep, engine: Engine, output: usize, acc: &[i32]) -> Vec<Kink> {
    let row = layer.row(output);
    #[expect(clippy::cast_possible_truncation, reason = "places are codes, below 256")]
    let trace = |place: usize| {
        let codes = match sweep.codes() {
            Some(codes) => codes[place * row.len()..][..row.len()].to_vec(),
            None => vec![place as u8; row.len()],
        };
        let bytes: Vec<u8> = codes.iter().map(|code| engine.raw_byte(layer, *code)).collect();
        engine.accumulator_of(layer).trace(&bytes, row)
    };
    let mut kinks = breaks_by_scan(acc);
    for kink in &mut kinks {
        let changed = |place: usize| -> Vec<KinkPair> {
            let (before, now) = (trace(place - 1), trace(place));
            let lane = engine.lane();
            let pairs = before.iter().zip(&now).enumerate();
            let changed =
                pairs.filter(|(_, (before, now))| beyond(lane, before) != beyond(lane, now));
            // Named by where it is beyond its range: before it comes back, or after it has left.
            let named = changed.map(|(group, (before, now))| {
                let back = beyond(lane, now) == [0, 0];
                KinkPair::of(group, if back { before } else { now })
            });
            named.collect()
        };
        // From 2 on. A scan sees the second of two neighbouring breaks one code late.
        let place = usize::from(kink.code);
        kink.pairs = changed(place);
        if kink.pairs.is_empty() {
            kink.pairs = changed(place - 1);
            // A scan takes the first step for a slope; a pair that comes back on it makes it a jump.
            if place == 2 && !kink.pairs.is_empty() {
                kink.code = 1;
                kink.exact_code = 1.0;
                kink.slope_before = kink.slope_after;
            }
        }
    }
    kinks
}

/// How often, and to which side, a pair or its products have left their range; always 0 for what leaves
/// its range over all of K.
fn beyond(lane: Lane, pair: &GroupTrace) -> [i32; 2] {
    let side = |value: i32, low: i32, high: i32| i32::from(value > high) - i32::from(value < low);
    match lane {
        Lane::Saturate | Lane::Acc16 => [side(pair.exact, i16::MIN.into(), i16::MAX.into()), 0],
        // A pair is off by a multiple of 2¹⁶.
        Lane::Wrap => [pair.lost() >> 16, 0],
        Lane::Product15 => [0, 1].map(|index| {
            let product = pair.products.get(index).map_or(0, |product| product.value());
            side(product, -16_384, 16_383)
        }),
        _ => [0, 0],
    }
}

fn of_kink(kink: Kink) -> KinkView {
    let is_jump = kink.is_jump();
    KinkView {
        number: 0,
        place: kink.code.into(),
        at: 0.0,
        code: Some(kink.code),
        pairs: kink.pairs,
        is_release: false,
        slope_before: kink.slope_before.into(),
        slope_after: kink.slope_after.into(),
        effect: kink.effect,
        is_jump,
        visibility: Visibility::Visible,
    }
}

/// Kinks along one input or a vector, by looking at every place: where the set of saturated groups
/// changes.
fn along(
    state: &State,
    layer: &Linear,
    sweep: &Sweep,
    accumulator: Accumulator,
    output: usize,
) -> Vec<KinkView> {
    let Some(codes) = sweep.codes() else { return Vec::new() };
    let row = layer.row(output);
    // Most groups cannot leave 16 bits at all.
    let looked: Vec<(usize, Vec<usize>)> = accumulator
        .group
        .of(row.len())
        .enumerate()
        .filter(|(_, ks)| can_leave(row, ks.clone()))
        .map(|(group, ks)| (group, ks.collect()))
        .collect();
    let rail_at = |x: &[u8], group: &[usize]| {
        let sum: i32 = group.iter().map(|k| i32::from(x[*k]) * i32::from(row[*k])).sum();
        match i16::try_from(sum) {
            Ok(_) => None,
            Err(_) => Some(Rail::of(sum)),
        }
    };
    // Whether each k is in a group that is at a rail.
    let held = |rails: &[Option<Rail>]| {
        let mut held = vec![false; row.len()];
        for ((_, ks), _) in looked.iter().zip(rails).filter(|(_, rail)| rail.is_some()) {
            ks.iter().for_each(|k| held[*k] = true);
        }
        held
    };
    let mut views: Vec<KinkView> = Vec::new();
    let mut before: Vec<Option<Rail>> = Vec::new();
    let mut now: Vec<Option<Rail>> = Vec::new();
    let mut old: &[u8] = &[];
    for (place, x) in codes.chunks(layer.inputs).enumerate() {
        now.clear();
        now.extend(looked.iter().map(|(_, ks)| rail_at(x, ks)));
        for is_release in [false, true] {
            if now == before {
                break;
            }
            let changed: Vec<KinkPair> = before
                .iter()
                .zip(&now)
                .zip(&looked)
                .filter_map(|((before, now), (group, ks))| match (before, now, is_release) {
                    (None, Some(rail), false) | (Some(rail), None, true) => {
                        Some(KinkPair::new(*group, ks, row, *rail))
                    }
                    _ => None,
                })
                .collect();
            if changed.is_empty() {
                continue;
            }
            let slope_before = slope(state, layer, output, old, &held(&before));
            let slope_after = slope(state, layer, output, x, &held(&now));
            views.push(KinkView {
                number: 0,
                place,
                at: 0.0,
                code: (state.sweep.direction == Direction::One).then(|| x[state.sweep.swept_input]),
                pairs: changed,
                is_release,
                slope_before,
                slope_after,
                effect: Effect::of(slope_before, slope_after),
                is_jump: slope_before == slope_after,
                visibility: Visibility::Visible,
            });
        }
        std::mem::swap(&mut before, &mut now);
        old = x;
    }
    views
}

/// Whether any bytes take a group's sum out of 16 bits.
fn can_leave(row: &[i8], ks: Ks) -> bool {
    let (mut high, mut low) = (0, 0);
    for product in ks.map(|k| 255 * i32::from(row[k])) {
        *(if product > 0 { &mut high } else { &mut low }) += product;
    }
    i16::try_from(high).is_err() || i16::try_from(low).is_err()
}

/// Accumulator units per code of t at a place: the weights that are not held at a rail times their
/// factors, less the zero-point term. An input at the end of its codes does not move.
fn slope(state: &State, layer: &Linear, output: usize, x: &[u8], held: &[bool]) -> f64 {
    let zero_point = f64::from(layer.weight_param(output).zero_point);
    let ends = layer.activation_codes;
    let row = layer.row(output);
    (0..row.len())
        .map(|k| {
            let moves = (ends.qmin < x[k].into() && i32::from(x[k]) < ends.qmax)
                || state.sweep.direction == Direction::One;
            let factor = if moves { f64::from(state.motion(k).1) } else { 0.0 };
            let weight = if held[k] { 0.0 } else { f64::from(row[k]) };
            factor * (weight - zero_point)
        })
        .sum()
}

/// Whether a kink can be seen in a ramp of its accumulators.
pub(super) fn visibility(
    state: &State,
    layer: &Linear,
    sweep: &Sweep,
    ramp: &Ramp,
    kink: &KinkView,
) -> Visibility {
    if kink.at < state.sweep.from.into() || kink.at > state.sweep.to.into() {
        return Visibility::OutsideSweep;
    }
    let last = if sweep.is_by_code() {
        // Beyond the clamp a code is never reached.
        (layer.activation_codes.qmax as usize).min(CODES - 1)
    } else {
        sweep.len() - 1
    };
    if kink.place >= last {
        return Visibility::AtInputClamp;
    }
    let codes = layer.output_codes();
    let ends = [kink.place.saturating_sub(1), kink.place, kink.place + 1];
    let hidden = |rail| ends.iter().all(|place| ramp.code[*place] == Some(rail));
    if hidden(codes.qmin) || hidden(codes.qmax) {
        Visibility::HiddenByOutputClamp
    } else {
        Visibility::Visible
    }
}
