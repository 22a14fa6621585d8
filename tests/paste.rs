//! Pasted numbers: every form is read to the last digit, and no text is a panic.

mod properties;

use properties::holds;
use proptest::collection::vec;
use proptest::prelude::*;
use rampscope::paste::{
    Entry, Kind, MOST_BYTES, MOST_NUMBERS, Note, PasteError, Pasted, Place, Quantization, read,
};

#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

macro_rules! print {
    ($name:literal) => {
        include_str!(concat!("prints/", $name, ".txt"))
    };
}

/// What `text` holds when nothing but its numbers is to be kept.
fn plain(text: &str) -> (Vec<Vec<f64>>, Kind) {
    let Pasted { rows, kind, quantization, notes } =
        read(text).unwrap_or_else(|error| panic!("{text}\n{error}"));
    assert_eq!((quantization, notes), (None, vec![]), "{text}");
    (rows, kind)
}

fn error(text: &str) -> PasteError {
    match read(text) {
        Ok(pasted) => panic!("{text}\nwas read as {pasted:?}"),
        Err(error) => error,
    }
}

fn at(line: usize, column: usize) -> Place {
    Place { line, column }
}

fn reals<const C: usize>(rows: &[[f64; C]]) -> (Vec<Vec<f64>>, Kind) {
    (rows.iter().map(|row| row.to_vec()).collect(), Kind::Reals)
}

