//! A row of the table of engines gives what the layer gives that the recordings hold: oneDNN's, ONNX
//! Runtime's and FBGEMM's depthwise one, whose cases `tests/golden.rs` reproduces.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    reason = "bytes of a generator"
)]

mod recorded_rows;

use rampscope::arith::{
    Accumulator, Codes, ConvLayer, ConvShape, DynamicEngine, DynamicLinear, Engine, EngineOutput,
    FbgemmIsa, IntMm, Linear, OneDnnConvKernel, OneDnnIsa, OneDnnLayer, OnnxCpu, OnnxDynamic,
    OnnxDynamicForm, OnnxLayer, OnnxWeights, QParams, QRange, TapOrder, TorchConv, TorchVersion,
};
use recorded_rows::ROWS;

/// Numbers without a pattern, the same each time.
struct Draw(u32);

impl Draw {
    fn next(&mut self) -> u32 {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        self.0 >> 8
    }

    /// A byte, often at an end of its range.
    fn byte(&mut self) -> u8 {
        match self.next() % 4 {
            0 => [0, 127, 128, 255][self.next() as usize % 4],
            _ => self.next() as u8,
        }
    }

    fn scale(&mut self) -> f32 {
        (self.next() % 1000 + 1) as f32 * 0.000_37
    }
}

/// A layer of weights without a zero point and a row of inputs.
fn layer(draw: &mut Draw, inputs: usize, outputs: usize) -> (Linear, Vec<u8>) {
    let weights: Vec<i8> = (0..inputs * outputs).map(|_| draw.byte() as i8).collect();
    let per_channel = draw.next().is_multiple_of(2);
    let params = (0..if per_channel { outputs } else { 1 })
        .map(|_| QParams { scale: draw.scale(), zero_point: 0 })
        .collect();
    let input = QParams { scale: draw.scale(), zero_point: draw.byte().into() };
    // So that most outputs are within the range.
    let output = QParams { scale: draw.scale() * 60.0, zero_point: draw.byte().into() };
    let layer = Linear::new(inputs, outputs, weights, params, per_channel, input, output);
    let layer = layer.expect("it fits").with_relu(draw.next().is_multiple_of(3));
    let layer = match draw.next() % 2 {
        0 => layer,
        _ => {
            let bias = (0..outputs).map(|_| draw.scale() * 3.0 - 0.5).collect();
            layer.with_bias(bias).expect("one each")
        }
    };
    (layer, (0..inputs).map(|_| draw.byte()).collect())
}

fn codes(outputs: &[EngineOutput]) -> Vec<i32> {
    outputs.iter().filter_map(|output| output.code).collect()
}

/// How many inputs: on both sides of where oneDNN cuts a row.
const INPUTS: [usize; 9] = [1, 2, 7, 64, 255, 257, 513, 766, 900];

#[test]
fn pytorchs_onednn_rows() {
    let isas = [
        (Engine::TorchOneDnnAvx2, OneDnnIsa::Avx2),
        (Engine::TorchOneDnnAvx512, OneDnnIsa::Avx512Core),
        (Engine::TorchOneDnnVnni, OneDnnIsa::Vnni),
    ];
    let (mut draw, mut bent) = (Draw(1), 0);
    for inputs in INPUTS.into_iter().cycle().take(90) {
        let (layer, x) = layer(&mut draw, inputs, 4);
        let whole = OneDnnLayer::new(layer.clone()).expect("no weight zero point");
        let [avx2, avx512, vnni] = isas.map(|(engine, isa)| {
            let row = codes(&engine.run(&layer, &x));
            assert_eq!(row, whole.linear(isa, TorchVersion::V2_5, &x), "{engine:?}, K = {inputs}");
            row
        });
        bent += usize::from(avx2 != vnni) + usize::from(avx512 != avx2);
    }
    assert!(bent > 10, "{bent} layers tell the rows apart");
}

/// Real inputs, some of them at ties, as far as a code's end reaches.
fn reals(layer: &Linear, x: &[u8]) -> Vec<f32> {
    let real = |x: &u8| (f32::from(*x) - 90.5) * 0.5 * layer.input.scale;
    let mut reals: Vec<f32> = x.iter().map(real).collect();
    reals[0] = -reals[0];
    reals
}

fn bits(values: &[f32]) -> Vec<u32> {
    values.iter().map(|one| one.to_bits()).collect()
}

