//! The address of a state's own static page, which sites show with a title and a picture.

use super::base::built_base;
use crate::state::{State, link};
use crate::story::PRESETS;

/// The address of the page of the preset that a state is, cursor and all; `None` for every other state,
/// and where the build does not know its address, since nobody has said then that the pages are there.
pub fn preset_page(state: &State) -> Option<String> {
    let key = preset_key(state)?;
    built_base().map(|base| format!("{}p/{key}/", base.folder))
}

/// The key of the preset that a state is.
fn preset_key(state: &State) -> Option<&'static str> {
    let own = link::write(state);
    let is_it = |fragment: &str| link::write(&link::read(fragment).0) == own;
    PRESETS.iter().find(|preset| is_it(&preset.fragment())).map(|preset| preset.key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_preset_is_known_as_it_stands_and_not_changed() {
        for preset in PRESETS {
            let fragment = preset.fragment();
            assert_eq!(preset_key(&link::read(&fragment).0), Some(preset.key));
            let separator = if fragment.contains('?') { '&' } else { '?' };
            for change in ["at=0.7", "theme=dark", "seed=7"] {
                let (changed, _) = link::read(&format!("{fragment}{separator}{change}"));
                assert_eq!(preset_key(&changed), None, "{fragment} {change}");
            }
        }
    }
}
