//! The binary: reads settings, does what it was told, and ends with one sentence if it cannot.

use std::process::ExitCode;

use clap::Parser;
use uchitelskaya::cli::Cli;
use uchitelskaya::commands;

fn main() -> ExitCode {
    if let Err(e) = dotenvy::dotenv()
        && !e.not_found()
    {
        eprintln!(
            "The file .env cannot be read ({e}). Put values with spaces into quotation marks: NAME=\"some words\"."
        );
        return ExitCode::FAILURE;
    }
    let cli = Cli::parse();
    match commands::execute(cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(e) => {
            eprintln!("{e}");
            ExitCode::FAILURE
        }
    }
}
