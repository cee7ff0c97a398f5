//! How a call may come, and every way in which it may be wrong before a method looks at it.

use serde_json::{Value, json};

use uchitelskaya::emulator::Faults;

use super::client::{Bot, Line, TOKEN, get, request};

#[tokio::test]
async fn method_names_are_found_in_any_case() {
    let bot = Bot::new().await;
    for name in ["getMe", "GetMe", "getme", "GETME"] {
        assert_eq!(bot.ok(name, json!({})).await["username"], "uchitelskaya_demo_bot");
    }
    bot.clean();
}

#[tokio::test]
async fn unknown_methods_and_paths_are_not_found() {
    let bot = Bot::new().await;
    bot.no("sendDice", json!({}), 404, "Not Found: method not found").await;
    bot.no("logOut", json!({}), 404, "Not Found: method not found").await;
    assert_eq!(bot.emulator.violations(), ["there is no method sendDice", "there is no method logOut"]);
    for path in ["/", "/health", "/bot123456:TEST", "/bot123456:TEST/"] {
        let answer = get(&bot.address, path).await;
        assert_eq!((answer.status, &answer.json()["description"]), (404, &json!("Not Found")), "{path}");
    }
}

#[tokio::test]
async fn wrong_tokens_are_unauthorized() {
    let bot = Bot::new().await;
    let answer = get(&bot.address, "/bot123456:OTHER/getMe").await;
    assert_eq!((answer.status, &answer.json()["description"]), (401, &json!("Unauthorized")));
    let answer = get(&bot.address, "/botnonsense/getMe").await;
    let text = json!("Unauthorized: invalid token specified");
    assert_eq!((answer.status, &answer.json()["description"]), (401, &text));
    let answer = get(&bot.address, "/file/bot123456:OTHER/documents/file_1.txt").await;
    assert_eq!(answer.status, 401);
}

#[tokio::test]
async fn parameters_may_come_in_the_query_or_in_a_form() {
    let bot = Bot::new().await;
    let anna = bot.anna();
    let answer = get(&bot.address, &format!("/bot{TOKEN}/sendMessage?chat_id=11&text=a%20b+%D1%8F")).await;
    assert_eq!(answer.json()["result"]["text"], "a b я");
    let path = format!("/bot{TOKEN}/sendMessage");
    let kind = "application/x-www-form-urlencoded";
    let form = "chat_id=11&text=c&disable_notification=True&reply_markup=%7B%22inline_keyboard%22%3A%5B%5B%7B%22text%22%3A%22x%22%2C%22callback_data%22%3A%22y%22%7D%5D%5D%7D";
    let answer = request(&bot.address, &path, kind, form.as_bytes()).await.expect("a reply");
    assert_eq!(answer.status, 200);
    let last = anna.last().expect("a message");
    assert!(last.silent);
    assert_eq!(last.keyboard[0][0].data.as_deref(), Some("y"));
    bot.clean();
}

#[tokio::test]
async fn nested_objects_may_be_texts_of_json() {
    let bot = Bot::new().await;
    bot.anna();
    let markup = r#"{"inline_keyboard":[[{"text":"a","callback_data":"b"}]]}"#;
    let sent = bot.ok("sendMessage", json!({"chat_id": "11", "text": "t", "reply_markup": markup})).await;
    assert_eq!(sent["reply_markup"]["inline_keyboard"][0][0]["text"], "a");
    bot.clean();
}

#[tokio::test]
async fn unknown_parameters_are_refused_and_noted() {
    let bot = Bot::new().await;
    bot.anna();
    let body = json!({"chat_id": 11, "text": "t", "disable_web_page_preview": true});
    let text = "Bad Request: [emulator] sendMessage: unknown parameter `disable_web_page_preview`";
    bot.no("sendMessage", body, 400, text).await;
    bot.caught("unknown parameter `disable_web_page_preview`");
}

