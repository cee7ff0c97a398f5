//! Who can be written to: strangers, blocked, gone, groups with and without the bot.

use serde_json::{Value, json};
use uchitelskaya::emulator::{Other, User};

use super::client::{Bot, START};

fn send(chat: i64) -> Value {
    json!({"chat_id": chat, "text": "t"})
}

#[tokio::test]
async fn nobody_can_be_written_to_before_start() {
    let bot = Bot::new().await;
    bot.no("sendMessage", send(11), 400, "Bad Request: chat not found").await;
    bot.no("sendMessage", json!({"chat_id": "@anna", "text": "t"}), 400, "Bad Request: chat not found").await;
    bot.no("sendMessage", json!({"chat_id": "", "text": "t"}), 400, "Bad Request: chat_id is empty").await;
    let anna = bot.emulator.user(User::new(11, "Анна"));
    let text = "Forbidden: bot can't initiate conversation with a user";
    bot.no("sendMessage", send(11), 403, text).await;
    anna.start(Some("abc"));
    bot.ok("sendMessage", send(11)).await;
    let update = bot.drain().await.remove(0);
    assert_eq!(update["message"]["text"], "/start abc");
    assert_eq!(update["message"]["entities"], json!([{"type": "bot_command", "offset": 0, "length": 6}]));
    assert_eq!(update["message"]["date"], START / 1000);
    bot.clean();
}

#[tokio::test]
async fn a_block_is_told_and_then_refused() {
    let bot = Bot::new().await;
    let anna = bot.anna();
    bot.drain().await;
    anna.block();
    let update = bot.drain().await.remove(0);
    let change = &update["my_chat_member"];
    assert_eq!(change["old_chat_member"]["status"], "member");
    assert_eq!(
        (&change["new_chat_member"]["status"], &change["new_chat_member"]["until_date"]),
        (&json!("kicked"), &json!(0))
    );
    let text = "Forbidden: bot was blocked by the user";
    bot.no("sendMessage", send(11), 403, text).await;
    bot.clean();
    bot.no("sendMessage", send(11), 403, text).await;
    bot.caught("sendMessage: chat 11 blocked the bot and it knew");
    assert!(anna.is_blocked());
    anna.start(None);
    assert!(!anna.is_blocked());
    let updates = bot.drain().await;
    assert_eq!(updates[0]["my_chat_member"]["new_chat_member"]["status"], "member");
    assert_eq!(updates[1]["message"]["text"], "/start");
    bot.ok("sendMessage", send(11)).await;
    anna.block();
    anna.unblock();
    bot.ok("sendMessage", send(11)).await;
    assert_eq!(bot.emulator.violations().len(), 1);
}

#[tokio::test]
async fn a_deleted_account_is_refused() {
    let bot = Bot::new().await;
    bot.anna().deactivate();
    bot.no("sendMessage", send(11), 403, "Forbidden: user is deactivated").await;
}

#[tokio::test]
async fn groups_refuse_a_bot_that_is_not_there() {
    let bot = Bot::new().await;
    bot.emulator.user(User::new(11, "Анна"));
    let group = bot.emulator.group(-5, "Учителя", &[11]);
    bot.no("sendMessage", send(-5), 403, "Forbidden: bot is not a member of the group chat").await;
    group.add_bot();
    let sent = bot.ok("sendMessage", send(-5)).await;
    assert_eq!(sent["chat"], json!({"id": -5, "type": "group", "title": "Учителя"}));
    group.remove_bot();
    bot.no("sendMessage", send(-5), 403, "Forbidden: bot was kicked from the group chat").await;
    let big = bot.emulator.group(-1_000_000_000_005, "Область", &[11]);
    big.add_bot();
    big.remove_bot();
    let text = "Forbidden: bot was kicked from the supergroup chat";
    bot.no("sendMessage", send(-1_000_000_000_005), 403, text).await;
}

