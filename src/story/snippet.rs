//! [`Snippet`]: something to paste, and [`Site`], what it has to know of the build.

use crate::state::Base;

/// Something to paste.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snippet {
    /// A stable name.
    pub key: &'static str,
    /// What it is for.
    pub title: &'static str,
    /// What kind of thing that is.
    pub group: Group,
    /// Where to put it.
    pub place: &'static str,
    /// What is needed once before.
    pub once: Option<Once>,
    /// The text, or why there is none for this state.
    pub text: Result<String, &'static str>,
}

impl Snippet {
    /// Whether its lines name a file of the build.
    pub fn names(&self, file: &str) -> bool {
        let once = self.once.as_ref().map(|once| &once.text);
        self.text.as_ref().ok().into_iter().chain(once).any(|text| text.contains(file))
    }
}

/// What a site needs once for all of its figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Once {
    /// The file that it goes into.
    pub file: &'static str,
    /// Where to put it.
    pub place: &'static str,
    /// The text.
    pub text: String,
}

/// What a snippet is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// A live figure.
    Page,
    /// The figure named to others.
    Share,
    /// The figure's numbers by other means.
    Numbers,
}

impl Group {
    /// Every one with its name, in the order of a menu.
    pub const ALL: [(Group, &str); 3] = [
        (Group::Page, "A live figure in a page"),
        (Group::Share, "To share and to cite"),
        (Group::Numbers, "The same numbers elsewhere"),
    ];
}

/// Where a build is hosted, for the text of snippets while the page does not know.
pub const SOMEWHERE: &str = "https://example.org/rampscope/";

/// The height of a figure whose content nobody has measured: enough for the ramp in a column.
const HEIGHT: u32 = 760;

/// What snippets have to know of the build that they use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// The address of its page.
    pub page: String,
    /// The address of its folder, with the last `/`.
    pub folder: String,
    /// The height that the figure wants, in CSS pixels.
    pub height: u32,
    /// The element of one version, where the lines are to name that.
    pub pinned: Option<Pinned>,
}

impl Site {
    /// A build at an address, with the height that its figure wants if that is known.
    pub fn new(base: Base, height: Option<u32>) -> Site {
        let height = height.unwrap_or(HEIGHT);
        Site { page: base.page, folder: base.folder, height, pinned: None }
    }
}

/// The script of the element of one version, which a build keeps at an address of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pinned {
    /// Its path in the build's folder.
    pub path: String,
    /// Its hash, as the attribute `integrity` has it.
    pub integrity: String,
}

impl Pinned {
    /// As a build writes it: the path, a blank, the hash. `None` where a text is another one.
    pub fn read(text: &str) -> Option<Pinned> {
        let (path, integrity) = text.split_once(' ')?;
        let is_plain = |text: &str, more: &str| {
            !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || more.contains(c))
        };
        let hash = integrity.strip_prefix("sha384-")?;
        (is_plain(path, "./+-") && is_plain(hash, "+/="))
            .then(|| Pinned { path: path.to_string(), integrity: integrity.to_string() })
    }
}

impl From<&str> for Site {
    /// From the address of the folder, with its last `/`.
    fn from(folder: &str) -> Site {
        Site { page: folder.to_string(), folder: folder.to_string(), height: HEIGHT, pinned: None }
    }
}
