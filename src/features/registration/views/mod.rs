//! What registration shows. Every screen says where one is in its first line and what to do in its last.

mod end;
mod name;
mod place;
mod start;
mod work;

pub use end::{About, already_here, associations, awaiting, corrections, done, profile, profile_button, summary};
pub use name::{checked, offered, reason, typed};
pub use place::{municipality, school, unlisted};
pub use start::{consent, consent_text, declined, left, no_place, over, resumed};
pub use work::{began, born, more_years, post, subject, subjects, year_problem};

use super::buttons::Registration;
use super::model::{Draft, Stage};
use super::rules;
use super::step::Step;
use crate::kernel::screen::{Button, Label, Line, Screen};
use crate::kernel::text::Text;
use crate::t;

/// A screen of a question with its first line.
fn asking(draft: &Draft, step: Step) -> Screen {
    Screen::new().line(match (draft.stage, rules::progress(draft, step)) {
        (Stage::Asking, Some((n, of))) => t!("registration-where", n = n, of = of),
        (Stage::Editing, _) => t!("registration-profile-title"),
        _ => t!("registration-correcting"),
    })
}

fn back(from: Step) -> [Button; 1] {
    [Button::press(t!("button-back"), Registration::Back { from })]
}

/// A button's label that begins with a capital.
fn capital(what: Text) -> Label {
    t!("registration-button", what = what).into()
}

/// The same with the sign of what is chosen.
fn chosen(what: impl Into<crate::kernel::text::Arg>) -> Label {
    t!("registration-chosen", what = what).into()
}

/// A long name fit for a button.
fn short(name: &str) -> String {
    const MOST: usize = 48;
    if name.chars().count() <= MOST {
        return name.to_owned();
    }
    name.chars().take(MOST - 1).chain(['…']).collect()
}

/// A list of words in one line; nothing for an empty one.
fn list(all: impl IntoIterator<Item = Text>) -> Option<Text> {
    all.into_iter().reduce(|before, next| t!("registration-list", before = before, next = next))
}

/// Puts a hint above a screen.
pub fn hinted(mut screen: Screen, hint: Option<Text>) -> Screen {
    if let Some(hint) = hint {
        screen.lines.splice(0..0, [Line::Text(hint), Line::Gap]);
    }
    screen
}
