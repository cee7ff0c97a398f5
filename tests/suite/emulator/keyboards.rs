//! Keyboards: every refusal, and the budgets a good bot keeps.

use serde_json::{Value, json};

use super::client::Bot;

fn send(markup: Value) -> Value {
    json!({"chat_id": 11, "text": "t", "reply_markup": markup})
}

fn rows(rows: Value) -> Value {
    send(json!({"inline_keyboard": rows}))
}

fn many(count: usize, row: usize, label: &str) -> Value {
    let keys: Vec<Value> = (0..count).map(|n| json!({"text": label, "callback_data": n.to_string()})).collect();
    rows(json!(keys.chunks(row).collect::<Vec<_>>()))
}

#[tokio::test]
async fn wrong_keyboards_are_refused() {
    let bot = Bot::new().await;
    bot.anna();
    let shape = "field \"inline_keyboard\" of the InlineKeyboardMarkup must be an Array of Arrays";
    let wrong = [
        (send(json!("nonsense")), "object expected as reply markup"),
        (send(json!(5)), "object expected as reply markup"),
        (send(json!({})), "can't parse reply keyboard markup JSON object"),
        (send(json!({"keyboard": ["a"]})), "field \"keyboard\" of the ReplyKeyboardMarkup must be an Array of Arrays"),
        (rows(json!({})), shape),
        (rows(json!([{"text": "a"}])), shape),
        (rows(json!([["a"]])), "can't parse inline keyboard button: InlineKeyboardButton must be an Object"),
        (rows(json!([[{"callback_data": "a"}]])), "can't parse inline keyboard button: Can't find field \"text\""),
        (
            rows(json!([[{"text": 1, "callback_data": "a"}]])),
            "can't parse inline keyboard button: Field \"text\" must be of type String",
        ),
        (rows(json!([[{"text": " ", "callback_data": "a"}]])), "inline keyboard button text must be non-empty"),
        (
            rows(json!([[{"text": "a"}]])),
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            rows(json!([[{"text": "a", "callback_data": ""}]])),
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (rows(json!([[{"text": "a", "callback_data": "я".repeat(33)}]])), "BUTTON_DATA_INVALID"),
        (
            rows(json!([[{"text": "a", "url": "nowhere"}]])),
            "inline keyboard button URL 'nowhere' is invalid: Wrong HTTP URL",
        ),
        (many(101, 5, "a"), "reply markup is too long"),
        (many(60, 5, &"я".repeat(60)), "reply markup is too long"),
    ];
    for (body, text) in wrong {
        bot.no("sendMessage", body, 400, &format!("Bad Request: {text}")).await;
    }
    let noted = bot.emulator.violations().concat();
    assert!(noted.contains("`reply_markup` is not an Object") && noted.contains("of no known kind"), "{noted}");
}

#[tokio::test]
async fn unknown_or_double_actions_of_a_button_are_refused_and_noted() {
    let bot = Bot::new().await;
    bot.anna();
    let body = rows(json!([[{"text": "a", "callback": "b"}]]));
    bot.no("sendMessage", body, 400, "Bad Request: [emulator] unknown field `callback` of a button").await;
    let body = rows(json!([[{"text": "a", "callback_data": "b", "url": "https://a.ru"}]]));
    bot.no("sendMessage", body, 400, "Bad Request: [emulator] a button with 2 actions").await;
    assert_eq!(bot.emulator.violations().len(), 2);
}

#[tokio::test]
async fn keyboards_over_the_budget_are_sent_and_noted() {
    for (body, note) in [
        (many(61, 5, "a"), "61 buttons (at most 60)"),
        (many(40, 5, &"я".repeat(51)), "bytes of labels and data (at most 4096)"),
        (many(9, 9, "a"), "9 buttons in a row (at most 8)"),
    ] {
        let bot = Bot::new().await;
        bot.anna();
        bot.ok("sendMessage", body).await;
        bot.caught(note);
    }
}

#[tokio::test]
async fn keyboards_within_the_budget_are_shown() {
    let bot = Bot::new().await;
    let anna = bot.anna();
    bot.ok("sendMessage", many(60, 5, "кнопка")).await;
    let data = json!([[{"text": "a", "callback_data": "x".repeat(64)}], [], [{"text": "b", "url": "https://a.ru", "style": "primary"}]]);
    bot.ok("sendMessage", rows(data)).await;
    let keyboard = anna.last().expect("a message").keyboard;
    assert_eq!((keyboard.len(), keyboard[1][0].url.as_deref()), (2, Some("https://a.ru")));
    bot.clean();
}

#[tokio::test]
async fn only_inline_keyboards_fit_an_edit() {
    let bot = Bot::new().await;
    bot.anna();
    let id = bot.say(11, "t").await;
    let body = json!({"chat_id": 11, "message_id": id, "text": "u", "reply_markup": {"remove_keyboard": true}});
    bot.no("editMessageText", body, 400, "Bad Request: inline keyboard expected").await;
}