fn real_bits(outputs: &[EngineOutput]) -> Vec<u32> {
    outputs.iter().map(|output| output.real.to_bits()).collect()
}

#[test]
fn dynamic_rows() {
    let engines = [
        (Engine::FbgemmDynamic, DynamicEngine::Fbgemm, Accumulator::PAIR_SATURATING),
        (Engine::FbgemmDynamicVnni, DynamicEngine::Fbgemm, Accumulator::EXACT),
        (Engine::QnnpackDynamic, DynamicEngine::Qnnpack, Accumulator::EXACT),
    ];
    let (mut draw, mut held) = (Draw(7), 0);
    for inputs in [1, 2, 7, 64, 255].into_iter().cycle().take(90) {
        let (layer, x) = layer(&mut draw, inputs, 4);
        let scales: Vec<f32> = layer.weight_params.iter().map(|params| params.scale).collect();
        let whole = DynamicLinear::new(inputs, 4, layer.weights.clone(), &scales, false);
        let whole = whole.expect("no weight zero point").with_relu(layer.relu);
        let whole = match &layer.bias {
            Some(bias) => whole.with_bias(bias.clone()).expect("one each"),
            None => whole,
        };
        let x = reals(&layer, &x);
        for (engine, dynamic, accumulator) in engines {
            let (min, max) = x.iter().fold((0.0_f32, 0.0_f32), |(a, b), x| (a.min(*x), b.max(*x)));
            let params = dynamic.choose_qparams(min, max, false).narrow();
            let layer = Linear { input: params, ..layer.clone() };
            let codes: Vec<u8> = x.iter().map(|x| dynamic.code(*x, params) as u8).collect();
            let made = engine.run(&layer, &codes);
            assert!(made.iter().all(|one| one.code.is_none()), "{engine:?}");
            let wanted = whole.run(dynamic, accumulator, &x);
            assert_eq!(real_bits(&made), bits(&wanted), "{engine:?}, K = {inputs}");
            held += made.len();
        }
    }
    assert_eq!(held, 90 * 3 * 4);
}

#[test]
fn onnx_runtimes_dynamic_rows() {
    let engines = [(Engine::OnnxDynamic, OnnxCpu::Avx2), (Engine::OnnxDynamicVnni, OnnxCpu::Vnni)];
    let (mut draw, mut held) = (Draw(8), 0);
    for inputs in [1, 2, 7, 64, 255].into_iter().cycle().take(90) {
        let (layer, x) = layer(&mut draw, inputs, 4);
        let layer = layer.with_relu(false);
        let w: Vec<u8> = layer.weights.iter().map(|w| w.cast_unsigned()).collect();
        let weights = OnnxWeights::new([inputs, 4], Codes::s8(&w), vec![0]).expect("it fits");
        let scales: Vec<f32> = layer.weight_params.iter().map(|params| params.scale).collect();
        let whole = OnnxDynamic::new(weights, scales).expect("as many scales");
        let whole = match &layer.bias {
            Some(bias) => whole.with_bias(bias.clone()).expect("one each"),
            None => whole,
        };
        let x = reals(&layer, &x);
        for (engine, cpu) in engines {
            let wanted = whole.run(cpu, OnnxDynamicForm::Fused, &x);
            let layer = Linear { input: wanted.input, ..layer.clone() };
            let dynamic = DynamicEngine::OnnxRuntime;
            let codes: Vec<u8> = x.iter().map(|x| dynamic.code(*x, wanted.input) as u8).collect();
            assert_eq!(codes, wanted.codes);
            let made = engine.run(&layer, &codes);
            assert_eq!(real_bits(&made), bits(&wanted.values), "{engine:?}, K = {inputs}");
            held += made.len();
        }
    }
    assert_eq!(held, 90 * 2 * 4);
}

