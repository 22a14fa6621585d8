//! How to cite a figure, and what may be done with it. `CITATION.cff` says the same.

/// The name of what is cited.
pub const TITLE: &str = "Rampscope: the integer arithmetic inside quantized layers";
/// Who made it.
pub const AUTHORS: &str = "The Rampscope authors";
/// What may be done with figures.
pub const LICENCE: &str = "Figures and their pictures may be used under the code’s licence, MIT or Apache-2.0, at your option.";

const VERSION: &str = env!("CARGO_PKG_VERSION");

/// A line for a list of references.
pub fn line(link: &str) -> String {
    format!("{AUTHORS}. {TITLE}, version {VERSION}. {link}")
}

/// An entry for BibTeX.
pub fn bibtex(link: &str) -> String {
    [
        "@misc{rampscope,".to_string(),
        format!("  author = {{{{{AUTHORS}}}}},"),
        format!("  title = {{{{{TITLE}}}}},"),
        format!("  note = {{Version {VERSION}}},"),
        format!("  url = {{{link}}}"),
        "}".to_string(),
    ]
    .join("\n")
}
