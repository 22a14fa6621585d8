//! The table of presets.

use super::Preset;

/// Stamps the table, and of it the links alone: a link that names a preset is completed before anything is
/// shown, and the page's first part has no need of titles and sentences.
macro_rules! presets {
    ($(Preset { key: $key:literal, title: $title:literal, sentence: $sentence:literal, tags: $tags:expr, link: $link:literal $(,)? }),+ $(,)?) => {
        /// Every preset, in the order of a menu.
        pub static PRESETS: &[Preset] = &[$(Preset {
            key: $key,
            title: $title,
            sentence: $sentence,
            tags: $tags,
            link: $link,
        }),+];

        /// The key of every preset with its link.
        pub(super) static LINKS: &[(&str, &str)] = &[$(($key, $link)),+];
    };
}

presets! {
    // The thread’s experiment.
    Preset {
        key: "thread",
        title: "The thread’s experiment",
        sentence: "Ten straight ramps are expected. Outputs 3 and 5 are straight, output 0 turns \
             round at code 185, and output 2 bends twice, at codes 170 and 241.",
        tags: &["scenario", "thread", "shallower", "turned"],
        link: "",
    },
    Preset {
        key: "thread-turned",
        title: "A ramp that turns round",
        sentence: "Output 0 falls until code 185. There the pair of −61 and −117 stays at −32768, \
             and the slope goes from −152 to 26.",
        tags: &["scenario", "thread", "turned"],
        link: "output=0",
    },
    Preset {
        key: "thread-steeper",
        title: "A ramp that gets steeper",
        sentence: "A negative pair of output 4 stops at code 168, and the slope goes from 41 to \
             237. At code 194 a positive pair stops too: 68.",
        tags: &["scenario", "thread", "steeper", "shallower"],
        link: "output=4",
    },
    Preset {
        key: "thread-qnnpack",
        title: "The same layer with QNNPACK",
        sentence: "QNNPACK adds in 32 bits: with the same weights and scales all 10 outputs are \
             straight.",
        tags: &["scenario", "thread", "straight", "engine", "fix"],
        link: "engine=qnnpack",
    },
    Preset {
        key: "three-inputs",
        title: "Three inputs",
        sentence: "Weights 103 and 127 are a pair and saturate at code 143. The third weight, 66, \
             has no partner: it goes on alone, with slope 66 instead of 296.",
        tags: &["scenario", "thread", "odd", "shallower"],
        link: "inputs=3&output=5&at=1",
    },
    // One pair and a few: recorded.
    Preset {
        key: "one-pair",
        title: "One pair",
        sentence: "Both weights are 127: from code 130 on the pair stays at 32767 and the ramp is \
             flat.",
        tags: &["recorded", "flat"],
        link: "inputs=2&outputs=1&x_scale=1&x_zp=0&w_scale=1&y_scale=254&y_zp=0&w=0.0:127_127&\
             from=0&to=255&at=200",
    },
    Preset {
        key: "just-safe-64",
        title: "A pair that just fits",
        sentence: "Both weights are 64: even at code 255 the pair is 32640, below 32767, and the \
             ramp is straight.",
        tags: &["recorded", "straight"],
        link: "inputs=2&outputs=1&x_scale=1&x_zp=0&w_scale=1&y_scale=128&y_zp=0&w=0.0:64_64&from=0&\
             to=255&at=255",
    },
    Preset {
        key: "just-over-65",
        title: "A pair that just does not fit",
        sentence: "Both weights are 65: from code 253 on the pair stays at 32767, and the output \
             gets no further than code 252.",
        tags: &["recorded", "flat"],
        link: "inputs=2&outputs=1&x_scale=1&x_zp=0&w_scale=1&y_scale=130&y_zp=0&w=0.0:65_65&from=0&\
             to=255&at=254",
    },
    Preset {
        key: "lone-product",
        title: "One weight alone",
        sentence: "A single weight of 127 has no partner. Its product is at most 32385, so it \
             never saturates.",
        tags: &["recorded", "straight", "odd"],
        link: "inputs=1&outputs=1&x_scale=1&x_zp=0&w_scale=1&y_scale=127&y_zp=0&w=0.0:127&from=0&\
             to=255&at=200",
    },
    Preset {
        key: "padded-odd",
        title: "Three equal weights",
        sentence: "All weights are 127. The first two saturate at code 130, the third has no \
             partner and goes on: the slope falls from 381 to 127.",
        tags: &["recorded", "shallower", "odd"],
        link: "inputs=3&outputs=1&x_scale=1&x_zp=0&w_scale=1&y_scale=381&y_zp=0&w=0.0:127_127_127&\
             from=0&to=255&at=200",
    },
    Preset {
        key: "staircase",
        title: "Four pairs, four kinks",
        sentence: "The pairs saturate one after another, at codes 130, 149, 173 and 205. The slope \
             falls from 824 in four steps to 0.",
        tags: &["recorded", "shallower", "flat"],
        link: "outputs=1&x_scale=1&x_zp=0&w_scale=1&y_scale=824&y_zp=0&\
             w=0.0:127_127_110_110_95_95_80_80&from=0&to=255&at=180",
    },
    Preset {
        key: "wrong-way",
        title: "The wrong way",
        sentence: "The pair of 127 and 127 saturates at code 130, that of −100 and −100 at code \
             164. In between the ramp turns round: its slope is −200 instead of 54.",
        tags: &["recorded", "turned"],
        link: "inputs=4&outputs=1&x_scale=1&x_zp=0&w_scale=1&y_scale=54&y_zp=0&\
             w=0.0:127_127_-100_-100&from=0&to=255&at=150",
    },
    Preset {
        key: "reordered",
        title: "The same weights in another order",
        sentence: "In the order 127, −100, 127, −100 each pair adds up to 27, and the ramp is \
             straight up to code 255.",
        tags: &["recorded", "straight", "fix"],
        link: "inputs=4&outputs=1&x_scale=1&x_zp=0&w_scale=1&y_scale=54&y_zp=0&\
             w=0.0:127_-100_127_-100&from=0&to=255&at=200",
    },
    Preset {
        key: "cancel",
        title: "Two pairs that cancel",
        sentence: "From code 130 on one pair stays at 32767 and the other at −32768. Their sum is \
             −1 instead of 0, and the output clamp hides it.",
        tags: &["recorded", "hidden"],
        link: "inputs=4&outputs=1&x_scale=1&x_zp=0&w_scale=1&y_scale=1&y_zp=0&\
             w=0.0:127_127_-127_-127&from=0&to=255&at=200",
    },
    Preset {
        key: "negative-edge",
        title: "The lowest pair",
        sentence: "Both weights are −128: at code 128 the pair is −32768 and just fits. From code \
             129 on it stays there, and the ramp is flat.",
        tags: &["recorded", "flat", "negative"],
        link: "inputs=2&outputs=1&x_scale=1&x_zp=0&w_scale=1&y_scale=256&y_zp=255&w=0.0:-128_-128&\
             from=0&to=255&at=200",
    },
    Preset {
        key: "minus127",
        title: "A negative pair",
        sentence: "Both weights are −127: from code 130 on the pair stays at −32768, and the \
             output stays at code 126 instead of falling to 0.",
        tags: &["recorded", "flat", "negative"],
        link: "inputs=2&outputs=1&x_scale=1&x_zp=0&w_scale=1&y_scale=254&y_zp=255&w=0.0:-127_-127&\
             from=0&to=255&at=200",
    },
    Preset {
        key: "zp-does-not-help",
        title: "A zero point does not help",
        sentence: "Zero is code 128 here, but the codes are multiplied as they stand: the pair \
             saturates at code 130, which is x = 2.",
        tags: &["recorded", "flat", "zero point"],
        link: "inputs=2&outputs=1&x_scale=1&x_zp=128&w_scale=1&y_scale=254&y_zp=128&w=0.0:127_127&\
             from=-128&to=127&at=72",
    },
    Preset {
        key: "issue-76390-a",
        title: "PyTorch issue 76390, equal weights",
        sentence: "Both weights are 113 and zero is code 144. At code 145 the pair stays at 32767, \
             and the output is 223 where 226 is right.",
        tags: &["recorded", "issue", "zero point"],
        link: "inputs=2&outputs=1&x_scale=1&x_zp=144&w_scale=1&y_scale=1&y_zp=0&w=0.0:113_113&\
             from=-144&to=111&at=20",
    },
    Preset {
        key: "issue-76390-b",
        title: "PyTorch issue 76390, one step more",
        sentence: "With 114 in place of one 113, code 145 gives 79 where 227 is right: one step \
             more in a weight, and 144 less in the output.",
        tags: &["recorded", "issue", "zero point"],
        link: "inputs=2&outputs=1&x_scale=1&x_zp=144&w_scale=1&y_scale=1&y_zp=0&w=0.0:114_113&\
             from=-144&to=111&at=20",
    },
    Preset {
        key: "hidden-in-bulk",
        title: "One bad pair among many",
        sentence: "In a row of 64 weights one pair of 127 and 127 is enough: from code 130 on the \
             slope is 31 instead of 285.",
        tags: &["recorded", "shallower"],
        link: "inputs=64&outputs=1&x_scale=1&x_zp=0&w_scale=1&y_scale=285&y_zp=0&w=0.0:127_127_3_-2_\
             3_-2_3_-2_3_-2_3_-2_3_-2_3_-2_3_-2_3_-2_3_-2_3_-2_3_-2_3_-2_3_-2_3_-2_3_-2_3_-2_3_-2_\
             3_-2_3_-2_3_-2_3_-2_3_-2_3_-2_3_-2_3_-2_3_-2_3_-2_3_-2_3_-2_3_-2&from=0&to=255&at=200",
    },
    Preset {
        key: "acc16-only",
        title: "Many small weights",
        sentence: "With 64 weights of 8 no pair exceeds 4080, so the ramp is straight. FBGEMM’s \
             16-bit kernel would bend it.",
        tags: &["recorded", "straight", "acc16"],
        link: "inputs=64&outputs=1&x_scale=1&x_zp=0&w_scale=1&y_scale=512&y_zp=0&w=0.0:8_8_8_8_8_8_\
             8_8_8_8_8_8_8_8_8_8_8_8_8_8_8_8_8_8_8_8_8_8_8_8_8_8_8_8_8_8_8_8_8_8_8_8_8_8_8_8_8_8_\
             8_8_8_8_8_8_8_8_8_8_8_8_8_8_8_8&from=0&to=255&at=200",
    },
    // Ranges: calibration and `reduce_range`.
    Preset {
        key: "narrow-calibration",
        title: "Calibrated too narrowly",
        sentence: "Calibrated on a quarter of the data’s range, output 2 still bends at codes 170 \
             and 241, which now are x = 0.28 and 0.70. The flat end from 0.79 on is the input \
             clamp, not a kink.",
        tags: &["scenario", "thread", "calibration", "clamp"],
        link: "gain=0.25&at=0.5",
    },
    Preset {
        key: "reduce-range-inside",
        title: "reduce_range inside the calibrated range",
        sentence: "From −2.99 to 3.13 the codes stop at 127, no pair can saturate, and all 10 \
             outputs are straight.",
        tags: &["scenario", "thread", "reduce_range", "calibration", "straight", "fix"],
        link: "reduce_range=1&from=-2.99&to=3.13",
    },
    Preset {
        key: "reduce-range-beyond",
        title: "reduce_range beyond the calibrated range",
        sentence: "Calibration saw inputs up to 0.78 only. Beyond that the codes pass 127, and \
             output 2 bends at code 170 (x = 1.30) although reduce_range is on.",
        tags: &["scenario", "thread", "reduce_range", "calibration"],
        link: "reduce_range=1&gain=0.25",
    },
    Preset {
        key: "reduce-range-ten-inputs",
        title: "reduce_range with ten inputs",
        sentence: "Calibrated on a quarter of the data’s range, with reduce_range on, output 7 \
             still bends three times: at codes 196, 209 and 240.",
        tags: &["scenario", "thread", "reduce_range", "calibration", "turned"],
        link: "reduce_range=1&inputs=10&output=7&gain=0.25",
    },
    Preset {
        key: "symmetric-trap",
        title: "reduce_range with symmetric activations",
        sentence: "Calibrated symmetrically, reduce_range uses the codes 64 to 192, with zero at \
             128. Every positive input lies above 128, and the pair saturates at code 130, x = \
             0.125.",
        tags: &["scenario", "reduce_range", "calibration", "symmetric", "histogram", "flat"],
        link: "reduce_range=1&inputs=2&outputs=1&x_scale=0.0625&x_zp=128&w_scale=0.0078125&\
             y_scale=0.1240234375&y_zp=128&w=0.0:127_127",
    },
    Preset {
        key: "fake-quantize",
        title: "Fake quantization clamps the codes",
        sentence: "The same narrow calibration, but the codes are clamped to the observer’s range: \
             they stop at 127, and the kinks beyond the range are gone.",
        tags: &["scenario", "thread", "reduce_range", "calibration", "clamp", "fix"],
        link: "reduce_range=1&gain=0.25&clamp=observer",
    },
    // Weights and their scales.
    Preset {
        key: "seven-bit-weights",
        title: "Weights of 7 bits",
        sentence: "Weight codes from −64 to 63 cannot fill 16 bits with any two inputs: all 10 \
             outputs are straight at every code.",
        tags: &["scenario", "thread", "weights", "straight", "fix"],
        link: "reduce_weights=1",
    },
    Preset {
        key: "half-scale-weights",
        title: "Halved weights",
        sentence: "oneDNN’s way out: halved weights keep every pair within 16 bits, and nothing \
             bends. Odd weights lose a bit, and output 3 lies up to 3 codes too low and 3 too high.",
        tags: &["scenario", "thread", "weights", "onednn", "engine", "fix"],
        link: "engine=onednn_half_scale&output=3&overlay=fbgemm_avx2",
    },
    Preset {
        key: "per-channel-bad-row",
        title: "One bad row among per-channel scales",
        sentence: "The weights of output 2 are worth 4 times less than those of the others, but \
             its codes are as large. It alone bends, at codes 130 and 164: scales do not matter, \
             codes do.",
        tags: &["scenario", "weights", "per-channel", "turned"],
        link: "inputs=4&outputs=3&per_channel=1&w_scales=0:1,1:1,2:0.25&x_scale=1&x_zp=0&y_scale=54&\
             y_zp=0&w=0.0:127_-100_127_-100,1.0:127_-100_127_-100,2.0:127_127_-100_-100&from=0&\
             to=255&at=150",
    },
    Preset {
        key: "issue-44939",
        title: "PyTorch issue 44939",
        sentence: "At t = 1 the input codes are 211 and 171, the weights 71 and 107. The pair \
             should be 33278, and FBGEMM on AVX2 keeps 32767.",
        tags: &["scenario", "issue", "direction"],
        link: "inputs=2&outputs=1&x_scale=1&x_zp=0&w_scale=1&y_scale=256&y_zp=0&w=0.0:71_107&from=0&\
             to=1.2&at=1&direction=vector&dir=0:211,1:171",
    },
    // What was asked in public.
    Preset {
        key: "onednn-518",
        title: "oneDNN issue 518: the largest value is 32767",
        sentence: "Codes of 255 and weights of 127: the sum should be 64770, and without VNNI it \
             is 32767, the most that 16 bits hold.",
        tags: &["scenario", "issue", "onednn", "matmul", "max value 32767", "wrong result AVX2"],
        link: "engine=torch_onednn_avx2&inputs=2&outputs=1&x_scale=1&x_zp=0&w_scale=1&y_\
             scale=254&y_zp=0&w=0.0:127_127&from=0&to=255&at=255&plot=accumulator",
    },
    Preset {
        key: "onednn-1354",
        title: "oneDNN issue 1354: one place of a 1×1 convolution",
        sentence: "Four codes of 255. With weights of 127 the sum is 65534 instead of 129540; \
             with two of 127 and two of −127, output 1, it is −1 instead of 0.",
        tags: &["scenario", "issue", "onednn", "conv", "wrong result AVX2"],
        link: "engine=torch_onednn_avx2&inputs=4&outputs=2&x_scale=1&x_zp=0&w_scale=1&y_\
             scale=508&y_zp=0&w=0.0:127_127_127_127,1.0:127_127_-127_-127&from=0&to=255&at=255&\
             plot=accumulator",
    },
    Preset {
        key: "onednn-476",
        title: "oneDNN issue 476: two signed matrices",
        sentence: "The first row of the left matrix: output 2 should be 20064 and is 15387. 128 \
             is added to every input, so the pair with weights 88 and 123 is 37444, and 32767 is \
             kept.",
        tags: &["scenario", "issue", "onednn", "matmul", "gemm", "s8", "wrong result AVX2"],
        link: "engine=torch_int_mm&inputs=4&outputs=4&x_scale=1&x_zp=128&w_scale=1&y_scale=254&\
             w=0.0:124_-40_103_24,1.0:8_4_-84_115,2.0:-74_-50_88_123,3.0:32_-84_-66_54&from=0&\
             to=1&direction=vector&dir=0:-47,1:-123,2:-10,3:92",
    },
    Preset {
        key: "onednn-375",
        title: "oneDNN issue 375: 75 becomes 0",
        sentence: "One of the issue’s three channels: 25 inputs and weights of 1 should add up to \
             25. Halved, a weight of 1 is rounded to 0, and the sum is 0: so 75 becomes 0, and no \
             pair saturates.",
        tags: &["scenario", "issue", "onednn", "conv", "half scale", "75 becomes 0"],
        link: "engine=onednn_half_scale&inputs=25&outputs=1&x_scale=1&x_zp=0&w_scale=1&y_scale=1&\
             y_zp=0&w=0.0:1_1_1_1_1_1_1_1_1_1_1_1_1_1_1_1_1_1_1_1_1_1_1_1_1&from=0&to=10&at=1&\
             plot=accumulator",
    },
    Preset {
        key: "onnxruntime-7524",
        title: "ONNX Runtime issue 7524: one column is wrong",
        sentence: "The first row of a MatMulInteger with zero points 42 and −26: column 2 should \
             be 40214 and is 34491. Its weights 125 and 76 are a pair of 38490, and 32767 is \
             kept.",
        tags: &["scenario", "issue", "onnx", "matmul", "zero point", "wrong result AVX2"],
        link: "engine=onnx_runtime_avx2&inputs=3&outputs=3&x_scale=1&x_zp=42&w_scale=1&w_zp=-26&\
             y_scale=254&w=0.0:25_42_-81,1.0:36_-123_-86,2.0:125_76_35&from=0&to=1&\
             direction=vector&dir=0:196,1:73,2:52",
    },
    Preset {
        key: "pytorch-56331",
        title: "PyTorch issue 56331: 0 instead of −63",
        sentence: "Nine taps add up to −2012, every pair fits, and a step of 32 gives −63. An \
             unsigned output with zero point 0 cannot say that: it is clamped to 0.",
        tags: &["scenario", "issue", "conv", "clamp"],
        link: "inputs=9&outputs=1&x_scale=1&x_zp=0&w_scale=1&y_scale=32&y_zp=0&w=0.0:17_21_-59_\
             -4_-10_-31_2_-3_59&from=0&to=1&direction=vector&\
             dir=0:3,1:9,2:30,3:14,4:4,5:22,6:11,7:7,8:5",
    },
    Preset {
        key: "pytorch-139464",
        title: "PyTorch issue 139464: 50.5 becomes 51",
        sentence: "757.5 ÷ 15 is 50.5, whose half goes to the even 50. PyTorch multiplies by 1 ÷ \
             15, rounded, and gets 50.500004: code 51.",
        tags: &["scenario", "issue", "rounding", "quantize"],
        link: "inputs=1&outputs=1&x_scale=15&x_zp=0&w_scale=1&y_scale=15&y_zp=0&w=0.0:1&from=0&\
             to=3825&at=757.5",
    },
    Preset {
        key: "tensorflow-103028",
        title: "TensorFlow issue 102943: −119 or −120",
        sentence: "The sum is 585 and the multiplier makes 6.5 of it, in float32 to the bit. \
             XNNPACK goes to the even 6, gemmlowp and ruy to 7: codes 8 and 9 here, −120 and −119 \
             as int8.",
        tags: &["scenario", "issue", "rounding", "tflite", "xnnpack"],
        link: "engine=xnnpack&inputs=1&outputs=1&x_scale=0.05296124517917633&x_zp=0&w_\
             scale=0.024093778803944588&y_scale=0.11484327912330627&y_zp=2&w=0.0:117&from=0&to=1&\
             at=0.2648&overlay=tflite_ruy,tflite_gemmlowp",
    },
    Preset {
        key: "int-mm-64",
        title: "torch._int_mm of 64 products",
        sentence: "64 inputs and weights of 127 as int8. The product should be 1032256; without \
             VNNI each of 32 pairs stays at 32767, and 128 times the weights is taken off: 8160.",
        tags: &["scenario", "pytorch", "onednn", "matmul", "s8", "wrong result AVX2"],
        link: "engine=torch_int_mm&inputs=64&outputs=1&x_scale=1&x_zp=128&w_scale=1&y_scale=8128&\
             y_zp=128&w=0.0:127_127_127_127_127_127_127_127_127_127_127_127_127_127_127_127_127_\
             127_127_127_127_127_127_127_127_127_127_127_127_127_127_127_127_127_127_127_127_127_\
             127_127_127_127_127_127_127_127_127_127_127_127_127_127_127_127_127_127_127_127_127_\
             127_127_127_127_127&from=-128&to=127&at=127",
    },
    Preset {
        key: "depthwise-vnni",
        title: "A depthwise convolution saturates with VNNI, too",
        sentence: "The nine taps of one channel, all of 127. FBGEMM’s depthwise kernel knows no \
             VNNI: from code 130 on four pairs of taps stay at 32767, and the last tap goes on \
             alone. A linear layer is exact on that CPU.",
        tags: &["scenario", "conv", "depthwise", "pytorch", "shallower"],
        link: "engine=fbgemm_depthwise&inputs=9&outputs=1&x_scale=1&x_zp=0&w_scale=1&y_\
             scale=1143&y_zp=0&w=0.0:127_127_127_127_127_127_127_127_127&from=0&to=255&at=200&\
             overlay=fbgemm_vnni",
    },
    // Other engines, other roundings.
    Preset {
        key: "onednn-s8s8",
        title: "Signed inputs saturate near zero",
        sentence: "oneDNN adds 128 to signed inputs. Code 2 is multiplied as 130, so with weights \
             of 127 the pair saturates there and the ramp is flat almost at once.",
        tags: &["scenario", "onednn", "engine", "flat"],
        link: "engine=onednn_s8s8&inputs=2&outputs=1&x_scale=1&x_zp=0&w_scale=1&y_scale=254&y_zp=0&\
             w=0.0:127_127&from=0&to=127&at=60&overlay=fbgemm_avx2",
    },
    Preset {
        key: "acc16",
        title: "A sum of 16 bits",
        sentence: "FBGEMM’s 16-bit kernel on 64 weights of 8: no pair saturates, but their sum \
             does, from code 64 on. The usual kernel stays straight.",
        tags: &["scenario", "acc16", "engine", "flat"],
        link: "engine=fbgemm_acc16&inputs=64&outputs=1&x_scale=1&x_zp=0&w_scale=1&y_scale=512&\
             y_zp=0&w=0.0:8_8_8_8_8_8_8_8_8_8_8_8_8_8_8_8_8_8_8_8_8_8_8_8_8_8_8_8_8_8_8_8_8_8_8_8_\
             8_8_8_8_8_8_8_8_8_8_8_8_8_8_8_8_8_8_8_8_8_8_8_8_8_8_8_8&from=0&to=255&at=100&\
             overlay=fbgemm_avx2",
    },
    Preset {
        key: "tflite-rounding",
        title: "Two roundings or one",
        sentence: "One weight and no pair, so nothing saturates and nothing bends. Of 256 codes \
             TensorFlow Lite’s specification differs from ruy at 51, from the LiteRT reference at \
             51 and from XNNPACK at 26, always by 1 step.",
        tags: &["scenario", "rounding", "tflite", "engine"],
        link: "engine=tflite_gemmlowp&inputs=1&outputs=1&x_scale=1&x_zp=128&w_scale=1&y_scale=2.4&\
             y_zp=128&w=0.0:3&from=-20&to=20&overlay=tflite_ruy,tflite_reference,xnnpack",
    },
    Preset {
        key: "bit-shift",
        title: "Rescaling by a bit shift",
        sentence: "The exact sum is multiplied by 1/256 instead of 0.00463. Every ramp is straight \
             but 16 % too flat: output 5 is off by up to 22 codes.",
        tags: &["scenario", "thread", "rounding", "engine", "theory"],
        link: "engine=power_of_two_shift&output=5",
    },
    // The guesses of the thread.
    Preset {
        key: "pair-wraps",
        title: "A guess: the pair wraps around",
        sentence: "If a pair wrapped around, output 2 would drop from code 162 to 0 at input code \
             170. The real ramp does not jump, it bends.",
        tags: &["scenario", "thread", "theory"],
        link: "engine=pair_wraps&overlay=fbgemm_avx2",
    },
    Preset {
        key: "products-15-bit",
        title: "A guess: products of 15 bits",
        sentence: "If each product kept 15 bits, output 3 would turn round at code 143. The real \
             ramp is straight.",
        tags: &["scenario", "thread", "theory"],
        link: "engine=products_15_bit&output=3&overlay=fbgemm_avx2",
    },
    Preset {
        key: "running-16-bit",
        title: "A guess: one sum of 16 bits",
        sentence: "If one 16-bit sum saturated after every product, output 3 would turn round at \
             code 200. The real ramp is straight.",
        tags: &["scenario", "thread", "theory"],
        link: "engine=running_16_bit&output=3&overlay=fbgemm_avx2",
    },
}
