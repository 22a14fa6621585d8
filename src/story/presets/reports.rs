//! What was asked in public.

use super::Preset;

presets! {
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
        key: "onnxruntime-31573",
        title: "ONNX Runtime issue 31573: wrong on ARM64 without dot product",
        sentence: "Two products of −128 · −128, eight apart, are 32768, one more than 16 bits hold. \
             The sum wraps around to −32768, 65536 too low; weights from −127 up never do that.",
        tags: &["scenario", "issue", "onnx", "matmul", "arm", "s8", "wraps", "raspberry pi"],
        link: "engine=onnx_runtime_neon&inputs=16&outputs=1&x_scale=1&x_zp=128&w_scale=1&y_\
             scale=254&y_zp=128&w=0.0:-128_0_0_0_0_0_0_0_-128_0_0_0_0_0_0_0&from=-128&to=127&\
             at=-128",
    },
}
