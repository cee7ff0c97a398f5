//! Municipality and school.
//!
//! ```text
//! bot:  Где Вы работаете? Напишите номер или часть названия.
//! Анна: сош 4
//! bot:  [Школа № 4] [Школа № 40] [Нет в списке]
//! ```

use super::Go;
use crate::bot::turn::{Result, Turn};
use crate::features::registration::buttons::Registration;
use crate::features::registration::model::{Draft, Workplace};
use crate::features::registration::step::Step;
use crate::features::registration::{rules, service, views};
use crate::kernel::ids::{MunicipalityId, SchoolId};
use crate::kernel::screen::Screen;
use crate::t;

/// The screen of one of the three steps.
pub async fn screen(turn: &mut Turn<'_>, step: Step, draft: &Draft) -> Result<Screen> {
    let typed = draft.search.as_deref();
    Ok(match (step, &draft.place, typed) {
        (Step::UnlistedSchool, ..) => views::unlisted(draft),
        (Step::School, Some(place), Some(typed)) => {
            let (found, has_more) = service::schools(turn.tx, place.id, typed).await?;
            views::school(draft, &found, has_more)
        }
        (Step::School, Some(_), None) => views::school(draft, &[], false),
        _ => {
            let (all, has_more) = service::places(turn.tx, typed.unwrap_or_default()).await?;
            views::municipality(draft, &all, has_more)
        }
    })
}

/// Words typed at one of the three steps.
pub fn text(step: Step, draft: &mut Draft, typed: &str) -> Go {
    if step == Step::UnlistedSchool {
        let Some(name) = rules::unlisted(typed) else { return Go::Hint(t!("registration-unlisted-odd")) };
        draft.school = Some(Workplace::Said(name));
        draft.is_invited = false;
        return Go::On;
    }
    draft.search = Some(rules::search(typed));
    Go::Here
}

/// A press at one of the three steps.
pub async fn press(turn: &mut Turn<'_>, draft: &mut Draft, button: Registration) -> Result<Go> {
    match button {
        Registration::Municipality { id } => municipality(turn, draft, id).await,
        Registration::School { id } => school(turn, draft, id).await,
        _ => Ok(Go::To(Step::UnlistedSchool)),
    }
}

async fn municipality(turn: &mut Turn<'_>, draft: &mut Draft, id: MunicipalityId) -> Result<Go> {
    let Some(place) = service::find_place(turn.tx, id).await? else { return Ok(Go::Stale) };
    if draft.place.as_ref().is_none_or(|p| p.id != place.id) {
        draft.school = None;
        draft.is_invited = false;
        draft.left_out.clear();
        draft.picked.clear();
        draft.beyond.clear();
        draft.place = Some(place);
    }
    draft.search = None;
    Ok(Go::On)
}

/// A school of the draft's municipality, and of no other.
async fn school(turn: &mut Turn<'_>, draft: &mut Draft, id: SchoolId) -> Result<Go> {
    let Some(place) = &draft.place else { return Ok(Go::Stale) };
    let Some(school) = service::find_school(turn.tx, place.id, id).await? else { return Ok(Go::Stale) };
    draft.school = Some(school);
    draft.is_invited = false;
    Ok(Go::On)
}
