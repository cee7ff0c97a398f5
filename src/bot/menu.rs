//! The screens that belong to everybody: home, help, language, cancel.
//!
//! ```text
//! teacher: /menu
//! bot:     Учительская · Заречный район … [Мой профиль]
//! ```

use super::router::{self, Features};
use super::turn::{Result, Turn};
use crate::buttons;
use crate::kernel::button::Payload;
use crate::kernel::language::Language;
use crate::kernel::screen::{Button, Screen};
use crate::kernel::text::Text;
use crate::store::people;
use crate::t;

/// The code of the buttons of this file.
pub const CODE: &str = "m";

buttons! {
    /// Buttons that belong to everybody.
    pub enum Menu as "m" {
        /// The home screen.
        Home "h" {},
        /// What the bot can do.
        Help "q" {},
        /// The choice of language.
        Languages "l" {},
        /// A language was chosen.
        Speak "s" { language: Language },
        /// Goes on with the step that listens.
        GoOn "g" {},
        /// Leaves the step that listens.
        Leave "x" {},
    }
}

/// The way home, for the last row of a screen.
pub fn home_button() -> Button {
    Button::press(t!("button-home"), Menu::Home {})
}

/// The commands of this file: name and catalogue key.
pub const COMMANDS: [(&str, &str); 4] = [
    ("menu", "command-menu"),
    ("help", "command-help"),
    ("language", "command-language"),
    ("cancel", "command-cancel"),
];

/// Runs a command of this file; nothing for another.
///
/// # Errors
/// A failure.
pub async fn command(turn: &mut Turn<'_>, features: &Features, name: &str) -> Result<Option<()>> {
    match name {
        "start" => start(turn, features).await?,
        "menu" => home(turn, features).await?,
        "help" => help(turn, features).await?,
        "language" => languages(turn),
        "cancel" => cancel(turn, features).await?,
        _ => return Ok(None),
    }
    Ok(Some(()))
}

/// A press on a button of this file.
///
/// # Errors
/// A failure.
pub async fn press(turn: &mut Turn<'_>, features: &Features, rest: &str) -> Result<()> {
    match Menu::decode(rest) {
        Some(Menu::Home {}) => home(turn, features).await,
        Some(Menu::Help {}) => help(turn, features).await,
        Some(Menu::Languages {}) => {
            languages(turn);
            Ok(())
        }
        Some(Menu::Speak { language }) => {
            people::set_language(turn.tx, turn.who.account, language).await?;
            turn.who.language = language;
            turn.toast(t!("language-set"));
            router::again(turn, features).await
        }
        Some(Menu::GoOn {}) => router::again(turn, features).await,
        Some(Menu::Leave {}) => leave(turn, features).await,
        None => router::stale(turn, features).await,
    }
}

/// `/start`: goes on with what was begun, or home.
async fn start(turn: &mut Turn<'_>, features: &Features) -> Result<()> {
    router::again(turn, features).await
}

/// The home screen of a person; a newcomer begins to register.
///
/// # Errors
/// A failure.
pub async fn home(turn: &mut Turn<'_>, features: &Features) -> Result<()> {
    let Some(person) = turn.who.person.clone() else {
        return match features.0.iter().find_map(|f| f.newcomer) {
            Some(begin) => begin(turn).await,
            None => help(turn, features).await,
        };
    };
    let name = called(&person.given_name, person.patronymic.as_deref());
    let mut screen = Screen::new()
        .line(t!("home-title", place = person.municipality_name.as_str()))
        .line(t!("home-hello", name = name));
    let (mut lines, mut first, mut always) = (Vec::new(), Vec::new(), Vec::new());
    for part in features.0.iter().filter_map(|f| f.home) {
        let part = part(turn).await?;
        lines.extend(part.lines);
        first.extend(part.first);
        always.extend(part.always);
    }
    if !lines.is_empty() {
        screen = screen.gap();
    }
    screen.lines.extend(lines);
    for button in first {
        screen = screen.row([button]);
    }
    for pair in always.chunks(2) {
        screen = screen.row(pair.to_vec());
    }
    turn.show(screen);
    Ok(())
}

/// How a person is addressed: first name, and patronymic if given.
pub fn called(given: &str, patronymic: Option<&str>) -> String {
    patronymic.map_or_else(|| given.to_owned(), |p| format!("{given} {p}"))
}

/// What the bot can do, in the features' own words.
///
/// # Errors
/// A failure.
pub async fn help(turn: &mut Turn<'_>, features: &Features) -> Result<()> {
    let mut screen = Screen::new().line(t!("help-title")).gap();
    for key in features.0.iter().flat_map(|f| f.help) {
        screen = screen.line(Text::of(key));
    }
    screen = screen.gap().line(t!("help-commands"));
    let back = if turn.who.conversation.feature.is_empty() { Menu::Home {} } else { Menu::GoOn {} };
    let label = if turn.who.conversation.feature.is_empty() { t!("button-home") } else { t!("button-go-on") };
    turn.show(screen.row([Button::press(label, back)]).row([Button::press(t!("button-language"), Menu::Languages {})]));
    Ok(())
}

fn languages(turn: &mut Turn<'_>) {
    let buttons = Language::ALL.map(|language| {
        let name = match language {
            Language::Ru => t!("language-ru"),
            Language::En => t!("language-en"),
        };
        Button::press(name, Menu::Speak { language })
    });
    turn.show(
        Screen::new().line(t!("language-title")).row(buttons).row([Button::press(t!("button-back"), Menu::GoOn {})]),
    );
}

/// Leaves the step that listens; where its feature shows nothing, home follows.
async fn leave(turn: &mut Turn<'_>, features: &Features) -> Result<()> {
    match features.named(&turn.who.conversation.feature).and_then(|f| f.leave) {
        Some(leave) => leave(turn).await?,
        None => turn.end(),
    }
    if turn.has_screen() { Ok(()) } else { home(turn, features).await }
}

async fn cancel(turn: &mut Turn<'_>, features: &Features) -> Result<()> {
    if turn.who.conversation.feature.is_empty() {
        home(turn, features).await?;
        if let Some(screen) = &mut turn.screen {
            screen.lines.insert(0, t!("cancel-nothing").into());
            screen.lines.insert(1, crate::kernel::screen::Line::Gap);
        }
        return Ok(());
    }
    turn.show(
        Screen::new()
            .line(t!("cancel-title"))
            .line(t!("cancel-about"))
            .row([Button::press(t!("button-go-on"), Menu::GoOn {})])
            .row([Button::press(t!("button-leave"), Menu::Leave {})]),
    );
    Ok(())
}

/// A rule said no: its words and a way on.
///
/// # Errors
/// A failure.
pub async fn refuse(turn: &mut Turn<'_>, features: &Features, why: Text) -> Result<()> {
    turn.screen = None;
    router::again(turn, features).await?;
    if let Some(screen) = &mut turn.screen {
        screen.lines.insert(0, why.into());
        screen.lines.insert(1, crate::kernel::screen::Line::Gap);
    }
    Ok(())
}
