//! The talk: what each press and each typed answer does.
//!
//! ```text
//! Open → Intro → (Consent) → Item → Item … → Result → Kept | Hidden
//!                              └→ Pause → Later | Erase
//! ```
//! The conversation points at the run; a tap changes one row of `runs` and one of `screens`, nothing else. It points
//! there still when the run has ended: where a talk stands must not tell that somebody finished.

mod after;
mod front;
mod pause;
mod steps;

pub use front::home;
pub use steps::{again, typed};

use std::sync::Arc;

use super::buttons::Survey;
use super::library::Library;
use super::model::{Consent, Definition};
use super::service::{self, OpenRun};
use super::{queries, views};
use crate::bot::turn::{Result, Turn, TurnError};
use crate::config::Operator;
use crate::features::privacy::{self, ConsentKind, ConsentText};
use crate::kernel::button::Payload;
use crate::kernel::ids::VersionId;
use crate::kernel::text::Text;
use crate::t;
use steps::step;

const NAME: &str = "survey";
const RUN: &str = "run";

/// A press on one of our buttons.
///
/// # Errors
/// A refusal with its words, or a failure.
pub async fn press(turn: &mut Turn<'_>, rest: &str) -> Result<()> {
    match Survey::decode(rest).ok_or_else(stale)? {
        Survey::Open { version } => open(turn, version).await,
        Survey::Method { version } => {
            let definition = definition(turn, version)?;
            turn.show(views::method(&definition, version, turn.language()));
            Ok(())
        }
        Survey::Start { version } => start(turn, version, false).await,
        Survey::Agree { version } => start(turn, version, true).await,
        Survey::Answer { run, rev, option } => {
            step(turn, run, rev, |o, at| o.run.answer(&o.definition, at, views::chosen(option))).await
        }
        Survey::Tick { run, rev, option } => {
            step(turn, run, rev, |o, at| o.run.tick(&o.definition, at, usize::from(option))).await
        }
        Survey::Forward { run, rev } => step(turn, run, rev, |o, _| o.run.forward(&o.definition)).await,
        Survey::Skip { run, rev } => step(turn, run, rev, |o, at| o.run.skip(&o.definition, at)).await,
        Survey::NotMine { run, rev } => step(turn, run, rev, |o, at| o.run.does_not_apply(&o.definition, at)).await,
        Survey::Back { run, rev } => {
            step(turn, run, rev, |o, _| {
                o.run.back(&o.definition);
                Ok(())
            })
            .await
        }
        Survey::Pause { run } => pause::pause(turn, run).await,
        Survey::GoOn { run } => pause::go_on(turn, run).await,
        Survey::Later {} => pause::later(turn),
        Survey::AskErase { run } => pause::ask_erase(turn, run).await,
        Survey::Erase { run } => pause::erase(turn, run).await,
        Survey::Whom { version } => after::held(turn, version, views::whom).await,
        Survey::Result { version } => after::held(turn, version, views::result).await,
        Survey::Keep { version } => after::ask_keep(turn, version),
        Survey::KeepYes { version } => after::keep(turn, version).await,
        Survey::Hide { version } => after::hide(turn, version).await,
        Survey::Saved { version } => after::saved(turn, version).await,
        Survey::Forget { version } => after::forget(turn, version).await,
    }
}

fn gone() -> TurnError {
    TurnError::Refused(t!("survey-gone"))
}

fn stale() -> TurnError {
    TurnError::Refused(t!("button-stale"))
}

fn library(turn: &Turn<'_>) -> Result<Arc<Library>> {
    Ok(turn.world.shelf.get::<Library>()?)
}

fn definition(turn: &Turn<'_>, version: VersionId) -> Result<Arc<Definition>> {
    library(turn)?.get(version).cloned().ok_or_else(gone)
}

/// Opens a questionnaire: goes on with a run, shows a held result, tells when it opens again, or introduces it.
async fn open(turn: &mut Turn<'_>, version: VersionId) -> Result<()> {
    let definition = definition(turn, version)?;
    if steps::resume(turn, &definition.id).await? {
        return Ok(());
    }
    pause::stop_listening(turn);
    if !is_closed(turn, version, &definition).await? {
        turn.show(views::intro(&definition, version, turn.language()));
    }
    Ok(())
}

/// Whether the questionnaire cannot be begun now; then what there is instead is shown.
async fn is_closed(turn: &mut Turn<'_>, version: VersionId, definition: &Definition) -> Result<bool> {
    let person = turn.person()?.clone();
    let Some(ticket) = queries::ticket(turn.tx, person.id, &definition.id).await? else { return Ok(false) };
    let Some(again) = service::opens_again(definition, &ticket, turn.now, &person) else { return Ok(false) };
    let (keys, language) = (&turn.world.keys, turn.language());
    if let Some((_, held)) = service::held(turn.tx, keys, person.id, &definition.id, turn.now).await? {
        turn.show(views::result(definition, version, &held, language));
    } else {
        let kept = queries::kept_count(turn.tx, person.id, &definition.id).await?;
        turn.show(views::closed(definition, version, again, kept, language));
    }
    Ok(true)
}

/// The consent a questionnaire needs beyond the account's own.
fn consent_text(turn: &Turn<'_>, definition: &Definition) -> Result<Option<ConsentText>> {
    let (kind, key, version) = match definition.consent {
        Consent::Account => return Ok(None),
        Consent::Deficits => (ConsentKind::Deficits, t!("consent-deficits"), t!("consent-deficits-version")),
        Consent::Burnout => (ConsentKind::Burnout, t!("consent-burnout"), t!("consent-burnout-version")),
    };
    Ok(Some(filled(turn, kind, key, version)?))
}

fn filled(turn: &Turn<'_>, kind: ConsentKind, key: Text, version: Text) -> Result<ConsentText> {
    let operator = turn.world.shelf.get::<Operator>()?;
    let body = key.with("operator", operator.name.as_str()).with("contacts", operator.contacts.as_str());
    Ok(ConsentText { kind, version: turn.words(&version), language: turn.language(), body: turn.words(&body) })
}

async fn start(turn: &mut Turn<'_>, version: VersionId, has_agreed: bool) -> Result<()> {
    let definition = definition(turn, version)?;
    if steps::resume(turn, &definition.id).await? || is_closed(turn, version, &definition).await? {
        return Ok(());
    }
    if !library(turn)?.offered.contains(&version) {
        return Err(gone());
    }
    if let Some(text) = consent_text(turn, &definition)? {
        if has_agreed {
            privacy::give(turn.tx, turn.who.account, &text, turn.now).await?;
        } else if !privacy::has_given(turn.tx, turn.who.account, text.kind).await? {
            turn.show(views::consent(&text.body, version));
            return Ok(());
        }
    }
    let person = turn.person()?.clone();
    let hands = (&turn.world.keys, &turn.world.chance);
    let open = service::begin(turn.tx, hands, &person, (version, &definition), turn.now).await?;
    listen(turn, &open)?;
    steps::show_item(turn, &open);
    Ok(())
}

/// From now on what is typed answers this run.
fn listen(turn: &mut Turn<'_>, open: &OpenRun) -> Result<()> {
    turn.who.conversation.run_id = Some(open.id);
    turn.go(NAME, RUN, &())
}
