//! Every object the emulator makes, read by the types of an independent library.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use teloxide::types::{ChatFullInfo, File, Me, Message, Update, UpdateKind, WebhookInfo};
use uchitelskaya::emulator::{Limits, Other, User};

use super::client::Bot;

fn read<T: DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value.clone()).unwrap_or_else(|error| panic!("{error}: {value}"))
}

#[tokio::test]
async fn answers_have_telegrams_shape() {
    let bot = Bot::with(Limits::without_rates()).await;
    let anna = bot.anna();
    let me: Me = read(bot.ok("getMe", json!({})).await);
    assert_eq!((me.username(), me.user.id.0), ("uchitelskaya_demo_bot", 123_456));
    let _: WebhookInfo = read(bot.ok("getWebhookInfo", json!({})).await);
    let chat: ChatFullInfo = read(bot.ok("getChat", json!({"chat_id": 11})).await);
    assert!(chat.is_private());
    let group = bot.emulator.group(-5, "Учителя", &[11]);
    group.add_bot();
    let chat: ChatFullInfo = read(bot.ok("getChat", json!({"chat_id": -5})).await);
    assert!(chat.is_group());
    anna.send_other(Other::Photo { caption: None });
    let file = anna.messages().pop().and_then(|message| message.media).expect("a photo").file_id;
    let _: File = read(bot.ok("getFile", json!({"file_id": file})).await);
    let keyboard = json!({"inline_keyboard": [[{"text": "a", "callback_data": "b"}]]});
    let body = json!({"chat_id": 11, "text": "<b>t</b>", "parse_mode": "HTML", "reply_markup": keyboard});
    let sent: Message = read(bot.ok("sendMessage", body).await);
    assert_eq!(sent.entities().map(<[_]>::len), Some(1));
    assert!(sent.reply_markup().is_some() && sent.from.as_ref().is_some_and(|from| from.is_bot));
    let body = json!({"chat_id": 11, "message_id": sent.id.0, "text": "u"});
    let edited: Message = read(bot.ok("editMessageText", body).await);
    assert!(edited.edit_date().is_some() && edited.reply_markup().is_none());
    let body = json!({"chat_id": 11, "photo": file, "caption": "c", "reply_parameters": {"message_id": sent.id.0}});
    let photo: Message = read(bot.ok("sendPhoto", body).await);
    assert_eq!((photo.photo().map(<[_]>::len), photo.caption()), (Some(1), Some("c")));
    assert_eq!(photo.reply_to_message().and_then(|reply| reply.text()), Some("u"));
}

#[tokio::test]
async fn updates_have_telegrams_shape() {
    let bot = Bot::new().await;
    let mut user = User::new(11, "Анна");
    user.last_name = Some("Иванова".to_owned());
    user.username = Some("anna".to_owned());
    user.language_code = Some("ru".to_owned());
    let anna = bot.emulator.user(user);
    anna.start(Some("x"));
    let id = bot.ask(11, "да", "y").await;
    anna.press(id, "y").expect("a button");
    anna.press_raw(999, "y");
    for what in [
        Other::Sticker,
        Other::Voice,
        Other::Photo { caption: Some("c".to_owned()) },
        Other::Document { name: "a.txt".to_owned(), bytes: "x".into() },
        Other::Location,
        Other::Contact,
        Other::Forward("f".to_owned()),
        Other::EditedText(anna.messages()[0].id, "e".to_owned()),
    ] {
        anna.send_other(what);
    }
    anna.block();
    anna.unblock();
    let group = bot.emulator.group(-5, "Учителя", &[11]);
    group.add_bot();
    group.say(11, "/menu");
    group.remove_bot();
    let batch = bot.call("getUpdates", json!({})).await;
    // From the text itself: teloxide wants `update_id` first, as Telegram sends it.
    let batch: Batch = serde_json::from_slice(&batch.body).expect("a batch");
    assert_eq!(batch.result.len(), 16);
    for update in batch.result {
        assert!(!matches!(update.kind, UpdateKind::Error(_)), "{update:?}");
    }
}

#[derive(Deserialize)]
struct Batch {
    result: Vec<Update>,
}
