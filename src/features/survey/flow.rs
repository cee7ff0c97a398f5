//! The talk: what each press and each typed answer does.
//!
//! ```text
//! Open → Intro → (Consent) → Item → Item … → Result → Kept | Hidden
//!                              └→ Pause → Later | Erase
//! ```
//! The conversation points at the run; a tap changes one row of `runs` and one of `screens`, nothing else.

use std::sync::Arc;

use super::buttons::Survey;
use super::held::Held;
use super::library::Library;
use super::model::{Answer, Consent, Definition};
use super::run::Refused;
use super::service::{self, OpenRun};
use super::{queries, scoring, views};
use crate::bot::feature::Home;
use crate::bot::turn::{Result, Turn, TurnError};
use crate::config::Operator;
use crate::features::privacy::{self, ConsentKind, ConsentText};
use crate::kernel::button::Payload;
use crate::kernel::ids::{RunId, VersionId};
use crate::kernel::screen::{Button, Line};
use crate::kernel::text::Text;
use crate::store::Error;
use crate::store::people::StoredRun;
use crate::t;

const NAME: &str = "survey";
const RUN: &str = "run";

/// A press on one of our buttons.
///
/// # Errors
/// A refusal with its words, or a failure.
pub async fn press(turn: &mut Turn<'_>, rest: &str) -> Result<()> {
    match Survey::decode(rest).ok_or_else(gone)? {
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
        Survey::Pause { run } => pause(turn, run).await,
        Survey::GoOn { run } => {
            let open = attach(turn, run).await?;
            show_item(turn, &open);
            Ok(())
        }
        Survey::Later {} => later(turn).await,
        Survey::AskErase { run } => {
            let open = attach(turn, run).await?;
            turn.show(views::ask_erase(&open, turn.language()));
            Ok(())
        }
        Survey::Erase { run } => erase(turn, run).await,
        Survey::Whom { version } => after(turn, version, views::whom).await,
        Survey::Result { version } => after(turn, version, views::result).await,
        Survey::Keep { version } => ask_keep(turn, version).await,
        Survey::KeepYes { version } => keep(turn, version).await,
        Survey::Hide { version } => hide(turn, version).await,
        Survey::Forget { version } => forget(turn, version).await,
    }
}

fn gone() -> TurnError {
    TurnError::Refused(t!("survey-gone"))
}

fn definition(turn: &Turn<'_>, version: VersionId) -> Result<Arc<Definition>> {
    turn.world.shelf.get::<Library>()?.get(version).cloned().ok_or_else(gone)
}

/// Opens a questionnaire: goes on with a run, shows a held result, tells when it opens again, or introduces it.
async fn open(turn: &mut Turn<'_>, version: VersionId) -> Result<()> {
    let definition = definition(turn, version)?;
    let person = turn.person()?.clone();
    let runs = queries::runs_of(turn.tx, person.id).await?;
    if let Some(stored) = runs.iter().find(|r| r.version == version) {
        let Some(open) = read(turn, stored).await? else { return Ok(()) };
        listen(turn, &open)?;
        show_item(turn, &open);
        return Ok(());
    }
    turn.end();
    if let Some(ticket) = queries::ticket(turn.tx, person.id, &definition.id).await?
        && let Some(again) = service::opens_again(&definition, &ticket, turn.now, &person)
    {
        let language = turn.language();
        if let Some((_, held)) = service::held(turn.tx, &turn.world.keys, person.id, &definition.id).await? {
            turn.show(views::result(&definition, version, &held, language));
            return Ok(());
        }
        let kept = queries::kept_count(turn.tx, person.id, &definition.id).await?;
        turn.show(views::closed(&definition, version, again, kept, language));
        return Ok(());
    }
    turn.show(views::intro(&definition, version, turn.language()));
    Ok(())
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
    let person = turn.person()?.clone();
    if let Some(ticket) = queries::ticket(turn.tx, person.id, &definition.id).await?
        && service::opens_again(&definition, &ticket, turn.now, &person).is_some()
    {
        return open(turn, version).await;
    }
    if let Some(text) = consent_text(turn, &definition)? {
        if has_agreed {
            privacy::give(turn.tx, turn.who.account, &text, turn.now).await?;
        } else if !privacy::has_given(turn.tx, turn.who.account, text.kind).await? {
            turn.show(views::consent(&text.body, version));
            return Ok(());
        }
    }
    let hands = (&turn.world.keys, &turn.world.chance);
    let open = service::begin(turn.tx, hands, &person, (version, &definition), turn.now).await?;
    listen(turn, &open)?;
    show_item(turn, &open);
    Ok(())
}

/// From now on what is typed answers this run.
fn listen(turn: &mut Turn<'_>, open: &OpenRun) -> Result<()> {
    turn.who.conversation.run_id = Some(open.id);
    turn.go(NAME, RUN, &())
}

