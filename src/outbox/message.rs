//! Rendered messages, and the messenger that is asked to deliver them.

use std::time::Duration;

use futures_util::future::BoxFuture;
use serde::{Deserialize, Serialize};

use crate::i18n::{Catalogue, Form, html};
use crate::kernel::ids::Address;
use crate::kernel::language::Language;
use crate::kernel::screen::{Action, Button, Label, Line, Screen};

/// The most units (UTF-16) a message may show; Telegram's own limit.
pub const MAX_UNITS: usize = 4096;

/// A button as the messenger gets it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Key {
    /// What it says.
    #[serde(rename = "l")]
    pub label: String,
    /// What comes back.
    #[serde(rename = "d", skip_serializing_if = "Option::is_none", default)]
    pub data: Option<String>,
    /// Or what it opens.
    #[serde(rename = "u", skip_serializing_if = "Option::is_none", default)]
    pub url: Option<String>,
}

/// A message in the recipient's language, ready to be sent as it is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Rendered {
    /// Telegram's HTML.
    #[serde(rename = "h")]
    pub html: String,
    /// Rows of buttons.
    #[serde(rename = "k")]
    pub keys: Vec<Vec<Key>>,
}

impl Rendered {
    /// Renders a screen in a language. Over-long text is cut at a line, never inside a tag.
    pub fn of(screen: &Screen, catalogue: &Catalogue, language: Language) -> Rendered {
        let mut html = String::with_capacity(256);
        let mut units = 0;
        for line in &screen.lines {
            let text = match line {
                Line::Text(t) => catalogue.text(language, t, Form::Html),
                Line::Words(w) => html::escape(w).into_owned(),
                Line::Strong(w) => format!("<b>{}</b>", html::escape(w)),
                Line::Gap => String::new(),
            };
            units += html::visible_units(&text) + 1;
            if units > MAX_UNITS {
                break;
            }
            if !html.is_empty() {
                html.push('\n');
            }
            html.push_str(&text);
        }
        let keys = screen.rows.iter().map(|row| row.iter().map(|b| key(b, catalogue, language)).collect()).collect();
        Rendered { html, keys }
    }
}

fn key(button: &Button, catalogue: &Catalogue, language: Language) -> Key {
    let label = match &button.label {
        Label::Text(t) => catalogue.text(language, t, Form::Plain),
        Label::Words(w) => w.clone(),
    };
    match &button.action {
        Action::Press(data) => Key { label, data: Some(data.clone()), url: None },
        Action::Url(url) => Key { label, data: None, url: Some(url.clone()) },
    }
}

/// Why the messenger did not do what it was asked.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum SendError {
    /// Wait this long before the next call to this chat.
    #[error("told to wait {0:?}")]
    Wait(Duration),
    /// The person blocked the bot or the account is gone.
    #[error("the person cannot be reached")]
    Unreachable,
    /// The message to edit is not there or cannot be edited: send a new one.
    #[error("the message cannot be edited")]
    Gone,
    /// Too late to answer this press; harmless.
    #[error("the press is too old to be answered")]
    Late,
    /// It may or may not have been done: a time-out or an unreadable reply.
    #[error("no clear answer: {0}")]
    Unclear(String),
    /// The messenger is out of reach or in trouble; nothing was done.
    #[error("the messenger is out of reach: {0}")]
    Down(String),
    /// The messenger refuses this very request; a bug of ours.
    #[error("refused: {0}")]
    Refused(String),
}

/// Somebody who delivers. Implemented by the `telegram` room.
pub trait Messenger: Send + Sync + 'static {
    /// Sends a new message; its number.
    fn send<'a>(&'a self, to: Address, message: &'a Rendered, is_silent: bool)
    -> BoxFuture<'a, Result<i64, SendError>>;
    /// Replaces the text and buttons of a message. "Not modified" is success.
    fn edit<'a>(&'a self, to: Address, message_id: i64, message: &'a Rendered) -> BoxFuture<'a, Result<(), SendError>>;
    /// Takes the buttons off a message.
    fn strip(&self, to: Address, message_id: i64) -> BoxFuture<'_, Result<(), SendError>>;
    /// Stops a button's spinner, with words or without.
    fn answer<'a>(&'a self, callback_id: &'a str, words: Option<&'a str>) -> BoxFuture<'a, Result<(), SendError>>;
}
