//! [`Verdict`]: is it pair saturation at all? A table of what is known, the first row that fits counts.

use serde::{Deserialize, Serialize};

use super::finding::{Code, Finding};
use super::questions::{Answers, ComparedWith, HowLarge, Kind, OneCpu, WhoIsWrong};

/// Whether it is pair saturation.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Verdict {
    /// The short answer.
    pub is: Is,
    /// In words.
    pub sentence: &'static str,
    /// Where it is written down.
    pub source: &'static str,
}

/// A short answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Is {
    /// It is.
    Yes,
    /// It may be.
    Maybe,
    /// It is not.
    No,
    /// Too little is known.
    Unknown,
}

/// What a row asks for; what is `None` may be anything.
#[derive(Clone, Copy)]
struct Row {
    code: Option<Code>,
    who: Option<WhoIsWrong>,
    how_large: Option<HowLarge>,
    kind: Option<Kind>,
    float16: Option<bool>,
    compared: Option<ComparedWith>,
    one_cpu: Option<OneCpu>,
    is: Is,
    sentence: &'static str,
    source: &'static str,
}

const ANY: Row = Row {
    code: None,
    who: None,
    how_large: None,
    kind: None,
    float16: None,
    compared: None,
    one_cpu: None,
    is: Is::Unknown,
    sentence: "",
    source: "",
};

/// A row for a finding.
const fn of(code: Code, is: Is, sentence: &'static str) -> Row {
    Row { code: Some(code), is, sentence, source: code.source(), ..ANY }
}

