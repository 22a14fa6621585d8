//! A product opened again = its report, and an output = the definition.

use std::rc::Rc;

use rampscope::audit::{
    Closer, CodeRange, CpuClass, FileSaid, InputFile, Options, ProductId, RowAudit, audit, csv,
    html, markdown, pairs, said,
};

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
