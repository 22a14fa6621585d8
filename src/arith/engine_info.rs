//! The engines: one row each, with its arithmetic, its name, a sentence and its source.

mod rows;

use serde::{Deserialize, Serialize};

use super::accumulate::{Accumulator, Lane};
use super::dynamic::DynamicEngine;
use super::engine::Engine;
use super::family::{Cpu, Family};
use super::linear::Linear;
use super::rescale::Rescale;
use rows::ROWS;

/// How the crate knows an engine's arithmetic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Provenance {
    /// Compared with recorded outputs of the real library, value for value.
    Recorded,
    /// All of it, the rescaling too, was read in the library's source; no recording.
    Read,
    /// Written from source code or documentation; no recording.
    Modelled,
    /// A theory about the recordings, taken from no library.
    Theory,
}

/// Which bytes an engine multiplies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bytes {
    /// The input codes as they are.
    Codes,
    /// Signed codes, `clamp(code - zero_point, -128, 127)`, made unsigned by adding 128, which is
    /// then the zero point to take off.
    ShiftedBy128,
    /// Codes less 128, as signed bytes; 128 is then taken off the zero point, too.
    LessBy128,
}

/// Which zero points an engine's weights may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weights {
    /// Any of qint8.
    Any,
    /// 0 only.
    Symmetric,
}

/// What an engine gives for a sum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gives {
    /// An output code, by a rule.
    Codes(Rescale),
    /// The sum itself.
    Integers,
    /// A real number, as a dynamic layer makes it.
    Reals(DynamicEngine),
}

/// All that is known of an engine's arithmetic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EngineInfo {
    /// The engine.
    pub engine: Engine,
    /// A stable name for addresses and files; never changes.
    pub key: &'static str,
    /// Keys that it had once, or that an engine now taken for it had: links with them still open.
    pub aliases: &'static [&'static str],
    /// The name for people.
    pub name: &'static str,
    /// The library, its operator and the types.
    pub family: Family,
    /// The CPUs that it runs on.
    pub cpu: Cpu,
    /// How it sums products.
    pub accumulator: Accumulator,
    /// Which bytes it multiplies.
    pub bytes: Bytes,
    /// Which weights it takes.
    pub weights: Weights,
    /// What it gives for a sum.
    pub gives: Gives,
    /// How the crate knows the arithmetic.
    pub provenance: Provenance,
    /// Recorded values of its operator that are replayed on its CPUs, of every type and kernel.
    pub recorded: u32,
}

/// A row of the table, with what people are told of it.
#[derive(Clone, Copy)]
struct EngineRow {
    info: EngineInfo,
    /// What it does and where it runs, in one or two sentences.
    about: &'static str,
    /// Where the arithmetic is written down: repositories, and paths in them.
    source: &'static str,
}

/// The table, in the order of a menu.
static INFO: [EngineInfo; COUNT] = {
    let mut all = [ROWS[0].info; COUNT];
    let mut at = 0;
    while at < COUNT {
        all[at] = ROWS[at].info;
        at += 1;
    }
    all
};

/// What people are told of it, and where it is written down: by itself, since the page's first part
/// needs neither.
static TEXTS: [[&str; 2]; COUNT] = {
    let mut all = [[""; 2]; COUNT];
    let mut at = 0;
    while at < COUNT {
        all[at] = [ROWS[at].about, ROWS[at].source];
        at += 1;
    }
    all
};

const COUNT: usize = Engine::Running16Bit as usize + 1;

/// The table is read by index: a row in the wrong place does not compile.
const ALL: [Engine; COUNT] = {
    let mut all = [Engine::FbgemmAvx2; COUNT];
    let mut at = 0;
    while at < COUNT {
        assert!(ROWS[at].info.engine as usize == at);
        all[at] = ROWS[at].info.engine;
        at += 1;
    }
    all
};

impl EngineInfo {
    fn is_called(&self, key: &str) -> bool {
        self.key == key || self.aliases.contains(&key)
    }
}

impl Provenance {
    /// The word that the page and the package say: what was read counts as modelled.
    pub const fn key(self) -> &'static str {
        match self {
            Provenance::Recorded => "recorded",
            Provenance::Read | Provenance::Modelled => "modelled",
            Provenance::Theory => "theory",
        }
    }
}

impl Engine {
    /// Every engine, in the order of a menu.
    pub const ALL: &[Engine] = &ALL;

    /// How it sums products, whatever the row; [`accumulator_of`](Self::accumulator_of) knows it.
    pub const fn accumulator(self) -> Accumulator {
        self.info().accumulator
    }

    /// What becomes of the products of a group.
    pub const fn lane(self) -> Lane {
        self.info().accumulator.lane
    }

    /// How it sums the rows of a layer.
    pub const fn accumulator_of(self, layer: &Linear) -> Accumulator {
        self.info().accumulator.over(layer.row_shape)
    }

