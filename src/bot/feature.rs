//! What a feature gives the machine: one value, one line in `features/mod.rs`.

use futures_util::future::BoxFuture;

use super::turn::{Result, Turn};
use crate::kernel::screen::{Button, Line};

/// Answers within a turn.
pub type Handler = for<'a> fn(&'a mut Turn<'_>) -> BoxFuture<'a, Result<()>>;

/// Answers a press or a text within a turn: gets the payload after the feature's code, or the text.
pub type Reader = for<'a> fn(&'a mut Turn<'_>, &'a str) -> BoxFuture<'a, Result<()>>;

/// A command people may type or choose.
#[derive(Clone, Copy)]
pub struct Command {
    /// `profile` for `/profile`: a-z, 0-9 and `_`, at most 32.
    pub name: &'static str,
    /// The catalogue's key of its line in the list of commands.
    pub about: &'static str,
    /// What it does.
    pub run: Handler,
}

/// What a feature adds to a person's home screen.
#[derive(Default)]
pub struct Home {
    /// Lines about what waits, most pressing first.
    pub lines: Vec<Line>,
    /// Buttons alone in their rows, for what waits.
    pub first: Vec<Button>,
    /// Buttons side by side, always there.
    pub always: Vec<Button>,
}

/// Makes a feature's part of the home screen.
pub type HomePart = for<'a> fn(&'a mut Turn<'_>) -> BoxFuture<'a, Result<Home>>;

/// A feature, as the machine sees it.
#[derive(Clone, Copy)]
pub struct Feature {
    /// Its folder's name; conversations that it listens to bear it.
    pub name: &'static str,
    /// The code its buttons begin with.
    pub buttons: &'static str,
    /// One payload of each button, for the house test.
    pub samples: fn() -> Vec<String>,
    /// Its commands.
    pub commands: &'static [Command],
    /// A press on one of its buttons.
    pub on_press: Option<Reader>,
    /// A text while it listens.
    pub on_text: Option<Reader>,
    /// Shows its current step again: after a stale button, a sticker, a restart.
    pub again: Option<Handler>,
    /// The person leaves its step; what should stay for later is kept here. Without one the talk simply ends.
    pub leave: Option<Handler>,
    /// `/start` with a payload that begins with this letter comes here.
    pub invitation: Option<(char, Reader)>,
    /// Somebody not registered wrote, and nothing else listens.
    pub newcomer: Option<Handler>,
    /// Its part of the home screen.
    pub home: Option<HomePart>,
    /// Keys of its lines on the help screen.
    pub help: &'static [&'static str],
}

impl Feature {
    /// A feature that does nothing yet.
    pub const fn named(name: &'static str, buttons: &'static str) -> Feature {
        Feature {
            name,
            buttons,
            samples: Vec::new,
            commands: &[],
            on_press: None,
            on_text: None,
            again: None,
            leave: None,
            invitation: None,
            newcomer: None,
            home: None,
            help: &[],
        }
    }
}
