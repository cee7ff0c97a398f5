//! Every object the emulator makes, read by the types of an independent library.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use teloxide::net::Download;
use teloxide::payloads::{
    AnswerCallbackQuerySetters, EditMessageTextSetters, GetUpdatesSetters, SendDocumentSetters, SendMessageSetters,
};
use teloxide::requests::Requester;
use teloxide::types::{
    AllowedUpdate, BotCommand, ChatFullInfo, ChatId, File, InlineKeyboardButton, InlineKeyboardMarkup, InputFile, Me,
    Message, ParseMode, ReplyParameters, Update, UpdateKind, WebhookInfo,
};
use uchitelskaya::emulator::{Limits, Other, User};

use super::client::{Bot, TOKEN};

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

#[tokio::test]
async fn an_unmodified_library_talks_to_it() {
    let bot = Bot::new().await;
    let anna = bot.anna();
    let url = format!("http://{}", bot.address).parse().expect("an address");
    let client = teloxide::Bot::new(TOKEN).set_api_url(url);
    assert_eq!(client.get_me().await.expect("me").username(), "uchitelskaya_demo_bot");
    client.delete_webhook().await.expect("done");
    client.set_my_commands([BotCommand::new("start", "Начать")]).await.expect("done");
    let keyboard = InlineKeyboardMarkup::new([[InlineKeyboardButton::callback("да", "y")]]);
    let chat = ChatId(11);
    let sent = client.send_message(chat, "<b>t</b>").parse_mode(ParseMode::Html).reply_markup(keyboard.clone());
    let id = sent.disable_notification(true).await.expect("a message").id;
    anna.press_label("да").expect("a button");
    let updates =
        client.get_updates().timeout(1).allowed_updates([AllowedUpdate::CallbackQuery]).await.expect("updates");
    let query = updates.into_iter().find_map(|update| match update.kind {
        UpdateKind::CallbackQuery(query) => Some(query),
        _ => None,
    });
    client.answer_callback_query(query.expect("a press").id).text("ok").await.expect("done");
    client.edit_message_text(chat, id, "u").reply_markup(keyboard).await.expect("a message");
    let same = client.edit_message_reply_markup(chat, id).await.expect("a message");
    assert!(same.reply_markup().is_none());
    let file = InputFile::memory("a;b").file_name("a.csv");
    let sent = client.send_document(chat, file).caption("c").reply_parameters(ReplyParameters::new(id)).await;
    let document = sent.expect("a message").document().cloned().expect("a document");
    let file = client.get_file(document.file.id).await.expect("a file");
    let mut bytes = Vec::new();
    client.download_file(&file.path, &mut bytes).await.expect("a download");
    assert_eq!((bytes.as_slice(), document.file_name.as_deref()), (&b"a;b"[..], Some("a.csv")));
    client.delete_message(chat, id).await.expect("done");
    assert_eq!(anna.toasts().len(), 1);
    bot.clean();
}
