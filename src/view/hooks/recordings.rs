//! The recordings that ship with the page, fetched when they are first asked for.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::evidence::Recordings;
use crate::view::files::{fetch_text, read_recordings};
use crate::view::model::Shared;

/// Beside the page.
const ADDRESS: &str = "recordings.json";

thread_local! {
    /// Kept while the page is open: another view and back needs no second fetch.
    static KEPT: RefCell<Option<Shared<Recordings>>> = const { RefCell::new(None) };
}

/// How far the fetch has come.
#[derive(Clone, PartialEq)]
pub enum Loading {
    /// On its way.
    Waiting,
    /// Here.
    Ready(Shared<Recordings>),
    /// Not here, and why.
    Failed(String),
}

/// The shipped recordings, and what tries again.
#[hook]
pub fn use_recordings() -> (Loading, Callback<()>) {
    let loading =
        use_state_eq(|| KEPT.with_borrow(Clone::clone).map_or(Loading::Waiting, Loading::Ready));
    let attempt = use_state(|| 0_u32);
    {
        let loading = loading.clone();
        use_effect_with(*attempt, move |_| {
            // A view that was left no longer listens.
            let is_left = Rc::new(std::cell::Cell::new(false));
            if KEPT.with_borrow(Option::is_none) {
                let is_left = Rc::clone(&is_left);
                spawn_local(async move {
                    let came = load().await;
                    if let Loading::Ready(recordings) = &came {
                        KEPT.set(Some(recordings.clone()));
                    }
                    if !is_left.get() {
                        loading.set(came);
                    }
                });
            }
            move || is_left.set(true)
        });
    }
    let retry = {
        let loading = loading.clone();
        Callback::from(move |()| {
            loading.set(Loading::Waiting);
            attempt.set(*attempt + 1);
        })
    };
    ((*loading).clone(), retry)
}

async fn load() -> Loading {
    match fetch_text(ADDRESS).await {
        Err(reason) => Loading::Failed(format!(
            "The recordings could not be fetched: {reason}. A page opened from a file may not fetch; one from a server may."
        )),
        Ok(text) => match read_recordings(&text) {
            Ok(recordings) => Loading::Ready(Shared(Rc::new(recordings))),
            Err(fault) => Loading::Failed(format!("The recordings that came are damaged. {fault}")),
        },
    }
}
