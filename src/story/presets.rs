//! The table of presets, in parts.

use super::Preset;

/// Stamps a part of the table, and of it the links alone: a link that names a preset is completed before
/// anything is shown, and the page's first part has no need of titles and sentences.
macro_rules! presets {
    ($(Preset { key: $key:literal, title: $title:literal, sentence: $sentence:literal, tags: $tags:expr, link: $link:literal $(,)? }),+ $(,)?) => {
        /// In the order of a menu.
        pub(super) const PRESETS: &[Preset] = &[$(Preset {
            key: $key,
            title: $title,
            sentence: $sentence,
            tags: $tags,
            link: $link,
        }),+];

        /// The key of each with its link.
        pub(super) const LINKS: &[(&str, &str)] = &[$(($key, $link)),+];
    };
}

mod convolutions;
mod engines;
mod layers;
mod recorded;
mod reports;
mod thread;

/// Every preset, in the order of a menu.
pub static PRESETS: &[Preset] = &joined::<_, { count(PARTS) }>(PARTS);

const PARTS: &[&[Preset]] = &[
    thread::PRESETS,
    recorded::PRESETS,
    layers::PRESETS,
    reports::PRESETS,
    convolutions::PRESETS,
    engines::PRESETS,
];

/// The key of every preset with its link.
pub(super) static LINKS: &[&[(&str, &str)]] = &[
    thread::LINKS,
    recorded::LINKS,
    layers::LINKS,
    reports::LINKS,
    convolutions::LINKS,
    engines::LINKS,
];

const fn count<T>(parts: &[&[T]]) -> usize {
    let (mut part, mut count) = (0, 0);
    while part < parts.len() {
        count += parts[part].len();
        part += 1;
    }
    count
}

/// All parts, of which the first is not empty, as one.
const fn joined<T: Copy, const COUNT: usize>(parts: &[&[T]]) -> [T; COUNT] {
    let mut all = [parts[0][0]; COUNT];
    let (mut part, mut at) = (0, 0);
    while part < parts.len() {
        let mut one = 0;
        while one < parts[part].len() {
            all[at] = parts[part][one];
            (one, at) = (one + 1, at + 1);
        }
        part += 1;
    }
    all
}
