//! `grant`: how the first administrator or methodist comes to their role. Later ones are given in the chat.

use std::fmt::Write as _;

use super::say;
use crate::config::Settings;
use crate::error::StartError;
use crate::features::directory::{self, Grant, Granted, NotGranted};
use crate::kernel::person::Scope;
use crate::kernel::time::Clock;
use crate::store::{self, Store};

/// Gives the role and notes it in the log. Giving it twice changes nothing.
///
/// # Errors
/// Nobody registered, no such place, a place that has to be named; each with what to do.
pub(super) async fn grant(settings: &Settings, what: Grant) -> Result<(), StartError> {
    let store = Store::open(&settings.place(), &store::Settings::default()).await?;
    let now = Clock::system().now();
    let done = store.transact(move |tx| Box::pin(directory::grant(tx, what, now))).await;
    let said = match done? {
        Ok(granted) => {
            tell(what, granted);
            Ok(())
        }
        Err(why) => Err(StartError::Setting(explain(&store, what, why).await?)),
    };
    store.close().await;
    said
}

fn tell(what: Grant, granted: Granted) {
    let (role, place) = (what.role.code(), place(granted.scope));
    if !granted.is_new {
        say(&format!("The role {role} ({place}) was held already; nothing changed."));
        return;
    }
    tracing::info!(audit = "role granted", person = granted.person.0, role, place, by = "command line");
    say(&format!("The role {role} ({place}) is given."));
}

fn place(scope: Scope) -> String {
    match scope.parts() {
        (kind, 0) => kind.to_owned(),
        (kind, id) => format!("{kind}:{id}"),
    }
}

async fn explain(store: &Store, what: Grant, why: NotGranted) -> store::Result<String> {
    Ok(match why {
        NotGranted::Nobody => format!(
            "Nobody has registered from the Telegram account {}. Let them register with the bot first, then grant the role.",
            what.to.0
        ),
        NotGranted::NoPlace(scope) => format!("There is no {}. Nothing was granted.", place(scope)),
        NotGranted::WhichAssociation(within) => {
            let all = store.read(|tx| Box::pin(directory::associations_of(tx, within))).await?;
            let list = all.into_iter().map(|a| (a.id.0, a.name));
            format!("Say which association with --scope association:ID, one of these:{}", lines(list))
        }
        NotGranted::WhichSchool(within) => {
            let all = store.read(|tx| Box::pin(directory::schools_of(tx, within))).await?;
            let list = all.into_iter().map(|s| (s.id.0, s.name));
            format!("Say which school with --scope school:ID, one of these:{}", lines(list))
        }
    })
}

fn lines(list: impl Iterator<Item = (i64, String)>) -> String {
    list.fold(String::new(), |mut out, (id, name)| {
        let _ = write!(out, "\n{id:>6}  {name}");
        out
    })
}
