//! `getUpdates`: waiting, confirming, forgetting, and two bots with one token.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::{Instant, sleep_until};
use uchitelskaya::emulator::Faults;

use super::client::Bot;

fn ids(batch: &Value) -> Vec<i64> {
    let batch = batch.as_array().expect("a list");
    batch.iter().map(|update| update["update_id"].as_i64().expect("an id")).collect()
}

#[tokio::test]
async fn a_long_poll_wakes_when_something_comes() {
    let bot = Bot::new().await;
    let anna = bot.anna();
    bot.drain().await;
    let begun = Instant::now();
    let poll = bot.ok("getUpdates", json!({"timeout": 50}));
    let say = async {
        sleep_until(begun + Duration::from_millis(100)).await;
        anna.send("привет")
    };
    let (batch, id) = tokio::join!(poll, say);
    assert_eq!(ids(&batch), [id]);
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
}

#[tokio::test]
async fn a_poll_answers_at_once_when_something_waits_and_in_time_when_not() {
    let bot = Bot::new().await;
    bot.anna();
    let begun = Instant::now();
    let batch = bot.ok("getUpdates", json!({"timeout": 50})).await;
    assert_eq!(ids(&batch).len(), 1);
    assert!(begun.elapsed() < Duration::from_secs(5));
    bot.drain().await;
    let batch = bot.ok("getUpdates", json!({"timeout": 1})).await;
    assert!(ids(&batch).is_empty() && begun.elapsed() >= Duration::from_secs(1));
}

#[tokio::test]
async fn an_offset_confirms_and_nothing_else_does() {
    let bot = Bot::new().await;
    let anna = bot.anna();
    let id = anna.send("a");
    let first = bot.ok("getUpdates", json!({})).await;
    assert_eq!(ids(&first), [id - 1, id]);
    assert_eq!(ids(&bot.ok("getUpdates", json!({"limit": 1})).await), [id - 1]);
    assert_eq!(bot.emulator.unconfirmed(), 2);
    assert_eq!(ids(&bot.ok("getUpdates", json!({"offset": id})).await), [id]);
    assert_eq!(bot.emulator.unconfirmed(), 1);
    assert!(ids(&bot.ok("getUpdates", json!({"offset": id + 1})).await).is_empty());
    assert_eq!(bot.emulator.unconfirmed(), 0);
}

#[tokio::test]
async fn a_negative_offset_keeps_the_last_ones() {
    let bot = Bot::new().await;
    let anna = bot.anna();
    anna.send("a");
    let (before, last) = (anna.send("b"), anna.send("c"));
    assert_eq!(ids(&bot.ok("getUpdates", json!({"offset": -2})).await), [before, last]);
    assert_eq!(bot.emulator.unconfirmed(), 2);
}

#[tokio::test]
async fn a_batch_has_at_most_a_hundred() {
    let bot = Bot::new().await;
    let anna = bot.anna();
    for _ in 0..120 {
        anna.send("x");
    }
    assert_eq!(ids(&bot.ok("getUpdates", json!({"limit": 1000})).await).len(), 100);
    assert_eq!(ids(&bot.ok("getUpdates", json!({"limit": 0})).await).len(), 1);
}

#[tokio::test]
async fn the_older_of_two_polls_is_thrown_out() {
    let bot = Bot::new().await;
    let older = bot.no(
        "getUpdates",
        json!({"timeout": 50}),
        409,
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    );
    let newer = async {
        sleep_until(Instant::now() + Duration::from_millis(100)).await;
        bot.ok("getUpdates", json!({"timeout": 1})).await
    };
    let ((), batch) = tokio::join!(older, newer);
    assert!(ids(&batch).is_empty());
}

#[tokio::test]
async fn presses_live_150_seconds_and_messages_a_day() {
    let bot = Bot::new().await;
    let anna = bot.anna();
    let id = bot.ask(11, "да", "y").await;
    anna.press(id, "y").expect("a button");
    bot.forward(149_999);
    assert_eq!(ids(&bot.ok("getUpdates", json!({})).await).len(), 2);
    bot.forward(1);
    assert_eq!(ids(&bot.ok("getUpdates", json!({})).await).len(), 1);
    bot.forward(24 * 3600 * 1000 - 150_001);
    assert_eq!(ids(&bot.ok("getUpdates", json!({})).await).len(), 1);
    bot.forward(1);
    assert!(ids(&bot.ok("getUpdates", json!({})).await).is_empty());
    assert_eq!(bot.emulator.unconfirmed(), 0);
}

#[tokio::test]
async fn only_allowed_updates_come_and_the_choice_is_remembered() {
    let bot = Bot::new().await;
    let anna = bot.anna();
    bot.drain().await;
    bot.ok("getUpdates", json!({"allowed_updates": ["message"]})).await;
    anna.block();
    anna.unblock();
    let id = anna.send("x");
    assert_eq!(ids(&bot.ok("getUpdates", json!({})).await), [id]);
    bot.ok("getUpdates", json!({"offset": id + 1, "allowed_updates": []})).await;
    anna.block();
    let batch = bot.ok("getUpdates", json!({})).await;
    assert!(batch[0]["my_chat_member"].is_object());
}

#[tokio::test]
async fn duplicates_come_once_more_after_they_were_confirmed() {
    let bot = Bot::new().await;
    bot.emulator.set_faults(Faults { duplicates: true, ..Faults::default() });
    let anna = bot.anna();
    let id = anna.send("a");
    assert_eq!(ids(&bot.ok("getUpdates", json!({})).await), [id - 1, id]);
    assert_eq!(ids(&bot.ok("getUpdates", json!({"offset": id + 1})).await), [id - 1, id]);
    assert_eq!(bot.emulator.unconfirmed(), 2);
    assert!(ids(&bot.ok("getUpdates", json!({"offset": id + 1})).await).is_empty());
    assert_eq!(bot.emulator.unconfirmed(), 0);
}

#[tokio::test]
async fn confirmed_updates_can_be_redelivered_and_strange_ones_pushed() {
    let bot = Bot::new().await;
    let anna = bot.anna();
    let id = anna.send("a");
    bot.drain().await;
    assert!(bot.emulator.redeliver(id) && !bot.emulator.redeliver(id + 5));
    bot.emulator.push_raw(json!({"future_thing": {"x": 1}}));
    let batch = bot.ok("getUpdates", json!({"offset": id + 1})).await;
    assert_eq!(ids(&batch), [id, id + 1]);
    assert_eq!(batch[1]["future_thing"], json!({"x": 1}));
    assert!(bot.drain().await.len() == 1 && bot.emulator.unconfirmed() == 0);
}

#[tokio::test]
async fn the_revision_rises_with_what_a_phone_sees() {
    let bot = Bot::new().await;
    bot.anna();
    let mut revision = bot.emulator.revision();
    let mut rose = || {
        let changed = revision.has_changed().expect("alive");
        revision.mark_unchanged();
        changed
    };
    assert!(!rose());
    let id = bot.say(11, "t").await;
    assert!(rose());
    bot.ok("editMessageText", json!({"chat_id": 11, "message_id": id, "text": "u"})).await;
    assert!(rose());
    bot.ok("getMe", json!({})).await;
    assert!(!rose());
    bot.drain().await;
    assert!(rose());
}