#[tokio::test]
async fn unknown_fields_of_nested_objects_are_refused() {
    let bot = Bot::new().await;
    bot.anna();
    let wrong = [
        ("link_preview_options", json!({"disabled": true}), "unknown field `disabled` of link_preview_options"),
        ("reply_parameters", json!({"id": 1}), "unknown field `id` of reply_parameters"),
        ("reply_markup", json!({"inline_keyboard": [], "x": 1}), "unknown field `x` of an inline keyboard"),
    ];
    for (name, value, text) in wrong {
        let mut body = json!({"chat_id": 11, "text": "t"});
        body[name] = value;
        bot.no("sendMessage", body, 400, &format!("Bad Request: [emulator] {text}")).await;
    }
    assert_eq!(bot.emulator.violations().len(), 3);
}

#[tokio::test]
async fn wrong_types_are_refused_and_noted() {
    let bot = Bot::new().await;
    bot.anna();
    let wrong = [
        ("chat_id", json!(1.5), "an Integer or a String"),
        ("text", json!(5), "a String"),
        ("disable_notification", json!("true"), "a Boolean"),
        ("entities", json!({}), "an Array"),
        ("link_preview_options", json!([]), "an Object"),
    ];
    for (name, value, expected) in &wrong {
        let mut body = json!({"chat_id": 11, "text": "t"});
        body[*name] = value.clone();
        let text = format!("Bad Request: [emulator] sendMessage: parameter `{name}` is not {expected}");
        bot.no("sendMessage", body, 400, &text).await;
    }
    bot.no(
        "getUpdates",
        json!({"limit": "7"}),
        400,
        "Bad Request: [emulator] getUpdates: parameter `limit` is not an Integer",
    )
    .await;
    assert_eq!(bot.emulator.violations().len(), wrong.len() + 1);
}

#[tokio::test]
async fn published_parameters_without_effect_are_refused_and_noted() {
    let bot = Bot::new().await;
    bot.anna();
    let body = json!({"chat_id": 11, "text": "t", "business_connection_id": "x"});
    let text = "Bad Request: [emulator] sendMessage: parameter `business_connection_id` is not built";
    bot.no("sendMessage", body, 400, text).await;
    bot.caught("`business_connection_id` is not built");
}

#[tokio::test]
async fn missing_parameters_are_refused_in_telegrams_words_and_noted() {
    let bot = Bot::new().await;
    bot.anna();
    let gone = "query is too old and response timeout expired or query ID is invalid";
    let wrong = [
        ("sendMessage", json!({"text": "t"}), "chat_id is empty"),
        ("sendMessage", json!({"chat_id": 11}), "message text is empty"),
        ("sendMessage", json!({"chat_id": 11, "text": null}), "message text is empty"),
        ("editMessageText", json!({"message_id": 1, "text": "t"}), "chat_id is empty"),
        ("editMessageText", json!({"chat_id": 11, "text": "t"}), "message identifier is not specified"),
        ("editMessageMedia", json!({"chat_id": 11, "message_id": 1}), "media is not specified"),
        ("deleteMessage", json!({"chat_id": 11}), "message identifier is not specified"),
        ("answerCallbackQuery", json!({}), gone),
        ("sendPhoto", json!({"chat_id": 11}), "there is no photo in the request"),
        ("sendDocument", json!({"chat_id": 11}), "there is no document in the request"),
        ("sendChatAction", json!({"chat_id": 11}), "wrong parameter action in request"),
        ("getFile", json!({}), "file_id not specified"),
        ("setMyCommands", json!({}), "can't parse commands JSON object"),
        ("getChat", json!({}), "chat_id is empty"),
    ];
    for (method, body, text) in &wrong {
        bot.no(method, body.clone(), 400, &format!("Bad Request: {text}")).await;
    }
    assert_eq!(bot.emulator.violations().len(), wrong.len(), "{:?}", bot.emulator.violations());
}

