//! The talk: who answers what at which step.
//!
//! ```text
//! bot:  Какой предмет Вы ведёте?      step `subject`
//! Анна: [Математика]                  → the draft holds it, the first question without an answer comes next
//! ```
//! A step's file says what an answer means ([`Go`]); [`Talk`] keeps the draft and shows the step that follows. A button
//! of another step writes nothing and shows the current one.

mod consent;
mod name;
mod place;
mod profile;
mod summary;
mod talk;
mod work;

use super::buttons::Registration;
use super::model::Stage;
use super::service::{self, Host};
use super::step::Step;
use super::{NAME, rules, views};
use crate::bot::feature::Home;
use crate::bot::incoming::What;
use crate::bot::menu::home_button;
use crate::bot::turn::{Result, Turn};
use crate::kernel::button::Payload;
use crate::kernel::ids::SchoolId;
use crate::kernel::text::Text;
use crate::t;

pub use profile::profile;
use talk::{Go, Talk};

/// A newcomer comes home: goes on where they were, or begins.
pub async fn newcomer(turn: &mut Turn<'_>) -> Result<()> {
    match Talk::load(turn) {
        Some(talk) => resume(turn, talk).await,
        None => begin(turn, None, None).await,
    }
}

/// The current step again; a registered person without one is at home.
pub async fn again(turn: &mut Turn<'_>) -> Result<()> {
    match Talk::load(turn) {
        Some(talk) => resume(turn, talk).await,
        None => Ok(()),
    }
}

async fn resume(turn: &mut Turn<'_>, mut talk: Talk) -> Result<()> {
    let was_left = std::mem::take(&mut talk.draft.is_left);
    let came_back = matches!(&turn.incoming.what, What::Command { name, .. } if name == "start" || name == "menu");
    talk.save(turn)?;
    let screen = talk.screen(turn).await?;
    let is_under_way = talk.draft.stage != Stage::Editing && talk.step != Step::Consent;
    turn.show(if is_under_way && (came_back || was_left) { views::resumed(screen) } else { screen });
    Ok(())
}

/// `/cancel`, then «leave»: the answers stay until the person comes back. An unsaved correction is dropped.
pub async fn leave(turn: &mut Turn<'_>) -> Result<()> {
    match Talk::load(turn) {
        Some(talk) if talk.draft.stage != Stage::Editing && talk.step == Step::Consent => {
            consent::decline(turn, talk.draft).await
        }
        Some(mut talk) if talk.draft.stage != Stage::Editing => {
            talk.draft.is_left = true;
            talk.save(turn)?;
            turn.show(views::left());
            Ok(())
        }
        _ => {
            turn.end();
            Ok(())
        }
    }
}

/// The part of the home screen. Who comes home drops an unsaved correction.
pub fn home(turn: &mut Turn<'_>) -> Result<Home> {
    let is_confirmed = turn.person()?.is_confirmed;
    if turn.who.conversation.feature == NAME {
        turn.end();
    }
    let lines = if is_confirmed { Vec::new() } else { vec![views::awaiting().into()] };
    Ok(Home { lines, first: Vec::new(), always: vec![views::profile_button()] })
}

/// Begins with the consent, or after it when it stands.
async fn begin(turn: &mut Turn<'_>, invited: Option<Host>, hint: Option<Text>) -> Result<()> {
    let Some(mut draft) = service::begin(turn.tx, invited).await? else {
        turn.end();
        return consent::no_place(turn);
    };
    draft.has_agreed = service::has_agreed(turn.tx, turn.who.account).await?;
    let step = if draft.has_agreed { rules::next(&draft) } else { Step::Consent };
    let mut talk = Talk { step, draft };
    talk.arrive(turn);
    talk.save(turn)?;
    let screen = talk.screen(turn).await?;
    turn.show(views::hinted(screen, hint));
    Ok(())
}