fn show_item(turn: &mut Turn<'_>, open: &OpenRun) {
    if let Some(screen) = views::item(open, turn.language()) {
        turn.show(screen);
    }
}

/// Opens a stored run; one that no key opens is ended with a kind word, and there is nothing more to show.
async fn read(turn: &mut Turn<'_>, stored: &StoredRun) -> Result<Option<OpenRun>> {
    let person = turn.person()?.id;
    let definition = definition(turn, stored.version)?;
    match service::open(&turn.world.keys, person, stored, &definition) {
        Ok(open) => Ok(Some(open)),
        Err(Error::Sealed | Error::Form(_)) => {
            tracing::warn!(run = stored.id.0, "a run does not open with the keys at hand and was ended");
            service::end(turn.tx, &turn.world.keys, (stored.id, person, &definition.id), None, turn.now).await?;
            turn.end();
            turn.show(views::unreadable(stored.id));
            Ok(None)
        }
        Err(e) => Err(e.into()),
    }
}

/// The run a button names: the one the conversation points at, or another unfinished one of this person.
async fn find(turn: &mut Turn<'_>, run: RunId) -> Result<StoredRun> {
    if let Some(stored) = turn.who.run.as_ref().filter(|r| r.id == run) {
        return Ok(stored.clone());
    }
    let person = turn.person()?.id;
    let all = queries::runs_of(turn.tx, person).await?;
    all.into_iter().find(|r| r.id == run).ok_or_else(gone)
}

async fn attach(turn: &mut Turn<'_>, run: RunId) -> Result<OpenRun> {
    let stored = find(turn, run).await?;
    let Some(open) = read(turn, &stored).await? else { return Err(TurnError::Refused(t!("survey-unreadable"))) };
    if turn.who.conversation.run_id != Some(run) || turn.who.conversation.step != RUN {
        listen(turn, &open)?;
    }
    Ok(open)
}

/// Takes a step of a run. A button of another revision only shows where the run stands.
async fn step(
    turn: &mut Turn<'_>,
    run: RunId,
    rev: i64,
    take: impl FnOnce(&mut OpenRun, usize) -> std::result::Result<(), Refused>,
) -> Result<()> {
    let mut open = attach(turn, run).await?;
    let at = open.run.current(&open.definition);
    if rev != open.rev {
        show_item(turn, &open);
        return Ok(());
    }
    let Some(at) = at else { return finish(turn, open).await };
    if let Err(refused) = take(&mut open, at) {
        turn.toast(why(&refused));
        show_item(turn, &open);
        return Ok(());
    }
    settle(turn, open).await
}

/// Writes a changed run and shows what comes next.
async fn settle(turn: &mut Turn<'_>, mut open: OpenRun) -> Result<()> {
    if open.run.current(&open.definition).is_none() && open.run.is_complete(&open.definition) {
        return finish(turn, open).await;
    }
    let person = turn.person()?.id;
    if !service::save(turn.tx, &turn.world.keys, person, &mut open).await? {
        return Err(TurnError::Refused(t!("survey-gone")));
    }
    show_item(turn, &open);
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
        Refused::NotShown | Refused::NotAnAnswer | Refused::AlwaysApplies => t!("survey-gone"),
    }
}

/// The last answer is given: counts, shows, erases.
async fn finish(turn: &mut Turn<'_>, open: OpenRun) -> Result<()> {
    let person = turn.person()?.id;
    let contacts = turn.world.shelf.get::<Operator>()?.help.clone();
    let language = turn.language();
    let outcome = scoring::score(&open.definition, &open.run);
    let said = scoring::words(&open.definition, &open.run, &outcome, language, &contacts);
    let held = Held::of(&outcome, said);
    service::end(turn.tx, &turn.world.keys, (open.id, person, &open.definition.id), Some(&held), turn.now).await?;
    turn.end();
    turn.show(views::result(&open.definition, open.version, &held, language));
    Ok(())
}

async fn pause(turn: &mut Turn<'_>, run: RunId) -> Result<()> {
    let open = attach(turn, run).await?;
    let until = views::until(open.expires_at, turn.now, turn.person()?.zone);
    turn.show(views::pause(&open, until, turn.language()));
    Ok(())
}

async fn later(turn: &mut Turn<'_>) -> Result<()> {
    turn.end();
    turn.toast(t!("survey-waits"));
    Ok(())
}

async fn erase(turn: &mut Turn<'_>, run: RunId) -> Result<()> {
    let stored = find(turn, run).await?;
    let (person, definition) = (turn.person()?.id, definition(turn, stored.version)?);
    service::end(turn.tx, &turn.world.keys, (run, person, &definition.id), None, turn.now).await?;
    turn.end();
    turn.show(views::quiet());
    Ok(())
}

