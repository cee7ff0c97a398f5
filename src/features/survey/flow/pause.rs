//! Going later, or erasing.

use super::super::service;
use super::super::views;
use super::steps::{Reading, attach, find, read, show_item};
use super::{NAME, definition, gone};
use crate::bot::turn::{Result, Turn};
use crate::kernel::ids::RunId;
use crate::t;

/// Nobody listens to what is typed next, if it was us.
pub fn stop_listening(turn: &mut Turn<'_>) {
    if turn.who.conversation.feature == NAME {
        turn.end();
    }
}

pub async fn pause(turn: &mut Turn<'_>, run: RunId) -> Result<()> {
    let Some(open) = attach(turn, run).await? else { return Ok(()) };
    let until = views::until(open.expires_at, turn.now, turn.person()?.zone);
    turn.show(views::pause(&open, until, turn.language()));
    Ok(())
}

pub async fn go_on(turn: &mut Turn<'_>, run: RunId) -> Result<()> {
    if let Some(open) = attach(turn, run).await? {
        show_item(turn, &open);
    }
    Ok(())
}

pub fn later(turn: &mut Turn<'_>) -> Result<()> {
    stop_listening(turn);
    turn.toast(t!("survey-waits"));
    Ok(())
}

pub async fn ask_erase(turn: &mut Turn<'_>, run: RunId) -> Result<()> {
    let Some(open) = attach(turn, run).await? else { return Ok(()) };
    let month = service::month(turn.now, turn.person()?);
    let again = service::again_from(&open.definition, &month);
    turn.show(views::ask_erase(&open, again, turn.language()));
    Ok(())
}

pub async fn erase(turn: &mut Turn<'_>, run: RunId) -> Result<()> {
    let stored = find(turn, run).await?;
    let person = turn.person()?.id;
    let is_done = match read(turn, &stored).await? {
        Reading::Lost => return Ok(()),
        Reading::UnderWay(open) => {
            service::end(turn.tx, (&turn.world.keys, &turn.world.chance), person, &open, None).await?
        }
        // Pressed twice; or the questionnaire was finished from another message: then the result goes too.
        Reading::Over => {
            let definition = definition(turn, stored.version)?;
            service::hide(turn.tx, &turn.world.keys, person, &definition.id).await?;
            true
        }
    };
    if !is_done {
        return Err(gone());
    }
    turn.show(views::quiet());
    Ok(())
}
