//! Delivery by webhook: addresses, the secret, order, retries, and the quarrel with polling.

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use uchitelskaya::emulator::Emulator;

use super::client::Bot;

/// A web server that answers with the given statuses, then with 200, and passes on what it got.
async fn receiver(statuses: &[&'static str]) -> (String, UnboundedReceiver<(String, Value)>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let url = format!("http://{}/hook", listener.local_addr().expect("an address"));
    let (send, receive) = unbounded_channel();
    let mut statuses: std::collections::VecDeque<&str> = statuses.iter().copied().collect();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut text = Vec::new();
            let (head, body) = loop {
                let mut piece = [0; 4096];
                let size = stream.read(&mut piece).await.expect("a request");
                text.extend_from_slice(&piece[..size]);
                let whole = String::from_utf8_lossy(&text).into_owned();
                let Some((head, body)) = whole.split_once("\r\n\r\n") else { continue };
                if let Ok(json) = serde_json::from_str::<Value>(body) {
                    break (head.to_owned(), json);
                }
            };
            let status = statuses.pop_front().unwrap_or("200 OK\r\nContent-Length: 0");
            let reply = format!("HTTP/1.1 {status}\r\n\r\n");
            stream.write_all(reply.as_bytes()).await.expect("a reply");
            if send.send((head, body)).is_err() {
                return;
            }
        }
    });
    (url, receive)
}

async fn settled(emulator: &Emulator) {
    let mut revision = emulator.revision();
    while emulator.unconfirmed() > 0 {
        revision.changed().await.expect("alive");
    }
}

#[tokio::test]
async fn updates_are_delivered_in_order_with_the_secret() {
    let bot = Bot::new().await;
    let anna = bot.anna();
    let (url, mut hook) = receiver(&[]).await;
    bot.ok("setWebhook", json!({"url": url, "secret_token": "s-1_A"})).await;
    let ids = [anna.send("a"), anna.send("b")];
    let (head, first) = hook.recv().await.expect("an update");
    assert!(head.starts_with("POST /hook HTTP/1.1"), "{head}");
    assert!(head.contains("X-Telegram-Bot-Api-Secret-Token: s-1_A"), "{head}");
    assert_eq!(first["message"]["text"], "/start");
    for id in ids {
        assert_eq!(hook.recv().await.expect("an update").1["update_id"], id);
    }
    settled(&bot.emulator).await;
    let info = bot.ok("getWebhookInfo", json!({})).await;
    assert_eq!((&info["url"], &info["pending_update_count"]), (&json!(url), &json!(0)));
    bot.clean();
}

#[tokio::test]
async fn a_refused_update_comes_again() {
    let bot = Bot::new().await;
    let (url, mut hook) = receiver(&["500 Oops\r\nContent-Length: 0", "503 Busy\r\nRetry-After: 0"]).await;
    bot.ok("setWebhook", json!({"url": url})).await;
    let anna = bot.anna();
    let id = anna.send("b") - 1;
    for expected in [id, id, id, id + 1] {
        assert_eq!(hook.recv().await.expect("an update").1["update_id"], expected);
    }
    settled(&bot.emulator).await;
    let info = bot.ok("getWebhookInfo", json!({})).await;
    assert_eq!(info["last_error_message"], "Wrong response from the webhook: 503");
}

#[tokio::test]
async fn polling_and_webhook_exclude_each_other() {
    let bot = Bot::new().await;
    let (url, mut hook) = receiver(&[]).await;
    let poll = bot.no("getUpdates", json!({"timeout": 50}), 409, "Conflict: terminated by setWebhook request");
    let set = async {
        tokio::time::sleep_until(tokio::time::Instant::now() + std::time::Duration::from_millis(100)).await;
        bot.ok("setWebhook", json!({"url": url})).await
    };
    tokio::join!(poll, set);
    let text =
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first";
    bot.no("getUpdates", json!({}), 409, text).await;
    bot.ok("deleteWebhook", json!({})).await;
    bot.anna();
    assert_eq!(bot.drain().await.len(), 1);
    assert!(hook.try_recv().is_err());
    bot.ok("setWebhook", json!({"url": ""})).await;
    assert_eq!(bot.ok("getWebhookInfo", json!({})).await["url"], "");
}

#[tokio::test]
async fn pending_updates_can_be_dropped() {
    let bot = Bot::new().await;
    bot.anna();
    bot.ok("deleteWebhook", json!({"drop_pending_updates": true})).await;
    assert_eq!((bot.emulator.unconfirmed(), bot.drain().await.len()), (0, 0));
}

#[tokio::test]
async fn wrong_addresses_and_secrets_are_refused() {
    let bot = Bot::new().await;
    let https = "bad webhook: An HTTPS URL must be provided for webhook";
    let wrong = [
        (json!({"url": "nonsense"}), "invalid webhook URL specified"),
        (json!({"url": "ftp://a.ru"}), "invalid webhook URL specified"),
        (json!({"url": "https://"}), "invalid webhook URL specified"),
        (json!({"url": "http://a.ru/hook"}), https),
        (json!({"url": "http://127.0.0.1/hook"}), https),
        (
            json!({"url": "https://a.ru:8080/hook"}),
            "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443",
        ),
        (json!({"url": "https://a.ru/hook"}), "bad webhook: [emulator] only http://127.0.0.1:<port> can be reached"),
        (json!({"url": "", "secret_token": "x".repeat(257)}), "secret token is too long"),
        (json!({"url": "", "secret_token": "я"}), "secret token contains unallowed characters"),
    ];
    for (body, text) in wrong {
        bot.no("setWebhook", body, 400, &format!("Bad Request: {text}")).await;
    }
}

#[tokio::test]
async fn a_reply_with_a_method_is_noted() {
    let bot = Bot::new().await;
    bot.anna();
    let (url, mut hook) = receiver(&["200 OK\r\nContent-Length: 20\r\n\r\n{\"method\":\"getMe\"}  "]).await;
    bot.ok("setWebhook", json!({"url": url})).await;
    hook.recv().await.expect("an update");
    settled(&bot.emulator).await;
    bot.caught("a webhook's reply with a method to call");
}
