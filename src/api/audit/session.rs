//! [`Audit`]: files of a call, and what is said of them.

use std::rc::Rc;

use js_sys::Function;
use wasm_bindgen::prelude::*;

use super::source::{JsFolder, JsSource};
use crate::api::fault::Fault;
use crate::audit::{
    Auditing, CpuClass, Deny, FileSaid, InputFile, Layout, Listener, Options, Printed, Progress,
    Question, Report, answer, json,
};
use crate::paste::Shown;
use crate::tensor::{NotOpened, Unopened};

/// An audit of files.
#[wasm_bindgen]
#[derive(Default)]
pub struct Audit {
    files: Vec<InputFile>,
    samples: Vec<InputFile>,
    under_way: Option<(Auditing, Options)>,
    report: Option<Report>,
}

/// What a program prints, and its exit status.
#[wasm_bindgen(getter_with_clone)]
pub struct AuditPrinted {
    /// For the standard output.
    #[wasm_bindgen(readonly)]
    pub text: String,
    /// For the standard error, if anything.
    #[wasm_bindgen(readonly)]
    pub complaint: Option<String>,
    /// 0, 1 or 2.
    #[wasm_bindgen(readonly)]
    pub status: u8,
}

impl From<Printed> for AuditPrinted {
    fn from(Printed { text, complaint, status }: Printed) -> AuditPrinted {
        AuditPrinted { text, complaint, status }
    }
}

