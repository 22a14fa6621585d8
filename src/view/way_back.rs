//! [`WayBack`]: from a figure in somebody's page to this one.

use yew::prelude::*;

use super::base::base;
use super::facets::Facets;
use super::panels::PanelProps;
use super::store::use_slice;
use crate::state::link;
use crate::story::figure::on_page;

/// A small link that opens the figure's state on the page; nothing where the figure's author asked for
/// none, or where the page has no address that others can open.
#[component]
pub fn WayBack(panel: &PanelProps) -> Html {
    let model = use_slice(&panel.store, "way-back", Facets::STATE);
    let page = base(&model.session).filter(|_| model.state.figure.back).map(|base| base.page);
    let Some(page) = page else { return Html::default() };
    let href = format!("{page}{}", link::write(&on_page(&model.state)));
    html! {
        <p class="way-back"><a {href} target="_blank" rel="noopener">{ "Rampscope\u{a0}↗" }<span class="visually-hidden">{ ": this figure on its page, in a new tab" }</span></a></p>
    }
}
