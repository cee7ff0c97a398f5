//! Deletions: 48 hours, own and other people's messages.

use serde_json::{Value, json};
use uchitelskaya::emulator::User;

use super::client::Bot;

fn delete(chat: i64, id: i64) -> Value {
    json!({"chat_id": chat, "message_id": id})
}

#[tokio::test]
async fn messages_of_a_private_chat_can_be_deleted_for_two_days() {
    let bot = Bot::new().await;
    let anna = bot.anna();
    let id = bot.say(11, "t").await;
    bot.forward(48 * 3600 * 1000);
    assert_eq!(bot.ok("deleteMessage", delete(11, id)).await, json!(true));
    bot.no("deleteMessage", delete(11, id), 400, "Bad Request: message to delete not found").await;
    let hers = anna.messages()[0].id;
    bot.forward(1);
    let text = "Bad Request: message can't be deleted for everyone";
    bot.no("deleteMessage", delete(11, hers), 400, text).await;
    bot.forward(-1);
    bot.ok("deleteMessage", delete(11, hers)).await;
    assert!(anna.messages().is_empty());
    bot.clean();
}

#[tokio::test]
async fn other_peoples_messages_in_a_group_stay() {
    let bot = Bot::new().await;
    bot.emulator.user(User::new(11, "Анна"));
    let group = bot.emulator.group(-5, "Учителя", &[11]);
    group.add_bot();
    group.say(11, "/menu");
    let id = group.messages()[0].id;
    bot.no("deleteMessage", delete(-5, id), 400, "Bad Request: message can't be deleted").await;
    let own = bot.say(-5, "t").await;
    bot.ok("deleteMessage", delete(-5, own)).await;
}
