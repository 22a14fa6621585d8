//! The built WebAssembly module holds the kernel's vector instructions, and no relaxed ones.
//!
//! `RAMPSCOPE_WASM` names the module to look into (`./dev test` sets it after the build).
#![cfg(not(target_arch = "wasm32"))]

use std::collections::BTreeMap;

use wasmparser::{BinaryReaderError, Parser, Payload};

/// How often each operator stands in a module's code, by `wasmparser`'s names.
fn operators(module: &[u8]) -> Result<BTreeMap<String, usize>, BinaryReaderError> {
    let mut counts = BTreeMap::new();
    for payload in Parser::new(0).parse_all(module) {
        if let Payload::CodeSectionEntry(body) = payload? {
            for operator in body.get_operators_reader()? {
                let shown = format!("{:?}", operator?);
                let name = shown.split([' ', '{']).next().unwrap_or_default();
                *counts.entry(name.to_owned()).or_default() += 1;
            }
        }
    }
    Ok(counts)
}

/// What the kernel's products and its correction must have been compiled to.
const KERNEL: [&str; 4] = ["I16x8NarrowI32x4S", "I32x4DotI16x8S", "I32x4MaxS", "I32x4MinS"];

/// Says what is wrong with a module, if anything.
fn complaint(counts: &BTreeMap<String, usize>) -> Option<String> {
    let missing = KERNEL.iter().find(|&&name| !counts.contains_key(name));
    let relaxed = counts.keys().find(|name| name.contains("Relaxed"));
    match (missing, relaxed) {
        (Some(name), _) => Some(format!("{name} is not in the module")),
        (None, Some(name)) => Some(format!("{name} has more than one legal answer")),
        (None, None) => None,
    }
}

#[test]
fn the_built_module_runs_the_vector_kernel() {
    let Some(path) = std::env::var_os("RAMPSCOPE_WASM") else {
        println!("not run: RAMPSCOPE_WASM is not set");
        return;
    };
    let module = std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let counts = operators(&module).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    for name in KERNEL {
        println!("{name}: {}", counts.get(name).unwrap_or(&0));
    }
    assert_eq!(complaint(&counts), None, "{}", path.display());
}

/// A module of one function with these vector operators (the numbers after the 0xfd prefix).
#[expect(clippy::cast_possible_truncation, reason = "seven bits each")]
fn module_of(operators: &[u32]) -> Vec<u8> {
    let mut body = vec![0]; // no locals
    for operator in operators {
        body.push(0xfd);
        // Unsigned LEB128 of a number of up to 14 bits.
        body.extend([(operator & 0x7f) as u8 | 0x80, (operator >> 7) as u8]);
    }
    body.push(0x0b); // end
    let size = u8::try_from(body.len()).expect("a short body");
    let mut module = b"\0asm\x01\0\0\0".to_vec();
    module.extend([1, 4, 1, 0x60, 0, 0]); // types: one, () -> ()
    module.extend([3, 2, 1, 0]); // functions: one, of type 0
    module.extend([10, size + 2, 1, size]); // code: one body
    module.extend(body);
    module
}

#[test]
fn a_module_without_them_or_with_a_relaxed_one_is_refused() {
    // WebAssembly Core Specification, "Vector Instructions" of the binary format.
    const NARROW: u32 = 133;
    const DOT: u32 = 186;
    const MAX: u32 = 184;
    const MIN: u32 = 182;
    const RELAXED_DOT: u32 = 274;
    let all = [NARROW, DOT, MAX, MIN];
    let judge = |list: &[u32]| complaint(&operators(&module_of(list)).expect("well formed"));
    assert_eq!(judge(&all), None);
    for left_out in all {
        let rest: Vec<u32> = all.into_iter().filter(|&one| one != left_out).collect();
        assert!(judge(&rest).is_some_and(|why| why.contains("not in the module")));
    }
    assert!(judge(&[&all[..], &[RELAXED_DOT]].concat()).is_some_and(|why| why.contains("Relaxed")));
    assert!(operators(&module_of(&all)[..20]).is_err());
}
