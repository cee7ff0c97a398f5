//! Presses and their answers: once, in time, with the whole message.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::{Instant, sleep_until};
use uchitelskaya::emulator::{Fault, Limits, Toast};

use super::client::Bot;

const GONE: &str = "Bad Request: query is too old and response timeout expired or query ID is invalid";

async fn quick() -> Bot {
    Bot::with(Limits { callback_deadline: Duration::from_millis(400), ..Limits::default() }).await
}

async fn wait(ms: u64) {
    sleep_until(Instant::now() + Duration::from_millis(ms)).await;
}

fn query(update: &Value) -> Value {
    json!({"callback_query_id": update["callback_query"]["id"]})
}

#[tokio::test]
async fn a_press_carries_the_message_and_its_keyboard() {
    let bot = Bot::new().await;
    let anna = bot.anna();
    let id = bot.ask(11, "да", "y").await;
    bot.drain().await;
    let update_id = anna.press_label("да").expect("a button");
    let update = bot.drain().await.pop().expect("an update");
    let press = &update["callback_query"];
    assert_eq!((&update["update_id"], &press["data"]), (&json!(update_id), &json!("y")));
    assert_eq!((&press["from"]["id"], &press["message"]["message_id"]), (&json!(11), &json!(id)));
    let key = json!({"text": "да", "callback_data": "y"});
    assert_eq!(press["message"]["reply_markup"]["inline_keyboard"][0][0], key);
    assert!(press["chat_instance"].is_string());
    assert_eq!(anna.spinning(), 1);
    let mut answer = query(&update);
    answer["text"] = json!("Готово");
    answer["show_alert"] = json!(true);
    assert_eq!(bot.ok("answerCallbackQuery", answer).await, json!(true));
    assert_eq!(anna.toasts(), [Toast { text: "Готово".to_owned(), alert: true }]);
    assert_eq!(anna.spinning(), 0);
    let presses = bot.emulator.presses();
    assert_eq!((presses[0].update_id, presses[0].answered.as_deref()), (update_id, Some("Готово")));
    bot.clean();
}

#[tokio::test]
async fn buttons_that_are_not_there_cannot_be_pressed_but_pretended() {
    let bot = Bot::new().await;
    let anna = bot.anna();
    let id = bot.ask(11, "да, хочу", "y").await;
    assert_eq!(anna.press(id, "n"), Err(format!("message {id} has no button with data \"n\"")));
    assert_eq!(anna.press(999, "n"), Err("there is no message 999".to_owned()));
    assert_eq!(anna.press_label("нет"), Err("no button \"нет\" in sight".to_owned()));
    assert!(anna.press_label("хочу").is_ok());
    anna.press_raw(999, "old");
    let update = bot.drain().await.pop().expect("an update");
    let message = &update["callback_query"]["message"];
    assert_eq!((&message["message_id"], &message["date"], &message["text"]), (&json!(999), &json!(0), &Value::Null));
}

#[tokio::test]
async fn an_answer_is_taken_once() {
    let bot = Bot::new().await;
    let anna = bot.anna();
    let id = bot.ask(11, "да", "y").await;
    anna.press(id, "y").expect("a button");
    let update = bot.drain().await.pop().expect("an update");
    bot.ok("answerCallbackQuery", query(&update)).await;
    bot.clean();
    bot.no("answerCallbackQuery", query(&update), 400, GONE).await;
    bot.caught("answered twice");
}

#[tokio::test]
async fn a_second_answer_after_a_lost_reply_or_a_duplicate_is_no_fault() {
    let bot = Bot::new().await;
    let anna = bot.anna();
    let id = bot.ask(11, "да", "y").await;
    anna.press(id, "y").expect("a button");
    let update = bot.drain().await.pop().expect("an update");
    bot.emulator.fail_next("answerCallbackQuery", Fault::LoseReply, 1);
    assert!(bot.try_call("answerCallbackQuery", query(&update)).await.is_none());
    assert_eq!(anna.spinning(), 0);
    bot.no("answerCallbackQuery", query(&update), 400, GONE).await;
    assert!(bot.emulator.redeliver(update["update_id"].as_i64().expect("an id")));
    bot.drain().await;
    bot.no("answerCallbackQuery", query(&update), 400, GONE).await;
    bot.clean();
}

#[tokio::test]
async fn unknown_queries_are_too_old() {
    let bot = Bot::new().await;
    for id in ["1", "x", "4382000000000000007"] {
        bot.no("answerCallbackQuery", json!({"callback_query_id": id}), 400, GONE).await;
    }
}

#[tokio::test]
async fn late_answers_are_refused_and_forgotten_presses_noted() {
    let bot = quick().await;
    let anna = bot.anna();
    let id = bot.ask(11, "да", "y").await;
    anna.press(id, "y").expect("a button");
    let update = bot.drain().await.pop().expect("an update");
    bot.clean();
    wait(450).await;
    bot.no("answerCallbackQuery", query(&update), 400, GONE).await;
    bot.caught("was never answered");
    assert_eq!(anna.spinning(), 1);
}

#[tokio::test]
async fn a_press_the_bot_never_got_is_no_fault() {
    let bot = quick().await;
    let anna = bot.anna();
    let id = bot.ask(11, "да", "y").await;
    anna.press(id, "y").expect("a button");
    wait(450).await;
    bot.drain().await;
    bot.clean();
}

#[tokio::test]
async fn a_forgotten_press_is_noted_even_when_it_falls_out_of_the_ledger() {
    let limits = Limits { callback_deadline: Duration::from_millis(400), ..Limits::default() };
    let bot = Bot::set_up(limits, false).await;
    let anna = bot.anna();
    anna.press_raw(1, "y");
    bot.ok("getUpdates", json!({})).await;
    wait(450).await;
    for _ in 0..20_000 {
        anna.press_raw(1, "y");
    }
    assert_eq!(bot.emulator.presses().len(), 20_000);
    bot.caught("was never answered");
}

#[tokio::test]
async fn toasts_are_short_and_links_own() {
    let bot = Bot::new().await;
    let anna = bot.anna();
    let id = bot.ask(11, "да", "y").await;
    anna.press(id, "y").expect("a button");
    let update = bot.drain().await.pop().expect("an update");
    let mut body = query(&update);
    body["text"] = json!("я".repeat(201));
    bot.no("answerCallbackQuery", body.clone(), 400, "Bad Request: MESSAGE_TOO_LONG").await;
    body["text"] = json!("я".repeat(200));
    body["url"] = json!("https://example.org");
    bot.no("answerCallbackQuery", body.clone(), 400, "Bad Request: URL_INVALID").await;
    body["url"] = json!("https://t.me/uchitelskaya_demo_bot?start=x");
    bot.ok("answerCallbackQuery", body).await;
}
