//! The command line. Each command is a file; what it prints is made by the library.

mod audit;
mod fault;
mod input;
mod machine;
mod print;

use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use rampscope::audit::Printed;

/// See and check the integer arithmetic inside quantized layers.
#[derive(Parser)]
#[command(name = "rampscope", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Machine(machine::Args),
    Audit(audit::Args),
}

/// What stands for a fault, as for a wrong argument.
const FAULT: u8 = 2;

fn main() -> ExitCode {
    let Cli { command } = Cli::parse();
    let printed = match command {
        Command::Machine(args) => machine::run(&args).map(Printed::from),
        Command::Audit(args) => audit::run(&args),
    };
    let (written, status) = match printed {
        Ok(Printed { text, complaint, status }) => {
            let written = io::stdout().lock().write_all(text.as_bytes());
            if let Some(complaint) = complaint {
                eprintln!("{complaint}");
            }
            (written, status)
        }
        Err(fault) => {
            eprintln!("error: {fault}");
            return ExitCode::from(FAULT);
        }
    };
    match written {
        // Who reads has read enough.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => ExitCode::from(status),
        Err(error) => {
            eprintln!("error: what was found cannot be written: {error}");
            ExitCode::from(FAULT)
        }
        Ok(()) => ExitCode::from(status),
    }
}