#[test]
fn int_mm_rows() {
    let mut draw = Draw(2);
    // Up to here AVX2 and AVX-512 are one row.
    for inputs in [1, 2, 9, 64, 255, 256] {
        let (layer, x) = layer(&mut draw, inputs, 3);
        // The signed inputs are the codes less 128: what the library adds to them again.
        let signed: Vec<u8> = x.iter().map(|x| x ^ 0x80).collect();
        for output in 0..layer.outputs {
            let w: Vec<u8> = layer.row(output).iter().map(|w| w.cast_unsigned()).collect();
            let offset = (layer.input.zero_point - 128) * Codes::s8(&w).sum();
            let kernel = IntMm::of(5, layer.outputs, true);
            let isas = [(Engine::IntMm, OneDnnIsa::Avx2), (Engine::IntMmVnni, OneDnnIsa::Vnni)];
            for (engine, isa) in isas {
                let product = isa.int_mm(kernel, Codes::s8(&signed), Codes::s8(&w));
                let row = engine.run(&layer, &x)[output];
                assert_eq!((row.acc, row.code), (product - offset, None), "{engine:?}");
            }
        }
    }
}

#[test]
fn onnx_runtimes_rows() {
    let mut draw = Draw(3);
    for inputs in INPUTS.into_iter().cycle().take(60) {
        let (layer, x) = layer(&mut draw, inputs, 3);
        let layer = Linear { bias: None, relu: false, ..layer };
        let w: Vec<u8> = layer.weights.iter().map(|w| w.cast_unsigned()).collect();
        let shifted = |bytes: &[u8]| bytes.iter().map(|byte| byte ^ 0x80).collect::<Vec<u8>>();
        let scales: Vec<f32> = layer.weight_params.iter().map(|params| params.scale).collect();
        let whole = |left_signed: bool, right_signed: bool, cpu: OnnxCpu| {
            let down = |params: QParams, is: bool| match is {
                true => QParams { zero_point: params.zero_point - 128, ..params },
                false => params,
            };
            let (weights, zero_point) =
                if right_signed { (w.clone(), 0) } else { (shifted(&w), 128) };
            let weights = OnnxWeights::new(
                [inputs, layer.outputs],
                Codes { bytes: &weights, signed: right_signed },
                vec![zero_point],
            );
            let made = OnnxLayer::new(
                weights.expect("it fits"),
                scales.clone(),
                left_signed,
                down(layer.input, left_signed),
                down(layer.output, left_signed),
            );
            let x = if left_signed { shifted(&x) } else { x.clone() };
            let codes = made.expect("it fits").matmul(cpu, &x);
            codes.iter().map(|code| code + if left_signed { 128 } else { 0 }).collect::<Vec<i32>>()
        };
        let rows = [
            (Engine::OnnxQLinearAvx2, [false, true], OnnxCpu::Avx2),
            (Engine::OnnxQLinearVnni, [false, true], OnnxCpu::Vnni),
            (Engine::OnnxQLinearU8U8, [false, false], OnnxCpu::Avx2),
            (Engine::OnnxQLinearU8U8, [false, false], OnnxCpu::Vnni),
            (Engine::OnnxQLinearS8S8, [true, true], OnnxCpu::Avx2),
            (Engine::OnnxQLinearS8S8, [true, true], OnnxCpu::Vnni),
            (Engine::OnnxQLinearS8S8, [true, true], OnnxCpu::DotProduct),
            (Engine::OnnxQLinearS8S8Neon, [true, true], OnnxCpu::Neon),
            (Engine::OnnxQLinearNeon, [false, true], OnnxCpu::Neon),
            (Engine::OnnxQLinearVnni, [false, true], OnnxCpu::DotProduct),
            (Engine::OnnxQLinearU8U8, [false, false], OnnxCpu::Neon),
        ];
        for (engine, [left, right], cpu) in rows {
            assert_eq!(codes(&engine.run(&layer, &x)), whole(left, right, cpu), "{engine:?}");
        }
    }
}

