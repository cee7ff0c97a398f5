//! The command line: what people type, and the sentences they get.

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Parser, Subcommand};

use crate::config::Settings;
use crate::kernel::person::{Role, Scope};
use crate::playground::district;

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

/// The playground's usual port.
pub const PLAYGROUND_PORT: u16 = 8765;

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Run the bot until it is stopped (Ctrl-C or SIGTERM).
    Run,
    /// Open a page with phones on which people talk to the bot: no token, no network, invented people.
    Playground {
        /// The page's port on this machine; a free one is taken if it is in use.
        #[arg(long, default_value_t = PLAYGROUND_PORT)]
        port: u16,
        /// How many teachers the district has.
        #[arg(long, default_value_t = district::USUAL_TEACHERS)]
        teachers: u32,
    },
    /// Bring the database's schema up to date, then end. `run` does it too.
    Migrate,
    /// Look whether the bot could start: settings, texts, questionnaires, database. Starts and changes nothing.
    Check,
    /// Fill an empty database with the demonstration district: invented schools and teachers.
    Seed {
        /// How many teachers are registered.
        #[arg(long, default_value_t = district::USUAL_TEACHERS)]
        teachers: u32,
        /// The same number makes the same people.
        #[arg(long, default_value_t = 1)]
        seed: u64,
    },
    /// Give a role to somebody who is registered.
    Grant {
        /// Which role.
        #[arg(value_parser = role_parser())]
        role: Role,
        /// Whose: the number of their Telegram account.
        #[arg(long, value_name = "N")]
        telegram_id: i64,
        /// Where: region, municipality:ID, school:ID or association:ID. Left out: where such a role usually holds.
        #[arg(long, value_parser = scope)]
        scope: Option<Scope>,
    },
}

/// Reads a role's code; an unknown one is answered with the list.
fn role_parser() -> impl TypedValueParser<Value = Role> {
    let codes = Role::ALL.iter().map(|r| r.code());
    PossibleValuesParser::new(codes).try_map(|code| Role::from_code(&code).ok_or("there is no such role"))
}

/// Reads `region` or `kind:ID`.
fn scope(text: &str) -> Result<Scope, &'static str> {
    let (kind, id) = text.split_once(':').unwrap_or((text, "0"));
    let found = id.parse().ok().and_then(|id| Scope::from_parts(kind, id));
    found
        .filter(|s| (*s == Scope::Region) != text.contains(':'))
        .ok_or("it must be region, municipality:ID, school:ID or association:ID")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::ids::SchoolId;

    #[test]
    fn a_scope_is_read_only_in_its_own_form() {
        assert_eq!(scope("region"), Ok(Scope::Region));
        assert_eq!(scope("school:12"), Ok(Scope::School(SchoolId(12))));
        for wrong in ["", "region:1", "school", "school:", "school:x", "town:1", "school:1:2"] {
            assert!(scope(wrong).is_err(), "{wrong}");
        }
    }
}
