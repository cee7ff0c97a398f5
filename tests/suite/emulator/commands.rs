//! The command menu: scopes, languages, and wrong commands.

use serde_json::{Value, json};

use super::client::Bot;

fn one(command: &str, description: &str) -> Value {
    json!({"commands": [{"command": command, "description": description}]})
}

#[tokio::test]
async fn menus_are_kept_by_scope_and_language() {
    let bot = Bot::new().await;
    bot.anna();
    bot.ok("setMyCommands", one("start", "Начать")).await;
    let mut english = one("/start", "Begin");
    english["language_code"] = json!("en");
    bot.ok("setMyCommands", english).await;
    let mut own = one("admin", "Управление");
    own["scope"] = json!({"type": "chat", "chat_id": 11});
    bot.ok("setMyCommands", own).await;
    let menus = bot.emulator.commands();
    assert_eq!((menus.len(), menus[0].list[0].description.as_str()), (3, "Начать"));
    assert_eq!((menus[1].language.as_deref(), menus[1].list[0].command.as_str()), (Some("en"), "start"));
    assert_eq!(menus[2].scope, json!({"type": "chat", "chat_id": 11}));
    let list = bot.ok("getMyCommands", json!({"language_code": "en"})).await;
    assert_eq!(list, json!([{"command": "start", "description": "Begin"}]));
    assert_eq!(bot.ok("getMyCommands", json!({"scope": {"type": "all_private_chats"}})).await, json!([]));
    bot.ok("deleteMyCommands", json!({})).await;
    assert_eq!(bot.emulator.commands().len(), 2);
    bot.ok("setMyCommands", json!({"commands": [], "language_code": "en"})).await;
    assert_eq!(bot.emulator.commands().len(), 1);
    bot.clean();
}

#[tokio::test]
async fn wrong_menus_are_refused() {
    let bot = Bot::new().await;
    let many: Vec<Value> = (0..101).map(|n| json!({"command": format!("c{n}"), "description": "d"})).collect();
    let scoped = |scope: Value| json!({"commands": [], "scope": scope});
    let unsupported = "can't parse BotCommandScope: Unsupported type specified";
    let wrong = [
        (one("Start", "d"), "BOT_COMMAND_INVALID"),
        (one("", "d"), "BOT_COMMAND_INVALID"),
        (one("старт", "d"), "BOT_COMMAND_INVALID"),
        (one(&"a".repeat(33), "d"), "BOT_COMMAND_INVALID"),
        (one("start", " "), "BOT_COMMAND_DESCRIPTION_INVALID"),
        (one("start", &"d".repeat(257)), "BOT_COMMAND_DESCRIPTION_INVALID"),
        (json!({"commands": many}), "BOT_COMMANDS_TOO_MUCH"),
        (json!({"commands": ["start"]}), "can't parse commands JSON object"),
        (json!({"commands": "start"}), "can't parse commands JSON object"),
        (json!({"commands": {}}), "expected an Array of BotCommand"),
        (scoped(json!({"type": "galaxy"})), unsupported),
        (scoped(json!({})), unsupported),
        (scoped(json!({"type": "chat", "chat_id": 99})), "chat not found"),
        (scoped(json!({"type": "chat"})), "chat not found"),
        (json!({"commands": [], "language_code": "rus"}), "invalid language code specified"),
        (scoped(json!({"type": "default", "chat_id": 1})), "[emulator] unknown field `chat_id` of a BotCommandScope"),
        (
            json!({"commands": [{"command": "a", "description": "b", "icon": "c"}]}),
            "[emulator] unknown field `icon` of a BotCommand",
        ),
    ];
    for (body, text) in wrong {
        bot.no("setMyCommands", body, 400, &format!("Bad Request: {text}")).await;
    }
}
