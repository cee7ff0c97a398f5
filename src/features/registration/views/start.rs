//! The beginning and its side doors: the consent, «not now», leaving and coming back.

use super::Registration;
use crate::kernel::ids::SchoolId;
use crate::kernel::screen::{Button, Screen};
use crate::kernel::text::Text;
use crate::t;

/// The text of consent 1, whole: it is shown and kept by its hash.
pub fn consent_text(operator: &str, contacts: &str) -> Text {
    t!("consent-account", operator = operator, contacts = contacts)
}

/// Consent 1. Once given, it can be read again and taken back.
pub fn consent(text: Text, mark: i64, has_agreed: bool) -> Screen {
    let screen = Screen::new().line(text);
    if has_agreed {
        return screen
            .gap()
            .line(t!("consent-given"))
            .row([Button::press(t!("button-go-on"), Registration::Onward {})])
            .row([Button::press(t!("consent-withdraw"), Registration::Withdraw {})]);
    }
    screen
        .row([Button::press(t!("consent-agree"), Registration::Agree { mark })])
        .row([Button::press(t!("consent-not-now"), Registration::NotNow {})])
}

/// After «not now»: nothing was kept, and the way back stands open.
pub fn declined(school: Option<SchoolId>) -> Screen {
    let school = school.unwrap_or(SchoolId(0));
    Screen::new()
        .line(t!("registration-declined-title"))
        .line(t!("registration-declined"))
        .row([Button::press(t!("registration-consider"), Registration::Consider { school })])
}

/// The installation has no municipality yet.
pub fn no_place(operator: &str, contacts: &str) -> Screen {
    Screen::new()
        .line(t!("registration-no-place-title"))
        .line(t!("registration-no-place", operator = operator, contacts = contacts))
        .row([Button::press(t!("registration-retry"), Registration::Consider { school: SchoolId(0) })])
}

/// After leaving: the answers stay.
pub fn left() -> Screen {
    Screen::new()
        .line(t!("registration-left-title"))
        .line(t!("registration-left"))
        .row([Button::press(t!("button-go-on"), Registration::Here {})])
        .row([Button::press(t!("registration-over"), Registration::Over {})])
}

/// Somebody came back: says so, and offers to begin anew.
pub fn resumed(screen: Screen) -> Screen {
    let mut screen = super::hinted(screen, Some(t!("registration-resumed")));
    let last = screen.rows.len().saturating_sub(1);
    screen.rows.insert(last, vec![Button::press(t!("registration-over"), Registration::Over {})]);
    screen
}

/// Whether to begin anew.
pub fn over() -> Screen {
    Screen::new()
        .line(t!("registration-over-title"))
        .line(t!("registration-over-about"))
        .row([Button::press(t!("registration-over"), Registration::OverSure {})])
        .row([Button::press(t!("button-back"), Registration::Here {})])
}
