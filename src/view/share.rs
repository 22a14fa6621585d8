//! The address of a state's own static page, which sites show with a title and a picture.

use super::base::built_base;
use crate::state::{State, link};
use crate::story::scenes::StoryScene;
use crate::story::{PRESETS, Preset, SCENES};

/// The address of the page of the preset or the scene that a state is, cursor and all; `None` for others,
/// and where the build does not know its address, since nobody has said then that the pages are there.
pub fn shared_page(state: &State) -> Option<String> {
    let base = built_base()?;
    page_key(state).map(|key| format!("{}p/{key}/", base.folder))
}

thread_local! {
    /// What has a page: the link of its state, and its key.
    static PAGES: Vec<(String, String)> = pages();
}

fn pages() -> Vec<(String, String)> {
    let scene = |scene: &StoryScene| {
        (link::write(&scene.reached_from(&State::default())), scene.page_key())
    };
    let preset =
        |preset: &Preset| (link::write(&link::read(&preset.fragment()).0), preset.key.to_string());
    SCENES.iter().map(scene).chain(PRESETS.iter().map(preset)).collect()
}

/// The key of the page of a state: a preset's, or a scene's.
fn page_key(state: &State) -> Option<String> {
    let own = link::write(state);
    let key_of = |pages: &Vec<(String, String)>| {
        pages.iter().find(|(link, _)| *link == own).map(|(_, key)| key.clone())
    };
    PAGES.with(key_of)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scene_has_its_page_too() {
        let of = |fragment: &str| page_key(&link::read(fragment).0);
        assert_eq!(of("#/story").as_deref(), Some("story"));
        assert_eq!(of("#/story?scene=4").as_deref(), Some("scene-4"));
        assert_eq!(of("#/story?scene=4&room=3"), None);
    }

    #[test]
    fn a_preset_is_known_as_it_stands_and_not_changed() {
        for preset in PRESETS {
            let fragment = preset.fragment();
            assert_eq!(page_key(&link::read(&fragment).0).as_deref(), Some(preset.key));
            let separator = if fragment.contains('?') { '&' } else { '?' };
            for change in ["at=0.7", "theme=dark", "seed=7"] {
                let (changed, _) = link::read(&format!("{fragment}{separator}{change}"));
                assert_eq!(page_key(&changed), None, "{fragment} {change}");
            }
        }
    }
}
