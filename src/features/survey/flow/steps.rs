//! Walking through a run: finding it, opening it, taking a step, finishing.

use super::super::held::Held;
use super::super::model::Answer;
use super::super::run::Refused;
use super::super::service::{self, HOLD_HOURS, OpenRun};
use super::super::{queries, scoring, views};
use super::{NAME, RUN, after, definition, gone, library, listen, pause};
use crate::bot::turn::{Result, StoreError as Error, StoredRun, Turn};
use crate::config::Operator;
use crate::kernel::ids::RunId;
use crate::kernel::screen::Line;
use crate::kernel::text::Text;
use crate::kernel::time::hours;
use crate::t;

/// What opening a stored run came to.
pub enum Reading {
    /// It waits for answers.
    UnderWay(Box<OpenRun>),
    /// It ended, or its time is over.
    Over,
    /// No key at hand opens it. It was taken away, and a kind word is shown.
    Lost,
}

pub fn show_item(turn: &mut Turn<'_>, open: &OpenRun) {
    if let Some(screen) = views::item(open, turn.language()) {
        turn.show(screen);
    }
}

/// Opens a stored run.
pub async fn read(turn: &mut Turn<'_>, stored: &StoredRun) -> Result<Reading> {
    let person = turn.person()?.id;
    let definition = definition(turn, stored.version)?;
    match service::open(&turn.world.keys, person, stored, &definition, turn.now) {
        Ok(Some(open)) => Ok(Reading::UnderWay(Box::new(open))),
        Ok(None) => Ok(Reading::Over),
        Err(Error::Sealed | Error::Form(_)) => {
            tracing::warn!("answers under way do not open with the keys at hand; they were erased");
            service::abandon(turn.tx, stored.id, person, &definition.id).await?;
            pause::stop_listening(turn);
            turn.show(views::unreadable());
            Ok(Reading::Lost)
        }
        Err(e) => Err(e.into()),
    }
}

/// Goes on with an unfinished run of a questionnaire, of whichever version; whether something is shown now.
pub async fn resume(turn: &mut Turn<'_>, questionnaire: &str) -> Result<bool> {
    let (person, library) = (turn.person()?.id, library(turn)?);
    for stored in queries::runs_of(turn.tx, person).await? {
        if library.get(stored.version).is_none_or(|d| d.id != questionnaire) {
            continue;
        }
        match read(turn, &stored).await? {
            Reading::UnderWay(open) => {
                listen(turn, &open)?;
                show_item(turn, &open);
                return Ok(true);
            }
            Reading::Lost => return Ok(true),
            Reading::Over => {}
        }
    }
    Ok(false)
}

/// The run a button names: the one the conversation points at, or another one of this person.
pub async fn find(turn: &mut Turn<'_>, run: RunId) -> Result<StoredRun> {
    if let Some(stored) = turn.who.run.as_ref().filter(|r| r.id == run) {
        return Ok(stored.clone());
    }
    let person = turn.person()?.id;
    let all = queries::runs_of(turn.tx, person).await?;
    all.into_iter().find(|r| r.id == run).ok_or_else(gone)
}

/// The run a button names, opened and listened to; nothing when it is over or lost, and what there is instead is
/// shown: after two fast taps on the last answer that is the result.
///
/// # Errors
/// A refusal when it is over for good, or not this person's.
pub async fn attach(turn: &mut Turn<'_>, run: RunId) -> Result<Option<Box<OpenRun>>> {
    let stored = find(turn, run).await?;
    match read(turn, &stored).await? {
        Reading::Over => after::again(turn, stored.version).await.map(|()| None),
        Reading::Lost => Ok(None),
        Reading::UnderWay(open) => {
            let talk = &turn.who.conversation;
            if talk.run_id != Some(run) || talk.feature != NAME || talk.step != RUN {
                listen(turn, &open)?;
            }
            Ok(Some(open))
        }
    }
}

/// Takes a step of a run. A button of another revision only shows where the run stands.
pub async fn step(
    turn: &mut Turn<'_>,
    run: RunId,
    rev: i64,
    take: impl FnOnce(&mut OpenRun, usize) -> std::result::Result<(), Refused>,
) -> Result<()> {
    let Some(mut open) = attach(turn, run).await? else { return Ok(()) };
    let at = open.run.current(&open.definition);
    if rev != open.rev {
        show_item(turn, &open);
        return Ok(());
    }
    let Some(at) = at else { return finish(turn, &open).await };
    if let Err(refused) = take(&mut open, at) {
        turn.toast(why(&refused));
        show_item(turn, &open);
        return Ok(());
    }
    settle(turn, &mut open).await
}

