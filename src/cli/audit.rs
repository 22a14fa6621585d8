//! `rampscope audit`: which outputs of a model can saturate.

use std::path::Path;
use std::rc::Rc;

use clap::ValueEnum;
use rampscope::audit::{CpuClass, Deny, InputFile, Layout, Options, Printed, Question, answer};
use rampscope::tensor::{FileSource, Folder, Source, Unopened};

use super::fault::CliFault;

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
    /// How weights are laid out that no graph speaks of, where it fits their axes; else two axes are NK, more OIHW.
    #[arg(long, value_name = "LAYOUT", value_enum)]
    layout: Option<Axes>,
    /// A file of activations, .npy, .npz or text, a sample a row: what really happens for them.
    #[arg(long, value_name = "FILE")]
    activations: Vec<String>,
    /// The CPUs that are asked about.
    #[arg(long, value_name = "CLASS", value_enum, default_value_t = Cpu::NoVnni)]
    cpu: Cpu,
    /// Exit with 1 if any output can saturate, or, for the given activations, does.
    #[arg(long, value_name = "WHAT", value_enum)]
    deny: Option<Denied>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Axes {
    /// Rows are outputs.
    #[value(name = "NK")]
    Nk,
    /// Columns are outputs.
    #[value(name = "KN")]
    Kn,
    /// A convolution: outputs, input channels, taps.
    #[value(name = "OIHW")]
    Oihw,
}

#[derive(Clone, Copy, ValueEnum)]
enum Cpu {
    /// x86 without VNNI: AVX2, or AVX-512 alone.
    NoVnni,
    /// x86 with the VNNI that the library asks for.
    Vnni,
}

#[derive(Clone, Copy, ValueEnum)]
enum Denied {
    /// Some input makes an output saturate.
    Can,
    /// A sample of --activations does.
    Does,
}

/// What the command prints.
///
/// # Errors
/// If the question has no answer.
pub fn run(args: &Args) -> Result<Printed, CliFault> {
    let inputs = |names: &[String]| names.iter().map(|name| input(name)).collect::<Vec<_>>();
    let options = Options { samples: inputs(&args.activations), ..Options::default() };
    let question = Question {
        is_json: args.json,
        tensors: args.tensor.clone(),
        layout: args.layout.map(|axes| match axes {
            Axes::Nk => Layout::Nk,
            Axes::Kn => Layout::Kn,
            Axes::Oihw => Layout::Oihw,
        }),
        cpu: match args.cpu {
            Cpu::NoVnni => CpuClass::NoVnni,
            Cpu::Vnni => CpuClass::Vnni,
        },
        deny: args.deny.map(|denied| match denied {
            Denied::Can => Deny::Can,
            Denied::Does => Deny::Does,
        }),
    };
    Ok(answer(&inputs(&args.files), options, &question)?)
}

/// A file of the call. One that cannot be opened is told as the others are.
fn input(name: &str) -> InputFile {
    let path = Path::new(name);
    let source: Rc<dyn Source> = match FileSource::open(path) {
        Ok(source) => Rc::new(source),
        Err(why) => Rc::new(Unopened(why)),
    };
    let last = path.file_name().map_or(name.into(), |last| last.to_string_lossy().into_owned());
    let folder = path.parent().map(|folder| folder.to_string_lossy().into_owned());
    InputFile { name: last, folder, source, beside: Some(Rc::new(Folder::of(path))) }
}
