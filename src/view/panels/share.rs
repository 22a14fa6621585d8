//! [`SharePanel`]: the link to what is seen.

use yew::prelude::*;

use super::PanelProps;
use crate::view::base::{base, link_to};
use crate::view::controls::CopyButton;
use crate::view::facets::Facets;
use crate::view::share::shared_page;
use crate::view::store::use_slice;

/// The link that recreates the state; where the state has a page of its own, that page, which sites show
/// with a title and a picture.
#[component]
pub fn SharePanel(panel: &PanelProps) -> Html {
    let model = use_slice(&panel.store, "share", Facets::STATE.and(Facets::VISIT));
    let fields = [use_node_ref(), use_node_ref()];
    let field = |id: &'static str, label: &'static str, address: String, field: &NodeRef| {
        html! {
            <p class="share-field">
                <label for={id}>{ label }</label>
                <span><input type="text" {id} readonly={true} ref={field.clone()} value={address.clone()} />
                <CopyButton id={format!("copy-{id}")} text={address} source={field.clone()} what="the link" /></span>
            </p>
        }
    };
    html! {
        <>
            { field("share-link", "What you see, as a link", link_to(&model, &model.state), &fields[0]) }
            { for shared_page(&model.state).map(|page| field("share-page", "With a title and a picture, for chats, forums and forges", page, &fields[1])) }
            if base(&model).is_none() {
                <p class="hint">{ "This page is a file: the link has no more than its name. An address given in the view Embed makes it whole." }</p>
            }
            <p class="hint">{ "The link has your settings in it, and nothing is stored anywhere." }</p>
        </>
    }
}
