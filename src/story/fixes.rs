//! Fixes, each with what it does to the thread's layer.

use crate::state::{State, link};

/// A fix.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fix {
    /// What to do.
    pub name: &'static str,
    /// The same within a sentence.
    pub short: &'static str,
    /// The change of the state, as in a link; empty for none.
    pub link: &'static str,
    /// When it works.
    pub works: &'static str,
    /// When it does not.
    pub fails: &'static str,
    /// What it costs.
    pub costs: &'static str,
    /// What to type, where it is a line or two.
    pub code: Option<&'static str>,
    /// Whether it runs in the race: what it changes is seen at the output that the story is about.
    pub races: bool,
    /// Where that is written down.
    pub source: &'static str,
}

/// The fixes, the thread's layer as it is first.
pub static FIXES: &[Fix] = &[
    Fix {
        name: "Leave it as it is",
        short: "as it is",
        link: "",
        works: "Where no two neighbouring weights add up to 129 or more, or to −129 or less: most pairs of small weights.",
        fails: "On this layer with FBGEMM, on every x86 CPU without AVX-512 VNNI: AVX2, AVX-VNNI, and AVX-512 without VNNI too.",
        costs: "No work, and wrong outputs wherever a pair saturates.",
        code: None,
        races: true,
        source: "docs/arithmetic.md, section 3",
    },
    Fix {
        name: "reduce_range for activations",
        short: "reduce_range for activations",
        link: "reduce_range=1",
        works: "For inputs inside the calibrated range.",
        fails: "Beyond it: eager PyTorch clamps codes to 0 … 255, not to 127.",
        costs: "One bit of every activation: steps twice as large.",
        code: Some(
            "model.qconfig = torch.ao.quantization.get_default_qconfig('fbgemm')  # observers with reduce_range=True",
        ),
        races: true,
        source: "PyTorch, torch/ao/quantization/observer.py and qconfig.py; docs/arithmetic.md, section 2",
    },
    Fix {
        name: "7-bit weights",
        short: "7-bit weights",
        link: "reduce_weights=1",
        works: "For every input: two weights of −64 … 63 cannot fill 16 bits.",
        fails: "Where the weights are quantized already: they have to be made anew.",
        costs: "One bit of every weight.",
        code: Some(
            "onnxruntime.quantization.quantize_static(model, output, reader, reduce_range=True)",
        ),
        races: true,
        source: "ONNX Runtime, quantization documentation, reduce_range",
    },
    Fix {
        name: "Halve the weights (oneDNN)",
        short: "halved weights",
        link: "engine=onednn_half_scale",
        works: "For every input, with the weights that you have.",
        fails: "Where every code counts: odd weights lose their last bit, so outputs move by a code or a few.",
        costs: "The last bit of every odd weight.",
        code: None,
        races: true,
        source: "oneDNN documentation, Nuances of int8 Computations",
    },
    Fix {
        name: "Another engine: QNNPACK",
        short: "QNNPACK",
        link: "engine=qnnpack",
        works: "On every CPU: QNNPACK’s sum is exact.",
        fails: "For operators that it does not have.",
        costs: "Speed on servers.",
        code: Some("torch.backends.quantized.engine = 'qnnpack'  # before the model is prepared"),
        races: true,
        source: "PyTorch documentation, Quantization, backends",
    },
    Fix {
        name: "ONNX Runtime: session.x64quantprecision",
        short: "x64quantprecision",
        link: "engine=onnx_qlinear_u8u8",
        works: "For ONNX Runtime’s operators on x86: signed weights are made unsigned, whose kernels are exact.",
        fails: "Where a QLinearConv has signed inputs: such a model does not load with it; and in every other library.",
        costs: "Speed, on CPUs with VNNI too. The file stays as it is.",
        code: Some("options.add_session_config_entry('session.x64quantprecision', '1')"),
        races: false,
        source: "ONNX Runtime 1.32.0, run on AVX2 and VNNI; docs/arithmetic.md, section 14",
    },
    Fix {
        name: "A CPU with AVX-512 VNNI",
        short: "AVX-512 VNNI",
        link: "engine=fbgemm_vnni",
        works: "For linear layers and most convolutions: four products are added in 32 bits.",
        fails: "In FBGEMM’s depthwise kernels, which have no VNNI form and saturate on every x86 CPU; with AVX-512 or AVX-VNNI alone, neither of which is enough for FBGEMM, while ONNX Runtime and oneDNN use AVX-VNNI too; and where you do not choose the CPU.",
        costs: "Hardware.",
        code: Some("lscpu | grep -o avx512_vnni"),
        races: true,
        source: "FBGEMM, src/GenerateKernelU8S8S32ACC32Avx512VNNI.cc, src/GenerateI8Depthwise.cc",
    },
    Fix {
        name: "Reorder the inputs",
        short: "another order",
        link: "w=2.0:127_-83_122_-71_83_-51_66_14",
        works: "Where weights of opposite sign can become neighbours: the same numbers make other pairs, as in scene 4.",
        fails: "Where nearly all weights have one sign, or for other outputs with other signs.",
        costs: "The layer before must give its outputs in the new order. Not in this race: an order is made for one output, here output 2.",
        code: Some("weight = weight[:, order]  # and the layer before: weight[order], bias[order]"),
        races: false,
        source: "docs/arithmetic.md, section 3",
    },
];

impl Fix {
    /// The state that shows it in the Lab.
    pub fn state(&self) -> State {
        let (state, problems) = link::read(&format!("#/lab?{}", self.link));
        debug_assert!(problems.is_empty(), "{problems:?}");
        state
    }
}
