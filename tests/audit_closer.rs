//! A product opened again = its report, and an output = the definition.

use std::rc::Rc;

use rampscope::audit::{
    Closer, CodeRange, CpuClass, FileSaid, InputFile, Options, ProductId, RowAudit, audit, csv,
    html, markdown, pairs, said,
};

use rampscope::tensor::{Alone, numbers, open};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/layers/files/");

fn files(names: &[&str]) -> Vec<InputFile> {
    let file = |name: &&str| {
        let source = Rc::new(std::fs::read(format!("{FOLDER}{name}")).expect("it is there"));
        InputFile { name: name.to_string(), folder: None, source, beside: None }
    };
    names.iter().map(file).collect()
}

const NAMES: [&str; 4] = [
    "onnx_qdq_mlp_u8s8_per_channel.onnx",
    "onnx_matmulinteger_reduce_range.onnx",
    "npy_v1_i8.npy",
    "broken_st_seven_bytes.safetensors",
];

#[test]
fn outputs_are_those_of_the_report() {
    let names: Vec<String> = std::fs::read_dir(FOLDER)
        .expect("the folder is there")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .filter(|name| {
            !name.starts_with("broken") && std::path::Path::new(FOLDER).join(name).is_file()
        })
        .collect();
    let files = files(&names.iter().map(String::as_str).collect::<Vec<_>>());
    let report = audit(&files, &Options { is_hashed: false, ..Options::default() });
    let mut opened = 0;
    for (index, file) in report.files.iter().enumerate() {
        let said = FileSaid::of(file, CpuClass::NoVnni);
        for line in &said.lines {
            let id = &line.id;
            let same = file.tensors.iter().flatten().filter(|one| {
                let node = one.product.as_ref().map_or("", |product| &product.node);
                one.name.as_deref() == Some(&id.tensor) && node == id.node
            });
            let Some(tensor) = same.clone().nth(id.twin) else { continue };
            let Some(totals) = &tensor.audit else { continue };
            let closer = Closer::open(&files, index, id).expect("it opens again");
            let outputs = closer.outputs().expect("it is read");
            assert_eq!(
                (outputs.outputs, outputs.hit),
                (totals.rows, totals.rows_hit),
                "{} {id:?} {:?}",
                file.file,
                tensor.layout
            );
            let pairs_of_all: u64 = outputs.density.iter().map(|&count| u64::from(count)).sum();
            assert_eq!(pairs_of_all, totals.pairs);
            let profile: u64 = totals.profile.first_codes.values().sum();
            assert_eq!(profile, totals.rows_hit);
            for (output, unsafe_pairs, first, loss, share) in outputs.worst {
                let one = closer.output(output).expect("it is read");
                assert_eq!((one.inputs, one.unsafe_pairs), (totals.inputs, unsafe_pairs));
                assert_eq!(one.first_code, Some(first));
                assert_eq!(one.losses.into_iter().max(), Some(loss));
                assert!((one.share - share).abs() < 1e-12);
                // The worst pair is in the part, at its place.
                let worst = one.pairs[0];
                let at = usize::try_from(worst.k - one.part_from).expect("it is behind the start");
                assert_eq!(
                    &one.part[at..(at + 2).min(one.part.len())],
                    &worst.weights[..(one.part.len() - at).min(2)]
                );
                assert!(one.part.len() <= 64 && one.part_from.is_multiple_of(2));
                let part = RowAudit::of(&one.part, CodeRange::ALL);
                assert!(part.pairs >= 1 && part.pairs <= one.unsafe_pairs);
                assert!(pairs(&one.part).any(|pair| pair == worst.weights));
                opened += 1;
            }
            assert!(closer.output(totals.rows).is_err(), "there is no such output");
        }
    }
    assert!(opened > 100, "{opened}");
    assert!(Closer::open(&files, files.len(), &ProductId::default()).is_err());
    assert!(Closer::open(&files, 0, &ProductId::default()).is_err());
}

/// The values of a constant of a graph.
fn constant(bytes: &[u8], name: &str) -> Vec<f64> {
    let source = Rc::new(bytes.to_vec());
    let opened = open("a.onnx", source, &Alone).expect("it is read");
    let model = opened.model.expect("it has a graph");
    let found = model.graph.constants.iter().find(|one| &*one.name == name);
    let tensor = model.tensor(found.expect("it is there")).expect("it is read");
    let bytes = tensor.view.held(1 << 16).expect("it is small");
    numbers(&bytes, tensor.stored).into_iter().map(|number| number.real()).collect()
}

