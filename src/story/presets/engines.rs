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
