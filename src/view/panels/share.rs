//! [`SharePanel`]: the link to what is seen.

use yew::prelude::*;

use super::PanelProps;
use crate::state::Session;
use crate::story::scenes::to_share;
use crate::view::base::{base, link_to};
use crate::view::controls::CopyField;
use crate::view::facets::Facets;
use crate::view::share::shared_page;
use crate::view::store::use_slice;

/// The link that recreates the state; where the state has a page of its own, that page, which sites show
/// with a title and a picture.
#[component]
pub fn SharePanel(panel: &PanelProps) -> Html {
    let model = use_slice(&panel.store, "share", Facets::STATE.and(Facets::VISIT));
    let shared = to_share(&model.state);
    html! {
        <>
            <CopyField id="sheet-link" copy_id="copy-sheet-link" label="What you see, as a link" text={link_to(&model, &shared)} what="the link" />
            if let Some(page) = shared_page(&shared) {
                <CopyField id="sheet-page" copy_id="copy-sheet-page" label="With a title and a picture, for chats, forums and forges" text={page} what="the address of the page" />
            }
            { of_a_file(&model) }
            <p class="hint">{ "The link has your settings in it, and nothing is stored anywhere." }</p>
        </>
    }
}

/// What a page that is a file has to say of its links.
pub(super) fn of_a_file(session: &Session) -> Html {
    html! {
        if base(session).is_none() {
            <p class="hint">{ "This page is a file: the link has no more than its name. An address given in the view Embed makes it whole." }</p>
        }
    }
}
