//! `rampscope audit`: which outputs of a model can saturate.

use std::fs::File;
use std::path::Path;
use std::rc::Rc;

use clap::ValueEnum;
use rampscope::audit::{CpuClass, Fate, InputFile, Options, Report, audit};
use rampscope::tensor::{FileSource, Folder};

use super::fault::CliFault;
use super::print_audit::said;

/// Which outputs of an int8 model can lose something in a 16-bit pair, where, and how much?
///
/// .onnx with its graph, .safetensors, .pt, .npy, .npz, JSON, CSV and prints. Files that a model names are
/// taken from the same call, and from its own folder.
///
/// Exit status: 0; 1 if --deny denies; 2 if a file cannot be used.
#[derive(clap::Args)]
pub struct Args {
    /// The files.
    #[arg(required = true)]
    files: Vec<String>,
    /// What is known as JSON: an array, an object for each file; docs/audit.md says what each field is.
    #[arg(long)]
    json: bool,
    /// Only tensors with this name, or of the node with it.
    #[arg(long, value_name = "NAME")]
    tensor: Vec<String>,
    /// A file of activations, .npy, .npz or text, a sample a row: what really happens for them.
    #[arg(long, value_name = "FILE")]
    activations: Vec<String>,
    /// The CPUs that are asked about.
    #[arg(long, value_name = "CLASS", value_enum, default_value_t = Cpu::NoVnni)]
    cpu: Cpu,
    /// Exit with 1 if any output can saturate, or, for the given activations, does.
    #[arg(long, value_name = "WHAT", value_enum)]
    deny: Option<Deny>,
}

/// Names of a file that are told where none fits.
const MOST_NAMES: usize = 8;

#[derive(Clone, Copy, ValueEnum)]
enum Cpu {
    /// x86 without VNNI: AVX2, or AVX-512 alone.
    NoVnni,
    /// x86 with the VNNI that the library asks for.
    Vnni,
}

#[derive(Clone, Copy, ValueEnum)]
enum Deny {
    /// Some input makes an output saturate.
    Can,
    /// A sample of --activations does.
    Does,
}

/// What is printed, and the exit status.
pub struct Printed {
    /// For the standard output.
    pub text: String,
    /// For the standard error.
    pub complaint: Option<String>,
    /// 0, 1 or 2.
    pub status: u8,
}

impl From<String> for Printed {
    fn from(text: String) -> Printed {
        Printed { text, complaint: None, status: 0 }
    }
}

/// What the command prints.
///
/// # Errors
/// If no JSON can be written, or --tensor names none.
pub fn run(args: &Args) -> Result<Printed, CliFault> {
    if matches!(args.deny, Some(Deny::Does)) && args.activations.is_empty() {
        return Err(CliFault::NoActivations);
    }
    let samples: Result<Vec<InputFile>, CliFault> =
        args.activations.iter().map(|name| input(name)).collect();
    let options = Options { is_hashed: args.json, samples: samples?, ..Options::default() };
    let inputs: Result<Vec<InputFile>, CliFault> =
        args.files.iter().map(|name| input(name)).collect();
    let mut report = audit(&inputs?, &options);
    if !args.tensor.is_empty() {
        keep(&mut report, &args.tensor)?;
    }
    let class = match args.cpu {
        Cpu::NoVnni => CpuClass::NoVnni,
        Cpu::Vnni => CpuClass::Vnni,
    };
    let mut text = String::new();
    if args.json {
        text = serde_json::to_string_pretty(&report)? + "\n";
    } else {
        for file in &report.files {
            text.push_str(&said(file, class));
        }
    }
    let denied = args.deny.and_then(|deny| {
        let least = match deny {
            Deny::Can => Fate::Can,
            Deny::Does => Fate::Does,
        };
        denied(&report, class, least)
    });
    let status = match (report.has_errors(), &denied) {
        (true, _) => 2,
        (false, Some(_)) => 1,
        (false, None) => 0,
    };
    Ok(Printed { text, complaint: denied, status })
}

/// A file of the call.
fn input(name: &str) -> Result<InputFile, CliFault> {
    let path = Path::new(name);
    let unreadable = |error| CliFault::Unreadable { name: name.into(), error };
    let source = File::open(path).and_then(FileSource::new).map_err(unreadable)?;
    let last = path.file_name().map_or(name.into(), |last| last.to_string_lossy().into_owned());
    let folder = path.parent().map(|folder| folder.to_string_lossy().into_owned());
    let beside = Some(Rc::new(Folder::of(path)) as Rc<_>);
    Ok(InputFile { name: last, folder, source: Rc::new(source), beside })
}

/// Leaves tensors of these names only.
fn keep(report: &mut Report, names: &[String]) -> Result<(), CliFault> {
    let is_named =
        |name: Option<&str>| name.is_some_and(|name| names.iter().any(|one| one == name));
    let mut all = Vec::new();
    let mut is_any = false;
    for tensors in report.files.iter_mut().filter_map(|file| file.tensors.as_mut()) {
        all.extend(tensors.iter().filter_map(|tensor| tensor.name.clone()).take(MOST_NAMES));
        tensors.retain(|tensor| {
            is_named(tensor.name.as_deref())
                || is_named(tensor.product.as_ref().map(|product| product.node.as_str()))
        });
        is_any |= !tensors.is_empty();
    }
    if is_any { Ok(()) } else { Err(CliFault::NoSuchTensor { names: names.to_vec(), some: all }) }
}

/// What --deny says, if anything is at least that.
fn denied(report: &Report, class: CpuClass, least: Fate) -> Option<String> {
    let tensors = report
        .files
        .iter()
        .flat_map(|file| file.tensors.iter().flatten().map(move |one| (file, one)));
    let hit = tensors.filter(|(_, tensor)| Fate::of(tensor, class).0 >= least);
    let hit: Vec<_> = hit.collect();
    let (file, first) = hit.first()?;
    let name = first.name.as_deref().unwrap_or("a product");
    let verb =
        if least == Fate::Does { "saturate for the given activations" } else { "can saturate" };
    Some(format!(
        "denied: {} products {verb}; the first is {name} in {}. Quantize the weights with 7 bits (reduce_range), run it with VNNI (--cpu vnni), or choose kernels that are exact.",
        hit.len(),
        file.file
    ))
}