#[test]
fn a_loss_is_so_many_steps_of_the_outputs_codes() {
    let (mlp, gemm, pt) = (NAMES[0], "onnx_qoperator_gemm.onnx", "pt_quantized_mlp.pt");
    let files = files(&[mlp, gemm, pt, "onnx_matmulinteger.onnx", "npy_v1_i8.npy"]);
    let report = audit(&files, &Options { is_hashed: false, ..Options::default() });
    let id =
        |tensor: &str, node: &str| ProductId { tensor: tensor.into(), node: node.into(), twin: 0 };
    let holds = |file: usize, id: &ProductId, scales: (f64, &[f64], f64)| {
        let closer = Closer::open(&files, file, id).expect("it opens");
        let mut held = 0;
        for (output, ..) in closer.outputs().expect("it is read").worst {
            let one = closer.output(output).expect("it is read");
            let loss = one.losses.into_iter().max().expect("two");
            let at = usize::try_from(output).expect("it is small");
            let (input, weights, result) = scales;
            let own = weights.get(at).unwrap_or(&weights[0]);
            let steps = loss as f64 * input * own / result;
            let found = one.steps.expect("all scales are known");
            assert!((found / steps - 1.0).abs() < 1e-12, "{id:?} {output}: {found} {steps}");
            held += 1;
        }
        assert!(held > 0, "{id:?}");
    };
    // A QuantizeLinear follows each product; a bias and Relu are behind the first.
    let bytes = std::fs::read(format!("{FOLDER}{mlp}")).expect("it is there");
    let scale = |name: &str| constant(&bytes, name);
    holds(
        0,
        &id("w1_quantized", "fc1"),
        (scale("x_scale")[0], &scale("w1_scale"), scale("a_scale")[0]),
    );
    holds(
        0,
        &id("w2_quantized", "fc2"),
        (scale("c_scale")[0], &scale("w2_scale"), scale("y_scale")[0]),
    );
    let bytes = std::fs::read(format!("{FOLDER}{gemm}")).expect("it is there");
    let scale = |name: &str| constant(&bytes, name);
    holds(
        1,
        &id("w1_quantized", "fc1_quant"),
        (scale("x_scale")[0], &scale("w1_scale"), scale("b_scale")[0]),
    );
    // PyTorch's layers have them beside their weights.
    let mut layers = 0;
    for tensor in report.files[2].tensors.iter().flatten() {
        let name = tensor.name.clone().expect("it has a name");
        let module = name.split("._packed_params").next().expect("a name");
        let Some(one) = report.files[2].activations.get(module) else { continue };
        let (Some(input), Some(quant)) = (one.input_scale, &tensor.quant) else { continue };
        if tensor.audit.as_ref().is_some_and(|audit| audit.rows_hit > 0) {
            let weights = quant.scales.as_ref().expect("they are there");
            holds(2, &id(&name, ""), (input, weights, one.output_scale));
            layers += 1;
        }
    }
    assert!(layers > 0);
    // Outputs of integers have no codes, and bare codes no scales.
    for (file, id) in [(3, id("w1_quantized", "fc1_quant")), (4, id("", ""))] {
        let closer = Closer::open(&files, file, &id).expect("it opens");
        assert_eq!(closer.output(0).expect("it is read").steps, None);
    }
}

#[test]
fn what_is_taken_along_has_all_of_it_and_keeps_its_size() {
    let files = files(&NAMES);
    let report = audit(&files, &Options { is_hashed: false, ..Options::default() });
    let all = said(&report, CpuClass::NoVnni);
    let lines: usize = all.iter().map(|file| file.lines.len()).sum();
    assert_eq!(csv(&all).lines().count(), lines + 1);
    let columns = |line: &str| line.matches(',').count();
    assert!(csv(&all).lines().all(|line| columns(line) >= 13));
    for count in 1..=all.len() {
        let text = markdown(&all[..count], Some("https://example.org/#/model?verdict=1"));
        assert!(text.lines().count() <= 12, "{text}");
        assert!(text.contains("13 of 24 outputs in 2 of 2 products"), "{text}");
    }
    let many: Vec<_> = std::iter::repeat_n(all[0].clone(), 3000).collect();
    assert!(markdown(&many, None).lines().count() <= 12);
    let page = html(&all);
    assert!(page.len() < 20_000 && page.contains("onnx_qdq_mlp_u8s8_per_channel.onnx"));
    let mut large = all[0].clone();
    large.lines = std::iter::repeat_n(large.lines[0].clone(), 20_000).collect();
    let page = html(&[large]);
    assert!(page.len() <= 200_000 && page.contains("products more"), "{}", page.len());
}

#[test]
fn names_are_texts_wherever_they_stand() {
    let source = Rc::new(b"127,127\n1,-1\n".to_vec());
    let name = "<b>*_|`\"x.csv".to_string();
    let files = [InputFile { name, folder: None, source, beside: None }];
    let report = audit(&files, &Options::default());
    let all = said(&report, CpuClass::NoVnni);
    assert!(html(&all).contains("&lt;b&gt;*_|`&quot;x.csv"));
    assert!(markdown(&all, None).contains(r#"\<b\>\*\_\|\`"x.csv"#));
    assert!(csv(&all).contains("\"<b>*_|`\"\"x.csv\""));
}
