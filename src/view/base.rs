//! Where links of this page lead: the one place that decides it, for snippets and for files.

use crate::state::{Base, Session, State, link};
use crate::story::snippets::Pinned;
use crate::view::files;

/// The name of the `<meta>` in which a build knows its address (`RAMPSCOPE_URL=… ./dev build`).
const META: &str = "meta[name='rampscope-url']";
/// That in which it knows the element of its version.
const PINNED: &str = "meta[name='rampscope-pinned']";

/// The address that links lead to: what a person gave, if it can be used, else what the page knows
/// of itself. `None` for a page that only its reader can open, such as a file.
pub fn base(session: &Session) -> Option<Base> {
    session.address.as_deref().and_then(|text| Base::read(text).ok()).or_else(own_base)
}

/// What the page knows of itself: of a figure in somebody's page the folder that it came from, else
/// the build's own word, else the address that it was opened at.
pub fn own_base() -> Option<Base> {
    if let Some(folder) = files::folder() {
        return Base::read(&folder).ok();
    }
    built_base().or_else(|| Base::of_page(&href()).ok())
}

/// The build's own word, of a page that has it.
pub fn built_base() -> Option<Base> {
    said(META).and_then(|text| Base::read(&text).ok())
}

/// The element of this version, of a build that keeps one.
pub fn pinned() -> Option<Pinned> {
    said(PINNED).and_then(|text| Pinned::read(&text))
}

/// What a `<meta>` of the page says.
fn said(selector: &str) -> Option<String> {
    let meta = gloo::utils::document().query_selector(selector).ok().flatten();
    meta.and_then(|meta| meta.get_attribute("content"))
}

/// The address of the page, for links. That of a file is its name alone: its folder is nobody
/// else's business, and nobody else's file.
pub fn page(session: &Session) -> String {
    let name = || {
        let href = href();
        let path = href.split(['#', '?']).next().unwrap_or_default();
        path.rsplit('/').next().unwrap_or_default().to_string()
    };
    base(session).map_or_else(name, |base| base.page)
}

/// The link that recreates a state.
pub fn link_to(session: &Session, state: &State) -> String {
    format!("{}{}", page(session), link::write(state))
}

fn href() -> String {
    gloo::utils::window().location().href().unwrap_or_default()
}
