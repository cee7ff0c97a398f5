//! The list of commands in Telegram's menu, per language.

use serde::Serialize;
use serde::de::IgnoredAny;
use teloxide::RequestError;
use teloxide::requests::Payload;

use super::client::Telegram;
use crate::bot::engine::Engine;
use crate::bot::menu;
use crate::i18n::Form;
use crate::kernel::language::Language;
use crate::kernel::text::Text;

#[derive(Serialize)]
struct SetMyCommands {
    commands: Vec<BotCommand>,
    scope: Scope,
    #[serde(skip_serializing_if = "Option::is_none")]
    language_code: Option<&'static str>,
}

#[derive(Serialize)]
struct BotCommand {
    command: &'static str,
    description: String,
}

#[derive(Serialize)]
struct Scope {
    r#type: &'static str,
}

impl Payload for SetMyCommands {
    type Output = IgnoredAny;
    const NAME: &'static str = "SetMyCommands";
}

/// Sets the menu of private chats: Russian for everybody, English for phones that speak it.
///
/// # Errors
/// Telegram's; the bot works without a menu, so the caller only logs it.
pub async fn set(telegram: &Telegram, engine: &Engine) -> Result<(), RequestError> {
    for (language, language_code) in [(Language::Ru, None), (Language::En, Some("en"))] {
        let own = engine.features().0.iter().flat_map(|f| f.commands).map(|c| (c.name, c.about));
        let commands = menu::COMMANDS
            .into_iter()
            .chain(own)
            .map(|(command, about)| BotCommand {
                command,
                description: engine.catalogue().text(language, &Text::of(about), Form::Plain),
            })
            .collect();
        let scope = Scope { r#type: "all_private_chats" };
        telegram.call(SetMyCommands { commands, scope, language_code }).await?;
    }
    Ok(())
}
