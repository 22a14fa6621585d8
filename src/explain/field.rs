//! [`Field`]: what a draft has fields for, as a table.

/// A field of a draft: its key in a link, and its name for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    /// What is computed.
    Operator,
    /// The codes of A.
    A,
    /// Their type.
    AType,
    /// Their zero point.
    AZeroPoint,
    /// Their scale.
    AScale,
    /// The codes of B.
    B,
    /// Their type.
    BType,
    /// Their zero point.
    BZeroPoint,
    /// Their scale.
    BScale,
    /// Sums in place of A and B.
    Sums,
    /// What the outputs are in B.
    Layout,
    /// Rows and columns of a convolution's kernel.
    Kernel,
    /// A bias.
    Bias,
    /// Whether a relu follows.
    Relu,
    /// The type of the output.
    OutputType,
    /// Its zero point.
    OutputZeroPoint,
    /// Its scale.
    OutputScale,
    /// What was seen on one machine.
    Seen1,
    /// Which machine.
    Label1,
    /// What was seen on another one.
    Seen2,
    /// Which machine.
    Label2,
    /// What was computed by hand, or expected.
    Seen3,
    /// Who computed or expects it.
    Label3,
    /// The six questions.
    WhoIsWrong,
    /// How large the difference is.
    HowLarge,
    /// A product or element by element.
    Kind,
    /// Whether float16 is part of it.
    Float16,
    /// With what it is compared.
    ComparedWith,
    /// Whether one CPU differs from itself.
    OneCpu,
}

/// What a field takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// Numbers: one, a row, a matrix.
    Numbers,
    /// One of these, a key and a name each; the first is to say nothing.
    Choice(&'static [(&'static str, &'static str)]),
    /// A word or two.
    Words,
}

type Choices = &'static [(&'static str, &'static str)];

const TYPE: Choices = &[("", "either, as it fits"), ("u8", "u8"), ("s8", "s8")];
const UNKNOWN: (&str, &str) = ("", "not known");
pub(super) const COUNT: usize = 29;

#[rustfmt::skip]
const ROWS: [(Field, &str, &str, FieldKind); COUNT] = [
    row(Field::Operator, "op", "operator", &[("", "a product: Linear, MatMul, Conv"), ("quantize", "quantizing of real values"), ("add", "an addition"), ("sigmoid", "a sigmoid")]),
    numbers(Field::A, "a", "A, or x"),
    row(Field::AType, "at", "type of A", TYPE),
    numbers(Field::AZeroPoint, "az", "zero point of A"),
    numbers(Field::AScale, "as", "scale of A"),
    numbers(Field::B, "b", "B, or w"),
    row(Field::BType, "bt", "type of B", TYPE),
    numbers(Field::BZeroPoint, "bz", "zero point of B"),
    numbers(Field::BScale, "bs", "scale of B"),
    numbers(Field::Sums, "sums", "sums, in place of A and B"),
    row(Field::Layout, "of", "outputs are B’s", &[("", "rows or columns, as it fits"), ("rows", "rows: a layer’s weights"), ("columns", "columns: a MatMul")]),
    numbers(Field::Kernel, "k", "kernel of a convolution: rows, columns"),
    numbers(Field::Bias, "bias", "bias"),
    row(Field::Relu, "relu", "relu", &[("", "no"), ("yes", "yes")]),
    row(Field::OutputType, "yt", "type of the output", TYPE),
    numbers(Field::OutputZeroPoint, "yz", "zero point of the output"),
    numbers(Field::OutputScale, "ys", "scale of the output"),
    numbers(Field::Seen1, "seen", "seen"),
    (Field::Label1, "m", "where it was seen", FieldKind::Words),
    numbers(Field::Seen2, "seen2", "seen on machine 2"),
    (Field::Label2, "m2", "where that was seen", FieldKind::Words),
    numbers(Field::Seen3, "hand", "expected, or by hand"),
    (Field::Label3, "m3", "who expects it", FieldKind::Words),
    row(Field::WhoIsWrong, "who", "Which CPU gives the wrong number? AVX-VNNI (Alder Lake …) is not AVX-512 VNNI.", &[UNKNOWN, ("withoutVnni", "one without AVX-512 VNNI"), ("withVnni", "one with AVX-512 VNNI"), ("both", "both"), ("arm", "ARM64")]),
    row(Field::HowLarge, "large", "How large is the difference?", &[UNKNOWN, ("one", "1"), ("multiple256", "a multiple of 256"), ("clamp", "one is an end of the range"), ("thousands", "thousands"), ("other", "something else")]),
    row(Field::Kind, "kind", "What is computed?", &[UNKNOWN, ("product", "a product: MatMul, Conv, Linear"), ("elementwise", "element by element")]),
    row(Field::Float16, "half", "Is float16 part of it?", &[UNKNOWN, ("no", "no"), ("yes", "yes")]),
    row(Field::ComparedWith, "with", "What is it compared with?", &[UNKNOWN, ("otherCpu", "another CPU"), ("otherLibrary", "another library"), ("ownReference", "my own computation")]),
    row(Field::OneCpu, "self", "Does one CPU differ from itself?", &[UNKNOWN, ("same", "no"), ("oneRowAgainstSeveral", "one row against several"), ("placeInTensor", "place against place")]),
];