static ROWS: &[Row] = &[
    Row {
        code: Some(Code::PairClamps),
        who: Some(WhoIsWrong::WithVnni),
        is: Is::No,
        sentence: "Wrong with AVX-512 VNNI and right without it is never pair saturation. Yet the number is what saturating pairs give: are the two machines exchanged?",
        source: "docs/arithmetic.md, section 3; ONNX Runtime issue 26324",
        ..ANY
    },
    Row {
        who: Some(WhoIsWrong::WithVnni),
        is: Is::No,
        sentence: "Wrong with AVX-512 VNNI and right without it is never pair saturation: VNNI adds in 32 bits. Suspect the kernel, and compare versions of the library.",
        source: "docs/arithmetic.md, section 3; ONNX Runtime issue 26324, oneDNN issue 5080",
        ..ANY
    },
    of(
        Code::PairClamps,
        Is::Yes,
        "It is pair saturation: two products are added in 16 bits and stay at the end of them. Weights of 7 bits cure it, and so does a CPU with VNNI: for FBGEMM in PyTorch with that of AVX-512.",
    ),
    of(
        Code::Sum16Clamps,
        Is::No,
        "It is not the pair: a longer sum is kept in 16 bits and saturates. Smaller weights cure it; check them when the file is loaded.",
    ),
    of(
        Code::Wraps,
        Is::No,
        "It is not saturation: a narrow sum wraps around. On ARM64 without dot product that takes −128 against −128 twice, so weights from −127 up cure it.",
    ),
    of(
        Code::HalvedWeight,
        Is::No,
        "It is not pair saturation but what is done against it: weights are halved, and odd ones lose half a unit.",
    ),
    of(
        Code::WrongSignedness,
        Is::No,
        "An operand is read as the other type. Where an instruction wants one unsigned byte, it is the first operand only.",
    ),
    of(Code::LayoutTransposed, Is::No, "B is taken the other way round. Nothing saturates."),
    of(Code::OperandsSwapped, Is::No, "The operands are exchanged. Nothing saturates."),
    of(
        Code::ZeroPointIgnored,
        Is::No,
        "A zero point is not taken off. Such results are off to one side, all of them.",
    ),
    of(
        Code::ReferenceWraps,
        Is::No,
        "A computation in few bits wraps around, most often one’s own: convert to int32 before multiplying.",
    ),
    of(
        Code::Beyond2Pow24,
        Is::No,
        "The integer sum is right. Beyond 2²⁴ its conversion to float32 rounds.",
    ),
    of(
        Code::BiasOverflow,
        Is::No,
        "The bias is more than 32 bits hold: give the weights a larger scale.",
    ),
    of(
        Code::OutputClamp,
        Is::No,
        "Nothing overflows: the sum is right. The output’s range ends before the result, which becomes the end of it.",
    ),
    of(
        Code::VectorPosition,
        Is::No,
        "The place in a vector decides: one loop rounds once where another rounds twice. Nothing saturates.",
    ),
    of(
        Code::ZeroPointFirst,
        Is::No,
        "The output zero point is added before the result is rounded, so ties go to another code. Nothing saturates.",
    ),
    of(
        Code::Reciprocal,
        Is::No,
        "The value is multiplied by the reciprocal of the scale, which is rounded. Nothing saturates.",
    ),
    of(
        Code::Tie,
        Is::No,
        "Two rules round a tie, or what is next to one, to two codes. Nothing saturates.",
    ),
    of(Code::Truncates, Is::No, "The result is cut where it should be rounded. Nothing saturates."),
    of(Code::LeftOut, Is::No, "A step after the sum is left out. Nothing saturates."),
    of(
        Code::ProductClamps,
        Is::No,
        "It is what a theory says of single products; no library is known to do so.",
    ),
    of(Code::Fits, Is::No, "Nothing leaves 16 bits here, so no pair saturates."),
    Row {
        kind: Some(Kind::Elementwise),
        is: Is::No,
        sentence: "An operator that goes element by element adds no products, so no pair can saturate. A difference of 1 is a rule of rounding.",
        source: "docs/arithmetic.md, sections 2 and 14; ONNX Runtime issue 25512",
        ..ANY
    },
    Row {
        float16: Some(true),
        is: Is::No,
        sentence: "With float16 suspect the conversion before the codes: older CPU kernels cut it where they should round.",
        source: "ONNX Runtime issue 18576",
        ..ANY
    },
    Row {
        one_cpu: Some(OneCpu::PlaceInTensor),
        is: Is::No,
        sentence: "Equal inputs that differ by place are a vector loop and its rest, which round otherwise. Pairs do not know their place in the outputs.",
        source: "PyTorch issue 107030",
        ..ANY
    },
    Row {
        how_large: Some(HowLarge::One),
        is: Is::No,
        sentence: "A difference of 1 in the output code is a rule of rounding, as a rule: saturation costs more.",
        source: "docs/arithmetic.md, sections 5 to 8; TensorFlow issue 102943",
        ..ANY
    },
    Row {
        how_large: Some(HowLarge::Clamp),
        is: Is::No,
        sentence: "A result at the end of the output’s range is clamped there first: look at its zero point and scale.",
        source: "docs/arithmetic.md, section 5; PyTorch issue 56331",
        ..ANY
    },
    Row {
        how_large: Some(HowLarge::Multiple256),
        is: Is::No,
        sentence: "A multiple of 256 or 65536 is something that wraps around: a computation in 8 or 16 bits, or −128 against −128 on ARM64.",
        source: "docs/arithmetic.md, section 15; ONNX Runtime issue 31573",
        ..ANY
    },
    Row {
        who: Some(WhoIsWrong::Arm),
        is: Is::No,
        sentence: "ARM64 does not saturate pairs. Without dot product −128 against −128 wraps around, 65536 at a time.",
        source: "docs/arithmetic.md, section 15; ONNX Runtime issue 31573",
        ..ANY
    },
    Row {
        one_cpu: Some(OneCpu::OneRowAgainstSeveral),
        is: Is::Maybe,
        sentence: "One row may have a kernel of its own, which shifts the other operand, and a dynamic scale follows from all rows together. Enter both results.",
        source: "docs/arithmetic.md, sections 13 and 16",
        ..ANY
    },
    Row {
        who: Some(WhoIsWrong::Both),
        kind: Some(Kind::Product),
        is: Is::Maybe,
        sentence: "Both CPUs differ from what is expected: suspect the expectation, or a kernel without a VNNI form, as FBGEMM’s depthwise convolutions.",
        source: "docs/arithmetic.md, section 12",
        ..ANY
    },
    Row {
        who: Some(WhoIsWrong::WithoutVnni),
        is: Is::Maybe,
        sentence: "Wrong without VNNI and right with it is how pair saturation shows, and it belongs to the file: whether its weights can saturate is the same on every CPU. Enter a row of inputs with its weights, or check the file.",
        source: "docs/arithmetic.md, section 3; docling.rs pull request 351",
        ..ANY
    },
    Row {
        compared: Some(ComparedWith::OwnReference),
        is: Is::Unknown,
        sentence: "Suspect the reference first: does it multiply in 32 bits, take zero points off, and round ties to even?",
        source: "docs/arithmetic.md, sections 4 and 5; TensorFlow issue 102943",
        ..ANY
    },
    Row {
        how_large: Some(HowLarge::Thousands),
        kind: Some(Kind::Product),
        is: Is::Maybe,
        sentence: "Thousands off in a product may be pair saturation: does it go away on a CPU with AVX-512 VNNI?",
        source: "docs/arithmetic.md, section 3; oneDNN issue 518",
        ..ANY
    },
    Row {
        sentence: "Too little is known to tell. Enter a row of inputs, its weights and the numbers that were seen, or answer the questions.",
        source: "docs/arithmetic.md, section 3",
        ..ANY
    },
];

