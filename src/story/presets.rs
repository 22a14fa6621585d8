//! The table of presets, in parts.

use super::Preset;
use crate::arith::joined::{count, joined};

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

/// The parts, in the order of a menu.
macro_rules! parts {
    ($($part:ident),+ $(,)?) => {
        $(mod $part;)+

        const PARTS: &[&[Preset]] = &[$($part::PRESETS),+];

        /// The key of every preset with its link.
        pub(super) static LINKS: &[&[(&str, &str)]] = &[$($part::LINKS),+];
    };
}

parts!(thread, recorded, layers, reports, convolutions, engines);

/// Every preset, in the order of a menu.
pub static PRESETS: &[Preset] = &joined::<_, { count(PARTS) }>(PARTS);
