//! Where something is known from: [`Source`], and [`Reference`], what a list of sources names.

use super::fault::Damage;
use super::files::SourceEntry;
use super::keyed::Keyed;
use super::kinds::How;
use super::ordered::Ordered;

/// What stands in a list of sources where there is none.
pub const FROM_KNOWLEDGE: &str = "from knowledge, unverified";

/// A source: what its entry says, checked.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// Its id.
    pub id: String,
    /// Its kind.
    pub how: How,
    /// What the file says of it.
    pub entry: SourceEntry,
}

impl Source {
    /// Where a browser finds it; `None` for a run. A file of no known commit is its present form.
    pub fn url(&self) -> Option<String> {
        if let Some(address) = &self.entry.address {
            return Some(address.clone());
        }
        let (repository, path) = (self.entry.repository.as_ref()?, self.entry.path.as_ref()?);
        let commit = self.entry.commit.as_deref().unwrap_or("HEAD");
        let line = self.entry.line.map(|line| format!("#L{line}")).unwrap_or_default();
        Some(format!("https://github.com/{repository}/blob/{commit}/{path}{line}"))
    }
}

/// What an entry of a list of sources stands for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Reference<'a> {
    /// A source with its own entry.
    Source(&'a Source),
    /// An address alone.
    Address(&'a str),
    /// Nothing that could be opened.
    Knowledge,
}

impl Reference<'_> {
    /// What people are told of it.
    pub fn name(&self) -> &str {
        match self {
            Reference::Source(source) => &source.entry.what,
            Reference::Address(address) => address,
            Reference::Knowledge => FROM_KNOWLEDGE,
        }
    }

    /// Where a browser finds it.
    pub fn url(&self) -> Option<String> {
        match self {
            Reference::Source(source) => source.url(),
            Reference::Address(address) => Some((*address).into()),
            Reference::Knowledge => None,
        }
    }
}

/// Sources by their ids, of both files together.
#[derive(Clone, Debug)]
pub(super) struct Sources {
    /// By id.
    sorted: Vec<Source>,
}

impl Sources {
    /// Checks the sources of a file, and adds them to those that are there.
    ///
    /// # Errors
    /// The id of the source that is wrong, and why.
    pub fn read(
        earlier: Sources,
        entries: &Ordered<SourceEntry>,
    ) -> Result<Sources, (String, Damage)> {
        let mut all = earlier.sorted;
        for (id, entry) in &entries.0 {
            let wrong = |damage| (id.clone(), damage);
            all.push(source(id, entry).map_err(wrong)?);
        }
        all.sort_by(|one, other| one.id.cmp(&other.id));
        // One that is in both files says the same in both.
        all.dedup();
        match all.windows(2).find(|pair| pair[0].id == pair[1].id) {
            Some(pair) => Err((pair[0].id.clone(), Damage::Twice { word: pair[0].id.clone() })),
            None => Ok(Sources { sorted: all }),
        }
    }

    pub const fn none() -> Sources {
        Sources { sorted: Vec::new() }
    }

    /// The source of that id.
    pub fn find(&self, id: &str) -> Option<&Source> {
        let at = self.sorted.binary_search_by(|one| one.id.as_str().cmp(id)).ok()?;
        self.sorted.get(at)
    }

    /// Every one, by id.
    pub fn all(&self) -> &[Source] {
        &self.sorted
    }

    /// What an entry of a list stands for; `None` for a word that stands for nothing.
    pub fn refer<'a>(&'a self, text: &'a str) -> Option<Reference<'a>> {
        match text {
            FROM_KNOWLEDGE => Some(Reference::Knowledge),
            address if is_address(address) => Some(Reference::Address(address)),
            id => self.find(id).map(Reference::Source),
        }
    }

    /// Whether every entry of a list stands for something.
    pub fn check(&self, list: &[String]) -> Result<(), Damage> {
        match list.iter().find(|text| self.refer(text).is_none()) {
            Some(word) => Err(Damage::Unknown { what: "source", word: word.clone() }),
            None => Ok(()),
        }
    }
}

/// Whether a browser may be led there.
fn is_address(text: &str) -> bool {
    text.strip_prefix("https://").is_some_and(|rest| {
        !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'"')
    })
}

fn source(id: &str, entry: &SourceEntry) -> Result<Source, Damage> {
    let how = How::read(&entry.how)?;
    let needed: &[(&'static str, bool)] = match how {
        How::Line => &[
            ("repository", entry.repository.is_some()),
            ("commit", entry.commit.is_some()),
            ("path", entry.path.is_some()),
            ("line", entry.line.is_some()),
        ],
        How::Text => &[("repository", entry.repository.is_some()), ("path", entry.path.is_some())],
        How::Run => &[("version that was run", entry.versions.is_some())],
        How::Document | How::ThirdParty => &[("address", entry.address.is_some())],
    };
    if let Some((what, _)) = needed.iter().find(|(_, is_there)| !is_there) {
        return Err(Damage::Missing { what });
    }
    let source = Source { id: id.into(), how, entry: entry.clone() };
    match source.url() {
        Some(url) if !is_address(&url) => Err(Damage::Form { what: "address", found: url }),
        _ => Ok(source),
    }
}
