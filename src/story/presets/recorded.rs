//! One pair and a few: recorded.

use super::Preset;

presets! {
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
}
