//! [`audit`] and [`Auditing`]: all files of a call, some of which may belong to others.

use std::cell::RefCell;
use std::rc::Rc;

use super::file::{Call, FileAudit};
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
    let mut auditing = Auditing::new(files, options);
    while !auditing.step(files, options, &|| false) {}
    auditing.finish()
}

/// An audit under way, for who has other things to do in between.
pub struct Auditing {
    reports: Vec<Option<FileReport>>,
    samples: SampleSet,
    /// Files that are still to be opened, the next one last.
    left: Vec<usize>,
    current: Option<Current>,
}

/// A file that is open.
struct Current {
    index: usize,
    audit: FileAudit,
    /// Files of the call that it uses.
    parts: Vec<usize>,
}

impl Auditing {
    /// Of files, none of which is opened yet.
    pub fn new(files: &[InputFile], options: &Options) -> Auditing {
        // Those that may need others come first.
        let (first, later): (Vec<usize>, Vec<usize>) = (0..files.len())
            .partition(|&index| may_have_companions(&files[index].name, &files[index].source));
        let left = first.into_iter().chain(later).rev().collect();
        let reports = vec![None; files.len()];
        Auditing { reports, samples: SampleSet::open(options), left, current: None }
    }

    /// Goes on until the time is over, for a tensor or a file at least. `files` and `options` are those that it
    /// began with. Says whether all is done.
    pub fn step(
        &mut self,
        files: &[InputFile],
        options: &Options,
        is_over: &dyn Fn() -> bool,
    ) -> bool {
        loop {
            let Some(current) = self.current.take().or_else(|| self.open(files, options)) else {
                return self.left.is_empty();
            };
            self.go_on(current, files, options, is_over);
            if is_over() {
                return self.current.is_none() && self.left.is_empty();
            }
        }
    }

    /// The next file that can be opened.
    fn open(&mut self, files: &[InputFile], options: &Options) -> Option<Current> {
        while let Some(index) = self.left.pop() {
            if self.reports[index].is_some() {
                continue;
            }
            let InputFile { name, source, .. } = &files[index];
            let beside = Beside::new(files, index);
            match FileAudit::open(name, source, &beside, options.is_hashed) {
                Ok(audit) => {
                    return Some(Current { index, audit, parts: beside.used.into_inner() });
                }
                Err(error) => self.reports[index] = Some(FileReport::failed(name, &error)),
            }
        }
        None
    }

    fn go_on(
        &mut self,
        mut current: Current,
        files: &[InputFile],
        options: &Options,
        is_over: &dyn Fn() -> bool,
    ) {
        let index = current.index;
        let name = &files[index].name;
        let tell = |done: usize, all: usize, name: &str| {
            if let Some(tell) = &options.progress {
                tell(Progress { file: index, done, all, name });
            }
        };
        let samples = &self.samples;
        let call = Call { samples, layout: options.layout, tell: &tell, is_over };
        let report = match current.audit.step(call) {
            Ok(false) => return self.current = Some(current),
            Ok(true) => current.audit.finish(samples),
            Err(error) => Err(error),
        };
        self.reports[index] = Some(match report {
            Ok(report) => {
                for part in current.parts {
                    let file = &files[part].name;
                    self.reports[part].get_or_insert_with(|| FileReport::part(file, name));
                }
                report
            }
            Err(error) => FileReport::failed(name, &error),
        });
    }

    /// What is said of the files, once all is done.
    pub fn finish(self) -> Report {
        Report { files: self.reports.into_iter().flatten().collect() }
    }
}

/// The files of the call beside one of them, and those of its folder.
pub(super) struct Beside<'f> {
    files: &'f [InputFile],
    index: usize,
    /// Which ones were used.
    used: RefCell<Vec<usize>>,
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
        let mut used = self.used.borrow_mut();
        if !used.contains(&found) {
            used.push(found);
        }
        Some(Rc::clone(&self.files[found].source))
    }
}
