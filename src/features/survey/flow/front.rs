//! Our part of the home screen: unfinished runs first, then what can be opened.

use super::super::buttons::Survey;
use super::super::{queries, service, views};
use super::library;
use crate::bot::feature::Home;
use crate::bot::turn::{Result, Turn};
use crate::kernel::screen::Button;

/// Makes it.
///
/// # Errors
/// A failure.
pub async fn home(turn: &mut Turn<'_>) -> Result<Home> {
    let library = library(turn)?;
    let person = turn.person()?.clone();
    let language = turn.language();
    let mut home = Home::default();
    let mut under_way = Vec::new();
    for stored in queries::runs_of(turn.tx, person.id).await? {
        let Some(definition) = library.get(stored.version) else { continue };
        // A run that does not open says so when it is opened, not on the home screen.
        if let Ok(Some(open)) = service::open(&turn.world.keys, person.id, &stored, definition, turn.now) {
            under_way.push(open);
        }
    }
    for open in &under_way {
        let until = views::until(open.expires_at, turn.now, person.zone);
        home.lines.push(views::home_line(open, until, language));
        home.first.push(views::home_go_on(open, under_way.len() == 1, language));
    }
    for version in &library.offered {
        let Some(definition) = library.get(*version) else { continue };
        if under_way.iter().all(|open| open.definition.id != definition.id) {
            home.always.push(Button::press(definition.title.get(language), Survey::Open { version: *version }));
        }
    }
    // Home is where nothing listens: an unfinished run waits behind its button.
    turn.end();
    Ok(home)
}
