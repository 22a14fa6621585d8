//! Prints a snippet of a state, and the codes that the page has for its chosen output, so that the
//! one can be run and held against the other:
//! `cargo run -q --no-default-features --example snippets -- '#/lab?…' numpy`.

use std::process::ExitCode;

use rampscope::state::{Deriver, link};
use rampscope::story::snippets::{SOMEWHERE, snippets};

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [fragment, key] = args.as_slice() else {
        eprintln!("usage: snippets FRAGMENT KEY");
        return ExitCode::from(2);
    };
    let (state, _) = link::read(fragment);
    let derived = Deriver::default().derive(&state);
    let all = snippets(&state, &derived, SOMEWHERE);
    let Some(snippet) = all.into_iter().find(|one| one.key == key) else {
        eprintln!("there is no snippet {key}");
        return ExitCode::FAILURE;
    };
    match snippet.text {
        Ok(text) => println!("{text}"),
        Err(reason) => {
            eprintln!("{reason}");
            return ExitCode::FAILURE;
        }
    }
    let curve = derived.chosen(&state).curve();
    let codes: Option<Vec<i32>> = curve.code.iter().copied().collect();
    // What a snippet prints last.
    println!("# output {}: {:?}", state.picture.output, codes.as_ref().unwrap_or(&curve.acc));
    ExitCode::SUCCESS
}
