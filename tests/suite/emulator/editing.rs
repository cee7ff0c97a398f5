//! Edits: what can be changed, what cannot, and what is no change.

use serde_json::{Value, json};
use uchitelskaya::emulator::Other;

use super::client::{Bot, START};

const SAME: &str = "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message";

fn edit(id: i64, text: &str) -> Value {
    json!({"chat_id": 11, "message_id": id, "text": text})
}

#[tokio::test]
async fn an_edit_changes_the_text_and_takes_the_buttons() {
    let bot = Bot::new().await;
    let anna = bot.anna();
    let id = bot.ask(11, "да", "y").await;
    bot.forward(5_000);
    let edited = bot.ok("editMessageText", edit(id, "новое")).await;
    assert_eq!((&edited["text"], &edited["edit_date"]), (&json!("новое"), &json!(START / 1000 + 5)));
    assert_eq!((&edited["date"], &edited["reply_markup"]), (&json!(START / 1000), &Value::Null));
    let seen = anna.last().expect("a message");
    assert_eq!((seen.id, seen.text.as_str(), seen.edits, seen.keyboard.len()), (id, "новое", 1, 0));
    assert_eq!(seen.edited_at, Some(START + 5_000));
    bot.clean();
}

#[tokio::test]
async fn an_edit_without_change_is_refused() {
    let bot = Bot::new().await;
    let anna = bot.anna();
    let id = bot.say(11, "t").await;
    bot.no("editMessageText", edit(id, "t"), 400, SAME).await;
    bot.no("editMessageText", edit(id, " t\n"), 400, SAME).await;
    let body = json!({"chat_id": 11, "message_id": id, "text": "t", "reply_markup": {"inline_keyboard": []}});
    bot.no("editMessageText", body, 400, SAME).await;
    bot.no("editMessageReplyMarkup", json!({"chat_id": 11, "message_id": id}), 400, SAME).await;
    let bold = json!({"chat_id": 11, "message_id": id, "text": "<b>t</b>", "parse_mode": "HTML"});
    bot.ok("editMessageText", bold.clone()).await;
    bot.no("editMessageText", bold, 400, SAME).await;
    assert_eq!(anna.last().expect("a message").edits, 1);
}

#[tokio::test]
async fn only_own_messages_that_exist_can_be_edited() {
    let bot = Bot::new().await;
    let anna = bot.anna();
    bot.no("editMessageText", edit(999, "t"), 400, "Bad Request: message to edit not found").await;
    let own = anna.messages()[0].id;
    bot.no("editMessageText", edit(own, "t"), 400, "Bad Request: message can't be edited").await;
    let body = json!({"chat_id": 11, "text": "t", "reply_markup": {"keyboard": [["a"]]}});
    let id = bot.ok("sendMessage", body).await["message_id"].as_i64().expect("an id");
    bot.no("editMessageText", edit(id, "u"), 400, "Bad Request: message can't be edited").await;
    let body = json!({"chat_id": 404, "message_id": 1, "text": "t"});
    bot.no("editMessageText", body, 400, "Bad Request: chat not found").await;
    let inline = json!({"inline_message_id": "x", "text": "t"});
    bot.no("editMessageText", inline, 400, "Bad Request: MESSAGE_ID_INVALID").await;
    bot.caught("the bot has no inline messages");
}

#[tokio::test]
async fn texts_and_captions_are_different_things() {
    let bot = Bot::new().await;
    let anna = bot.anna();
    anna.send_other(Other::Photo { caption: None });
    let file = anna.messages().pop().and_then(|message| message.media).expect("a photo").file_id;
    let sent = bot.ok("sendPhoto", json!({"chat_id": 11, "photo": file, "caption": "c"})).await;
    let id = sent["message_id"].as_i64().expect("an id");
    bot.no("editMessageText", edit(id, "t"), 400, "Bad Request: there is no text in the message to edit").await;
    let caption = |text: &str| json!({"chat_id": 11, "message_id": id, "caption": text});
    bot.no("editMessageCaption", caption("c"), 400, SAME).await;
    let edited = bot.ok("editMessageCaption", caption("d")).await;
    assert_eq!((&edited["caption"], &edited["photo"][0]["file_id"]), (&json!("d"), &json!(file)));
    let text = bot.say(11, "t").await;
    let body = json!({"chat_id": 11, "message_id": text, "caption": "c"});
    bot.no("editMessageCaption", body, 400, "Bad Request: there is no caption in the message to edit").await;
}

#[tokio::test]
async fn buttons_can_be_changed_alone() {
    let bot = Bot::new().await;
    let anna = bot.anna();
    let id = bot.ask(11, "да", "y").await;
    let keyboard = |data: &str| json!({"inline_keyboard": [[{"text": "да", "callback_data": data}]]});
    let body = |data: &str| json!({"chat_id": 11, "message_id": id, "reply_markup": keyboard(data)});
    bot.no("editMessageReplyMarkup", body("y"), 400, SAME).await;
    let edited = bot.ok("editMessageReplyMarkup", body("z")).await;
    assert_eq!((&edited["text"], &edited["reply_markup"]), (&json!("?"), &keyboard("z")));
    assert!(anna.press(id, "y").is_err() && anna.press(id, "z").is_ok());
}

#[tokio::test]
async fn media_can_be_changed_and_put_into_a_text() {
    let bot = Bot::new().await;
    let anna = bot.anna();
    anna.send_other(Other::Photo { caption: None });
    let file = anna.messages().pop().and_then(|message| message.media).expect("a photo").file_id;
    let id = bot.say(11, "t").await;
    let media =
        |kind: &str| json!({"chat_id": 11, "message_id": id, "media": {"type": kind, "media": file, "caption": "c"}});
    let edited = bot.ok("editMessageMedia", media("photo")).await;
    assert_eq!((&edited["caption"], &edited["text"]), (&json!("c"), &Value::Null));
    bot.no("editMessageMedia", media("photo"), 400, SAME).await;
    let text = "Bad Request: can't use file of type Photo as Document";
    bot.no("editMessageMedia", media("document"), 400, text).await;
    bot.clean();
    let bare = json!({"chat_id": 11, "message_id": id, "media": {"media": file}});
    bot.no("editMessageMedia", bare, 400, "Bad Request: media type is not specified").await;
    bot.caught("InputMedia: parameter `type` is missing");
    let text = "Bad Request: [emulator] media of type \"video\" is not built";
    bot.no("editMessageMedia", media("video"), 400, text).await;
}