#[wasm_bindgen]
impl Audit {
    /// Without any file yet.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Audit {
        Audit::default()
    }

    /// Adds a file: its name without folder, its size in bytes, and `read(offset, length)`, which gives a
    /// `Uint8Array` of that length or throws. `folder`, if there are folders, is the same for files of the
    /// same one; `beside(name)` gives `{ size, read }` of a file of that folder that is not added, or
    /// nothing.
    ///
    /// # Errors
    /// [`Fault`] `arguments` for a size that is none.
    pub fn file(
        &mut self,
        name: String,
        size: f64,
        read: Function,
        folder: Option<String>,
        beside: Option<Function>,
    ) -> Result<(), Fault> {
        let beside = beside.map(|find| Rc::new(JsFolder(find)) as Rc<_>);
        self.files.push(InputFile { folder, beside, ..input(name, size, read)? });
        Ok(())
    }

    /// Adds a file of samples: arrays of activations, a sample a row.
    ///
    /// # Errors
    /// As [`file`](Audit::file).
    pub fn samples(&mut self, name: String, size: f64, read: Function) -> Result<(), Fault> {
        self.samples.push(input(name, size, read)?);
        Ok(())
    }

    /// Adds a file that cannot be opened. `why` is `absent`, `forbidden`, `folder`, or what the system says.
    pub fn unopened(&mut self, name: String, why: &str) {
        self.files.push(not_opened(name, why));
    }

    /// The same of a file of samples.
    #[wasm_bindgen(js_name = samplesUnopened)]
    pub fn samples_unopened(&mut self, name: String, why: &str) {
        self.samples.push(not_opened(name, why));
    }

    /// Audits the files. `hashed`: whether the SHA-256 of all values are wanted, which take most of the
    /// time. `progress(file, done, all, name)` is told before each tensor: the file's place, how many of
    /// its tensors are done and how many there are, and the name of the next one.
    ///
    /// What is wrong with a file is in the report.
    pub fn run(&mut self, hashed: bool, progress: Option<Function>) {
        self.begin(hashed, progress);
        while !self.step(None) {}
    }

    /// As [`run`](Audit::run), for who has other things to do in between: nothing is read before the first
    /// [`step`](Audit::step).
    pub fn begin(&mut self, hashed: bool, progress: Option<Function>) {
        let options = Options { is_hashed: hashed, ..self.options(progress) };
        self.under_way = Some((Auditing::new(&self.files, &options), options));
        self.report = None;
    }

    /// Goes on with what has begun, for one tensor at least, until `isOver()` is true. Says whether all is done.
    pub fn step(&mut self, is_over: Option<Function>) -> bool {
        let Some((auditing, options)) = &mut self.under_way else { return true };
        let is_over = || match &is_over {
            // Whoever cannot say it waits no longer.
            Some(ask) => ask.call0(&JsValue::UNDEFINED).is_ok_and(|answer| answer.is_truthy()),
            None => false,
        };
        let is_done = auditing.step(&self.files, options, &is_over);
        if is_done && let Some((auditing, _)) = self.under_way.take() {
            self.report = Some(auditing.finish());
        }
        is_done
    }

    /// The report of the last [`run`](Audit::run) as JSON without blanks: an array with an object for
    /// each file, as docs/audit.md has it.
    ///
    /// # Errors
    /// [`Fault`] `internal` before a run.
    pub fn report(&self) -> Result<String, Fault> {
        Ok(json(self.ran()?))
    }

    /// What is said of each file to people, for CPUs of a class (`no-vnni`, `vnni`), as JSON: an array of
    /// what [`FileSaid`] has.
    ///
    /// # Errors
    /// [`Fault`] `internal` as for [`report`](Audit::report), `arguments` for another class.
    pub fn said(&self, cpu: &str) -> Result<String, Fault> {
        let class = class(cpu)?;
        let said = self.ran()?.files.iter().map(|file| FileSaid::of(file, class));
        Ok(json(&said.collect::<Vec<_>>()))
    }

    /// What `rampscope audit` prints of the files. `layout` is `NK`, `KN` or `OIHW`, `cpu` `no-vnni` or
    /// `vnni`, `deny` `can` or `does`.
    ///
    /// # Errors
    /// [`Fault`] `arguments` for other words, or if the question has no answer.
    pub fn print(
        &self,
        json: bool,
        tensors: Vec<String>,
        layout: Option<String>,
        cpu: &str,
        deny: Option<String>,
    ) -> Result<AuditPrinted, Fault> {
        let cpu = class(cpu)?;
        let layout = match layout.as_deref() {
            None => None,
            Some("NK") => Some(Layout::Nk),
            Some("KN") => Some(Layout::Kn),
            Some("OIHW") => Some(Layout::Oihw),
            Some(other) => return Err(unknown("layout", other, "NK, KN or OIHW")),
        };
        let deny = match deny.as_deref() {
            None => None,
            Some("can") => Some(Deny::Can),
            Some("does") => Some(Deny::Does),
            Some(other) => return Err(unknown("deny", other, "can or does")),
        };
        let question = Question { is_json: json, tensors, layout, cpu, deny };
        let printed = answer(&self.files, self.options(None), &question);
        Ok(printed.map_err(Fault::arguments)?.into())
    }

    pub(super) fn files(&self) -> &[InputFile] {
        &self.files
    }

    pub(super) fn ran(&self) -> Result<&Report, Fault> {
        self.report.as_ref().ok_or_else(|| Fault::new("internal", "nothing was audited yet"))
    }

    fn options(&self, progress: Option<Function>) -> Options {
        let progress = progress.map(|told| {
            Rc::new(move |Progress { file, done, all, name }: Progress<'_>| {
                let [file, done, all] = [file, done, all].map(|count| JsValue::from(count as f64));
                // Whoever is told may fail; the audit goes on.
                let _ = told.apply(
                    &JsValue::UNDEFINED,
                    &js_sys::Array::of4(&file, &done, &all, &name.into()),
                );
            }) as Listener
        });
        Options { samples: self.samples.clone(), progress, ..Options::default() }
    }
}

fn class(cpu: &str) -> Result<CpuClass, Fault> {
    match cpu {
        "no-vnni" => Ok(CpuClass::NoVnni),
        "vnni" => Ok(CpuClass::Vnni),
        other => Err(unknown("cpu", other, "no-vnni or vnni")),
    }
}

fn input(name: String, size: f64, read: Function) -> Result<InputFile, Fault> {
    let source = JsSource::new(size, read);
    let source =
        source.ok_or_else(|| Fault::arguments(format!("{} is no size of a file", Shown(size))))?;
    Ok(InputFile { name, folder: None, source: Rc::new(source), beside: None })
}

fn not_opened(name: String, why: &str) -> InputFile {
    let why = match why {
        "absent" => NotOpened::Absent,
        "forbidden" => NotOpened::Forbidden,
        "folder" => NotOpened::Folder,
        other => NotOpened::Other(other.to_string()),
    };
    InputFile { name, folder: None, source: Rc::new(Unopened(why)), beside: None }
}

pub(super) fn unknown(what: &str, given: &str, there_are: &str) -> Fault {
    Fault::arguments(format!("{what} is {there_are}; “{given}” is not."))
}
