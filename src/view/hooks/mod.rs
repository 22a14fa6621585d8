//! Hooks: what ties the components to the browser.

mod address;
mod announce;
mod auditor;
mod beginning;
mod documents;
mod dropped;
mod drops;
mod figure;
mod keys;
mod open;
mod probe;
mod run;
mod scroll_anchor;
mod theme;

pub use address::{opened_fragment, use_address};
pub use announce::use_announcement;
pub use auditor::{ask_desk, audit_files, put_away};
pub use beginning::{focus, use_beginning};
pub use documents::{
    document_events, fetch_machines, fetch_recordings, read_given, use_machines,
    use_shipped_recordings,
};
pub use dropped::{Dropped, dropped};
pub use drops::{Items, items_of, use_dropped, use_drops};
pub use figure::use_figure;
pub use keys::use_keys;
pub use open::use_open;
pub use run::use_run;
pub use scroll_anchor::{hold_focused, use_scroll_anchor};
pub use theme::use_palette;
