//! The chores of the project: `cargo xtask <chore>`.

mod dist;
mod docs;
mod fuzz;
mod kind;
mod new;
mod seeds;
mod source;
mod tidy;
mod tree;

use std::process::ExitCode;

use anyhow::{Result, bail};

const USAGE: &str = "\
usage: cargo xtask <chore>

  tidy [CHECK]...                  every gate that needs no test run; one line per violation
  new reader|detector|renderer ID  writes a unit to fill in, and registers it
  dist                             builds the static program for suspect hosts
  docs [--check]                   writes the generated pages, or says which are stale
  fuzz [--seconds N] [--changed-seconds N] [--base COMMIT] [TARGET]...
                                   runs the fuzz targets on their seeds
  seeds                            writes the seeds of the fuzz targets";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let causes: Vec<String> = error.chain().map(ToString::to_string).collect();
            eprintln!("{}", causes.join(": "));
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String]) -> Result<()> {
    let (chore, rest) = match arguments.split_first() {
        Some((chore, rest)) => (chore.as_str(), rest),
        None => ("help", &[][..]),
    };
    match chore {
        "tidy" => tidy::run(rest),
        "new" => new::run(rest),
        "dist" => dist::run(),
        "docs" => docs::run(rest),
        "fuzz" => fuzz::run(rest),
        "seeds" => seeds::run(),
        "help" | "--help" | "-h" => {
            println!("{USAGE}");
            Ok(())
        }
        other => bail!("no chore named `{other}`\n{USAGE}"),
    }
}
