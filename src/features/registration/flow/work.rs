//! Post, subjects, the year teaching began, the year of birth.
//!
//! ```text
//! bot:  С какого года идёт Ваш педагогический стаж? [2025] … [2015–2019] … [Веду ещё предмет]
//! Анна: 2009
//! bot:  В каком году Вы родились? [Пропустить]
//! ```

use super::Go;
use crate::bot::turn::Turn;
use crate::features::registration::buttons::Registration;
use crate::features::registration::model::{Born, Draft};
use crate::features::registration::step::Step;
use crate::features::registration::years::{self, YearProblem};
use crate::features::registration::{rules, service, views};
use crate::kernel::screen::Screen;
use crate::kernel::time::At;
use crate::t;

/// The screen of one of the five steps.
pub fn screen(step: Step, draft: &Draft, now: At) -> Screen {
    match step {
        Step::Post => views::post(draft),
        Step::Subject => views::subject(draft),
        Step::Subjects => views::subjects(draft),
        Step::Began => views::began(draft, years::newest_year(service::today(draft, now))),
        _ => views::born(draft),
    }
}

/// The years behind one button, on a screen of their own.
pub fn years(turn: &mut Turn<'_>, draft: &Draft, from: i32) -> Go {
    let newest = years::newest_year(service::today(draft, turn.now));
    if !years::ranges(newest).any(|f| f == from) {
        return Go::Stale;
    }
    turn.show(views::more_years(draft, from));
    Go::Shown
}

/// A typed year.
pub fn text(step: Step, draft: &mut Draft, typed: &str, now: At) -> Go {
    let kept = years::year_in(typed).and_then(|year| match step {
        Step::Began => began(draft, year, now),
        _ => born(draft, year, now),
    });
    kept.map_or_else(|why| Go::Hint(views::year_problem(why)), |()| Go::On)
}

fn began(draft: &mut Draft, year: i32, now: At) -> Result<(), YearProblem> {
    let born = draft.born.and_then(Born::year);
    years::check_began(year, service::today(draft, now), born)?;
    draft.taught_since = Some(year);
    Ok(())
}

fn born(draft: &mut Draft, year: i32, now: At) -> Result<(), YearProblem> {
    years::check_born(year, service::today(draft, now), draft.taught_since)?;
    draft.born = Some(Born::In(year));
    Ok(())
}

/// A press at one of the five steps.
pub fn press(draft: &mut Draft, button: Registration, now: At) -> Go {
    match button {
        Registration::Post { post } => rules::choose_post(draft, post),
        Registration::Subject { subject } => draft.subjects = Some(vec![subject]),
        Registration::NoSubjects {} if draft.may_teach_nothing() => draft.subjects = Some(Vec::new()),
        Registration::MoreSubjects {} if draft.has_subjects() => return Go::To(Step::Subjects),
        Registration::Take { subject } => {
            let subjects = draft.subjects.get_or_insert_default();
            if !subjects.contains(&subject) {
                subjects.push(subject);
            }
            return Go::Here;
        }
        Registration::Drop { subject } => {
            draft.subjects.get_or_insert_default().retain(|s| *s != subject);
            return Go::Here;
        }
        Registration::SubjectsDone {} => {
            let is_none = draft.subjects.as_ref().is_none_or(Vec::is_empty);
            if is_none && !draft.may_teach_nothing() {
                return Go::Hint(t!("registration-no-subject-yet"));
            }
            draft.subjects.get_or_insert_default();
        }
        Registration::Began { year } => {
            if let Err(why) = began(draft, year, now) {
                return Go::Hint(views::year_problem(why));
            }
        }
        Registration::SkipBorn {} => draft.born = Some(Born::Unsaid),
        _ => return Go::Stale,
    }
    Go::On
}
