//! Which libraries multiply a product, and what becomes of it there: the audit's table is the data of
//! machines, and every class of arithmetic has its fate.
#![cfg(not(target_arch = "wasm32"))]

use std::fmt::Write as _;
use std::rc::Rc;

use rampscope::audit::{CPUS, Fate, InputFile, Options, audit};
use rampscope::machine::{MachineData, System, WhichArithmetic};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
/// Libraries whose models say what multiplies.
const LIBRARIES: [&str; 7] = [
    "fbgemm",
    "pytorch_x86",
    "pytorch_qnnpack",
    "pytorch_onednn",
    "onnxruntime",
    "openvino",
    "rten",
];

fn data() -> MachineData {
    let read = |name: &str| std::fs::read_to_string(format!("{ROOT}/www/machines/{name}"));
    let libraries = read("libraries.json").expect("it is there");
    let cpus = read("cpus.json").expect("it is there");
    let (libraries, cpus) = (serde_json::from_str(&libraries), serde_json::from_str(&cpus));
    MachineData::new(libraries.expect("it is JSON"), cpus.expect("it is JSON")).expect("it is good")
}

fn table(data: &MachineData) -> String {
    let machines = CPUS.map(|(_, family)| {
        let family = data.family(family).expect("a family");
        WhichArithmetic::of_family(data, family, Some(System::Linux))
    });
    let (mut rules, mut operators) = (Vec::<String>::new(), String::new());
    for (library, variant) in data.variants().filter(|(one, _)| LIBRARIES.contains(&&*one.key)) {
        let _ = write!(operators, "operator\t{}", variant.key);
        for machine in &machines {
            let answer = machine.answer(&variant.key).expect("one machine has one answer");
            let rule = [
                "rule",
                answer.class.key(),
                answer.pair.unwrap_or_default(),
                answer.confidence.key(),
                answer.because,
                &answer.sources.join(" "),
            ];
            assert!(rule.iter().all(|cell| !cell.contains(['\t', '\n'])), "{}", library.key);
            let rule = rule.join("\t");
            let place = rules.iter().position(|one| *one == rule).unwrap_or_else(|| {
                rules.push(rule);
                rules.len() - 1
            });
            let _ = write!(operators, "\t{place}");
        }
        operators.push('\n');
    }
    rules.join("\n") + "\n" + &operators
}

#[test]
fn the_table_is_the_data_of_machines() {
    let path = format!("{ROOT}/src/audit/runs.tsv");
    let made = table(&data());
    if std::env::var_os("RAMPSCOPE_WRITE_TABLE").is_some() {
        std::fs::write(&path, &made).expect("it is written");
    }
    let kept = std::fs::read_to_string(&path).expect("it is there");
    assert!(kept == made, "RAMPSCOPE_WRITE_TABLE=1 cargo test --test audit_runs writes it anew");
}

/// What becomes of the first product of a file.
fn on(name: &str, bytes: Vec<u8>, operator: &str, cpu: &str) -> Option<Fate> {
    let file = InputFile { name: name.into(), folder: None, source: Rc::new(bytes), beside: None };
    let report = audit(&[file], &Options { is_hashed: false, ..Options::default() });
    let file = &report.files[0];
    let mut tensors = file.tensors.iter().flatten();
    let tensor = tensors.find(|tensor| tensor.audit.is_some() || tensor.product.is_some())?;
    let fate = tensor.on.get(&operator)?.get(&cpu).copied();
    // What has a fate has its reason.
    let rule = file.arithmetic.get(&operator).and_then(|rules| rules.get(&cpu));
    assert_eq!(rule.is_some(), fate.is_some(), "{operator} on {cpu}");
    fate
}

#[test]
fn a_product_has_a_fate_in_each_library_on_each_cpu() {
    let file = |name: &str| {
        std::fs::read(format!("{ROOT}/tests/layers/files/{name}")).expect("it is there")
    };
    let of = |name: &str, operator, cpu| on(name, file(name), operator, cpu);
    let mlp = "onnx_qdq_mlp_u8s8_per_channel.onnx";
    for (cpu, fate) in [
        ("avx2", Fate::Can),
        ("avx512", Fate::Can),
        ("avx_vnni", Fate::Cannot),
        ("amx", Fate::Cannot),
        ("dotprod", Fate::Cannot),
    ] {
        assert_eq!(of(mlp, "onnxruntime.matmul_u8s8", cpu), Some(fate), "{cpu}");
    }
    assert_eq!(of(mlp, "onnxruntime.matmul_u8s8_precise", "avx2"), Some(Fate::Cannot));
    assert_eq!(of(mlp, "fbgemm.linear", "avx2"), None);
    assert_eq!(
        of("onnx_matmulinteger_reduce_range.onnx", "onnxruntime.matmul_u8s8", "avx2"),
        Some(Fate::Cannot)
    );
    assert_eq!(
        of("onnx_qlinearconv_depthwise.onnx", "onnxruntime.conv_depthwise", "avx2"),
        Some(Fate::Cannot)
    );
    let torch = "pt_quantized_mlp.pt";
    // FBGEMM has no AVX-VNNI.
    assert_eq!(of(torch, "fbgemm.linear", "avx_vnni"), of(torch, "fbgemm.linear", "avx2"));
    assert_eq!(of(torch, "fbgemm.linear", "avx512_vnni"), Some(Fate::Cannot));
    assert_eq!(of(torch, "pytorch_qnnpack.linear", "avx2"), Some(Fate::Cannot));
    assert_eq!(of(torch, "onnxruntime.matmul_u8s8", "avx2"), None);
    // Nothing tells what multiplies bare codes.
    assert_eq!(of("npy_v1_i8.npy", "fbgemm.linear", "avx2"), None);
    assert_eq!(of("onnx_stored_cast_mul.onnx", "onnxruntime.matmul_u8s8", "avx2"), None);
}
