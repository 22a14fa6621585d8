//! [`audit`]: all files of a call, some of which may belong to others.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;

use super::file::{Call, audit_file};
use super::input::{InputFile, Options, Progress};
use super::report::{FileReport, Report};
use super::sample_set::SampleSet;
use crate::tensor::{Companions, Source, may_have_companions};

/// Audits files. One that another of them uses, as its values or a part of it, is told as that.
///
/// ```
/// use std::rc::Rc;
/// use rampscope::audit::{InputFile, Options, Verdict, audit};
///
/// let source = Rc::new(b"127,127\n1,-1\n".to_vec());
/// let file = InputFile { name: "weights.csv".to_string(), folder: None, source, beside: None };
/// let report = audit(&[file], &Options::default());
/// let tensors = report.files[0].tensors.as_ref().expect("it was read");
/// assert_eq!(tensors[0].verdict, Some(Verdict::Codes));
/// let audit = tensors[0].audit.as_ref().expect("codes are audited");
/// // One of two pairs clamps, from code 130 on.
/// assert_eq!((audit.unsafe_pairs, audit.pairs, audit.first_code), (1, 2, Some(130)));
/// ```
pub fn audit(files: &[InputFile], options: &Options) -> Report {
    let mut reports: Vec<Option<FileReport>> = vec![None; files.len()];
    let samples = SampleSet::open(options);
    // Those that may need others come first.
    let (first, later): (Vec<usize>, Vec<usize>) = (0..files.len())
        .partition(|&index| may_have_companions(&files[index].name, &files[index].source));
    for index in first.into_iter().chain(later) {
        if reports[index].is_some() {
            continue;
        }
        let InputFile { name, source, .. } = &files[index];
        let beside = Beside::new(files, index);
        let tell = |done: usize, all: usize, name: &str| {
            if let Some(tell) = &options.progress {
                tell(Progress { file: index, done, all, name });
            }
        };
        let Options { is_hashed, layout, .. } = *options;
        let call = Call { is_hashed, samples: &samples, layout, tell: &tell };
        match audit_file(name, source, &beside, call) {
            Ok(report) => {
                for part in beside.used.into_inner() {
                    let file = &files[part].name;
                    reports[part].get_or_insert_with(|| FileReport::part(file, name));
                }
                reports[index] = Some(report);
            }
            Err(error) => reports[index] = Some(FileReport::failed(name, &error)),
        }
    }
    Report { files: reports.into_iter().flatten().collect() }
}

/// The files of the call beside one of them, and those of its folder.
pub(super) struct Beside<'f> {
    files: &'f [InputFile],
    index: usize,
    /// Which ones were used.
    used: RefCell<BTreeSet<usize>>,
}

impl<'f> Beside<'f> {
    /// Of which none was used yet.
    pub fn new(files: &'f [InputFile], index: usize) -> Beside<'f> {
        Beside { files, index, used: RefCell::default() }
    }
}

impl Companions for Beside<'_> {
    fn find(&self, name: &str) -> Option<Rc<dyn Source>> {
        let of = &self.files[self.index];
        let is_other = |index: &usize| *index != self.index && self.files[*index].name == name;
        let others = || (0..self.files.len()).filter(is_other);
        let near = others().find(|&index| self.files[index].folder == of.folder);
        if near.is_none()
            && let Some(found) = of.beside.as_ref().and_then(|beside| beside.find(name))
        {
            return Some(found);
        }
        let found = near.or_else(|| others().next())?;
        self.used.borrow_mut().insert(found);
        Some(Rc::clone(&self.files[found].source))
    }
}
