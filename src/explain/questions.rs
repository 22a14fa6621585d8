//! [`Answers`]: six questions that tell what kind of difference it is. Every answer may be left out.

use serde::{Deserialize, Serialize};

/// A question with its stable key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Question {
    /// Which CPU is wrong?
    WhoIsWrong,
    /// By how much?
    HowLarge,
    /// Is it a product, or element by element?
    Kind,
    /// Is float16 part of it?
    Float16,
    /// What is it compared with?
    ComparedWith,
    /// Is it the same on one CPU, with one row and with several?
    OneCpu,
}

/// What is known of a case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Answers {
    /// Which CPU is wrong.
    pub who_is_wrong: Option<WhoIsWrong>,
    /// By how much.
    pub how_large: Option<HowLarge>,
    /// A product, or element by element.
    pub kind: Option<Kind>,
    /// Whether float16 is part of it.
    pub float16: Option<bool>,
    /// What it is compared with.
    pub compared_with: Option<ComparedWith>,
    /// Whether one CPU differs from itself.
    pub one_cpu: Option<OneCpu>,
}

/// Which CPU is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum WhoIsWrong {
    /// One without AVX-512 VNNI; one with it is right.
    WithoutVnni,
    /// One with AVX-512 VNNI; one without is right. AVX-VNNI by itself is not meant: FBGEMM does not use it.
    WithVnni,
    /// Both.
    Both,
    /// ARM64; x86 is right.
    Arm,
}

/// By how much the numbers differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum HowLarge {
    /// By 1.
    One,
    /// By a multiple of 256.
    Multiple256,
    /// One of them is an end of the output's range.
    Clamp,
    /// By thousands.
    Thousands,
    /// By something else.
    Other,
}

/// What kind of operator it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Kind {
    /// A matrix product or a convolution.
    Product,
    /// Element by element: an addition, a sigmoid, a quantization.
    Elementwise,
}

/// What a result is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ComparedWith {
    /// The same library on another CPU.
    OtherCpu,
    /// Another library.
    OtherLibrary,
    /// A computation of one's own.
    OwnReference,
}

/// How one CPU differs from itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum OneCpu {
    /// One row gives another result than the same row among several.
    OneRowAgainstSeveral,
    /// Equal inputs give other results at other places of a tensor.
    PlaceInTensor,
    /// It gives the same every time; other CPUs differ.
    Same,
}

impl Question {
    /// Every question, in their order.
    pub const ALL: [Question; 6] = [
        Question::WhoIsWrong,
        Question::HowLarge,
        Question::Kind,
        Question::Float16,
        Question::ComparedWith,
        Question::OneCpu,
    ];

    /// The question.
    pub const fn text(self) -> &'static str {
        match self {
            Question::WhoIsWrong => {
                "Which CPU gives the wrong number: one with AVX-512 VNNI, or one without?"
            }
            Question::HowLarge => {
                "How large is the difference: 1, a multiple of 256, an end of the range, thousands?"
            }
            Question::Kind => "Is it a product (MatMul, Conv, Linear), or element by element?",
            Question::Float16 => "Is float16 part of it?",
            Question::ComparedWith => {
                "What is it compared with: another CPU, another library, a computation of your own?"
            }
            Question::OneCpu => {
                "Does one CPU differ from itself: one row against several, or place against place?"
            }
        }
    }
}

impl Answers {
    /// These, and where one is left out the other's.
    pub fn or(self, other: Answers) -> Answers {
        Answers {
            who_is_wrong: self.who_is_wrong.or(other.who_is_wrong),
            how_large: self.how_large.or(other.how_large),
            kind: self.kind.or(other.kind),
            float16: self.float16.or(other.float16),
            compared_with: self.compared_with.or(other.compared_with),
            one_cpu: self.one_cpu.or(other.one_cpu),
        }
    }

    /// Questions without an answer.
    pub fn open(self) -> impl Iterator<Item = Question> {
        Question::ALL.into_iter().filter(move |question| match question {
            Question::WhoIsWrong => self.who_is_wrong.is_none(),
            Question::HowLarge => self.how_large.is_none(),
            Question::Kind => self.kind.is_none(),
            Question::Float16 => self.float16.is_none(),
            Question::ComparedWith => self.compared_with.is_none(),
            Question::OneCpu => self.one_cpu.is_none(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_persons_answer_stands_before_one_that_follows() {
        let said = Answers { how_large: Some(HowLarge::One), ..Answers::default() };
        let found = Answers {
            how_large: Some(HowLarge::Thousands),
            kind: Some(Kind::Product),
            ..Answers::default()
        };
        let both = said.or(found);
        assert_eq!((both.how_large, both.kind), (Some(HowLarge::One), Some(Kind::Product)));
        let open: Vec<Question> = both.open().collect();
        assert_eq!(open.len(), 4);
        assert!(!open.contains(&Question::HowLarge) && !open.contains(&Question::Kind));
        assert_eq!(Answers::default().open().count(), 6);
    }
}
