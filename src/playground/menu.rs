//! The command menu of a phone: which of the lists left by `setMyCommands` its person sees.

use serde::Serialize;

use crate::emulator::CommandSet;

/// One line of the menu.
#[derive(Serialize)]
pub(super) struct CommandView {
    command: String,
    description: String,
}

/// The command menu of a private chat, chosen as Telegram chooses it: the chat's own list before that of all private
/// chats before the default, and in each the person's language before the list for every language.
pub(super) fn commands(menus: &[CommandSet], chat: i64, language: Option<&str>) -> Vec<CommandView> {
    let scopes: [&dyn Fn(&CommandSet) -> bool; 3] = [
        &|set| {
            set.scope["type"] == "chat"
                && (set.scope["chat_id"] == chat || set.scope["chat_id"].as_str() == Some(&chat.to_string()))
        },
        &|set| set.scope["type"] == "all_private_chats",
        &|set| set.scope["type"] == "default",
    ];
    let languages = [language, None];
    let chosen = scopes.iter().find_map(|in_scope| {
        languages.iter().find_map(|wanted| menus.iter().find(|set| in_scope(set) && set.language.as_deref() == *wanted))
    });
    let list = chosen.map(|set| set.list.as_slice()).unwrap_or_default();
    list.iter()
        .map(|entry| CommandView { command: entry.command.clone(), description: entry.description.clone() })
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::emulator::Command;

    fn menu(scope: serde_json::Value, language: Option<&str>, command: &str) -> CommandSet {
        let list = vec![Command { command: command.to_owned(), description: String::new() }];
        CommandSet { scope, language: language.map(str::to_owned), list }
    }

    #[test]
    fn the_nearest_command_menu_wins() {
        let menus = [
            menu(json!({"type": "default"}), None, "any"),
            menu(json!({"type": "default"}), Some("ru"), "russian"),
            menu(json!({"type": "chat", "chat_id": 7}), None, "own"),
        ];
        let first = |chat, language| commands(&menus, chat, language).into_iter().map(|entry| entry.command).next();
        assert_eq!(first(7, Some("ru")).as_deref(), Some("own"));
        assert_eq!(first(8, Some("ru")).as_deref(), Some("russian"));
        assert_eq!(first(8, Some("en")).as_deref(), Some("any"));
        assert!(commands(&[], 8, None).is_empty());
    }
}