#[test]
fn onnx_runtimes_integer_rows_on_arm64() {
    let (mut draw, mut bent) = (Draw(6), 0);
    for inputs in INPUTS.into_iter().cycle().take(60) {
        let (layer, x) = layer(&mut draw, inputs, 3);
        // Only the lowest bytes and weights wrap: more of them, and a zero point of the weights.
        let lowest = |draw: &mut Draw, lowest: u8, byte: u8| match draw.next() % 2 {
            0 => lowest,
            _ => byte,
        };
        let x: Vec<u8> = x.into_iter().map(|byte| lowest(&mut draw, 0, byte)).collect();
        let low = |w: i8| lowest(&mut draw, 0x80, w.cast_unsigned()).cast_signed();
        let layer = Linear { weights: layer.weights.iter().copied().map(low).collect(), ..layer };
        let zero_point = i32::from(draw.byte() as i8);
        let weight_params =
            layer.weight_params.iter().map(|params| QParams { zero_point, ..*params }).collect();
        let layer = Linear { weight_params, ..layer };
        let w: Vec<u8> = layer.weights.iter().map(|w| w.cast_unsigned()).collect();
        let shape = [inputs, layer.outputs];
        let weights = OnnxWeights::new(shape, Codes::s8(&w), vec![zero_point]).expect("it fits");
        let signed: Vec<u8> = x.iter().map(|x| x ^ 0x80).collect();
        let down = layer.input.zero_point - 128;
        for (engine, cpu) in [
            (Engine::OnnxRuntimeNeon, OnnxCpu::Neon),
            (Engine::OnnxRuntimeVnni, OnnxCpu::DotProduct),
        ] {
            let row: Vec<i32> = engine.run(&layer, &x).iter().map(|output| output.acc).collect();
            let unsigned = weights.matmul_integer(cpu, Codes::u8(&x), layer.input.zero_point);
            assert_eq!(row, unsigned, "{engine:?}, K = {inputs}");
            assert_eq!(row, weights.matmul_integer(cpu, Codes::s8(&signed), down), "{engine:?}");
        }
        let run = |engine: Engine| engine.run(&layer, &x).iter().map(|one| one.acc).sum::<i32>();
        bent += usize::from(run(Engine::OnnxRuntimeNeon) != run(Engine::OnnxRuntimeVnni));
    }
    assert!(bent > 3, "{bent} layers wrap");
}

/// One picture of `channels`, as wide as five places of the output, and the row of each place.
fn places(
    draw: &mut Draw,
    [channels, rows, columns]: [usize; 3],
) -> (ConvShape, Vec<u8>, Vec<Vec<u8>>) {
    let shape = ConvShape {
        batch: 1,
        channels,
        outputs: 3,
        groups: 1,
        input: vec![rows, columns + 4],
        kernel: vec![rows, columns],
        stride: vec![1; 2],
        padding: vec![0; 2],
        dilation: vec![1; 2],
    };
    let x: Vec<u8> = (0..channels * rows * (columns + 4)).map(|_| draw.byte()).collect();
    let row = |place| -> Vec<u8> {
        let row = shape.gather(&x, [0, 0, place], TapOrder::ChannelsInnermost);
        row.into_iter().map(|code| code.expect("no padding")).collect()
    };
    let rows = (0..shape.places()).map(row).collect();
    (shape, x, rows)
}

#[test]
fn onednns_rows_of_convolutions() {
    let rows = [
        (Engine::OneDnnConvJit, OneDnnIsa::Avx2, OneDnnConvKernel::Jit),
        (Engine::OneDnnConvJit, OneDnnIsa::Avx512Core, OneDnnConvKernel::Jit),
        (Engine::OneDnnConvJit, OneDnnIsa::Avx512Core, OneDnnConvKernel::OneByOne),
        (Engine::OneDnnConvBrgemm, OneDnnIsa::Avx512Core, OneDnnConvKernel::Brgemm),
        (Engine::OneDnnConvGemm, OneDnnIsa::Avx512Core, OneDnnConvKernel::Gemm),
        (Engine::OneDnnConvVnni, OneDnnIsa::Vnni, OneDnnConvKernel::Brgemm),
    ];
    let (mut draw, mut bent) = (Draw(7), [0; 6]);
    for channels in [1, 2, 3, 4, 5].into_iter().cycle().take(40) {
        for kernel in [[1, 1], [1, 3], [3, 3], [2, 2]] {
            let (shape, x, inputs) = places(&mut draw, [channels, kernel[0], kernel[1]]);
            let (stored, _) = layer(&mut draw, shape.row(), shape.outputs);
            let weights = shape.weight_rows(&stored.weights, TapOrder::ChannelsInnermost);
            let row = Linear { weights, ..stored.clone() }.with_kernel(kernel);
            let whole = OneDnnLayer::new(stored).expect("no weight zero point");
            let exact: Vec<_> =
                inputs.iter().map(|x| codes(&Engine::OneDnnConvVnni.run(&row, x))).collect();
            for (at, (engine, isa, kernel)) in rows.into_iter().enumerate() {
                if kernel == OneDnnConvKernel::OneByOne && shape.taps() > 1 {
                    continue;
                }
                let all = whole.conv(isa, TorchVersion::V2_5, kernel, &shape, &x).expect("it fits");
                for (place, x) in inputs.iter().enumerate() {
                    let expected: Vec<i32> =
                        all.chunks(shape.places()).map(|channel| channel[place]).collect();
                    let made = codes(&engine.run(&row, x));
                    assert_eq!(made, expected, "{engine:?} {kernel:?}, {shape:?}");
                    bent[at] += usize::from(made != exact[place]);
                }
            }
        }
    }
    assert!(bent[..5].iter().all(|bent| *bent > 10) && bent[5] == 0, "{bent:?}");
}

