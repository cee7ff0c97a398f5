//! The name.
//!
//! ```text
//! bot:  Как Вас зовут?
//! Анна: анна сергеевна петрова
//! bot:  Фамилия: Петрова … [Да, верно] [Написать иначе]
//! ```

use super::Go;
use crate::bot::turn::Turn;
use crate::features::registration::buttons::Registration;
use crate::features::registration::model::{Draft, Name};
use crate::features::registration::step::Step;
use crate::features::registration::{naming, views};
use crate::kernel::screen::Screen;

/// The name the messenger knows, when it looks like a real one.
pub fn from_messenger(turn: &Turn<'_>) -> Option<Name> {
    let sender = &turn.incoming.sender;
    naming::offered(&sender.first_name, sender.last_name.as_deref())
}

/// The screen of one of the three steps.
pub fn screen(step: Step, draft: &Draft) -> Screen {
    match (step, &draft.offered, &draft.reading) {
        (Step::OfferedName, Some(name), _) => views::offered(draft, name),
        (Step::CheckedName, _, Some(reading)) => views::checked(draft, reading),
        _ => views::typed(draft),
    }
}

/// A typed name.
pub fn text(turn: &Turn<'_>, draft: &mut Draft, typed: &str) -> Go {
    match naming::read(typed, &turn.incoming.sender.first_name) {
        Ok(reading) => {
            draft.reading = Some(reading);
            Go::To(Step::CheckedName)
        }
        Err(why) => Go::Hint(views::reason(why)),
    }
}

/// A press.
pub fn press(step: Step, draft: &mut Draft, button: Registration) -> Go {
    match (button, step) {
        (Registration::Right {}, Step::OfferedName) => right(draft, draft.offered.clone()),
        (Registration::Right {}, _) => right(draft, draft.reading.clone().map(|r| r.name)),
        (Registration::Swap { swapped }, _) => {
            if let Some(reading) = draft.reading.as_mut().filter(|r| !r.is_sure && r.is_swapped != (swapped == 1)) {
                reading.name = std::mem::take(&mut reading.name).swapped();
                reading.is_swapped = !reading.is_swapped;
            }
            Go::Here
        }
        _ => Go::To(Step::TypedName),
    }
}

fn right(draft: &mut Draft, name: Option<Name>) -> Go {
    let Some(name) = name else { return Go::To(Step::TypedName) };
    draft.name = Some(name);
    draft.reading = None;
    Go::On
}
