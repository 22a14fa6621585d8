//! The ten steps.

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
        text: &[
            "A forum thread asks: “Is there anything wrong with the quantization math?” (Here it is *the thread*.) A layer has {inputs} inputs and {outputs} outputs, 8-bit weights and no bias. All inputs get the same value x, swept from {from} to {to}. Then every output is *x times the sum of its weights*: a straight ramp, clamped at both ends.",
            "Output 3 does that. Output 0, above, turns round at x = {0.kink1.x}. Output 4 becomes steeper at x = {4.kink1.x} and shallower at x = {4.kink2.x}. Nothing jumps.",
            "The answer in short: FBGEMM is PyTorch’s int8 library for x86 CPUs. With AVX2, the vector instructions of nearly all of them, it adds the products *two by two in 16 bits*, and a pair that does not fit stays at the end of the range. On CPUs with AVX-512 VNNI it adds a layer like this one in 32 bits.",
        ],
        figure: StepFigure::Mystery,
        controls: &[],
        questions: &[],
    },
    Step {
        key: "codes",
        title: "From a real number to a code",
        link: "at=2&x_scale=0.025&x_zp=120",
        draws: &[Draw { name: "ask", usual: 13, low: 3, high: 29, per: 10 }],
        text: &[
            "The layer never sees x. It sees a *code*: x divided by the *scale*, rounded, plus the *zero point*, clamped to 0 … 255. With scale {x_scale} and zero point {x_zp}, rounder numbers than those of step 1, x = {cursor.x} becomes code {cursor.code}.",
            "Calibration usually chooses the two, so that the inputs it has seen use all 256 codes. An input beyond them gets code 0 or 255, and the output stays where it is: that is why a ramp ends flat. It is a clamp, not a kink.",
        ],
        figure: StepFigure::Codes,
        controls: &[Key::At, Key::InputScale, Key::InputZeroPoint],
        questions: &[Question {
            key: "code",
            prompt: "With scale {x_scale} and zero point {x_zp}: which code does x = [ask] become?",
            kind: QuestionKind::Number("cursor.code"),
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
            "A code is 0 … 255, a weight −128 … 127. One product always fits 16 bits. But the instruction `vpmaddubsw` does more than multiply: it adds *two neighbouring products*, and keeps 16 bits of the sum. Two products can need 17. Only then are all pairs added up, in 32 bits, where there is room; and only after that is the zero point subtracted. So the loss comes first, and nothing later can undo it.",
            "Move the input code and watch the pair: its sum grows by {pair_sum} for each code. Up to 32767 it fits. Beyond, the pair stays at 32767, and what does not fit is lost.",
        ],
        figure: StepFigure::Pairs,
        controls: &[Key::At],
        questions: &[Question {
            key: "safe",
            prompt: "Both inputs have the same code, and the weights are {w0} and {w1}. What is the largest code at which the pair still fits?",
            kind: QuestionKind::Number("kink1.safe"),
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
            "So from some code on, the pair adds the same number whatever x is. What does that do to the curve, and what would wrapping do?",
        ],
        figure: StepFigure::Ramp,
        controls: &[Key::At],
        questions: &[
            Question {
                key: "bend",
                prompt: "The figure shows the exact ramp of a pair with weights {w0} and {w1}. Put the cursor on the first code at which FBGEMM on AVX2 will lose a part of the sum.",
                kind: QuestionKind::Cursor("kink1.code"),
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
            "The slope of a ramp is the sum of all weights. From its kink on, a saturated pair adds a constant, so *its two weights drop out of the slope*. What is left decides what you see.",
            "Nothing left: the ramp is *flat*. Less than before: *shallower*. The other sign: *turned*, it goes back. And where the lost pair was holding the others back, *steeper*. The layer of step 1 has all but the flat one.",
        ],
        figure: StepFigure::Ramp,
        controls: &[Key::At],
        questions: &[Question {
            key: "effect",
            prompt: "The weights are {w0} and {w1}, and six times {w2}. The first pair will saturate. What will the ramp do then?",
            kind: QuestionKind::Choice(EFFECTS, Right::Fact("kink1.effect")),
            reveal: "engine=fbgemm_avx2",
            why: "The pair leaves 16 bits at code {kink1.code}, the first above 32767 ÷ {pair_sum}. Before it the slope is {kink1.before} for each code; without {w0} and {w1} it is {kink1.after}: {kink1.effect}.",
        }],
    },
    Step {
        key: "suspects",
        title: "The suspects",
        link: "at=2.5&overlay=pair_wraps,products_15_bit,running_16_bit",
        draws: &[],
        text: &[
            "The thread guesses well, and each guess can be run. *The sum wraps around*: of the {points} points of this experiment it gets {wrong.pair_wraps} wrong. *Each product keeps 15 bits*: {wrong.products_15_bit} wrong. *One 16-bit sum, saturating as it goes*: {wrong.running_16_bit} wrong. No overflow at all: {wrong.fbgemm_vnni} wrong.",
            "*Pairs that saturate*: {wrong.fbgemm_avx2} wrong. The dashed lines are the guesses, the bold one is what the real library gives. It is the only theory that gets every recorded point, and the page Suspects lets you test it, or your own.",
        ],
        figure: StepFigure::RampAndAll,
        controls: &[Key::Output, Key::At],
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
            "*One* input is always right: a single product fits. *Two* are enough for a kink. With *three*, the third has no neighbour: it is paired with nothing and never saturates.",
            "More inputs do not mean more kinks. Only neighbours count, (0, 1), (2, 3) and so on, and neighbours of opposite sign cancel before anything overflows. The largest code is 255: how much may two weights add up to?",
        ],
        figure: StepFigure::Ramp,
        controls: &[Key::At],
        questions: &[Question {
            key: "which",
            prompt: "Which of these pairs can saturate when all inputs are equal?",
            kind: QuestionKind::Pairs,
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
            "`reduce_range` makes the observers use codes 0 … 127 instead of 0 … 255. Two weights of 127 at code 127 give 127 · 254 = 32258, which fits: *inside the calibrated range no pair can saturate*. The price: half as many codes, so that each step is twice as large.",
            "But it is the observer that stops at 127. Eager PyTorch, which runs a converted model operator by operator, clamps codes to 0 … 255 all the same. This is another layer, with {inputs} inputs; it was calibrated on inputs from {x_min} to {x_max}, and the sweep goes from {from} to {to}.",
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
            "On x86, QNNPACK, TensorFlow Lite, XNNPACK and, for a linear layer with AVX-512 VNNI, FBGEMM add in 32 bits: no pair saturates, and no ramp has a kink. They still do not agree in every number, since each rounds in its own way when it rescales the sum to 8 bits.",
            "That is how to tell the two apart: *a rounding difference moves single points and has no kink; a saturation error bends the ramp and grows*. The thread’s author tries a bit shift instead of a multiplication, that is the nearest power of two: it changes every slope, by up to a factor of √2, and bends none.",
        ],
        figure: StepFigure::Ramp,
        controls: &[Key::Engine, Key::At],
        questions: &[Question {
            key: "rounding",
            prompt: "TensorFlow Lite with ruy, its matrix library, against FBGEMM with VNNI, on this output: by how many codes do they differ at most?",
            kind: QuestionKind::Number("rounding"),
            reveal: "engine=tflite_ruy",
            why: "By {rounding}, at single codes: look at the strip below the ramp.",
        }],
    },
    Step {
        key: "fixes",
        title: "What to do about it",
        link: "",
        draws: &[],
        text: &[
            "If your numbers differ between CPUs and the ones with VNNI look right, this is a likely cause, and you have a choice. Each way out in the list is run on the thread’s layer as you read; open one in the Lab to try it on yours.",
            "Where to begin: `reduce_range`, with a calibration as wide as the real inputs, is one line. Where inputs can go beyond it, take 7-bit weights or an engine whose sum is exact.",
            "Whatever you choose: check it with inputs as large as those of your users, not only with those of the calibration.",
        ],
        figure: StepFigure::Fixes,
        controls: &[],
        questions: &[],
    },
];