#[test]
fn onnx_runtimes_depthwise_rows() {
    let rows = [
        (Engine::OnnxDepthwise, OnnxCpu::Avx2),
        (Engine::OnnxDepthwise, OnnxCpu::Vnni),
        (Engine::OnnxDepthwiseArm, OnnxCpu::Neon),
        (Engine::OnnxDepthwiseArm, OnnxCpu::DotProduct),
    ];
    let (mut draw, mut bent) = (Draw(8), 0);
    for kernel in [[3, 3], [1, 3], [5, 5], [2, 2]].into_iter().cycle().take(40) {
        let taps = kernel[0] * kernel[1];
        let (layer, _) = layer(&mut draw, taps, 16);
        let layer = Linear { bias: None, relu: false, ..layer }.with_kernel(kernel);
        let shape = ConvShape {
            batch: 1,
            channels: 16,
            outputs: 16,
            groups: 16,
            input: kernel.to_vec(),
            kernel: kernel.to_vec(),
            stride: vec![1; 2],
            padding: vec![0; 2],
            dilation: vec![1; 2],
        };
        let x: Vec<u8> = (0..16 * taps).map(|_| draw.byte()).collect();
        let w: Vec<u8> = layer.weights.iter().map(|w| w.cast_unsigned()).collect();
        let scales: Vec<f32> = layer.weight_params.iter().map(|params| params.scale).collect();
        let weights = OnnxWeights::new([taps, 16], Codes::s8(&w), vec![0]).expect("it fits");
        let whole = OnnxLayer::new(weights, scales, false, layer.input, layer.output);
        let whole = whole.expect("it fits");
        for (engine, cpu) in rows {
            let all = whole.conv(cpu, &shape, &x).expect("it fits");
            for channel in 0..16 {
                let run =
                    |engine: Engine| engine.run(&layer, &x[channel * taps..][..taps])[channel];
                assert_eq!(run(engine).code, Some(all[channel]), "{engine:?}, {kernel:?}");
                bent += usize::from(run(engine).raw != run(Engine::OnnxDepthwise).raw);
            }
        }
    }
    assert!(bent > 10, "{bent} channels wrap");
}

#[test]
fn a_depthwise_row_is_one_channel_at_one_place() {
    let mut draw = Draw(4);
    for kernel in [3, 5, 7] {
        let taps = kernel * kernel;
        let (layer, _) = layer(&mut draw, taps, 8);
        let shape = ConvShape {
            batch: 1,
            channels: 8,
            outputs: 8,
            groups: 8,
            input: vec![kernel; 2],
            kernel: vec![kernel; 2],
            stride: vec![1; 2],
            padding: vec![kernel / 2; 2],
            dilation: vec![1; 2],
        };
        let x: Vec<u8> = (0..8 * taps).map(|_| draw.byte()).collect();
        let whole = ConvLayer::new(shape.clone(), layer.clone()).expect("it fits");
        for isa in [FbgemmIsa::Avx2, FbgemmIsa::Vnni] {
            let engine = TorchConv::Fbgemm { isa, version: TorchVersion::V2_5 };
            let all = whole.run(engine, &x).expect("it fits");
            // The place in the middle meets the whole channel.
            for channel in 0..8 {
                let row = Engine::FbgemmDepthwise.run(&layer, &x[channel * taps..][..taps]);
                assert_eq!(Some(all[channel * taps + taps / 2]), row[channel].code, "{isa:?}");
            }
        }
    }
}

#[test]
fn every_row_is_held() {
    let held = include_str!("engine_rows.rs");
    for engine in ROWS {
        assert!(held.contains(&format!("Engine::{engine:?}")), "{engine:?}");
    }
    let full = QRange { qmin: 0, qmax: 255 };
    assert_eq!(layer(&mut Draw(5), 2, 2).0.activation_codes, full);
}
