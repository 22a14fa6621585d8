//! [`Lazy`]: what the page does not show first.
//!
//! In a build with the feature `split` it comes in a second part of the module (`rest.rs`), which
//! has everything that only [`later::draw`](super::later::draw) can reach. In any other build it is
//! drawn at once.

#[cfg(not(feature = "split"))]
use yew::prelude::*;

#[cfg(not(feature = "split"))]
use super::later::{LazyProps, draw};

#[cfg(feature = "split")]
pub use super::rest::Lazy;

/// Shows it.
#[cfg(not(feature = "split"))]
#[component]
pub fn Lazy(props: &LazyProps) -> Html {
    draw(&props.what)
}
