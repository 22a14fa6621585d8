//! Convolutions, at one place of their output.

use super::Preset;

presets! {
    Preset {
        key: "conv",
        title: "A convolution: 3×3 taps of 4 channels",
        sentence: "At one place of its output a convolution is a row of taps × channels, here 36 \
             products. Neighbouring channels are pairs, and output 1 bends at codes 173, 190, 194 \
             and 196.",
        tags: &["scenario", "conv", "pytorch", "shallower"],
        link: "inputs=36&outputs=6&kernel=3x3&output=1",
    },
    Preset {
        key: "conv-odd-channels",
        title: "Three channels, and who meets whom",
        sentence: "oneDNN pairs within a tap: inputs 15 and 16 saturate first, at code 143, and the \
             third channel is alone. FBGEMM goes on over the taps: there 16 and 17 are the first, \
             at code 170.",
        tags: &["scenario", "conv", "onednn", "engine", "turned", "shallower"],
        link: "engine=torch_onednn_conv&inputs=27&outputs=6&kernel=3x3&output=0&overlay=fbgemm_avx2",
    },
    Preset {
        key: "conv-grouped",
        title: "One group of a grouped convolution",
        sentence: "Groups do not meet: an output adds the taps of its own 2 channels, 18 products. \
             With FBGEMM on AVX2 output 0 turns round at code 170; with VNNI it is straight.",
        tags: &["scenario", "conv", "groups", "pytorch", "turned"],
        link: "inputs=18&outputs=4&kernel=3x3&output=0&overlay=fbgemm_vnni",
    },
    Preset {
        key: "depthwise-vnni",
        title: "A depthwise convolution saturates with VNNI, too",
        sentence: "The nine taps of one channel, all of 127. FBGEMM’s depthwise kernel knows no \
             VNNI: from code 130 on four pairs of taps stay at 32767, and the last tap goes on \
             alone. A linear layer is exact on that CPU.",
        tags: &["scenario", "conv", "depthwise", "pytorch", "shallower"],
        link: "engine=fbgemm_depthwise&inputs=9&outputs=1&kernel=3x3&x_scale=1&x_zp=0&w_scale=1&y_\
             scale=1143&y_zp=0&w=0.0:127_127_127_127_127_127_127_127_127&from=0&to=255&at=200&\
             overlay=fbgemm_vnni",
    },
    Preset {
        key: "conv-one-channel",
        title: "One channel, three kernels",
        sentence: "FBGEMM adds taps 0 and 1, which saturate at code 130. oneDNN’s brg_conv_fwd adds \
             0 and 3, down a column, which saturate at code 176. Its jit kernels add no two taps \
             of one channel, and are exact.",
        tags: &["scenario", "conv", "depthwise", "onednn", "engine", "shallower"],
        link: "engine=torch_onednn_conv_brgemm&inputs=9&outputs=1&kernel=3x3&x_scale=1&x_zp=0&w_\
             scale=1&y_scale=314&y_zp=0&w=0.0:127_127_0_60_0_0_0_0_0&from=0&to=255&at=200&\
             overlay=fbgemm_depthwise,torch_onednn_conv",
    },
    Preset {
        key: "conv-arm",
        title: "A black pixel on ARM64",
        sentence: "Code 0 is multiplied as −128. Where taps 0 and 2 of a depthwise 3×3 have weights \
             of −128 their sum wraps around: the accumulator is −65536 instead of 0, with dot \
             product too.",
        tags: &["scenario", "conv", "depthwise", "onnx", "arm", "wraps"],
        link: "engine=onnx_depthwise_arm&inputs=9&outputs=1&kernel=3x3&x_scale=1&x_zp=0&w_scale=1&\
             y_scale=254&w=0.0:-128_3_-128_5_6_7_8_9_1&from=0&to=255&at=0&plot=accumulator",
    },
}