    /// Which bytes it multiplies.
    pub const fn bytes(self) -> Bytes {
        self.info().bytes
    }

    /// Which weights it takes.
    pub const fn weights(self) -> Weights {
        self.info().weights
    }

    /// What it gives for a sum.
    pub const fn gives(self) -> Gives {
        self.info().gives
    }

    /// How it rescales; `None` where it has no output codes.
    pub const fn rescale(self) -> Option<Rescale> {
        match self.gives() {
            Gives::Codes(rule) => Some(rule),
            Gives::Integers | Gives::Reals(_) => None,
        }
    }

    /// Whose dynamic layer it is; `None` where inputs are quantized before.
    pub const fn dynamic(self) -> Option<DynamicEngine> {
        match self.gives() {
            Gives::Reals(engine) => Some(engine),
            Gives::Codes(_) | Gives::Integers => None,
        }
    }

    /// What people are told of it.
    pub const fn info(self) -> &'static EngineInfo {
        &INFO[self as usize]
    }

    /// A stable name for addresses and files.
    pub const fn key(self) -> &'static str {
        self.info().key
    }

    /// The engine of that [`key`](Self::key), of today or an older one.
    pub fn from_key(key: &str) -> Option<Engine> {
        INFO.iter().find(|info| info.is_called(key)).map(|info| info.engine)
    }

    /// The library, its operator and the types.
    pub const fn family(self) -> Family {
        self.info().family
    }

    /// The CPUs that it runs on.
    pub const fn cpu(self) -> Cpu {
        self.info().cpu
    }

    /// The name for people.
    pub const fn name(self) -> &'static str {
        self.info().name
    }

    /// One or two sentences: what it does and where it runs.
    pub const fn about(self) -> &'static str {
        TEXTS[self as usize][0]
    }

    /// Where the arithmetic is written down.
    pub const fn source(self) -> &'static str {
        TEXTS[self as usize][1]
    }

    /// How many recorded values of its operator are reproduced (`docs/arithmetic.md`, *What stands behind
    /// each engine*).
    pub const fn recorded_values(self) -> u32 {
        self.info().recorded
    }

    /// Whether recordings of the real library back it.
    pub const fn provenance(self) -> Provenance {
        self.info().provenance
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_unique_and_found_again() {
        for EngineInfo { engine, key, aliases, .. } in &INFO {
            for key in aliases.iter().chain([key]) {
                assert_eq!(Engine::from_key(key), Some(*engine), "{key}");
            }
        }
        assert_eq!(Engine::from_key("fbgemm"), None);
    }

    #[test]
    fn an_older_key_is_a_row_s_too() {
        let row = EngineInfo { aliases: &["fbgemm", "avx2"], ..*Engine::FbgemmAvx2.info() };
        let called = ["fbgemm_avx2", "fbgemm", "avx2", "vnni"].map(|key| row.is_called(key));
        assert_eq!(called, [true, true, true, false]);
    }

    #[test]
    fn keys_stand_in_links_and_never_change() {
        let keys: Vec<_> = Engine::ALL.iter().map(|engine| engine.key()).collect();
        let known = "fbgemm_avx2 fbgemm_avx512 fbgemm_vnni fbgemm_dynamic fbgemm_dynamic_vnni \
                     fbgemm_depthwise fbgemm_acc16 qnnpack qnnpack_dynamic \
                     torch_onednn_avx2 torch_onednn_avx512 torch_onednn_vnni torch_onednn_conv \
                     torch_onednn_conv_vnni torch_onednn_conv_brgemm torch_onednn_conv_gemm \
                     torch_int_mm torch_int_mm_vnni onnx_runtime_avx2 onnx_runtime_vnni \
                     onnx_runtime_neon onnx_qlinear_avx2 onnx_qlinear_vnni onnx_qlinear_neon \
                     onnx_dynamic onnx_dynamic_vnni onnx_qlinear_u8u8 onnx_qlinear_s8s8 onnx_qlinear_s8s8_neon onnx_depthwise \
                     onnx_depthwise_arm tflite_gemmlowp tflite_ruy tflite_reference xnnpack \
                     onednn_s8s8 onednn_half_scale power_of_two_shift pair_wraps products_15_bit \
                     running_16_bit";
        assert_eq!(keys.join(" "), known);
    }

    #[test]
    fn every_engine_is_told_in_one_or_two_sentences() {
        for &EngineInfo { engine, name, .. } in &INFO {
            let (about, source) = (engine.about(), engine.source());
            // A full stop inside a version number ends no sentence.
            let sentences = about.split(". ").count();
            assert!(about.ends_with('.') && sentences <= 2, "{engine:?}: {about}");
            assert!(!name.is_empty() && !source.is_empty(), "{engine:?}");
        }
    }
}
