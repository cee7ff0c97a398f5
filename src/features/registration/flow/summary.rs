//! The end: everything at a glance, corrections, associations.
//!
//! ```text
//! bot:  Проверьте, всё ли верно … [Всё верно] [Исправить]
//! Анна: [Всё верно]
//! bot:  Готово, Анна Сергеевна.
//! ```

use super::Go;
use crate::bot::menu::home_button;
use crate::bot::turn::{Result, Turn};
use crate::features::registration::buttons::Registration;
use crate::features::registration::model::{Draft, Stage};
use crate::features::registration::step::Step;
use crate::features::registration::views::About;
use crate::features::registration::{rules, service, views, years};
use crate::kernel::screen::Screen;
use crate::kernel::time::At;

/// The screen of one of the three steps.
pub async fn screen(turn: &mut Turn<'_>, step: Step, draft: &Draft) -> Result<Screen> {
    Ok(match step {
        Step::Corrections => views::corrections(draft, false),
        Step::Associations => views::associations(draft, &service::associations(turn.tx, draft).await?),
        _ => {
            let all = service::associations(turn.tx, draft).await?;
            let has_choice = !all.is_empty();
            let names: Vec<String> = all.into_iter().filter(|a| a.is_joined).map(|a| a.name).collect();
            views::summary(&About { has_choice, ..about(draft, &names, turn.now) })
        }
    })
}

/// What a summary of this draft tells today.
pub fn about<'a>(draft: &'a Draft, associations: &'a [String], now: At) -> About<'a> {
    let school_year = service::school_year(draft, now);
    let is_beginner = draft.taught_since.is_some_and(|began| years::is_beginner(began, school_year));
    About { draft, associations, has_choice: false, is_beginner }
}

/// «All is right»: the rows are written, the talk ends.
pub async fn confirm(turn: &mut Turn<'_>, draft: &mut Draft) -> Result<Go> {
    let Some(who) = service::register(turn.tx, turn.who.account, draft, turn.now).await? else {
        return Ok(Go::On);
    };
    turn.end();
    turn.show(views::done(&who.name.polite(), Some(&who)).row([home_button()]));
    Ok(Go::Shown)
}

/// Asks a question again.
pub fn mend(draft: &mut Draft, step: Step) -> Go {
    let may = match step {
        Step::TypedName | Step::School | Step::Post | Step::Began | Step::Born | Step::Associations => true,
        Step::Subjects => draft.has_subjects(),
        Step::Municipality => draft.has_choice_of_place,
        _ => false,
    };
    if !may {
        return Go::Stale;
    }
    if draft.stage == Stage::Asking {
        draft.stage = Stage::Mending;
    }
    draft.search = None;
    Go::To(step)
}

/// A tick or «ready» at the associations. Only what is offered can be joined.
pub async fn toggle(turn: &mut Turn<'_>, draft: &mut Draft, button: Registration) -> Result<Go> {
    let (id, is_wanted) = match button {
        Registration::Join { id } => (id, true),
        Registration::LeaveOut { id } => (id, false),
        _ => return Ok(Go::On),
    };
    if !service::associations(turn.tx, draft).await?.iter().any(|offer| offer.id == id) {
        return Ok(Go::Stale);
    }
    rules::tick(draft, id, is_wanted);
    Ok(Go::Here)
}