type ResultView = fn(&Definition, VersionId, &Held, crate::kernel::language::Language) -> crate::kernel::screen::Screen;

/// A screen about a result that is still held.
async fn after(turn: &mut Turn<'_>, version: VersionId, view: ResultView) -> Result<()> {
    let definition = definition(turn, version)?;
    let (person, language) = (turn.person()?.id, turn.language());
    let held = service::held(turn.tx, &turn.world.keys, person, &definition.id).await?;
    match held {
        Some((_, held)) => turn.show(view(&definition, version, &held, language)),
        None => turn.show(views::quiet()),
    }
    Ok(())
}

async fn ask_keep(turn: &mut Turn<'_>, version: VersionId) -> Result<()> {
    definition(turn, version)?;
    let text = own_scores(turn)?;
    turn.show(views::ask_keep(&text.body, version));
    Ok(())
}

fn own_scores(turn: &Turn<'_>) -> Result<ConsentText> {
    filled(turn, ConsentKind::OwnScores, t!("consent-own-scores"), t!("consent-own-scores-version"))
}

async fn keep(turn: &mut Turn<'_>, version: VersionId) -> Result<()> {
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

async fn hide(turn: &mut Turn<'_>, version: VersionId) -> Result<()> {
    let definition = definition(turn, version)?;
    let person = turn.person()?.id;
    service::hide(turn.tx, &turn.world.keys, person, &definition.id).await?;
    turn.show(views::quiet());
    Ok(())
}

async fn forget(turn: &mut Turn<'_>, version: VersionId) -> Result<()> {
    let definition = definition(turn, version)?;
    let person = turn.person()?.id;
    queries::forget(turn.tx, person, &definition.id).await?;
    turn.toast(t!("survey-forgotten"));
    turn.show(views::quiet());
    Ok(())
}

/// A typed answer.
///
/// # Errors
/// A failure.
pub async fn typed(turn: &mut Turn<'_>, text: &str) -> Result<()> {
    let Some(stored) = turn.who.run.clone() else {
        turn.end();
        return Ok(());
    };
    let Some(open) = read(turn, &stored).await? else { return Ok(()) };
    let Some(at) = open.run.current(&open.definition) else { return finish(turn, open).await };
    let item = &open.definition.items[at];
    let hint = if views::is_typed(item) {
        match item.read(text) {
            Ok(answer) => return typed_answer(turn, open, at, answer).await,
            Err(refused) => why(&refused),
        }
    } else {
        t!("survey-press-please")
    };
    if let Some(mut screen) = views::item(&open, turn.language()) {
        screen.lines.insert(0, hint.into());
        screen.lines.insert(1, Line::Gap);
        turn.show(screen);
    }
    Ok(())
}

async fn typed_answer(turn: &mut Turn<'_>, mut open: OpenRun, at: usize, answer: Answer) -> Result<()> {
    let definition = open.definition.clone();
    if let Err(refused) = open.run.answer(&definition, at, answer) {
        turn.toast(why(&refused));
        show_item(turn, &open);
        return Ok(());
    }
    settle(turn, open).await
}

/// The current item once more; nothing when there is no run any more, so that home is shown.
///
/// # Errors
/// A failure.
pub async fn again(turn: &mut Turn<'_>) -> Result<()> {
    let Some(stored) = turn.who.run.clone() else {
        turn.end();
        return Ok(());
    };
    if let Some(open) = read(turn, &stored).await? {
        show_item(turn, &open);
    }
    Ok(())
}

/// Our part of the home screen: unfinished runs first, then what can be opened.
///
/// # Errors
/// A failure.
pub async fn home(turn: &mut Turn<'_>) -> Result<Home> {
    let library = turn.world.shelf.get::<Library>()?;
    let person = turn.person()?.clone();
    let language = turn.language();
    let mut home = Home::default();
    let runs = queries::runs_of(turn.tx, person.id).await?;
    for stored in &runs {
        let Some(definition) = library.get(stored.version) else { continue };
        // A run that does not open says so when it is opened, not on the home screen.
        let Ok(open) = service::open(&turn.world.keys, person.id, stored, definition) else { continue };
        let until = views::until(open.expires_at, turn.now, person.zone);
        home.lines.push(views::home_line(&open, until, language));
        home.first.push(views::home_go_on(&open, runs.len() == 1, language));
    }
    for version in library.offered.iter().filter(|v| runs.iter().all(|r| r.version != **v)) {
        if let Some(definition) = library.get(*version) {
            home.always.push(Button::press(definition.title.get(language), Survey::Open { version: *version }));
        }
    }
    // Home is where nothing listens: an unfinished run waits behind its button.
    turn.end();
    Ok(home)
}
