//! `rampscope machine`: which arithmetic a machine gives.

use rampscope::machine::{MachineData, System, WhichArithmetic, differences, which_arithmetic};

use super::fault::CliFault;
use super::input;
use super::print::{self, Style};

const LIBRARIES: &str = include_str!("../../www/machines/libraries.json");
const CPUS: &str = include_str!("../../www/machines/cpus.json");

/// Which integer arithmetic do libraries give on this machine?
///
/// The text is what a machine says of itself: the output of lscpu, of systeminfo, of
/// `Get-CimInstance Win32_Processor` or of `sysctl -a`, or /proc/cpuinfo; or the name of a CPU or of a
/// rented machine.
#[derive(clap::Args)]
pub struct Args {
    /// The file with the text; - or nothing for the standard input.
    file: Option<String>,
    /// The whole answer as JSON.
    #[arg(long)]
    json: bool,
    /// A CPU family or a rented machine instead of a text, by its key.
    #[arg(long, value_name = "KEY", conflicts_with = "file")]
    cpu: Option<String>,
    /// The system of that CPU family.
    #[arg(long, value_name = "SYSTEM", requires = "cpu", value_parser = ["linux", "windows", "macos"])]
    os: Option<String>,
    /// Show only where another machine differs: a key of --list, or a file.
    #[arg(long, value_name = "OTHER", conflicts_with = "json")]
    compare: Option<String>,
    /// Name the sources under each reason.
    #[arg(long, conflicts_with_all = ["json", "compare"])]
    sources: bool,
    /// List the keys of CPU families and rented machines.
    #[arg(long, conflicts_with_all = ["file", "json", "cpu", "compare", "sources"])]
    list: bool,
}

/// What the command prints.
///
/// # Errors
/// If a text cannot be had, or a key is nobody's.
pub fn run(args: &Args) -> Result<String, CliFault> {
    let data = MachineData::new(serde_json::from_str(LIBRARIES)?, serde_json::from_str(CPUS)?)?;
    if args.list {
        return Ok(print::list(&data));
    }
    let system = args.os.as_deref().and_then(System::of_key);
    let which = match &args.cpu {
        Some(key) => {
            picked(&data, key, system)?.ok_or_else(|| CliFault::NoSuchKey { key: key.clone() })?
        }
        None => which_arithmetic(&data, &input::read(args.file.as_deref())?)?,
    };
    if let Some(other) = &args.compare {
        let other = match picked(&data, other, None)? {
            Some(other) => other,
            None => which_arithmetic(&data, &input::read(Some(other))?)?,
        };
        let found = differences(&which, &other);
        return Ok(print::comparison(&data, &which, &other, &found, Style::of_stdout()));
    }
    if args.json {
        return Ok(serde_json::to_string_pretty(&which)? + "\n");
    }
    Ok(print::answers(&data, &which, args.sources, Style::of_stdout()))
}

/// The machine of a key; `None` where the key is nobody's.
fn picked<'a>(
    data: &'a MachineData,
    key: &str,
    system: Option<System>,
) -> Result<Option<WhichArithmetic<'a>>, CliFault> {
    if let Some(rented) = data.rented_machine(key) {
        if system.is_some() {
            return Err(CliFault::SystemOfRented { key: key.into() });
        }
        return Ok(Some(WhichArithmetic::of_rented(data, rented)));
    }
    Ok(data.family(key).map(|family| WhichArithmetic::of_family(data, family, system)))
}
