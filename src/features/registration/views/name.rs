//! The name: offered, typed, checked.

use super::{Registration, Step, asking, back};
use crate::features::registration::model::{Draft, Name, Reading};
use crate::features::registration::naming::Unreadable;
use crate::kernel::screen::{Button, Screen};
use crate::kernel::text::Text;
use crate::t;

/// «Вас зовут Анна Петрова?»
pub fn offered(draft: &Draft, name: &Name) -> Screen {
    let mut screen = asking(draft, Step::OfferedName);
    if let Some(school) = draft.school.as_ref().filter(|_| draft.is_invited) {
        screen = screen.line(t!("registration-invited-to", school = school.name()));
    }
    let called = format!("{} {}", name.polite(), name.family);
    screen
        .gap()
        .line(t!("registration-is-it-you", name = called))
        .line(t!("registration-patronymic-hint"))
        .row([Button::press(t!("registration-right"), Registration::Right {})])
        .row([Button::press(t!("registration-otherwise"), Registration::Otherwise {})])
        .row(back(Step::OfferedName))
}

/// Asks to type the name.
pub fn typed(draft: &Draft) -> Screen {
    let mut screen = asking(draft, Step::TypedName);
    if let Some(school) = draft.school.as_ref().filter(|_| draft.is_invited && draft.name.is_none()) {
        screen = screen.line(t!("registration-invited-to", school = school.name()));
    }
    if let Some(name) = &draft.name {
        screen = screen.line(t!("registration-name-now", name = name.full()));
    }
    screen.gap().line(t!("registration-ask-name")).line(t!("registration-name-example")).row(back(Step::TypedName))
}

/// What was understood of the typed name.
pub fn checked(draft: &Draft, reading: &Reading) -> Screen {
    let name = &reading.name;
    let mut screen = asking(draft, Step::CheckedName)
        .line(t!("registration-name-check"))
        .gap()
        .line(t!("registration-family-name", name = name.family.as_str()))
        .line(t!("registration-given-name", name = name.given.as_str()));
    if let Some(patronymic) = &name.patronymic {
        screen = screen.line(t!("registration-patronymic", name = patronymic.as_str()));
    }
    screen = screen.row([Button::press(t!("registration-right"), Registration::Right {})]);
    if !reading.is_sure {
        let swapped = u8::from(!reading.is_swapped);
        screen = screen.row([Button::press(t!("registration-swap"), Registration::Swap { swapped })]);
    }
    screen.row([Button::press(t!("registration-type-again"), Registration::Otherwise {})]).row(back(Step::CheckedName))
}

/// Why a line was no name, and what to do.
pub fn reason(why: Unreadable) -> Text {
    match why {
        Unreadable::Long => t!("registration-name-long"),
        Unreadable::Odd => t!("registration-name-odd"),
        Unreadable::Missing => t!("registration-name-missing"),
        Unreadable::Initials => t!("registration-name-initials"),
        Unreadable::ManyWords => t!("registration-name-many"),
    }
}
