//! What holds for every layer: closed forms equal brute force, nothing leaves its range.

mod properties;

use properties::holds;
use proptest::collection::vec;
use proptest::prelude::*;
use rampscope::arith::{
    Accumulator, Bytes, CODES, Engine, Linear, QParams, QRange, QScheme, QType, Ramp, Stage,
    breaks_by_scan, dequantize, kinks, kinks_brute_force, min_max_qparams, quantize,
};

#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

/// A weight: any, or near an end of its range, so that pairs often saturate.
fn weight() -> impl Strategy<Value = i8> {
    prop_oneof![any::<i8>(), 100..=127_i8, -128..=-100_i8, 62..=67_i8, -67..=-62_i8]
}

fn code() -> impl Strategy<Value = u8> {
    prop_oneof![any::<u8>(), 250..=255_u8, 126..=131_u8, Just(0)]
}

/// Input codes and weights of equal length, 0 to 64.
fn operands() -> impl Strategy<Value = (Vec<u8>, Vec<i8>)> {
    (0..=64_usize).prop_flat_map(|inputs| (vec(code(), inputs), vec(weight(), inputs)))
}

fn scale() -> impl Strategy<Value = f32> {
    (-20..=20_i32, 1.0..2.0_f32).prop_map(|(exponent, mantissa)| mantissa * 2.0_f32.powi(exponent))
}

