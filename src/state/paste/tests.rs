//! What a paste makes of a state, and what it says.

use super::*;
use crate::arith::{QType, quantize};
use crate::state::{Action, Change, Deriver, Entry, Session, Slot};

fn pasted(start: &str, text: &str) -> Session {
    let session = Session::open(start);
    let derived = Deriver::default().derive(&session.state);
    session.act(&derived, &Change::PasteWeights(pasted_weights(&session.state, text, None)).into())
}

#[test]
fn a_row_is_the_chosen_outputs() {
    let after = pasted("#/lab?output=4&w=4.0:1,2.3:7", "[127, -128, 5]");
    assert_eq!(after.problems.len(), 1);
    assert_eq!((after.state.experiment.inputs, after.state.experiment.outputs), (3, 10));
    assert_eq!(
        after.state.by_hand.weights,
        [((2, 3), 7), ((4, 0), 127), ((4, 1), -128), ((4, 2), 5)].into()
    );
    assert!(after.can_undo());
}

#[test]
fn a_matrix_is_the_whole_layer() {
    let after = pasted("#/lab?w=4.0:1", "tensor([[1, 2], [3, 4], [5, 6]], dtype=torch.int8)");
    assert_eq!((after.state.experiment.inputs, after.state.experiment.outputs), (2, 3));
    let codes: Vec<i8> = after.state.by_hand.weights.values().copied().collect();
    assert_eq!(codes, [1, 2, 3, 4, 5, 6]);
    assert_eq!(after.state.by_hand.weight_scale, None);
}

#[test]
fn real_weights_are_quantized_as_the_observer_would() {
    let after = pasted("", "[[0.5, -1.0], [0.25, 0.75]]");
    let scale = 1.0 / 127.5;
    assert_eq!(after.state.by_hand.weight_scale, Some(scale));
    let derived = Deriver::default().derive(&after.state);
    #[expect(clippy::cast_possible_truncation, reason = "codes of qint8 fit i8")]
    let expected: Vec<i8> = [0.5_f32, -1.0, 0.25, 0.75]
        .map(|w| quantize(w, QParams { scale, zero_point: 0 }, QType::QInt8.range()) as i8)
        .into();
    assert_eq!(derived.layer.weights, expected);
    assert_eq!(after.problems.len(), 1);
    let channels = pasted("#/lab?per_channel=1", "[[0.5, -1.0], [0.25, 0.75]]");
    assert_eq!(channels.state.by_hand.weight_scales.len(), 2);
    assert_eq!(channels.state.by_hand.weight_scales[&0], scale);
}

#[test]
fn a_quantized_print_brings_its_scale() {
    let after = pasted(
        "",
        "tensor([[ 0.2540, -0.0200]], size=(1, 2), dtype=torch.qint8,\n       quantization_scheme=torch.per_tensor_affine, scale=0.002, zero_point=0)",
    );
    assert_eq!(after.state.by_hand.weight_scale, Some(0.002));
    let codes: Vec<i8> = after.state.by_hand.weights.values().copied().collect();
    assert_eq!(codes, [127, -10]);
}

#[test]
fn what_cannot_be_pasted_changes_nothing_and_says_why() {
    for (text, word) in [
        ("hello", "Nothing was changed"),
        ("[1, 300]", "300 in row 1, column 2"),
        ("[1, ..., 3]", "set_printoptions"),
    ] {
        let after = pasted("#/lab?seed=7", text);
        let said = after.problems[0].to_string();
        assert!(said.contains(word), "{said}");
        assert_eq!(after.state, Session::open("#/lab?seed=7").state);
    }
    let wide = format!("[{}]", vec!["1"; 65].join(","));
    assert!(pasted("", &wide).problems[0].to_string().contains("64 inputs"));
}

fn paste_of(pasted: Result<PastedWeights, String>) -> Action {
    Change::PasteWeights(pasted).into()
}

fn typed(key: Key, text: impl ToString) -> Action {
    Change::Enter(Slot::Parameter(key), Entry::Typed(text.to_string())).into()
}

fn act(session: &Session, action: Action) -> Session {
    session.act(&Deriver::default().derive(&session.state), &action)
}