const fn row(
    field: Field,
    key: &'static str,
    name: &'static str,
    choices: Choices,
) -> (Field, &'static str, &'static str, FieldKind) {
    (field, key, name, FieldKind::Choice(choices))
}

const fn numbers(
    field: Field,
    key: &'static str,
    name: &'static str,
) -> (Field, &'static str, &'static str, FieldKind) {
    (field, key, name, FieldKind::Numbers)
}

impl Field {
    /// What was seen, each with where.
    pub const SEEN: [[Field; 2]; 3] = [
        [Field::Seen1, Field::Label1],
        [Field::Seen2, Field::Label2],
        [Field::Seen3, Field::Label3],
    ];
    /// The fields of the six questions.
    pub const QUESTIONS: [Field; 6] = [
        Field::WhoIsWrong,
        Field::HowLarge,
        Field::Kind,
        Field::Float16,
        Field::ComparedWith,
        Field::OneCpu,
    ];

    /// Every field.
    pub fn all() -> impl Iterator<Item = Field> {
        ROWS.iter().map(|row| row.0)
    }

    /// The key of a link, for ever.
    pub const fn key(self) -> &'static str {
        ROWS[self as usize].1
    }

    /// The name for people.
    pub const fn name(self) -> &'static str {
        ROWS[self as usize].2
    }

    /// What it takes.
    pub const fn kind(self) -> FieldKind {
        ROWS[self as usize].3
    }
}

// The table is read by index.
const _: () = {
    let mut at = 0;
    while at < COUNT {
        assert!(ROWS[at].0 as usize == at);
        at += 1;
    }
};

/// Public reports to begin with: a name, and the draft as a link has it.
pub const EXAMPLES: [(&str, &str); 3] = [
    ("32767 in place of 64770", "a=255, 255;at=u8;b=127, 127;bt=s8;seen=32767;hand=64770"),
    (
        "MatMulInteger is not NumPy",
        "a=238, 115, 94\\n245, 111, 102\\n158, 225, 48;at=u8;az=42;b=25, 36, 125\\n42, -123, 76\\n-81, -86, 35;bt=s8;bz=-26;of=columns;seen=12100, 1951, 34491\\n11745, 2293, 35057\\n18030, -10919, 32465;hand=12100, 1951, 40214\\n11745, 2293, 41351\\n18030, -10919, 36548",
    ),
    (
        "a convolution gives 0",
        "a=3, 9, 30, 14, 4, 22, 11, 7, 5;at=u8;as=1;b=17, 21, -59, -4, -10, -31, 2, -3, 59;bt=s8;bs=1;yt=u8;ys=32;seen=0;hand=-2016",
    ),
];