/// A layer of 1 to 64 inputs and one output.
fn layer() -> impl Strategy<Value = Linear> {
    let params = |range: QRange| {
        let zero_point = range.qmin..=range.qmax;
        (scale(), zero_point).prop_map(|(scale, zero_point)| QParams { scale, zero_point })
    };
    let weight_params = prop_oneof![
        scale().prop_map(|scale| QParams { scale, zero_point: 0 }),
        params(QType::QInt8.range())
    ];
    let (input, output) = (params(QType::QUInt8.range()), params(QType::QUInt8.range()));
    let bias = proptest::option::of(prop_oneof![-10.0..10.0_f32, any::<f32>()]);
    (vec(weight(), 1..=64), weight_params, any::<bool>(), input, output, bias, any::<bool>())
        .prop_map(|(weights, weight, per_channel, input, output, bias, relu)| {
            let inputs = weights.len();
            let layer = Linear::new(inputs, 1, weights, vec![weight], per_channel, input, output)
                .expect("it fits")
                .with_relu(relu);
            match bias {
                Some(bias) => layer.with_bias(vec![bias]).expect("it fits"),
                None => layer,
            }
        })
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn kinks_in_closed_form_are_those_found_by_brute_force() {
    let zero_point = prop_oneof![Just(0), -128..=127_i32];
    for inputs in 0..=64 {
        let row = vec(weight(), inputs);
        holds(24, (row, zero_point.clone()), |(row, zero_point)| {
            let found = kinks(&row, zero_point);
            prop_assert_eq!(&found, &kinks_brute_force(&row, zero_point));
            for kink in &found {
                prop_assert!(kink.code >= 129);
                prop_assert!(f64::from(kink.code) - 1.0 <= kink.exact_code);
                prop_assert!(kink.exact_code < f64::from(kink.code));
                prop_assert!(!kink.pairs.is_empty());
            }
            prop_assert!(found.is_sorted_by(|a, b| a.code < b.code));
            // One saturation each: the slopes chain, and end where no unsaturated pair is left.
            for both in found.windows(2) {
                prop_assert_eq!(both[0].slope_after, both[1].slope_before);
            }
            Ok(())
        });
    }
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn kinks_are_where_the_ramp_bends() {
    holds(300, layer(), |layer| {
        let ramp = Ramp::brute_force(Engine::FbgemmAvx2, &layer, 0);
        let found = kinks(layer.row(0), layer.weight_param(0).zero_point);
        let mut slope = ramp.acc[1] - ramp.acc[0];
        if let Some(first) = found.first() {
            prop_assert_eq!(first.slope_before, slope);
        }
        for code in 2..CODES {
            // A step onto a first saturated code is partly before, partly after the kink.
            if let Some(kink) = found.iter().find(|kink| usize::from(kink.code) == code) {
                slope = kink.slope_after;
            } else {
                prop_assert_eq!(ramp.acc[code] - ramp.acc[code - 1], slope);
            }
        }
        // A scan sees the first one wherever the accumulator leaves its line.
        if let (Some(first), Some(seen)) = (found.first(), breaks_by_scan(&ramp.acc).first()) {
            prop_assert!(seen.code >= first.code);
            prop_assert_eq!(seen.slope_before, first.slope_before);
        }
        Ok(())
    });
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn the_pairs_of_a_trace_add_up() {
    holds(1000, operands(), |(x, w)| {
        for &accumulator in Accumulator::ALL {
            let trace = accumulator.trace(&x, &w);
            prop_assert_eq!(trace.len(), x.len().div_ceil(2));
            let kept: i32 = trace.iter().map(|pair| pair.kept).sum();
            prop_assert_eq!(kept, accumulator.accumulate(&x, &w), "{:?}", accumulator);
            let exact: i32 = trace.iter().map(|pair| pair.exact).sum();
            prop_assert_eq!(exact, Accumulator::EXACT.accumulate(&x, &w));
        }
        Ok(())
    });
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn accumulators_keep_their_bits() {
    holds(1000, operands(), |(x, w)| {
        let int16 = i32::from(i16::MIN)..=i32::from(i16::MAX);
        let running = Accumulator::RUNNING_16.accumulate(&x, &w);
        prop_assert!(int16.contains(&running));
        for accumulator in [Accumulator::PAIR_SATURATING, Accumulator::PAIR_WRAPPING] {
            for pair in accumulator.trace(&x, &w) {
                prop_assert!(int16.contains(&pair.kept));
                // What fits is kept, what is lost did not fit.
                prop_assert_eq!(int16.contains(&pair.exact), pair.lost() == 0);
                // Saturating loses towards zero, wrapping loses whole turns.
                match accumulator {
                    Accumulator::PAIR_WRAPPING => prop_assert_eq!(pair.lost() % 65_536, 0),
                    _ => prop_assert!(
                        pair.lost() == 0 || pair.lost().signum() == pair.exact.signum()
                    ),
                }
            }
        }
        // Halved weights: never beyond int16, at most half a weight off per input.
        for pair in Accumulator::HALF_SCALE_WEIGHTS.trace(&x, &w) {
            let most: i32 = pair.products.iter().map(|product| product.x).sum();
            prop_assert!(pair.lost().abs() <= most);
        }
        Ok(())
    });
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn what_never_saturates() {
    // One input: a product fits int16 by itself.
    holds(300, (code(), weight()), |(x, w)| {
        let exact = i32::from(x) * i32::from(w);
        prop_assert_eq!(Accumulator::PAIR_SATURATING.accumulate(&[x], &[w]), exact);
        Ok(())
    });
    // Codes up to 128, which is what reduce_range gives inside the calibrated range.
    holds(500, operands(), |(x, w)| {
        let x: Vec<u8> = x.into_iter().map(|x| x.min(128)).collect();
        let exact = Accumulator::EXACT.accumulate(&x, &w);
        prop_assert_eq!(Accumulator::PAIR_SATURATING.accumulate(&x, &w), exact);
        Ok(())
    });
    // The last weight of an odd row: its partner is nothing.
    holds(500, (operands(), code(), weight()), |((x, w), last_x, last_w)| {
        let even = x.len() / 2 * 2;
        let (mut x, mut w) = (x[..even].to_vec(), w[..even].to_vec());
        let before = Accumulator::PAIR_SATURATING.accumulate(&x, &w);
        x.push(last_x);
        w.push(last_w);
        let after = Accumulator::PAIR_SATURATING.accumulate(&x, &w);
        prop_assert_eq!(after - before, i32::from(last_x) * i32::from(last_w));
        // Padding it with zeros changes nothing.
        x.push(0);
        w.push(0);
        prop_assert_eq!(Accumulator::PAIR_SATURATING.accumulate(&x, &w), after);
        Ok(())
    });
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn output_codes_never_leave_their_range() {
    holds(200, layer(), |layer| {
        for &engine in Engine::ALL {
            let range = layer.output_codes();
            prop_assert_eq!(range.qmax, 255);
            prop_assert_eq!(range.qmin, if layer.relu { layer.output.zero_point } else { 0 });
            for code in Ramp::brute_force(engine, &layer, 0).code.into_iter().flatten() {
                prop_assert!((range.qmin..=range.qmax).contains(&code), "{:?}", engine);
            }
            for acc in [i32::MIN, i32::MAX, 0] {
                if let Some(code) = engine.output_code(&layer, 0, acc) {
                    prop_assert!((range.qmin..=range.qmax).contains(&code), "{:?}", engine);
                }
            }
        }
        Ok(())
    });
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn a_ramp_from_raw_sums_is_the_brute_force_one() {
    holds(200, layer(), |layer| {
        for &engine in Engine::ALL {
            let brute = Ramp::brute_force(engine, &layer, 0);
            if let Some(accumulator) = engine.raw_accumulator(&layer) {
                // What the closed-form sweep of the kernel relies on.
                let raw = (0..=u8::MAX)
                    .map(|code| accumulator.accumulate(&vec![code; layer.inputs], layer.row(0)))
                    .collect();
                let sum_x: Vec<i32> = (0..256).map(|code| code * layer.inputs_i32()).collect();
                let stage = Stage::new(engine, &layer, 0);
                let from_raw = Ramp::from_sums(&stage, raw, &sum_x);
                prop_assert_eq!(&from_raw.raw, &brute.raw);
                prop_assert_eq!(&from_raw.acc, &brute.acc);
                prop_assert_eq!(&from_raw.code, &brute.code);
                let bits = |ramp: &Ramp| ramp.real.iter().map(|y| y.to_bits()).collect::<Vec<_>>();
                prop_assert_eq!(bits(&from_raw), bits(&brute));
            } else {
                prop_assert!(engine.bytes() != Bytes::Codes);
            }
            // One code by itself.
            for code in [0, 129, 255] {
                let run = engine.run(&layer, &vec![code; layer.inputs])[0];
                prop_assert_eq!(run.acc, brute.acc[usize::from(code)]);
                prop_assert_eq!(run.code, brute.code[usize::from(code)]);
            }
        }
        Ok(())
    });
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn zero_points_are_the_textbook_sum() {
    let zero_points = (0..=255_i32, -128..=127_i32);
    holds(500, (operands(), zero_points), |((x, w), (x_zero, w_zero))| {
        prop_assume!(!x.is_empty());
        let params = |zero_point| QParams { scale: 1.0, zero_point };
        let layer = Linear::new(
            x.len(),
            1,
            w.clone(),
            vec![params(w_zero)],
            false,
            params(x_zero),
            params(0),
        )
        .expect("it fits");
        let textbook: i32 = x
            .iter()
            .zip(&w)
            .map(|(&x, &w)| (i32::from(x) - x_zero) * (i32::from(w) - w_zero))
            .sum();
        prop_assert_eq!(Engine::FbgemmVnni.run(&layer, &x)[0].acc, textbook);
        prop_assert_eq!(Engine::OnnxRuntimeVnni.run(&layer, &x)[0].acc, textbook);
        Ok(())
    });
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn quantize_never_leaves_its_range() {
    // Every bit pattern: NaN, infinities and subnormals among them.
    let anything = any::<u32>().prop_map(f32::from_bits);
    let special = prop_oneof![
        Just(f32::NAN),
        Just(-f32::NAN),
        Just(f32::INFINITY),
        Just(f32::NEG_INFINITY),
        Just(0.0),
        Just(-0.0),
        anything
    ];
    holds(2000, (special, scale(), -128..=255_i32), |(x, scale, zero_point)| {
        for dtype in [QType::QUInt8, QType::QInt8] {
            let range = dtype.range();
            let q = QParams { scale, zero_point: range.clamp(zero_point) };
            let code = quantize(x, q, range);
            prop_assert!((range.qmin..=range.qmax).contains(&code));
        }
        Ok(())
    });
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn observed_parameters_cover_their_range() {
    let bounds = (-1e6..1e6_f32, -1e6..1e6_f32);
    holds(2000, (bounds, any::<bool>()), |((a, b), reduce_range)| {
        let (min, max) = (a.min(b), a.max(b));
        for dtype in [QType::QUInt8, QType::QInt8] {
            let observed = dtype.observer_range(reduce_range);
            let q = min_max_qparams(min, max, dtype, QScheme::Affine, reduce_range);
            prop_assert!((observed.qmin..=observed.qmax).contains(&q.zero_point));
            // Codes of the range stay within one of the observer's, and come back within a step.
            for x in [min, max, 0.0] {
                let code = quantize(x, q, dtype.range());
                prop_assert!((observed.qmin - 1..=observed.qmax + 1).contains(&code));
                prop_assert!((dequantize(code, q) - x).abs() <= q.scale * 1.001);
            }
            prop_assert_eq!(dequantize(q.zero_point, q), 0.0);
        }
        Ok(())
    });
}