impl Row {
    fn fits(&self, answers: Answers, findings: &[Finding]) -> bool {
        fn is<T: PartialEq>(asked: Option<T>, known: Option<T>) -> bool {
            asked.is_none() || asked == known
        }
        let has = |code: Code| findings.iter().any(|one| one.code == code);
        self.code.is_none_or(has)
            && is(self.who, answers.who_is_wrong)
            && is(self.how_large, answers.how_large)
            && is(self.kind, answers.kind)
            && is(self.float16, answers.float16)
            && is(self.compared, answers.compared_with)
            && is(self.one_cpu, answers.one_cpu)
    }
}

/// Where nothing was seen and little is known, what the operands alone come to.
static PREDICTED: &[Row] = &[
    of(
        Code::PairClamps,
        Is::Maybe,
        "It can be pair saturation, where two products are added in 16 bits. Enter the number that was seen to know.",
    ),
    of(Code::Fits, Is::No, "Nothing leaves 16 bits here, so no pair saturates."),
];

/// What answers and findings come to. Where several findings are there, the largest cause counts.
pub fn verdict(answers: Answers, findings: &[Finding]) -> Verdict {
    let seen = || findings.iter().filter(|one| one.seen.is_some());
    let largest = seen().find(|one| one.code.is_cause());
    // What only can happen says nothing of what did.
    let fits = || seen().find(|one| one.code == Code::Fits);
    let counted: Vec<Finding> = largest.or_else(fits).cloned().into_iter().collect();
    let row = ROWS.iter().find(|row| row.fits(answers, &counted));
    let row = row.filter(|row| row.is != Is::Unknown || answers.compared_with.is_some());
    let predicted = || PREDICTED.iter().find(|row| row.fits(answers, findings));
    let row = row.or_else(predicted).or(ROWS.last());
    let Row { is, sentence, source, .. } = *row.unwrap_or(&ANY);
    Verdict { is, sentence, source }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding(code: Code) -> Finding {
        Finding {
            code,
            sentence: String::new(),
            size: 1.0,
            cells: vec![],
            seen: Some(0),
            source: code.source(),
        }
    }

    #[test]
    fn wrong_with_vnni_only_is_never_pair_saturation() {
        let answers = Answers { who_is_wrong: Some(WhoIsWrong::WithVnni), ..Answers::default() };
        for code in Code::ALL {
            assert_eq!(verdict(answers, &[finding(code)]).is, Is::No, "{code:?}");
        }
        assert_eq!(verdict(answers, &[]).is, Is::No);
    }

    #[test]
    fn every_cause_has_its_row_and_every_row_its_case() {
        let nothing = Answers::default();
        for code in Code::ALL.into_iter().filter(|code| code.is_cause()) {
            let said = verdict(nothing, &[finding(code)]);
            let is_pair = code == Code::PairClamps;
            assert_eq!(said.is, if is_pair { Is::Yes } else { Is::No }, "{code:?}");
            assert!(said.sentence.ends_with('.') && !said.source.is_empty());
        }
        assert_eq!(verdict(nothing, &[]).is, Is::Unknown);
        // A row behind one that asks for less would never be reached.
        for (at, row) in ROWS.iter().enumerate() {
            let answers = Answers {
                who_is_wrong: row.who,
                how_large: row.how_large,
                kind: row.kind,
                float16: row.float16,
                compared_with: row.compared,
                one_cpu: row.one_cpu,
            };
            let findings: Vec<Finding> = row.code.map(finding).into_iter().collect();
            let said = verdict(answers, &findings);
            assert_eq!(said.sentence, row.sentence, "row {at}");
        }
    }

    #[test]
    fn what_only_can_happen_is_told_as_that() {
        let predicted = |code| Finding { seen: None, ..finding(code) };
        let of = |codes: &[Code]| {
            let all: Vec<Finding> = codes.iter().map(|code| predicted(*code)).collect();
            verdict(Answers::default(), &all).is
        };
        assert_eq!(of(&[Code::PairClamps]), Is::Maybe);
        assert_eq!(of(&[Code::Fits]), Is::No);
        assert_eq!(of(&[Code::PairClamps, Code::Fits]), Is::Maybe);
        assert_eq!(of(&[Code::Tie]), Is::Unknown);
        // What was seen says more.
        let seen = [finding(Code::Tie), predicted(Code::PairClamps)];
        assert_eq!(verdict(Answers::default(), &seen).is, Is::No);
    }
}
