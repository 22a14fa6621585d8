//! What has a page of its own: a link with a title, a sentence and a picture.

use rampscope::story::PRESETS;

/// A page of its own.
pub struct Page {
    /// Its folder below `p/`. Links name it, so it stays.
    pub key: &'static str,
    /// The state that it opens, as a link's fragment.
    pub fragment: String,
    /// What it shows.
    pub title: &'static str,
    /// What to see there.
    pub sentence: &'static str,
    /// The figure on its picture.
    pub figure: Figure,
}

/// What a page's picture shows.
#[derive(Clone, Copy)]
pub enum Figure {
    /// The story's first figure.
    Mystery,
    /// The Lab's large figure.
    Ramp,
}

/// Pages that are no presets: places of the story, each with its figure.
const PLACES: [(&str, &str, &str, &str, Figure); 1] = [(
    "story",
    "#/story",
    "Same weights, same input. Two CPUs. Two answers.",
    "One output of a quantized layer, which should fall straight, turns round on a CPU without VNNI. Where does it go wrong?",
    Figure::Mystery,
)];

/// Every page: places of the story, then the presets.
pub fn pages() -> impl Iterator<Item = Page> {
    let places = PLACES.into_iter().map(|(key, fragment, title, sentence, figure)| Page {
        key,
        fragment: fragment.to_string(),
        title,
        sentence,
        figure,
    });
    let presets = PRESETS.iter().map(|preset| Page {
        key: preset.key,
        fragment: preset.fragment(),
        title: preset.title,
        sentence: preset.sentence,
        figure: Figure::Ramp,
    });
    places.chain(presets)
}
