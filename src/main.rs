//! The binary: reads settings, does what it was told, and ends with one sentence if it cannot.

use std::process::ExitCode;

use clap::Parser;
use uchitelskaya::cli::Cli;
use uchitelskaya::commands;

fn main() -> ExitCode {
    let _ = dotenvy::dotenv();
    let cli = Cli::parse();
    match commands::execute(cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(e) => {
            eprintln!("{e}");
            ExitCode::FAILURE
        }
    }
}