#[tokio::test]
async fn in_a_group_the_bot_hears_only_what_is_meant_for_it() {
    let bot = Bot::new().await;
    bot.emulator.user(User::new(11, "Анна"));
    let group = bot.emulator.group(-5, "Учителя", &[11]);
    assert_eq!(group.say(11, "/menu"), None);
    group.add_bot();
    bot.drain().await;
    assert_eq!(group.say(11, "привет"), None);
    assert_eq!(group.say(11, "/menu@other_bot"), None);
    assert!(group.say(11, "/menu").is_some());
    assert!(group.say(11, "/menu@Uchitelskaya_Demo_Bot").is_some());
    assert!(group.say(11, "@uchitelskaya_demo_bot, привет").is_some());
    assert_eq!((bot.drain().await.len(), group.messages().len()), (3, 6));
    let body = json!({"chat_id": -5, "text": "?", "reply_markup": {"inline_keyboard": [[{"text": "a", "callback_data": "b"}]]}});
    let id = bot.ok("sendMessage", body).await["message_id"].as_i64().expect("an id");
    group.press(11, id, "b").expect("an update");
    let update = bot.drain().await.remove(0);
    assert_eq!(update["callback_query"]["message"]["chat"]["id"], -5);
}

#[tokio::test]
async fn replies_need_their_message() {
    let bot = Bot::new().await;
    let anna = bot.anna();
    let reply = |id: i64, more: bool| {
        let parameters = json!({"message_id": id, "allow_sending_without_reply": more});
        json!({"chat_id": 11, "text": "t", "reply_parameters": parameters})
    };
    let text = "Bad Request: message to be replied not found";
    bot.no("sendMessage", reply(999, false), 400, text).await;
    let body = json!({"chat_id": 11, "text": "t", "reply_parameters": {}});
    bot.no("sendMessage", body, 400, "Bad Request: message identifier is not specified").await;
    bot.ok("sendMessage", reply(999, true)).await;
    let first = anna.messages()[0].id;
    let sent = bot.ok("sendMessage", reply(first, false)).await;
    assert_eq!(sent["reply_to_message"]["text"], "/start");
    let second = bot.ok("sendMessage", reply(sent["message_id"].as_i64().expect("an id"), false)).await;
    assert_eq!(second["reply_to_message"]["reply_to_message"], Value::Null);
}

#[tokio::test]
async fn effects_are_for_private_chats() {
    let bot = Bot::new().await;
    bot.emulator.user(User::new(11, "Анна"));
    bot.emulator.group(-5, "Учителя", &[11]).add_bot();
    let body = json!({"chat_id": -5, "text": "t", "message_effect_id": "1"});
    let text = "Bad Request: [emulator] sendMessage: message_effect_id outside a private chat";
    bot.no("sendMessage", body, 400, text).await;
    bot.caught("message_effect_id");
}

#[tokio::test]
async fn actions_and_chats_are_checked() {
    let bot = Bot::new().await;
    let anna = bot.anna();
    let action = |name: &str| json!({"chat_id": 11, "action": name});
    assert_eq!(bot.ok("sendChatAction", action("typing")).await, json!(true));
    bot.no("sendChatAction", action("dancing"), 400, "Bad Request: wrong parameter action in request").await;
    assert_eq!(bot.ok("getChat", json!({"chat_id": 11})).await["first_name"], "Анна");
    bot.no("getChat", json!({"chat_id": 12}), 400, "Bad Request: chat not found").await;
    assert_eq!((anna.id(), anna.user().first_name.as_str()), (11, "Анна"));
    assert_eq!(bot.emulator.phones().len(), 1);
    assert!(bot.emulator.phone(12).is_none());
}

#[tokio::test]
async fn people_can_send_other_things_than_texts() {
    let bot = Bot::new().await;
    let anna = bot.anna();
    let said = anna.messages()[0].id;
    for (what, field) in [
        (Other::Sticker, "sticker"),
        (Other::Voice, "voice"),
        (Other::Photo { caption: Some("c".to_owned()) }, "photo"),
        (Other::Document { name: "a.txt".to_owned(), bytes: "x".into() }, "document"),
        (Other::Location, "location"),
        (Other::Contact, "contact"),
        (Other::Forward("f".to_owned()), "forward_origin"),
    ] {
        bot.drain().await;
        anna.send_other(what);
        let update = bot.drain().await.remove(0);
        assert!(!update["message"][field].is_null(), "{field}: {update}");
    }
    assert_eq!(anna.messages().last().map(|message| message.text.clone()).as_deref(), Some("f"));
    anna.send_other(Other::EditedText(said, "иначе".to_owned()));
    let update = bot.drain().await.remove(0);
    assert_eq!(update["edited_message"]["text"], "иначе");
    assert_eq!(anna.send_other(Other::EditedText(999, "x".to_owned())), 0);
}
