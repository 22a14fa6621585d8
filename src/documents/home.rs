//! [`Documents`]: everything that is loaded, and [`DocumentEvent`], all that can happen to it.

use std::rc::Rc;

use super::audited::{AuditStep, Audited};
use super::document::Document;
use super::fault::{FetchFault, ShippedFault};
use super::findings::JudgedRecordings;
use super::given::{CheckedFile, Given};
use super::machines::{self, MachineTexts, MachinesFault};
use super::read::{Json, read};
use super::typed::TypedEntry;
use crate::evidence::FileFault;
use crate::machine::MachineData;

/// What is loaded, beside the state.
#[derive(Clone, Debug, PartialEq)]
pub struct Documents {
    /// The recordings that ship with the page.
    pub recordings: Document<JudgedRecordings, ShippedFault>,
    /// The reader's own recordings: the last file that was given.
    pub given: Option<Given>,
    /// Which arithmetic machines give.
    pub machines: Document<MachineData, MachinesFault>,
    /// What a reader has entered to be explained.
    pub typed: Option<Rc<TypedEntry>>,
    /// Files of weights that a reader gives.
    pub audited: Audited,
}

impl Default for Documents {
    /// Nothing, and nothing asked for.
    fn default() -> Self {
        let (recordings, machines) = (Document::NotAsked, Document::NotAsked);
        Documents { recordings, given: None, machines, typed: None, audited: Audited::default() }
    }
}

/// What can happen to documents.
#[derive(Clone, Debug)]
pub enum DocumentEvent {
    /// The shipped recordings are being fetched, for the first time or again.
    Asked,
    /// What came of that: the file's text.
    Came(Result<String, FetchFault>),
    /// Another app in the same page has them already.
    Known(Rc<JudgedRecordings>),
    /// The data of machines are being fetched, for the first time or again.
    MachinesAsked,
    /// What came of that.
    MachinesCame(Result<MachineTexts, FetchFault>),
    /// Another app in the same page has them already.
    MachinesKnown(Rc<MachineData>),
    /// A reader has entered something.
    Typed(TypedEntry),
    /// What has become of files of weights.
    Audit(AuditStep),
    /// A reader has given a file, which is being read.
    Opened {
        /// Its name.
        name: String,
    },
    /// What came of that.
    Given {
        /// The file's name.
        name: String,
        /// Its text.
        text: Result<String, FileFault>,
    },
}

impl Documents {
    /// What an event makes of them. Total: an answer that nobody waits for changes nothing.
    #[must_use]
    pub fn reduce<J: Json>(&self, event: DocumentEvent) -> Documents {
        let mut next = self.clone();
        match event {
            DocumentEvent::Asked => {
                if self.recordings.is_wanting() {
                    next.recordings = Document::Waiting;
                }
            }
            DocumentEvent::Came(text) => {
                if self.recordings == Document::Waiting {
                    next.recordings = Document::of(shipped::<J>(text));
                }
            }
            DocumentEvent::Known(recordings) => {
                if self.recordings.ready().is_none() {
                    next.recordings = Document::Ready(recordings);
                }
            }
            DocumentEvent::MachinesAsked => {
                if self.machines.is_wanting() {
                    next.machines = Document::Waiting;
                }
            }
            DocumentEvent::MachinesCame(texts) => {
                if self.machines == Document::Waiting {
                    next.machines = Document::of(machines::read::<J>(texts));
                }
            }
            DocumentEvent::MachinesKnown(data) => {
                if self.machines.ready().is_none() {
                    next.machines = Document::Ready(data);
                }
            }
            DocumentEvent::Typed(typed) => next.typed = Some(Rc::new(typed)),
            DocumentEvent::Audit(step) => next.audited = self.audited.after::<J>(step),
            DocumentEvent::Opened { name } => {
                next.given = Some(Given { name, content: Document::Waiting });
            }
            DocumentEvent::Given { name, text } => {
                // Another file may have been given since.
                if let Some(given) = &mut next.given
                    && given.name == name
                    && given.content == Document::Waiting
                {
                    let read = text.and_then(|text| read::<J>(&text));
                    given.content = Document::of(read.map(CheckedFile::new));
                }
            }
        }
        next
    }
}

fn shipped<J: Json>(text: Result<String, FetchFault>) -> Result<JudgedRecordings, ShippedFault> {
    let text = text.map_err(ShippedFault::Fetch)?;
    read::<J>(&text).map(JudgedRecordings::new).map_err(ShippedFault::Damaged)
}
