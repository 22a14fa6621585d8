//! Ranges, weights and their scales.

use super::Preset;

presets! {
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
        sentence: "oneDNN’s fix: halved weights keep every pair within 16 bits, and nothing \
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
}
