//! Finds who answers an update. Nothing that comes in ends without an answer.

use super::feature::Feature;
use super::incoming::What;
use super::menu;
use super::turn::{Result, Turn, TurnError};
use crate::kernel::button;
use crate::t;

/// The features of this installation, in the order of the home screen.
#[derive(Clone)]
pub struct Features(pub Vec<Feature>);

impl Features {
    /// The feature of that name.
    pub fn named(&self, name: &str) -> Option<&Feature> {
        self.0.iter().find(|f| f.name == name)
    }

    /// The feature whose buttons begin with that code.
    pub fn by_buttons(&self, code: &str) -> Option<&Feature> {
        self.0.iter().find(|f| f.buttons == code)
    }
}

/// Lets the right handler answer; afterwards there is something to show, unless the person left.
///
/// # Errors
/// A failure; refusals have become screens.
pub async fn answer(turn: &mut Turn<'_>, features: &Features) -> Result<()> {
    let is_silent = matches!(turn.incoming.what, What::Left | What::Returned);
    match dispatch(turn, features).await {
        Err(TurnError::Refused(why)) => menu::refuse(turn, features, why).await,
        Ok(()) if !turn.has_screen() && !is_silent => again(turn, features).await,
        other => other,
    }
}

async fn dispatch(turn: &mut Turn<'_>, features: &Features) -> Result<()> {
    let incoming = turn.incoming;
    match &incoming.what {
        What::Left | What::Returned => Ok(()),
        What::Command { name, rest } => command(turn, features, name, rest).await,
        What::Press { data, .. } => press(turn, features, data).await,
        What::Text(text) => match listener(turn, features).and_then(|f| f.on_text) {
            Some(read) => read(turn, text).await,
            None => lost(turn, features).await,
        },
        What::Other => lost(turn, features).await,
    }
}

fn listener<'f>(turn: &Turn<'_>, features: &'f Features) -> Option<&'f Feature> {
    features.named(&turn.who.conversation.feature)
}

async fn command(turn: &mut Turn<'_>, features: &Features, name: &str, rest: &str) -> Result<()> {
    if name == "start"
        && let Some(first) = rest.chars().next()
        && let Some((_, read)) = features.0.iter().filter_map(|f| f.invitation).find(|(letter, _)| *letter == first)
    {
        return read(turn, rest).await;
    }
    if let Some(done) = menu::command(turn, features, name).await? {
        return Ok(done);
    }
    match features.0.iter().flat_map(|f| f.commands).find(|c| c.name == name) {
        Some(command) => (command.run)(turn).await,
        None => menu::help(turn, features).await,
    }
}

async fn press(turn: &mut Turn<'_>, features: &Features, data: &str) -> Result<()> {
    if let Some((code, rest)) = button::split(data) {
        if code == menu::CODE {
            return menu::press(turn, features, rest).await;
        }
        if let Some(read) = features.by_buttons(code).and_then(|f| f.on_press) {
            return read(turn, rest).await;
        }
    }
    stale(turn, features).await
}

/// A button that means nothing any more: the current step again, or home.
///
/// # Errors
/// A failure.
pub async fn stale(turn: &mut Turn<'_>, features: &Features) -> Result<()> {
    turn.toast(t!("button-stale"));
    again(turn, features).await
}

/// Words or things nobody waits for: the current step again with a hint, or home.
async fn lost(turn: &mut Turn<'_>, features: &Features) -> Result<()> {
    again(turn, features).await?;
    if let Some(screen) = &mut turn.screen {
        let hint =
            if listener_is_set(&turn.who.conversation.feature) { t!("lost-in-step") } else { t!("lost-at-home") };
        screen.lines.insert(0, hint.into());
        screen.lines.insert(1, crate::kernel::screen::Line::Gap);
    }
    Ok(())
}

fn listener_is_set(feature: &str) -> bool {
    !feature.is_empty()
}

/// Shows where the person is: the step that listens, registration for a newcomer, or home.
///
/// # Errors
/// A failure.
pub async fn again(turn: &mut Turn<'_>, features: &Features) -> Result<()> {
    if let Some(show) = listener(turn, features).and_then(|f| f.again) {
        show(turn).await?;
    }
    if turn.has_screen() { Ok(()) } else { menu::home(turn, features).await }
}
