//! The command line: what people type, and the sentences they get.

use clap::{Parser, Subcommand};

use crate::config::Settings;

/// «Учительская»: a Telegram bot for municipal communities of teachers.
///
/// Without a command it runs the bot if a token is set, and the playground if not.
#[derive(Debug, Parser)]
#[command(name = "uchitelskaya", version)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// The settings.
    #[command(flatten)]
    pub settings: Settings,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Run the bot until it is stopped (Ctrl-C or SIGTERM).
    Run,
    /// Bring the database's schema up to date, then end. `run` does it too.
    Migrate,
}