fn said(session: &Session) -> String {
    session.problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// A row of the layer's shape, as a person would print it.
fn row(session: &Session, output: usize) -> Vec<i8> {
    Deriver::default().derive(&session.state).layer.row(output).to_vec()
}

#[test]
fn a_square_matrix_can_be_turned_and_turned_back() {
    let rows = pasted("#/lab?output=1", "[[1, 2], [3, 4]]");
    assert_eq!((row(&rows, 0), row(&rows, 1)), (vec![1, 2], vec![3, 4]));
    assert!(said(&rows).contains("The matrix is square: below the field"), "{}", said(&rows));
    let both = rows.pasted.clone().expect("it can be read both ways");
    assert_eq!(both.reading(&rows.state), Some(Reading::Rows));
    // What has been changed meanwhile stays.
    let moved = act(&rows, typed(Key::Engine, "qnnpack"));
    let reading = Some(Reading::Columns);
    let turned = act(&moved, paste_of(pasted_weights(&moved.state, &both.text, reading)));
    assert_eq!((row(&turned, 0), row(&turned, 1)), (vec![1, 3], vec![2, 4]));
    assert_eq!((turned.state.arithmetic.engine.key(), turned.state.picture.output), ("qnnpack", 1));
    assert!(said(&turned).starts_with("Each column is an output: 2 outputs, 2 inputs."));
    let back = act(&turned, Action::Undo);
    let reading =
        |session: &Session| session.pasted.as_ref().and_then(|both| both.reading(&session.state));
    assert_eq!((reading(&turned), reading(&back)), (Some(Reading::Columns), Some(Reading::Rows)));
    // Other weights are no matrix that was pasted.
    let edited: Action =
        Change::Enter(Slot::Weight { output: 0, k: 0 }, Entry::Typed("9".into())).into();
    assert_eq!(reading(&act(&turned, edited)), None);
    for same in ["[[1, 2], [2, 1]]", "[1, 2]"] {
        let after = pasted("", same);
        assert!(after.pasted.is_none() && !said(&after).contains("below the field"), "{same}");
    }
}

#[test]
fn a_matrix_of_the_layers_shape_turned_is_read_so() {
    let matrix = |rows: usize, columns: usize| {
        let row = |row: usize| (0..columns).map(|k| (10 * row + k).to_string()).collect::<Vec<_>>();
        let rows: Vec<String> = (0..rows).map(|at| format!("[{}]", row(at).join(","))).collect();
        format!("[{}]", rows.join(","))
    };
    let turned = pasted("", &matrix(8, 10));
    assert_eq!((turned.state.experiment.inputs, turned.state.experiment.outputs), (8, 10));
    assert_eq!(row(&turned, 1), [1, 11, 21, 31, 41, 51, 61, 71]);
    assert_eq!(
        turned.problems[0].to_string(),
        "Each column is an output: 10 outputs, 8 inputs. These codes have the scale calibrated for the seed’s weights. Below the field, its rows can be the outputs instead."
    );
    for (rows, columns) in [(10, 8), (3, 10), (8, 8)] {
        let plain = pasted("", &matrix(rows, columns));
        assert_eq!(
            (plain.state.experiment.inputs, plain.state.experiment.outputs),
            (columns, rows)
        );
        assert_eq!(row(&plain, 1)[0], 10);
    }
    // A reading that was asked for is not judged.
    let session = Session::open("");
    let rows = pasted_weights(&session.state, &matrix(8, 10), Some(Reading::Rows));
    assert_eq!(row(&act(&session, paste_of(rows)), 1)[..2], [10, 11]);
}

#[test]
fn scales_of_columns_are_outputs() {
    let print = "tensor([[0.1, 0.4], [0.2, -0.4], [0.3, 0.8]], size=(3, 2), dtype=torch.qint8,\n quantization_scheme=torch.per_channel_affine, scale=tensor([0.1, 0.2]), zero_point=tensor([0, 1]), axis=1)";
    let after = pasted("", print);
    assert_eq!((row(&after, 0), row(&after, 1)), (vec![1, 2, 3], vec![3, -1, 5]));
    assert_eq!(after.state.by_hand.weight_scales, [(0, 0.1), (1, 0.2)].into());
    let how = "Each column is an output: 2 outputs, 3 inputs. Scales and zero points are the print’s. Weights are per channel now.";
    assert_eq!(said(&after), how);
}

#[test]
fn a_paste_says_whose_scales_are_used() {
    let print = "tensor([[0.2]], size=(1, 1), dtype=torch.qint8, quantization_scheme=torch.per_tensor_affine, scale=0.1, zero_point=3)";
    for (start, text, wanted) in [
        ("#/lab?inputs=2", "[1, 2]", "calibrated for the seed’s weights"),
        ("#/lab?inputs=2&w_scale=0.5", "[1, 2]", "have the scale that is set by hand, 0.5."),
        ("#/lab?per_channel=1&w_scales=2:0.5", "[1, 2]", "have the scales set by hand."),
        ("#/lab?per_channel=1&w_scales=1:0.5", "[[1, 2], [3, 4]]", "and the seed’s elsewhere."),
        ("", print, "are the print’s: 0.1 and 3. Every output has them now."),
        ("#/lab?outputs=1", print, "are the print’s: 0.1 and 3."),
        ("", "[1.0, -0.5]", "zero point 0.007843138 and 0. Every output has them now."),
        (
            "",
            "[1, 2, 3]",
            "The layer has 3 inputs now: where the other outputs have no weights by hand, they",
        ),
    ] {
        let after = pasted(start, text);
        assert!(said(&after).contains(wanted), "{text}: {}", said(&after));
        assert_eq!(after.problems.len(), 1, "{text}");
    }
}

#[test]
fn a_rows_own_scale_leaves_the_other_outputs_theirs() {
    let start = "#/lab?per_channel=1&output=2&w_scales=0:0.5,2:0.25&w_zps=0:7";
    for text in [
        "[1.0, -0.5]",
        "tensor([[1.0, -0.5]], size=(1, 2), dtype=torch.qint8, quantization_scheme=torch.per_tensor_affine, scale=0.007843138, zero_point=0)",
    ] {
        let after = pasted(start, text).state;
        assert_eq!(after.by_hand.weight_scales, [(0, 0.5), (2, 1.0 / 127.5)].into(), "{text}");
        assert_eq!(after.by_hand.weight_zero_points, [(0, 7), (2, 0)].into(), "{text}");
        assert_eq!(after.by_hand.weight_scale, None);
    }
}

#[test]
fn real_weights_beyond_the_pages_scales_keep_their_values_or_are_refused() {
    // The observer's scale would be 2⁻²³; the page's least is a millionth.
    let small = pasted("", "[[0.00001, -0.00002], [0.0, 0.00001]]");
    assert_eq!(small.state.by_hand.weight_scale, Some(1e-6));
    assert_eq!((row(&small, 0), row(&small, 1)), (vec![10, -20], vec![0, 10]));
    assert_eq!(small.problems.len(), 1, "{}", said(&small));
    let print = "tensor([[1e-8, 2e-8]], size=(1, 2), dtype=torch.qint8, quantization_scheme=torch.per_tensor_affine, scale=1e-9, zero_point=0)";
    let beyond = pasted("", print);
    assert_eq!(row(&beyond, 2), [10, 20]);
    assert!(said(&beyond).contains("w_scale: 0.000000001 is out of range; 0.000001 is used."));
    assert!(
        said(&beyond).contains("The codes are those of the print’s scale, which the page has not.")
    );
    let large = pasted("", "[[1.0, 1e39]]");
    assert_eq!(
        said(&large),
        "Nothing was changed: 1e39 in row 1, column 2 is too large for float32."
    );
}

#[test]
fn what_is_locked_is_not_half_pasted() {
    let start = "#/lab?lock=inputs";
    let refused = pasted(start, "[1, 2, 3]");
    assert_eq!(refused.state, Session::open(start).state);
    assert!(said(&refused).contains("“inputs” cannot be changed here"), "{}", said(&refused));
    assert_eq!(row(&pasted(start, "[1, 2, 3, 4, 5, 6, 7, 8]"), 2)[..2], [1, 2]);
}

#[test]
fn a_row_keeps_to_its_output_when_the_layer_shrinks_and_grows() {
    let outputs = |session: &Session, outputs: usize| act(session, typed(Key::Outputs, outputs));
    let codes = vec![127, -100, 127, -100, 5, 6, 7, 8];
    let own = pasted("#/lab?output=4", &format!("{codes:?}"));
    let fewer = outputs(&outputs(&own, 5), 4);
    assert_eq!(
        (fewer.state.picture.output, fewer.state.by_hand.weights.clone()),
        (3, own.state.by_hand.weights.clone())
    );
    let told = "Output 4 is not in the layer now; its weights by hand come back with it. Output 3 is shown, with the seed’s weights.";
    assert_eq!(said(&fewer), told);
    // A drag goes on, and the cursor may move.
    let one = act(&outputs(&fewer, 1), typed(Key::At, 1));
    assert_eq!(one.state.picture.output, 0);
    let again = outputs(&one, 10);
    assert_eq!((again.state.picture.output, row(&again, 4)), (4, codes.clone()));
    assert_eq!(again.problems, []);
    // Who chooses another output meanwhile stays with it, and so does who takes a step back.
    let chosen = outputs(&act(&fewer, typed(Key::Output, 1)), 10);
    assert_eq!(chosen.state.picture.output, 1);
    let back = act(&act(&fewer, Action::Undo), typed(Key::Output, 2));
    assert_eq!(act(&back, typed(Key::At, 1)).state.picture.output, 2);
    // A link says nothing of weights that wait: it always opened so.
    assert_eq!(Session::open("#/lab?outputs=2&w=4.0:1").problems, []);
}