fn integers<const C: usize>(rows: &[[i32; C]]) -> (Vec<Vec<f64>>, Kind) {
    let row = |row: &[i32; C]| row.iter().map(|&value| f64::from(value)).collect();
    (rows.iter().map(row).collect(), Kind::Integers)
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn prints_of_torch() {
    let weight = reals(&[[0.2109, -0.2250, -0.0421], [-0.0520, 0.0837, -0.0023]]);
    #[expect(clippy::cast_possible_truncation, clippy::cast_possible_wrap, reason = "below 40")]
    let long: [i32; 40] = std::array::from_fn(|k| k as i32 - 30);
    for (text, matrix) in [
        (print!("torch_float"), reals(&[[0.6614, 0.2669, 0.0617], [0.6213, -0.4519, -0.1661]])),
        (print!("torch_exponents"), reals(&[[1e-3, 1e4], [2.0, -3.0]])),
        (print!("torch_parameter"), weight),
        (print!("torch_grad_fn"), reals(&[[0.5815, 0.1675], [0.7444, 0.1099]])),
        (print!("torch_int_repr"), integers(&[[33, 13, 3], [31, -23, -8]])),
        (print!("torch_int_repr_unsigned"), integers(&[[161, 141, 131], [159, 105, 120]])),
        (print!("torch_long_row"), integers(&[long])),
        ("tensor([1., -2.], device='cuda:0', dtype=torch.float16)", reals(&[[1.0, -2.0]])),
        ("tensor(3)", integers(&[[3]])),
    ] {
        assert_eq!(plain(text), matrix, "{text}");
    }
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn prints_of_quantized_tensors() {
    let read = |text: &str| read(text).expect("it is a print");
    let pasted = read(print!("torch_per_tensor"));
    assert_eq!(pasted.rows, [[0.66, 0.26, 0.06], [0.62, -0.46, -0.16]]);
    let per_tensor = |zero_point| Some(Quantization::PerTensor { scale: 0.02, zero_point });
    assert_eq!((pasted.kind, pasted.quantization), (Kind::Reals, per_tensor(128)));

    let pasted = read(print!("torch_per_channel"));
    assert_eq!(pasted.rows, [[0.66, 0.26, 0.06], [0.6173, -0.4568, -0.1605]]);
    let per_channel = |axis, zero_points: &[i64]| {
        let (scales, zero_points) = (vec![0.02, 0.0123], zero_points.to_vec());
        Some(Quantization::PerChannel { scales, zero_points, axis })
    };
    assert_eq!((pasted.kind, pasted.quantization), (Kind::Reals, per_channel(0, &[0, 0])));

    let channels = "scale=tensor([0.02, 0.0123], dtype=torch.float64), zero_point=tensor([3, -4])";
    let columns = read(&format!("tensor([[1., 2.], [3., 4.], [5., 6.]], {channels}, axis=1)"));
    assert_eq!(columns.quantization, per_channel(1, &[3, -4]));
    let row = read(&format!("tensor([1., 2.], dtype=torch.qint8, {channels}, axis=0)"));
    assert_eq!(row.quantization, per_channel(1, &[3, -4]));
    // A scale makes whole numbers real ones, and so does a dtype of real values.
    let whole = read("tensor([1, 2], scale=2, zero_point=-3)");
    let quantization = Some(Quantization::PerTensor { scale: 2.0, zero_point: -3 });
    assert_eq!((whole.kind, whole.quantization), (Kind::Reals, quantization));
    assert_eq!(plain("tensor([1, 2], dtype=torch.qint8)"), reals(&[[1.0, 2.0]]));
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn scales_that_do_not_fit() {
    let of = |rest: &str| error(&format!("tensor([[1., 2.], [3., 4.], [5., 6.]], {rest})"));
    for rest in [
        "scale=0.1",
        "zero_point=0",
        "scale=0.1, zero_point=tensor([0, 0, 0])",
        "scale=tensor([1., 1., 1.]), zero_point=tensor([0, 0, 0])",
        "scale=tensor([1., 1., 1.]), zero_point=tensor([0, 0, 0]), axis=2",
    ] {
        assert_eq!(of(rest), PasteError::HalfQuantized, "{rest}");
    }
    let channels = |scales, zero_points, channels| PasteError::ChannelsDiffer {
        scales,
        zero_points,
        channels,
    };
    let three = "zero_point=tensor([0, 0, 0])";
    assert_eq!(of(&format!("scale=[1., 1.], {three}, axis=0")), channels(2, 3, 3));
    assert_eq!(of(&format!("scale=[1., 1., 1.], {three}, axis=1")), channels(3, 3, 2));
    assert_eq!(of("scale=0., zero_point=0"), PasteError::BadScale { value: 0.0 });
    let small = of("scale=1e-46, zero_point=0");
    assert_eq!(small.to_string(), "The scale 1e-46 is too small for float32.");
    let large = of("scale=1e39, zero_point=0");
    assert_eq!(large.to_string(), "The scale 1e39 is too large for float32.");
    assert_eq!(
        of(&format!("scale=[1., inf, 1.], {three}, axis=0")),
        PasteError::BadScale { value: f64::INFINITY }
    );
    assert_eq!(of("scale=1., zero_point=0.5"), PasteError::BadZeroPoint { value: 0.5 });
    assert!(matches!(
        error("[tensor([1.], scale=0.1, zero_point=0), tensor([1.])]"),
        PasteError::Unexpected { at, .. } if at == self::at(1, 15)
    ));
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn prints_of_numpy() {
    let codes =
        integers(&[[-7, 3, 65, 115, -120], [-92, 82, 114, -65, -49], [94, -20, -59, 83, -63]]);
    for (text, matrix) in [
        (print!("numpy_int8_repr"), codes.clone()),
        (print!("numpy_int8_str"), codes.clone()),
        (
            print!("numpy_float_repr"),
            reals(&[
                [0.03645724, 0.02941325, 0.00284222, 0.0546713, -0.07364541, -0.01629099],
                [-0.04821193, 0.05988462, 0.00397221, -0.02924567, -0.07819085, -0.02571922],
            ]),
        ),
        (
            print!("numpy_float_str"),
            reals(&[
                [
                    3.6457241e-06,
                    2.941325e-06,
                    2.8422241e-07,
                    5.4671295e-06,
                    -7.3645406e-06,
                    -1.6290994e-06,
                ],
                [
                    -4.8211932e-06,
                    5.9884619e-06,
                    3.9722107e-07,
                    -2.9245673e-06,
                    -7.8190842e-06,
                    -2.5719223e-06,
                ],
            ]),
        ),
        (print!("numpy_whole_floats"), reals(&[[1.0, 2.0, -3.0]])),
        (print!("numpy_scalars"), reals(&[[0.5, -3.0]])),
        ("[np.int8(3), np.int8(-4)]", integers(&[[3, -4]])),
        ("w = np.array([[1, 2],\n  [3, 4],], dtype=np.int8);\n", integers(&[[1, 2], [3, 4]])),
        ("numpy.array([1, 2], np.float32)", reals(&[[1.0, 2.0]])),
        ("[array([1, 2]), array([3, 4])]", integers(&[[1, 2], [3, 4]])),
    ] {
        assert_eq!(plain(text), matrix, "{text}");
    }
    let pasted = read(print!("numpy_savetxt")).expect("it is a table");
    assert_eq!((pasted.rows, pasted.kind), codes);
    let note = Note::SkippedLines { count: 1, line: 1, text: "# a,b,c,d,e".into() };
    assert_eq!(pasted.notes, [note]);
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn lists_and_objects() {
    for text in [
        "[[1,2],[-3,4]]",
        "((1, 2), (−3, +4))",
        "[(1, 2,), (-3, 4),],",
        "([1, 2], [-3, 4])",
        "[[1 2][-3 4]]",
        "\u{feff}\r\n[[1,\r\n2],\r\n[-3,\t4]]\r\n",
        "{\"weight\": [[1, 2], [-3, 4]]}",
        "{'w': tensor([[1, 2], [-3, 4]], dtype=torch.int8)}",
        "{weights: [[1, 2], [-3, 4]],}",
    ] {
        assert_eq!(plain(text), integers(&[[1, 2], [-3, 4]]), "{text}");
    }
    assert_eq!(plain("[0.5]"), reals(&[[0.5]]));
    assert_eq!(plain("(5)"), integers(&[[5]]));
    assert_eq!(plain("[1, 2e0]"), reals(&[[1.0, 2.0]]));
    let matrix = "[[0.2109, -0.225, -0.0421], [-0.052, 0.0837, -0.0023]]";
    for text in [
        print!("torch_state_dict"),
        &format!("OrderedDict({{'bias': tensor([1.]), 'weight': tensor({matrix})}})"),
    ] {
        let pasted = read(text).expect("it holds weights");
        assert_eq!((pasted.rows, pasted.kind), plain(matrix));
        assert_eq!(pasted.notes, [Note::UnusedKeys { keys: vec!["bias".into()] }]);
    }
    let pasted = read("{'w': [1, 2], 'weight': [3]}").expect("it holds weights");
    assert_eq!(pasted.rows, [[1.0, 2.0]]);
    assert_eq!(pasted.notes, [Note::UnusedKeys { keys: vec!["weight".into()] }]);
    let pasted = read("{\"name\": \"a]}\\\", b\", \"weight\": [1, 2], \"bias\": {\"x\": [0]}}")
        .expect("it holds weights");
    assert_eq!(pasted.rows, [[1.0, 2.0]]);
    assert_eq!(pasted.notes, [Note::UnusedKeys { keys: vec!["name".into(), "bias".into()] }]);
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn tables() {
    for text in [
        "1,2\n-3,4",
        "1 2\n−3 4\n",
        " 1 ;\t2 ;\r\n\r\n-3;4;\r\n",
        "1\t2\n-3\t+4\n",
        "\"1\",\"2\"\n\" -3 \",\"4\"",
    ] {
        assert_eq!(plain(text), integers(&[[1, 2], [-3, 4]]), "{text}");
    }
    assert_eq!(plain("1e-3 .5 2."), reals(&[[1e-3, 0.5, 2.0]]));
    assert_eq!(plain("7"), integers(&[[7]]));
    let pasted = read("# a\n\nout 1;out 2\n# b\n1;2\n# c\n").expect("it is a table");
    assert_eq!(pasted.rows, [[1.0, 2.0]]);
    let note = Note::SkippedLines { count: 4, line: 1, text: "# a".into() };
    assert_eq!(pasted.notes, [note]);
    let pasted = read("\"w (real), mV\",b\n1,2").expect("it is a table");
    assert_eq!(pasted.notes.len(), 1);
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn errors_name_the_place() {
    let piece = String::from;
    let unexpected = |line, column, text: &str| PasteError::Unexpected {
        at: at(line, column),
        piece: text.into(),
    };
    let decimal_comma =
        |column, text: &str| PasteError::DecimalComma { at: at(1, column), piece: text.into() };
    for (text, expected) in [
        ("", PasteError::Empty),
        (" \n\u{a0}\t", PasteError::Empty),
        ("[]", PasteError::NoNumbers),
        ("[[], []]", PasteError::NoNumbers),
        ("weights", PasteError::NoNumbers),
        ("w =", PasteError::NoNumbers),
        (print!("torch_empty"), PasteError::NoNumbers),
        (print!("torch_shortened"), PasteError::Shortened { at: at(1, 23) }),
        (print!("numpy_shortened_repr"), PasteError::Shortened { at: at(1, 26) }),
        (print!("numpy_shortened_str"), PasteError::Shortened { at: at(1, 18) }),
        ("1 2 … 4", PasteError::Shortened { at: at(1, 5) }),
        ("1, 2\n3, ...", PasteError::Shortened { at: at(2, 4) }),
        (print!("torch_three_dimensions"), PasteError::TooDeep { at: at(1, 8) }),
        ("[[1], [[2]]]", PasteError::TooDeep { at: at(1, 1) }),
        ("[[1, 2], [3]]", PasteError::Ragged { row: 2, found: 1, expected: 2 }),
        ("[[], [3]]", PasteError::Ragged { row: 2, found: 1, expected: 0 }),
        ("1 2\n3 4\n5 6 7", PasteError::Ragged { row: 3, found: 3, expected: 2 }),
        (print!("torch_bool"), unexpected(1, 11, "True")),
        ("[[1, 2], 3]", unexpected(1, 10, "3")),
        ("[1, [2]]", unexpected(1, 5, "[")),
        ("[1(2)]", unexpected(1, 3, "(")),
        ("[1, 2)", unexpected(1, 6, ")")),
        ("np.float32([1])", unexpected(1, 1, "np.float32")),
        ("[\n 1,\n −x]", unexpected(3, 2, "−x")),
        ("a b\nc d\n1 2", unexpected(2, 1, "c")),
        ("1 2\nx 4", unexpected(2, 1, "x")),
        ("1st,2nd\n1,2", unexpected(1, 1, "1st")),
        ("[−1, x]", unexpected(1, 6, "x")),
        ("[−−1]", unexpected(1, 2, "−−1")),
        ("[1,,2]", PasteError::MissingNumber { at: at(1, 4) }),
        ("[,1]", PasteError::MissingNumber { at: at(1, 2) }),
        ("1;;2", PasteError::MissingNumber { at: at(1, 3) }),
        (",0\n1,2", PasteError::MissingNumber { at: at(1, 1) }),
        ("0,5;1,5", decimal_comma(1, "0,5")),
        ("3\t−1,5", decimal_comma(3, "−1,5")),
        ("0.5 1,5 2", PasteError::MixedSeparators { at: at(1, 4) }),
        ("1,05", decimal_comma(3, "05")),
        ("[3, 1,000]", decimal_comma(7, "000")),
        ("[-0,5, 1,5]", decimal_comma(2, "-0")),
        ("[1,5 2,5]", PasteError::MixedSeparators { at: at(1, 5) }),
        ("[1, 2", PasteError::Unclosed { at: at(1, 1) }),
        ("tensor([[1, 2],\n[3, 4", PasteError::Unclosed { at: at(2, 1) }),
        ("tensor([1], device='cuda:0", PasteError::Unclosed { at: at(1, 20) }),
        ("tensor([1]", PasteError::Unclosed { at: at(1, 7) }),
        ("OrderedDict([('w', [1]", PasteError::Unclosed { at: at(1, 23) }),
        ("OrderedDict([('w', [1]]", unexpected(1, 23, "]")),
        ("OrderedDict(1)", unexpected(1, 13, "1")),
        ("{\"w\": [1]", PasteError::Unclosed { at: at(1, 1) }),
        ("[1]\n[2] x\ny", PasteError::TrailingText { at: at(2, 1), piece: piece("[2] x") }),
        ("{}", PasteError::NoWeightKey { keys: vec![] }),
        ("{\"a\": [1], 'b': 2}", PasteError::NoWeightKey { keys: vec![piece("a"), piece("b")] }),
    ] {
        assert_eq!(error(text), expected, "{text}");
    }
    let long = error(&format!("[1] {}", "é".repeat(50)));
    let clipped = format!("{}…", "é".repeat(40));
    assert_eq!(long, PasteError::TrailingText { at: at(1, 5), piece: clipped });
    // NaN is unequal to itself.
    let nan = |text| error(text).to_string();
    assert_eq!(
        nan(print!("torch_not_finite")),
        "The number in row 2, column 2 is infinite. Only finite numbers can be used."
    );
    assert!(nan("1 2\n3 nan").starts_with("The number in row 2, column 2 is nan."));
    assert!(nan("[−1e999]").starts_with("The number in row 1, column 1 is −infinite."));
    assert_eq!(
        nan("[[1, 2],\n[3 4, x]]"),
        "Line 2, column 5: numbers are separated by commas in one place and by spaces in another. Use one of them, and write decimals with a point."
    );
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn limits() {
    let most = "1,".repeat(MOST_NUMBERS);
    assert_eq!(plain(&most).0, [vec![1.0; MOST_NUMBERS]]);
    assert_eq!(plain(&format!("[{most}]")).0, [vec![1.0; MOST_NUMBERS]]);
    assert_eq!(error(&format!("{most}1")), PasteError::TooManyNumbers);
    assert_eq!(error(&format!("[{most}1]")), PasteError::TooManyNumbers);
    let spaces = " ".repeat(MOST_BYTES - 1);
    assert_eq!(plain(&format!("{spaces}1")), integers(&[[1]]));
    assert_eq!(error(&format!("{spaces}10")), PasteError::TooLong { bytes: MOST_BYTES + 1 });
    for deep in ["[", "(", "tensor(", "[tensor("] {
        let text = deep.repeat(MOST_BYTES / deep.len());
        assert!(matches!(error(&text), PasteError::TooDeep { .. }), "{deep}");
    }
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn codes_are_integers_in_range() {
    let read = |text| read(text).expect("it is a matrix");
    let codes = read("[[-128, 127], [-0, 5]]");
    assert_eq!(codes.codes(), Some(vec![vec![-128, 127], vec![0, 5]]));
    assert_eq!(codes.first_out_of_range(), None);
    assert!(codes.rows[1][0].is_sign_positive(), "a whole number has no negative zero");
    for (text, row, column, value) in
        [("[[0, 1], [2, 128]]", 2, 2, 128.0), ("-129 300", 1, 1, -129.0), ("[1, 0.5]", 1, 2, 0.5)]
    {
        let pasted = read(text);
        assert_eq!(pasted.codes(), None, "{text}");
        assert_eq!(pasted.first_out_of_range(), Some(Entry { row, column, value }), "{text}");
    }
    let reals = read("[1., 2.]");
    assert_eq!((reals.codes(), reals.first_out_of_range()), (None, None));
}

/// A matrix as each form writes it; `number` writes one number.
fn written<T>(matrix: &[Vec<T>], number: impl Fn(&T) -> String) -> Vec<String> {
    let rows = |between: &str, wrap: Option<usize>| -> Vec<String> {
        let row = |row: &Vec<T>| {
            let mut text = String::new();
            for (k, value) in row.iter().enumerate() {
                match (k, wrap) {
                    (0, _) => {}
                    (k, Some(wrap)) if k % wrap == 0 => {
                        text += &format!("{}\n         ", between.trim_end());
                    }
                    _ => text += between,
                }
                text += &format!("{:>7}", number(value));
            }
            text
        };
        matrix.iter().map(row).collect()
    };
    let list = |between: &str, wrap, rows_between: &str| {
        let rows: Vec<_> = rows(between, wrap).iter().map(|row| format!("[{row}]")).collect();
        format!("[{}]", rows.join(rows_between))
    };
    let torch = list(", ", Some(14), ",\n        ");
    vec![
        format!("tensor({torch})"),
        format!("Parameter containing:\ntensor({torch}, requires_grad=True)"),
        format!("array({})", list(", ", Some(9), ",\n       ")),
        list(" ", Some(9), "\n "),
        list(",", None, ","),
        format!("{{\"bias\": null, \"weight\": {}}}", list(", ", None, ", ")),
        rows(",", None).join("\n"),
        rows(", ", None).join("\r\n"),
        rows(";", None).join("\n"),
        rows("\t", None).join("\n"),
        rows(" ", None).join("\n"),
        format!("a\n{}\n", rows(" ", None).join("\n\n")),
    ]
}

fn matrix<T: std::fmt::Debug>(
    number: impl Strategy<Value = T> + Clone,
) -> impl Strategy<Value = Vec<Vec<T>>> {
    (1..5_usize, 1..40_usize)
        .prop_flat_map(move |(rows, columns)| vec(vec(number.clone(), columns), rows))
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn every_form_reads_back_equal() {
    holds(200, matrix(any::<i8>()), |codes| {
        for text in written(&codes, i8::to_string) {
            let pasted = read(&text).map_err(|error| TestCaseError::fail(error.to_string()))?;
            prop_assert_eq!(pasted.codes(), Some(codes.clone()), "{}", text);
        }
        Ok(())
    });
    let finite = any::<f64>().prop_filter("finite", |value| value.is_finite());
    holds(200, matrix(finite), |values| {
        let mut texts = written(&values, |value| format!("{value:?}"));
        texts.extend(written(&values, |value| format!("{value:e}").replace('-', "−")));
        for text in texts {
            let pasted = read(&text).map_err(|error| TestCaseError::fail(error.to_string()))?;
            prop_assert_eq!(&pasted.rows, &values, "{}", text);
            prop_assert_eq!(pasted.kind, Kind::Reals);
        }
        Ok(())
    });
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn no_text_is_a_panic() {
    let whatever_holds = |text: &str| {
        match read(text) {
            Ok(Pasted { rows, .. }) => {
                prop_assert!(!rows.is_empty() && !rows[0].is_empty());
                prop_assert!(rows.iter().all(|row| row.len() == rows[0].len()));
                prop_assert!(rows.iter().flatten().all(|value| value.is_finite()));
            }
            Err(error) => prop_assert!(error.to_string().ends_with('.')),
        }
        Ok(())
    };
    holds(3000, vec(any::<char>(), 0..60), |text| {
        whatever_holds(&text.into_iter().collect::<String>())
    });
    let pieces = "[|]|(|)|{|}|,|;|:|=| |\n|\r\n|\t|\"|'|\\|#|...|…|0|-0|−12|05|1.|1e-3|nan|\
        -inf|é|−|w|weight|tensor(|Parameter containing:|np.array(|np.float32(|OrderedDict(|\
        dtype=|scale=|zero_point=|axis=|<A>|\u{feff}|\u{a0}";
    let pieces = prop::sample::select(pieces.split('|').collect::<Vec<_>>());
    holds(20_000, vec(pieces, 0..25), |pieces| whatever_holds(&pieces.concat()));
    // Real prints with a piece cut out, and another in its place.
    let prints = prop::sample::select(vec![
        print!("torch_per_channel"),
        print!("torch_parameter"),
        print!("torch_state_dict"),
        print!("numpy_float_repr"),
        print!("numpy_savetxt"),
        "{\"bias\": [0], \"weight\": [[1, 2], [3, 4]]}",
    ]);
    let cut = (any::<prop::sample::Index>(), 0..9_usize, any::<Option<char>>());
    holds(5000, (prints, cut), |(print, (start, length, put))| {
        let mut chars: Vec<char> = print.chars().collect();
        let start = start.index(chars.len());
        let end = chars.len().min(start + length);
        chars.splice(start..end, put);
        whatever_holds(&chars.into_iter().collect::<String>())
    });
}