/// Writes a changed run and shows what comes next.
async fn settle(turn: &mut Turn<'_>, open: &mut OpenRun) -> Result<()> {
    if open.run.current(&open.definition).is_none() {
        return finish(turn, open).await;
    }
    let person = turn.person()?.id;
    if !service::save(turn.tx, (&turn.world.keys, &turn.world.chance), person, open).await? {
        return Err(gone());
    }
    show_item(turn, open);
    Ok(())
}

/// The words for a step not taken.
fn why(refused: &Refused) -> Text {
    match refused {
        Refused::TooFew(n) => t!("survey-too-few", least = i64::from(*n)),
        Refused::TooMany(n) => t!("survey-too-many", most = i64::from(*n)),
        Refused::NotANumber => t!("survey-not-a-number"),
        Refused::NotADate => t!("survey-not-a-date"),
        Refused::OutOfRange => t!("survey-out-of-range"),
        Refused::TooLong(n) => t!("survey-too-long", most = i64::from(*n)),
        Refused::Required => t!("survey-required"),
        Refused::Unanswered | Refused::Empty => t!("survey-unanswered"),
        Refused::NotShown | Refused::NotAnAnswer | Refused::AlwaysApplies => t!("button-stale"),
    }
}

/// The last answer is given: counts, shows, erases.
async fn finish(turn: &mut Turn<'_>, open: &OpenRun) -> Result<()> {
    let person = turn.person()?.id;
    let contacts = turn.world.shelf.get::<Operator>()?.help.clone();
    let language = turn.language();
    let outcome = scoring::score(&open.definition, &open.run);
    let said = scoring::words(&open.definition, &open.run, &outcome, language, &contacts);
    let held = Held::of(&outcome, said, turn.now.plus(hours(HOLD_HOURS)));
    let hands = (&turn.world.keys, &turn.world.chance);
    if !service::end(turn.tx, hands, person, open, Some(&held)).await? {
        return Err(gone());
    }
    service::keep_answers(turn.tx, person, open, turn.now).await?;
    turn.show(views::result(&open.definition, open.version, &held, language));
    Ok(())
}

/// The run the conversation points at; nothing when there is none under way. Then what is to be shown about it is
/// shown, and nobody listens any more.
async fn current(turn: &mut Turn<'_>) -> Result<Option<Box<OpenRun>>> {
    if let Some(stored) = turn.who.run.clone() {
        match read(turn, &stored).await? {
            Reading::UnderWay(open) => return Ok(Some(open)),
            Reading::Lost | Reading::Over => {}
        }
    }
    pause::stop_listening(turn);
    Ok(None)
}

/// A typed answer.
///
/// # Errors
/// A failure.
pub async fn typed(turn: &mut Turn<'_>, text: &str) -> Result<()> {
    let Some(mut open) = current(turn).await? else {
        return if turn.has_screen() { Ok(()) } else { Err(gone()) };
    };
    let Some(at) = open.run.current(&open.definition) else { return finish(turn, &open).await };
    let item = &open.definition.items[at];
    let refused = if views::is_typed(item) {
        match item.read(text) {
            Ok(answer) => match put(&mut open, at, answer) {
                Ok(()) => return settle(turn, &mut open).await,
                Err(refused) => why(&refused),
            },
            Err(refused) => why(&refused),
        }
    } else {
        t!("survey-press-please")
    };
    if let Some(mut screen) = views::item(&open, turn.language()) {
        screen.lines.insert(0, refused.into());
        screen.lines.insert(1, Line::Gap);
        turn.show(screen);
    }
    Ok(())
}

fn put(open: &mut OpenRun, at: usize, answer: Answer) -> std::result::Result<(), Refused> {
    open.run.answer(&open.definition, at, answer)
}

/// The current item once more; nothing when there is no run under way, so that home is shown.
///
/// # Errors
/// A failure.
pub async fn again(turn: &mut Turn<'_>) -> Result<()> {
    if let Some(open) = current(turn).await? {
        show_item(turn, &open);
    }
    Ok(())
}
