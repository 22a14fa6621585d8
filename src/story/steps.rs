//! The ten steps: what is asked about the scenes. Those without questions are addresses from before there
//! were scenes.

use super::form::{Draw, Question, QuestionKind, Right, Step, StepFigure};
use crate::state::Key;

const fn draw(name: &'static str, usual: i32, low: i32, high: i32) -> Draw {
    Draw { name, usual, low, high, per: 1 }
}

const EFFECTS: &[(&str, &str)] = &[
    ("flat", "flat: it stops rising"),
    ("shallower", "shallower: it goes on the same way, less steeply"),
    ("turned", "turned: it goes the other way"),
    ("steeper", "steeper: it goes on the same way, more steeply"),
];

/// The story.
pub static STEPS: &[Step] = &[
    Step {
        key: "mystery",
        title: "A ramp that should be straight",
        link: "",
        draws: &[],
        text: &[],
        figure: StepFigure::Scene,
        controls: &[],
        questions: &[],
    },
    Step {
        key: "codes",
        title: "From a real number to a code",
        link: "at=2&x_scale=0.025&x_zp=120",
        draws: &[Draw { name: "ask", usual: 13, low: 3, high: 29, per: 10 }],
        text: &[
            "x divided by the *scale*, rounded, plus the *zero point*, clamped to 0 … 255: that is its code. With scale {x_scale} and zero point {x_zp}, x = {cursor.x} becomes code {cursor.code}. Beyond 0 … 255 the code stays, so a ramp ends flat: that is a clamp, not a kink.",
        ],
        figure: StepFigure::Codes,
        controls: &[Key::At, Key::InputScale, Key::InputZeroPoint],
        questions: &[Question {
            key: "code",
            prompt: "With scale {x_scale} and zero point {x_zp}: which code does x = [ask] become?",
            kind: QuestionKind::Number("cursor.code"),
            hint: "Divide first: x ÷ {x_scale}. Round to a whole number, then add {x_zp}.",
            reveal: "at=[ask]&x_scale=0.025&x_zp=120",
            why: "{cursor.x} ÷ {x_scale} + {x_zp} is code {cursor.code}.",
        }],
    },
    Step {
        key: "pair",
        title: "Eight bits times eight bits, and the pair",
        link: "inputs=2&outputs=1&output=0&w=0.0:[a]_[b]&x_scale=1&x_zp=0&w_scale=1&y_scale=254&y_zp=0&from=0&to=255&at=100",
        draws: &[draw("a", 127, 96, 127), draw("b", 127, 80, 120)],
        text: &[
            "A code is 0 … 255, a weight −128 … 127, and one product always fits 16 bits. The instruction `vpmaddubsw` adds *two neighbouring products* and keeps 16 bits of the sum, and two can need 17. This pair grows by {pair_sum} for each code. Only afterwards are all pairs added in 32 bits, and the zero point is taken off: nothing later can undo the loss.",
        ],
        figure: StepFigure::Pairs,
        controls: &[Key::At],
        questions: &[Question {
            key: "safe",
            prompt: "Both inputs have the same code, and the weights are {w0} and {w1}. What is the largest code at which the pair still fits?",
            kind: QuestionKind::Number("kink1.safe"),
            hint: "At code c the pair is c · {pair_sum}. How often does {pair_sum} go into 32767?",
            reveal: "at=255",
            why: "32767 ÷ {pair_sum} lies between {kink1.safe} and {kink1.code}: from code {kink1.code} on the pair is saturated. At code {cursor.code} it should be {cursor.exact}, and {cursor.lost} of it is lost.",
        }],
    },
    Step {
        key: "saturate",
        title: "Saturating is not wrapping",
        link: "inputs=2&outputs=1&output=0&w=0.0:[a]_[b]&x_scale=1&x_zp=0&w_scale=1&y_scale=400&y_zp=90&from=0&to=255&at=60&engine=fbgemm_vnni",
        draws: &[draw("a", 100, 80, 127), draw("b", 90, 60, 120)],
        text: &[
            "Overflow usually *wraps around*: 32767 + 1 becomes −32768. `vpmaddubsw` *saturates* instead: a sum that does not fit becomes the nearest number that does.",
        ],
        figure: StepFigure::Ramp,
        controls: &[Key::At],
        questions: &[
            Question {
                key: "bend",
                prompt: "The figure shows the exact ramp of a pair with weights {w0} and {w1}. Put the cursor on the first code at which FBGEMM on AVX2 will lose a part of the sum.",
                kind: QuestionKind::Cursor("kink1.code"),
                hint: "The pair grows by {pair_sum} for each code. The first code that takes it beyond 32767 is wanted.",
                reveal: "engine=fbgemm_avx2",
                why: "The sum is off from code {kink1.code} on, the first one at which code · {pair_sum} is more than 32767. Up to there the two agree, and from there on the pair stays at its limit: nothing jumps, the curve is in one piece, and only its slope changes. That is where the overflow is, and why the plot is continuous.",
            },
            Question {
                key: "wrap",
                prompt: "And if the pair wrapped around instead, what would the ramp do there?",
                kind: QuestionKind::Choice(
                    &[
                        ("bend", "bend, as with saturation"),
                        ("jump", "jump down, and go on rising as before"),
                        ("straight", "stay straight"),
                    ],
                    Right::Key("jump"),
                ),
                hint: "Past 32767 a wrapped sum goes on at −32768: where does that put the next point?",
                reveal: "engine=fbgemm_avx2&overlay=pair_wraps",
                why: "The dashed line is the same pair wrapping around: it jumps, and the slope after the jump is the old one. None of the thread’s plots jumps.",
            },
        ],
    },
    Step {
        key: "slope",
        title: "What a saturated pair does to the slope",
        link: "inputs=8&outputs=1&output=0&w=0.0:[a]_[b]_[c]_[c]_[c]_[c]_[c]_[c]&x_scale=1&x_zp=0&w_scale=1&y_scale=640&y_zp=100&plot=accumulator&from=0&to=255&at=60&engine=fbgemm_vnni",
        draws: &[draw("a", 100, 90, 120), draw("b", 80, 70, 100), draw("c", -20, -62, 30)],
        text: &[
            "The slope of a ramp is the sum of all weights. A saturated pair adds a constant, so *its two weights drop out of the slope*. Nothing left: *flat*. Less than before: *shallower*. The other sign: *turned*. And where the lost pair was holding the others back, *steeper*.",
        ],
        figure: StepFigure::Ramp,
        controls: &[Key::At],
        questions: &[Question {
            key: "effect",
            prompt: "The weights are {w0} and {w1}, and six times {w2}. The first pair will saturate. What will the ramp do then?",
            kind: QuestionKind::Choice(EFFECTS, Right::Fact("kink1.effect")),
            hint: "Take the two weights of the first pair out of the sum of all, and compare what is left with the sum before: smaller, of the other sign, larger, or nothing?",
            reveal: "engine=fbgemm_avx2",
            why: "The pair leaves 16 bits at code {kink1.code}, the first above 32767 ÷ {pair_sum}. Before it the slope is {kink1.before} for each code; without {w0} and {w1} it is {kink1.after}: {kink1.effect}.",
        }],
    },
    Step {
        key: "suspects",
        title: "The suspects",
        link: "at=2.5&overlay=pair_wraps,products_15_bit,running_16_bit",
        draws: &[],
        text: &[],
        figure: StepFigure::Scene,
        controls: &[],
        questions: &[],
    },
    Step {
        key: "pairs",
        title: "One input, two, three",
        link: "inputs=8&outputs=1&output=0&w=0.0:[a]_[b]_[c]_[d]_[e]_[f]_[g]_[h]&x_scale=1&x_zp=0&w_scale=1&y_scale=600&y_zp=60&plot=accumulator&from=0&to=255&at=100&engine=fbgemm_vnni",
        draws: &[
            draw("a", 127, 60, 127),
            draw("b", -100, -60, 110),
            draw("c", 90, 70, 127),
            draw("d", 80, 62, 127),
            draw("e", -70, -128, -40),
            draw("f", -66, -110, -30),
            draw("g", 64, 10, 64),
            draw("h", 60, 10, 64),
        ],
        text: &[
            "*One* input is always right: a single product fits. *Two* are enough for a kink. Only neighbours count, (0, 1), (2, 3) and so on, those of opposite sign cancel, and a last one without a neighbour never saturates. The largest code is 255: how much may two weights add up to?",
        ],
        figure: StepFigure::Ramp,
        controls: &[Key::At],
        questions: &[Question {
            key: "which",
            prompt: "Which of these pairs can saturate when all inputs are equal?",
            kind: QuestionKind::Pairs,
            hint: "At the largest code, 255, a pair fits as long as 255 times its sum fits 16 bits. Add up each pair.",
            reveal: "engine=fbgemm_avx2",
            why: "32767 ÷ 255 is 128.5, so a pair can saturate only if its two weights add up to 129 or more, or to −129 or less. The ramp has {kinks} kinks. The first is at code {kink1.code}: there the pair with the weights {kink1.w0} and {kink1.w1} reaches the end of 16 bits.",
        }],
    },
    Step {
        key: "reduce_range",
        title: "What reduce_range does, and what it does not",
        link: "inputs=10&output=7&gain=0.25&reduce_range=1&engine=fbgemm_vnni&at=2",
        draws: &[],
        text: &[
            "`reduce_range` makes the observers use codes 0 … 127. Two weights of 127 at code 127 give 32258, which fits: *inside the calibrated range no pair can saturate*. But eager PyTorch, which runs a converted model operator by operator, clamps codes to 0 … 255 all the same. This layer of {inputs} inputs was calibrated from {x_min} to {x_max}, and the sweep goes from {from} to {to}.",
        ],
        figure: StepFigure::Ramp,
        controls: &[Key::At, Key::CalibrationGain],
        questions: &[Question {
            key: "beyond",
            prompt: "reduce_range is on. What does FBGEMM on AVX2 do over this sweep?",
            kind: QuestionKind::Choice(
                &[
                    ("straight", "straight everywhere"),
                    ("beyond", "straight inside the calibrated range, bent beyond"),
                    ("everywhere", "bent inside the calibrated range too"),
                ],
                Right::Key("beyond"),
            ),
            hint: "The observer stops at code 127; does the clamp of a code in eager PyTorch?",
            reveal: "engine=fbgemm_avx2",
            why: "Inputs beyond {x_max} get codes above 127, and the first kink is at code {kink1.code}, x = {kink1.x}. Fake-quantize and PT2E clamp to 127 and stay straight.",
        }],
    },
    Step {
        key: "engines",
        title: "Other engines, other roundings",
        link: "engine=fbgemm_vnni",
        draws: &[],
        text: &[
            "QNNPACK, TensorFlow Lite, XNNPACK and, for a linear layer with AVX-512 VNNI, FBGEMM add in 32 bits on x86: no ramp of theirs has a kink. They round differently when they rescale the sum: *a rounding difference moves single points, a saturation error bends the ramp and grows*.",
        ],
        figure: StepFigure::Ramp,
        controls: &[Key::Engine, Key::At],
        questions: &[Question {
            key: "rounding",
            prompt: "TensorFlow Lite with ruy, its matrix library, against FBGEMM with VNNI, on this output: by how many codes do they differ at most?",
            kind: QuestionKind::Number("rounding"),
            hint: "Each sum is the same in both. Only the last step differs, and it is rounded to a whole code.",
            reveal: "engine=tflite_ruy",
            why: "By {rounding}, at single codes: look at the strip below the ramp.",
        }],
    },
    Step {
        key: "fixes",
        title: "What to do about it",
        link: "",
        draws: &[],
        text: &[],
        figure: StepFigure::Scene,
        controls: &[],
        questions: &[],
    },
];
