//! [`Known`]: how we know what an engine does.

use yew::prelude::*;

use crate::state::{Engine, describe};

/// Properties of [`Known`].
#[derive(Properties, PartialEq)]
pub struct KnownProps {
    /// Whose arithmetic.
    pub engine: Engine,
}

/// Recorded, read in the source, modelled or a theory: by a sign and a word, and as a sentence on hover.
#[component]
pub fn Known(props: &KnownProps) -> Html {
    let [sign, word] = describe::known(props.engine);
    html! {
        <span class="known" title={describe::provenance(props.engine)}><span aria-hidden="true">{ sign }</span>{ format!(" {word}") }</span>
    }
}