#[tokio::test]
async fn bodies_that_are_not_what_they_say_are_refused() {
    let bot = Bot::new().await;
    let path = format!("/bot{TOKEN}/getMe");
    let wrong = [
        ("application/json", "{", "can't parse request body as JSON object"),
        ("application/json", "[]", "can't parse request body as JSON object"),
        ("text/plain", "x", "[emulator] a body of content type \"text/plain\""),
        ("multipart/form-data; boundary=b", "--b\r\nnonsense", "can't parse multipart body"),
        ("application/x-www-form-urlencoded", "a=%FF", "strings must be encoded in UTF-8"),
    ];
    for (kind, body, text) in wrong {
        let answer = request(&bot.address, &path, kind, body.as_bytes()).await.expect("a reply");
        let found = (answer.status, answer.json()["description"].clone());
        assert_eq!(found, (400, json!(format!("Bad Request: {text}"))), "{kind} {body}");
    }
    let object = "a body that is not a JSON object";
    let noted = [object, object, "a body of content type \"text/plain\"", "a broken multipart body"];
    assert_eq!(bot.emulator.violations(), noted);
}

#[tokio::test]
async fn a_connection_lives_through_refusals_and_uploads() {
    let bot = Bot::new().await;
    bot.anna();
    let mut line = Line::open(&bot.address).await;
    let upload = "--B\r\nContent-Disposition: form-data; name=\"chat_id\"\r\n\r\n11\r\n\
        --B\r\nContent-Disposition: form-data; name=\"document\"; filename=\"a\"\r\n\r\nx\r\n--B--\r\n\r\n";
    let multipart = "multipart/form-data; boundary=B";
    let calls = [
        ("sendDocument", multipart, upload, 200),
        ("sendDocument", multipart, "--B\r\nnonsense", 400),
        ("sendDice", multipart, upload, 404),
        ("getMe", "text/plain", "x", 400),
        ("getMe", "application/json", "{}", 200),
    ];
    for (method, kind, body, status) in calls {
        let path = format!("/bot{TOKEN}/{method}");
        assert_eq!(line.post(&path, kind, body.as_bytes()).await.status, status, "{method} {kind}");
    }
    let path = "/bot123456:OTHER/sendDocument";
    assert_eq!(line.post(path, multipart, upload.as_bytes()).await.status, 401);
    bot.emulator.set_faults(Faults { bad_gateway: true, ..Faults::default() });
    assert_eq!(line.post(path, multipart, upload.as_bytes()).await.status, 502);
    bot.emulator.set_faults(Faults::default());
    assert_eq!(line.post(path, multipart, upload.as_bytes()).await.status, 401);
}

#[tokio::test]
async fn calls_are_recorded_with_their_refusals() {
    let bot = Bot::new().await;
    bot.anna();
    bot.say(11, "t").await;
    bot.no("SENDMESSAGE", json!({"chat_id": 999, "text": "t"}), 400, "Bad Request: chat not found").await;
    let calls = bot.emulator.calls();
    assert_eq!((calls[0].method.as_str(), calls[0].ok, &calls[0].error), ("sendMessage", true, &None));
    assert_eq!(calls[0].params, json!({"chat_id": 11, "text": "t"}));
    assert_eq!((calls[1].method.as_str(), calls[1].ok), ("sendMessage", false));
    assert_eq!(calls[1].error.as_deref(), Some("Bad Request: chat not found"));
}

#[tokio::test]
async fn nothing_grows_when_nothing_is_recorded() {
    let bot = Bot::set_up(uchitelskaya::emulator::Limits::without_rates(), false).await;
    let anna = bot.anna();
    for number in 0..150 {
        bot.say(11, &format!("{number}")).await;
    }
    assert_eq!(bot.emulator.calls().len(), 0);
    let messages = anna.messages();
    assert_eq!((messages.len(), messages[99].text.as_str()), (100, "149"));
    let me: Value = bot.ok("getMe", json!({})).await;
    assert_eq!(me["is_bot"], true);
}
