//! Municipality and school: a few typed letters, then buttons.

use super::{Registration, Step, asking, back, short};
use crate::features::registration::model::Draft;
use crate::kernel::ids::{MunicipalityId, SchoolId};
use crate::kernel::screen::{Button, Screen};
use crate::t;

/// Choice of the municipality.
pub fn municipality(draft: &Draft, all: &[(MunicipalityId, String)], has_more: bool) -> Screen {
    let mut screen = asking(draft, Step::Municipality).gap().line(t!("registration-ask-municipality"));
    if all.is_empty() {
        let typed = draft.search.as_deref().unwrap_or_default();
        screen = screen.line(t!("registration-no-such-municipality", typed = typed));
    } else if has_more || draft.search.is_some() {
        screen = screen.line(t!("registration-municipality-type"));
    }
    for pair in all.chunks(2) {
        let buttons = pair.iter().map(|(id, name)| Button::press(short(name), Registration::Municipality { id: *id }));
        screen = screen.row(buttons);
    }
    screen.row(back(Step::Municipality))
}

/// Choice of the school: what was found for the typed words.
pub fn school(draft: &Draft, found: &[(SchoolId, String)], has_more: bool) -> Screen {
    let mut screen = asking(draft, Step::School);
    if let Some(school) = &draft.school {
        screen = screen.line(t!("registration-school-now", school = school.name()));
    }
    screen = screen.gap().line(t!("registration-ask-school"));
    let Some(typed) = &draft.search else {
        return screen.line(t!("registration-school-type")).row(back(Step::School));
    };
    screen = screen.line(match (found.is_empty(), has_more) {
        (true, _) => t!("registration-nothing-found", typed = typed.as_str()),
        (false, true) => t!("registration-found-more"),
        (false, false) => t!("registration-found"),
    });
    for (id, name) in found {
        screen = screen.row([Button::press(short(name), Registration::School { id: *id })]);
    }
    screen.row([Button::press(t!("registration-unlisted"), Registration::Unlisted {})]).row(back(Step::School))
}

/// The name of a school that the list does not know.
pub fn unlisted(draft: &Draft) -> Screen {
    asking(draft, Step::UnlistedSchool)
        .gap()
        .line(t!("registration-ask-unlisted"))
        .line(t!("registration-unlisted-about"))
        .row(back(Step::UnlistedSchool))
}