/// A school's link.
pub async fn invited(turn: &mut Turn<'_>, payload: &str) -> Result<()> {
    if let Some(person) = &turn.who.person {
        let name = crate::bot::menu::called(&person.given_name, person.patronymic.as_deref());
        turn.show(views::already_here(&name).row([home_button()]));
        return Ok(());
    }
    let host = service::open_link(turn.tx, payload.strip_prefix('s').unwrap_or_default()).await?;
    let hint = match &host {
        Some(host) => t!("registration-link-school", school = host.school.name()),
        None => t!("registration-link-closed"),
    };
    match Talk::load(turn) {
        Some(mut talk) if talk.draft.has_agreed => {
            talk.draft.is_left = false;
            let Some(host) = host else { return talk.go(turn, Go::Hint(hint)).await };
            service::invite(&mut talk.draft, host);
            if matches!(talk.step, Step::Municipality | Step::School | Step::UnlistedSchool) {
                talk.step = rules::next(&talk.draft);
            }
            talk.go(turn, Go::Hint(hint)).await
        }
        _ => {
            let hint = host.is_none().then_some(hint);
            begin(turn, host, hint).await
        }
    }
}

/// Words typed while registration listens.
pub async fn text(turn: &mut Turn<'_>, typed: &str) -> Result<()> {
    let Some(mut talk) = Talk::load(turn) else {
        // The row is of another version, or the person is another one now.
        return if turn.who.person.is_some() { profile(turn).await } else { begin(turn, None, None).await };
    };
    if talk.draft.is_left {
        return resume(turn, talk).await;
    }
    let now = turn.now;
    let go = match talk.step {
        Step::OfferedName | Step::TypedName | Step::CheckedName => name::text(turn, &mut talk.draft, typed),
        Step::Municipality | Step::School | Step::UnlistedSchool => place::text(talk.step, &mut talk.draft, typed),
        Step::Began | Step::Born => work::text(talk.step, &mut talk.draft, typed, now),
        _ => Go::Hint(t!("registration-press-a-button")),
    };
    talk.go(turn, go).await
}

/// A press on one of our buttons.
pub async fn press(turn: &mut Turn<'_>, rest: &str) -> Result<()> {
    let button = Registration::decode(rest);
    if turn.who.person.is_some() {
        return profile::press(turn, button).await;
    }
    let talk = Talk::load(turn);
    match (talk, button) {
        (Some(talk), Some(button)) => answer(turn, talk, button).await,
        (Some(talk), None) => talk.go(turn, Go::Stale).await,
        (None, Some(Registration::Consider { school })) => consider(turn, school).await,
        (None, _) => {
            turn.toast(t!("button-stale"));
            begin(turn, None, None).await
        }
    }
}

/// Back to the consent from «not now», with the school of the link that was pressed.
async fn consider(turn: &mut Turn<'_>, school: SchoolId) -> Result<()> {
    let host = service::find_host(turn.tx, school).await?;
    begin(turn, host, None).await
}

/// An answer by button within a talk; also of a registered person who corrects something.
async fn answer(turn: &mut Turn<'_>, mut talk: Talk, button: Registration) -> Result<()> {
    use Registration as R;
    talk.draft.is_left = false;
    let is_safe = talk.draft.has_agreed || talk.step == Step::Consent;
    if !is_safe || !button.belongs_to(talk.step) {
        let go = if button.repeats(&talk.draft) { Go::Here } else { Go::Stale };
        return talk.go(turn, go).await;
    }
    let (step, draft, now) = (talk.step, &mut talk.draft, turn.now);
    let go = match button {
        R::Agree { .. } | R::NotNow {} | R::Onward {} | R::Withdraw {} => consent::press(turn, draft, button).await?,
        R::Right {} | R::Otherwise {} | R::Swap { .. } => name::press(step, draft, button),
        R::Municipality { .. } | R::School { .. } | R::Unlisted {} => place::press(turn, draft, button).await?,
        R::Years { from } => work::years(turn, draft, from),
        R::Confirm {} => summary::confirm(turn, draft).await?,
        R::Corrections {} => Go::To(Step::Corrections),
        R::Mend { step } => summary::mend(draft, step),
        R::Join { .. } | R::LeaveOut { .. } | R::AssociationsDone {} => summary::toggle(turn, draft, button).await?,
        R::Back { .. } => {
            rules::settle_subjects(draft);
            let before = rules::previous(draft, step);
            if draft.stage == Stage::Editing && matches!(before, Step::Summary | Step::Consent) {
                return profile(turn).await;
            }
            Go::To(before)
        }
        R::Over {} if step != Step::Consent => {
            turn.show(views::over());
            Go::Shown
        }
        R::OverSure {} if step != Step::Consent => return begin(turn, None, None).await,
        R::Here {} | R::Over {} | R::OverSure {} | R::Consider { .. } => Go::Here,
        R::Profile {} => Go::Stale,
        other => work::press(draft, other, now),
    };
    talk.go(turn, go).await
}
