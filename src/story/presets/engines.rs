//! Other engines, other roundings, and the guesses of the thread.

use super::Preset;

presets! {
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
        key: "dynamic-linear",
        title: "A dynamic layer rounds after the zero point",
        sentence: "0.5 at zero point 1: PyTorch’s dynamic layer adds first, and rounds 1.5 to code 2. \
             A static one rounds 0.5 to 0, and adds: code 1. Without VNNI pairs of 127 saturate in \
             both, from code 130 on.",
        tags: &["scenario", "engine", "pytorch", "dynamic", "quantize", "rounding", "flat"],
        link: "engine=fbgemm_dynamic&inputs=2&outputs=1&x_scale=1&x_zp=1&w_scale=1&y_scale=254&\
             y_zp=0&w=0.0:127_127&from=0&to=254&at=0.5",
    },
    Preset {
        key: "qdq-s8",
        title: "A QDQ model with signed inputs",
        sentence: "What quantize_static writes by default. ONNX Runtime on x86 makes its s8 codes \
             unsigned, so code 2 is multiplied as 130, and without VNNI a pair of 127 saturates \
             there. As an operator on s8 it is exact.",
        tags: &["scenario", "onnx", "qdq", "quantize_static", "s8", "engine", "flat"],
        link: "engine=onnx_qlinear_avx2&inputs=2&outputs=1&x_scale=1&x_zp=128&w_scale=1&\
             y_scale=254&y_zp=128&w=0.0:127_127&from=-128&to=127&overlay=onnx_qlinear_s8s8",
    },
    Preset {
        key: "convinteger",
        title: "ConvInteger has the weights on the left",
        sentence: "Here inputs and weights have changed places, as in ONNX Runtime’s ConvInteger: \
             two u8 weights of 255 and s8 inputs of 127 should add up to 64770; without VNNI 32767 \
             is kept. With u8 inputs and s8 weights it is exact.",
        tags: &["scenario", "onnx", "conv", "convinteger", "s8", "wrong result AVX2", "flat"],
        link: "engine=onnx_runtime_avx2&inputs=2&outputs=1&x_scale=1&x_zp=0&w_scale=1&\
             y_scale=254&y_zp=0&w=0.0:127_127&from=0&to=255&at=255&plot=accumulator",
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
