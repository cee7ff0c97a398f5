//! Rates: three at once and one a second to a chat, thirty a second over all, twenty a minute to a group.

use serde_json::{Value, json};
use uchitelskaya::emulator::{Faults, Limits, User};

use super::client::Bot;

fn send(chat: i64) -> Value {
    json!({"chat_id": chat, "text": "t"})
}

#[tokio::test]
async fn a_chat_takes_three_at_once() {
    let bot = Bot::new().await;
    bot.anna();
    for _ in 0..3 {
        bot.ok("sendMessage", send(11)).await;
    }
    let answer = bot.call("sendMessage", send(11)).await;
    let refusal = json!({"ok": false, "error_code": 429, "description": "Too Many Requests: retry after 1", "parameters": {"retry_after": 1}});
    assert_eq!((answer.status, answer.json()), (429, refusal));
    assert!(answer.head.to_ascii_lowercase().contains("\r\nretry-after: 1"), "{}", answer.head);
    bot.clean();
    bot.no("sendMessage", send(11), 429, "Too Many Requests: retry after 1").await;
    bot.caught("sendMessage: chat 11 called within its retry_after");
}

#[tokio::test]
async fn thirty_a_second_go_to_all_chats_together() {
    // One instead of thirty: a slow machine must not fill the bucket between two calls.
    let bot = Bot::with(Limits { messages_per_second: 1, ..Limits::default() }).await;
    for id in [1, 2] {
        bot.emulator.user(User::new(id, "А")).start(None);
    }
    bot.ok("sendMessage", send(1)).await;
    bot.no("sendMessage", send(2), 429, "Too Many Requests: retry after 1").await;
    assert_eq!(Limits::default().messages_per_second, 30);
}

#[tokio::test]
async fn a_group_takes_its_number_a_minute() {
    let bot = Bot::with(Limits { group_per_minute: 2, ..Limits::default() }).await;
    bot.emulator.user(User::new(11, "Анна"));
    bot.emulator.group(-5, "Учителя", &[11]).add_bot();
    bot.ok("sendMessage", send(-5)).await;
    bot.ok("sendMessage", send(-5)).await;
    bot.no("sendMessage", send(-5), 429, "Too Many Requests: retry after 30").await;
}

#[tokio::test]
async fn edits_deletions_and_answers_are_free() {
    let bot = Bot::new().await;
    let anna = bot.anna();
    let id = bot.ask(11, "да", "y").await;
    for number in 0..40 {
        anna.press_raw(id, "y");
        let body = json!({"chat_id": 11, "message_id": id, "text": format!("{number}")});
        bot.ok("editMessageText", body).await;
    }
    for press in bot.emulator.presses() {
        bot.ok("answerCallbackQuery", json!({"callback_query_id": press.query_id})).await;
    }
    bot.ok("sendMessage", send(11)).await;
    bot.ok("deleteMessage", json!({"chat_id": 11, "message_id": id})).await;
    bot.ok("sendMessage", send(11)).await;
}

#[tokio::test]
async fn too_many_stops_every_sending_call() {
    let bot = Bot::new().await;
    let anna = bot.anna();
    let id = bot.ask(11, "да", "y").await;
    anna.press(id, "y").expect("a button");
    let query = bot.emulator.presses().remove(0).query_id;
    bot.emulator.set_faults(Faults { too_many: Some(7), ..Faults::default() });
    let text = "Too Many Requests: retry after 7";
    bot.no("sendMessage", send(11), 429, text).await;
    bot.no("deleteMessage", json!({"chat_id": 11, "message_id": id}), 429, text).await;
    bot.no("editMessageText", json!({"chat_id": 11, "message_id": id, "text": "u"}), 429, text).await;
    bot.ok("answerCallbackQuery", json!({"callback_query_id": query})).await;
    bot.ok("getMe", json!({})).await;
}
