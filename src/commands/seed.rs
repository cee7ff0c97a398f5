//! `seed`: the demonstration district in an empty database.

use super::say;
use crate::config::Settings;
use crate::error::StartError;
use crate::kernel::time::Clock;
use crate::playground::district::{self, FIRST_EXTERNAL_ID};
use crate::store::{self, Store};

/// Fills the database and says what is in it.
///
/// # Errors
/// The database is not empty, or its own trouble; nothing is written then.
pub(super) async fn seed(settings: &Settings, teachers: u32, seed: u64) -> Result<(), StartError> {
    let store = Store::open(&settings.place(), &store::Settings::default()).await?;
    let made = district::seed(&store, teachers, seed, Clock::system().now()).await;
    store.close().await;
    let made = made?;
    let last = FIRST_EXTERNAL_ID + i64::from(made.teachers) - 1;
    say(&format!("{}: {} teachers, accounts {FIRST_EXTERNAL_ID} to {last}.", made.municipality.name, made.teachers));
    for member in made.cast {
        say(&format!("{}: {}, account {}", member.role_key, member.name, member.external_id));
    }
    say(&format!("A newcomer's link: https://t.me/<the bot>?start=s{}", made.invitation));
    Ok(())
}
