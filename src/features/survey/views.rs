//! The survey's screens. No decisions: what is given is shown. Here: the way in, the break, the way home.

mod item;
mod result;

pub use item::*;
pub use result::*;

use super::buttons::Survey;
use super::model::Definition;
use super::service::OpenRun;
use crate::bot::menu::home_button;
use crate::kernel::ids::VersionId;
use crate::kernel::language::Language;
use crate::kernel::screen::{Button, Label, Line, Screen};
use crate::kernel::text::Text;
use crate::kernel::time::At;
use crate::t;

fn head(definition: &Definition, language: Language) -> Line {
    let title = definition.title.get(language);
    if definition.is_private {
        t!("survey-head-private", title = title).into()
    } else {
        t!("survey-head", title = title).into()
    }
}

fn screen(definition: &Definition, language: Language) -> Screen {
    let screen = Screen::new().line(head(definition, language));
    if definition.is_private { screen.private() } else { screen }
}

/// Paragraphs of somebody's words as lines.
fn words(screen: Screen, text: &str) -> Screen {
    text.trim().lines().fold(screen, |s, line| s.line(Line::Words(line.to_owned())))
}

/// Before the first item.
pub fn intro(definition: &Definition, version: VersionId, language: Language) -> Screen {
    let screen = words(screen(definition, language).gap(), definition.intro.get(language));
    let method =
        definition.method.as_ref().map(|_| Button::press(t!("survey-button-method"), Survey::Method { version }));
    screen
        .row([Button::press(t!("survey-button-start"), Survey::Start { version })])
        .row(method)
        .row([Button::press(t!("survey-button-not-now"), crate::bot::menu::Menu::Home {})])
}

/// What stands behind the questions.
pub fn method(definition: &Definition, version: VersionId, language: Language) -> Screen {
    let text = definition.method.as_ref().map_or("", |m| m.get(language));
    words(screen(definition, language).gap(), text).row([Button::press(t!("button-back"), Survey::Open { version })])
}

/// The consent that the questionnaire needs, in the words that are kept.
pub fn consent(body: &str, version: VersionId) -> Screen {
    words(Screen::new(), body)
        .row([Button::press(t!("survey-button-agree"), Survey::Agree { version })])
        .row([Button::press(t!("survey-button-not-now"), crate::bot::menu::Menu::Home {})])
}

/// `до пятницы`, in the person's zone; a time of day when it is today.
pub fn until(expires: At, now: At, zone: chrono_tz::Tz) -> Text {
    use chrono::Datelike;
    let (day, today) = (expires.day(zone), now.day(zone));
    if day == today {
        return t!("survey-until-time", time = expires.utc().with_timezone(&zone).format("%H:%M").to_string());
    }
    if (day - today).num_days() < 7 {
        return t!("survey-until-weekday", day = i64::from(day.weekday().number_from_monday()));
    }
    t!("survey-until-date", date = day.format("%d.%m").to_string())
}

/// Going later or erasing.
pub fn pause(open: &OpenRun, until: Text, language: Language) -> Screen {
    let run = open.id;
    screen(&open.definition, language)
        .gap()
        .line(t!("survey-paused", until = until))
        .row([Button::press(t!("survey-button-go-on"), Survey::GoOn { run })])
        .row([
            Button::press(t!("survey-button-later"), Survey::Later {}),
            Button::press(t!("survey-button-erase"), Survey::AskErase { run }),
        ])
}

/// Before erasing; `again` is the first month in which the questionnaire opens again, as year and month.
pub fn ask_erase(open: &OpenRun, again: Option<(i32, u32)>, language: Language) -> Screen {
    let (run, count) = (open.id, open.run.answered_count());
    let yes = if count > 0 { t!("survey-button-erase-yes") } else { t!("survey-button-close") };
    let s = screen(&open.definition, language).gap().line(t!("survey-ask-erase", count = count));
    let s = again.into_iter().fold(s, |s, (year, month)| s.line(t!("survey-erased-until", month = since(year, month))));
    s.row([Button::press(t!("survey-button-go-on"), Survey::GoOn { run })])
        .row([Button::press(yes, Survey::Erase { run })])
}

/// `с декабря 2025 года`.
fn since(year: i32, month: u32) -> Text {
    t!("survey-since", month = i64::from(month), year = year.to_string())
}

/// After finishing and hiding, refusing and erasing: the same quiet words.
pub fn quiet() -> Screen {
    Screen::new().line(t!("survey-quiet")).row([home_button()])
}

/// A line of the home screen about an unfinished run. How far somebody got with a private one is not for that screen.
pub fn home_line(open: &OpenRun, until: Text, language: Language) -> Line {
    let title = open.definition.title.get(language);
    if open.definition.is_private {
        return t!("survey-home-private", title = title, until = until).into();
    }
    let (done, total) = open.run.progress(&open.definition);
    t!("survey-home-line", title = title, left = total - done, until = until).into()
}

/// The button that goes on with a run: says which when there are several.
pub fn home_go_on(open: &OpenRun, is_only: bool, language: Language) -> Button {
    let label: Label =
        if is_only { t!("survey-home-go-on").into() } else { open.definition.title.get(language).into() };
    Button::press(label, Survey::Open { version: open.version })
}

/// The unfinished run cannot be read any more: the key is another one.
pub fn unreadable() -> Screen {
    Screen::new().line(t!("survey-unreadable")).row([home_button()])
}
