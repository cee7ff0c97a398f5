//! Texts: empty, too long, between the two ways of counting, trimmed, of a wrong mode.

use serde_json::json;

use super::client::Bot;

#[tokio::test]
async fn empty_texts_are_refused() {
    let bot = Bot::new().await;
    bot.anna();
    let send = |text: &str| json!({"chat_id": 11, "text": text, "parse_mode": "HTML"});
    bot.no("sendMessage", send(""), 400, "Bad Request: message text is empty").await;
    bot.no("sendMessage", send("<b></b>"), 400, "Bad Request: text must be non-empty").await;
    bot.no("sendMessage", send(" \n "), 400, "Bad Request: text must be non-empty").await;
}

#[tokio::test]
async fn texts_are_counted_in_code_points_after_parsing() {
    let bot = Bot::new().await;
    let anna = bot.anna();
    let longest = "я".repeat(4096);
    let sent = bot.ok("sendMessage", json!({"chat_id": 11, "text": format!("<b>{longest}</b>"), "parse_mode": "html"}));
    assert_eq!(sent.await["entities"][0]["length"], 4096);
    let long = format!("{longest}я");
    let body = json!({"chat_id": 11, "text": long});
    bot.no("sendMessage", body, 400, "Bad Request: message is too long").await;
    let id = anna.last().expect("a message").id;
    let body = json!({"chat_id": 11, "message_id": id, "text": long});
    bot.no("editMessageText", body, 400, "Bad Request: MESSAGE_TOO_LONG").await;
    let body = json!({"chat_id": 11, "text": "x".repeat(32_769)});
    bot.no("sendMessage", body, 400, "Bad Request: text is too long").await;
    bot.clean();
}

#[tokio::test]
async fn texts_longer_than_phones_count_are_sent_and_noted() {
    let bot = Bot::new().await;
    bot.anna();
    let text = "🙂".repeat(2049);
    bot.ok("sendMessage", json!({"chat_id": 11, "text": text})).await;
    bot.caught("a text of 4098 UTF-16 units (phones count 4096)");
}

#[tokio::test]
async fn white_space_around_a_text_is_cut() {
    let bot = Bot::new().await;
    bot.anna();
    let body = json!({"chat_id": 11, "text": "\n <b>a</b> \n", "parse_mode": "HTML"});
    let sent = bot.ok("sendMessage", body).await;
    assert_eq!((&sent["text"], &sent["entities"][0]["offset"]), (&json!("a"), &json!(0)));
}

#[tokio::test]
async fn parse_modes_are_known_or_refused() {
    let bot = Bot::new().await;
    bot.anna();
    let body = json!({"chat_id": 11, "text": "t", "parse_mode": "BBCode"});
    bot.no("sendMessage", body, 400, "Bad Request: unsupported parse_mode").await;
    bot.clean();
    let body = json!({"chat_id": 11, "text": "t", "parse_mode": "MarkdownV2"});
    let text = "Bad Request: [emulator] parse_mode MarkdownV2 is not built, use HTML";
    bot.no("sendMessage", body, 400, text).await;
    bot.caught("MarkdownV2");
}

#[tokio::test]
async fn entities_may_be_given_as_a_list() {
    let bot = Bot::new().await;
    bot.anna();
    let send = |length: i64| json!({"chat_id": 11, "text": "abc", "entities": [{"type": "bold", "offset": 1, "length": length}]});
    let sent = bot.ok("sendMessage", send(2)).await;
    assert_eq!(sent["entities"], json!([{"type": "bold", "offset": 1, "length": 2}]));
    let text = "Bad Request: can't parse MessageEntity: wrong entity";
    bot.no("sendMessage", send(3), 400, text).await;
}

#[tokio::test]
async fn captions_have_their_own_limit() {
    let bot = Bot::new().await;
    let anna = bot.anna();
    anna.send_other(uchitelskaya::emulator::Other::Photo { caption: None });
    let photo = anna.messages().pop().and_then(|message| message.media).expect("a photo").file_id;
    let send = |caption: String| json!({"chat_id": 11, "photo": photo, "caption": caption});
    bot.no("sendPhoto", send("я".repeat(1025)), 400, "Bad Request: message caption is too long").await;
    bot.clean();
    bot.ok("sendPhoto", send("🙂".repeat(513))).await;
    bot.caught("a text of 1026 UTF-16 units (phones count 1024)");
}
