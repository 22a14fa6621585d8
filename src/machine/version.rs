//! [`Version`]: a library's version, in numbers.

/// Numbers between points or hyphens: `2.15` is later than `2.6`, and `2026-08` than `2026`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version(Vec<u32>);

impl Version {
    /// Of its text; `None` where a part is no number.
    pub fn read(text: &str) -> Option<Version> {
        text.split(['.', '-']).map(|part| part.parse().ok()).collect::<Option<_>>().map(Version)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_numbers_and_not_texts() {
        let [old, new] = ["2.6", "2.15"].map(|text| Version::read(text).expect("a version"));
        assert!(old < new);
        assert!(Version::read("2026") < Version::read("2026-08"));
        for text in ["", "2.", "2.x", "v2", "99999999999"] {
            assert_eq!(Version::read(text), None, "{text:?}");
        }
    }
}
