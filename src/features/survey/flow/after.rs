//! After the last item: looking again, keeping, hiding, forgetting.

use super::super::held::Held;
use super::super::model::Definition;
use super::super::{queries, service, views};
use super::{definition, filled, gone};
use crate::bot::turn::{Result, Turn};
use crate::features::privacy::{self, ConsentKind, ConsentText};
use crate::kernel::ids::VersionId;
use crate::kernel::language::Language;
use crate::kernel::screen::Screen;
use crate::t;

type View = fn(&Definition, VersionId, &Held, Language) -> Screen;

/// A screen about a result that is still held.
pub async fn held(turn: &mut Turn<'_>, version: VersionId, view: View) -> Result<()> {
    let definition = definition(turn, version)?;
    let (person, language) = (turn.person()?.id, turn.language());
    match service::held(turn.tx, &turn.world.keys, person, &definition.id, turn.now).await? {
        Some((_, held)) => turn.show(view(&definition, version, &held, language)),
        None => turn.show(views::quiet()),
    }
    Ok(())
}

/// The result of a run that is over.
///
/// # Errors
/// A refusal when nothing of it is held.
pub async fn again(turn: &mut Turn<'_>, version: VersionId) -> Result<()> {
    let definition = definition(turn, version)?;
    let (person, language) = (turn.person()?.id, turn.language());
    let held = service::held(turn.tx, &turn.world.keys, person, &definition.id, turn.now).await?;
    let (_, held) = held.ok_or_else(gone)?;
    turn.show(views::result(&definition, version, &held, language));
    Ok(())
}

pub fn ask_keep(turn: &mut Turn<'_>, version: VersionId) -> Result<()> {
    definition(turn, version)?;
    let text = own_scores(turn)?;
    turn.show(views::ask_keep(&text.body, version));
    Ok(())
}

fn own_scores(turn: &Turn<'_>) -> Result<ConsentText> {
    filled(turn, ConsentKind::OwnScores, t!("consent-own-scores"), t!("consent-own-scores-version"))
}

pub async fn keep(turn: &mut Turn<'_>, version: VersionId) -> Result<()> {
    let definition = definition(turn, version)?;
    let person = turn.person()?.clone();
    let text = own_scores(turn)?;
    let hands = (&turn.world.keys, &turn.world.chance);
    if service::keep(turn.tx, hands, &person, &definition, turn.now).await? {
        privacy::give(turn.tx, turn.who.account, &text, turn.now).await?;
        turn.show(views::kept(version));
    } else {
        turn.show(views::quiet());
    }
    Ok(())
}

pub async fn hide(turn: &mut Turn<'_>, version: VersionId) -> Result<()> {
    // A button of a version that is no longer loaded must hide all the same.
    if let Ok(definition) = definition(turn, version) {
        let person = turn.person()?.id;
        service::hide(turn.tx, &turn.world.keys, person, &definition.id).await?;
    }
    turn.show(views::quiet());
    Ok(())
}

pub async fn saved(turn: &mut Turn<'_>, version: VersionId) -> Result<()> {
    let definition = definition(turn, version)?;
    let person = turn.person()?.id;
    let kept = queries::kept(turn.tx, person, &definition.id).await?;
    if kept.is_empty() {
        turn.show(views::quiet());
        return Ok(());
    }
    turn.show(views::saved(&definition, version, &service::opened(&turn.world.keys, kept), turn.language()));
    Ok(())
}

/// Forgets what was kept, and what is held too. When nothing kept is left, the consent it stood on is withdrawn.
pub async fn forget(turn: &mut Turn<'_>, version: VersionId) -> Result<()> {
    let definition = definition(turn, version)?;
    let person = turn.person()?.id;
    if queries::forget(turn.tx, person, &definition.id).await? {
        privacy::withdraw(turn.tx, turn.who.account, ConsentKind::OwnScores, turn.now).await?;
    }
    service::hide(turn.tx, &turn.world.keys, person, &definition.id).await?;
    turn.toast(t!("survey-forgotten"));
    turn.show(views::quiet());
    Ok(())
}
