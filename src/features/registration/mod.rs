//! Registration: a newcomer becomes a colleague with a name, a school, a post and subjects, in eight taps or fewer;
//! later the same questions correct one's profile.
//!
//! ```text
//! Анна:  presses a school's link
//! bot:   Согласие на обработку персональных данных … [Даю согласие]
//! bot:   Вас зовут Анна Петрова? [Да, верно]
//! bot:   Кем Вы работаете? … Какой предмет? … Педагогический стаж? … Год рождения? [Пропустить]
//! bot:   Проверьте, всё ли верно … [Всё верно]
//! ```
//! Until somebody of the staff confirms them, a newcomer sees public things only.

mod buttons;
mod flow;
mod model;
mod naming;
mod queries;
mod rules;
mod service;
mod step;
mod views;
mod years;

use futures_util::future::BoxFuture;

use super::Entry;
use crate::bot::feature::{Command, Feature, Home};
use crate::bot::turn::{Result, Turn};
use crate::kernel::button::Payload;
use buttons::Registration;

/// The feature's name: its folder, and the name its conversations bear.
const NAME: &str = "registration";

const COMMANDS: &[Command] =
    &[Command { name: "profile", about: "registration-command-profile", run: |turn| Box::pin(flow::profile(turn)) }];

/// The feature.
pub fn entry() -> Entry {
    let feature = Feature {
        samples: || Registration::samples().iter().map(Payload::encode).collect(),
        commands: COMMANDS,
        on_press: Some(press),
        on_text: Some(text),
        again: Some(|turn| Box::pin(flow::again(turn))),
        leave: Some(|turn| Box::pin(flow::leave(turn))),
        invitation: Some(('s', invited)),
        newcomer: Some(|turn| Box::pin(flow::newcomer(turn))),
        home: Some(home),
        help: &["registration-help"],
        ..Feature::named(NAME, Registration::FEATURE)
    };
    Entry { feature, jobs: Vec::new() }
}

fn press<'a>(turn: &'a mut Turn<'_>, rest: &'a str) -> BoxFuture<'a, Result<()>> {
    Box::pin(flow::press(turn, rest))
}

fn text<'a>(turn: &'a mut Turn<'_>, typed: &'a str) -> BoxFuture<'a, Result<()>> {
    Box::pin(flow::text(turn, typed))
}

fn invited<'a>(turn: &'a mut Turn<'_>, payload: &'a str) -> BoxFuture<'a, Result<()>> {
    Box::pin(flow::invited(turn, payload))
}

fn home<'a>(turn: &'a mut Turn<'_>) -> BoxFuture<'a, Result<Home>> {
    Box::pin(async move { flow::home(turn) })
}
