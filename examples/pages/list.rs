//! What has a page of its own: a link with a title, a sentence and a picture.

use rampscope::story::{PRESETS, SCENES};

/// A page of its own.
pub struct Page {
    /// Its folder below `p/`. Links name it, so it stays.
    pub key: String,
    /// The state that it opens, as a link's fragment.
    pub fragment: String,
    /// What it shows.
    pub title: String,
    /// What to see there.
    pub sentence: &'static str,
    /// The figure on its picture.
    pub figure: Figure,
}

/// What a page's picture shows.
#[derive(Clone, Copy)]
pub enum Figure {
    /// That of a scene of the story, from 1.
    Scene(usize),
    /// The Lab's large figure.
    Ramp,
}

/// Every page: the scenes of the story, then the presets.
pub fn pages() -> impl Iterator<Item = Page> {
    let scenes = SCENES.iter().map(|scene| {
        let number = scene.number();
        let figure = Figure::Scene(number);
        match number {
            1 => Page {
                key: scene.page_key(),
                fragment: "#/story".into(),
                title: "Same weights, same input. Two CPUs. Two answers.".into(),
                sentence: "One output of a quantized layer, which should fall straight, turns round on a CPU without AVX-512 VNNI. Where does it go wrong?",
                figure,
            },
            _ => Page {
                key: scene.page_key(),
                fragment: format!("#/story?scene={number}"),
                title: format!("{}, in a quantized layer ({number} of {})", scene.title, SCENES.len()),
                sentence: scene.about,
                figure,
            },
        }
    });
    let presets = PRESETS.iter().map(|preset| Page {
        key: preset.key.into(),
        fragment: preset.fragment(),
        title: preset.title.into(),
        sentence: preset.sentence,
        figure: Figure::Ramp,
    });
    scenes.chain(presets)
}
