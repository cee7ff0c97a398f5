//! Bad weather: closed connections, lost replies, pages instead of JSON, delays.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::io::AsyncReadExt;
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{Instant, sleep_until};
use uchitelskaya::emulator::{Fault, Faults};

use super::client::{Bot, TOKEN, get};

fn send() -> Value {
    json!({"chat_id": 11, "text": "t"})
}

#[tokio::test]
async fn a_server_that_is_down_closes_without_a_reply() {
    let bot = Bot::new().await;
    let anna = bot.anna();
    bot.emulator.set_faults(Faults { down: true, ..Faults::default() });
    assert!(bot.try_call("sendMessage", send()).await.is_none());
    assert!(bot.try_call("getUpdates", json!({})).await.is_none());
    assert!(anna.last().is_none() && bot.emulator.faults().down);
    bot.emulator.set_faults(Faults::default());
    bot.ok("sendMessage", send()).await;
}

#[tokio::test]
async fn a_server_that_goes_down_breaks_a_waiting_poll() {
    let bot = Bot::new().await;
    let poll = bot.try_call("getUpdates", json!({"timeout": 50}));
    let fall = async {
        sleep_until(Instant::now() + Duration::from_millis(100)).await;
        bot.emulator.set_faults(Faults { down: true, ..Faults::default() });
    };
    assert!(tokio::join!(poll, fall).0.is_none());
}

#[tokio::test]
async fn a_dropped_server_takes_no_more_calls() {
    let bot = Bot::new().await;
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    let serving = tokio::spawn(bot.emulator.serve(listener));
    let path = format!("/bot{TOKEN}/getMe");
    assert_eq!(get(&address.to_string(), &path).await.status, 200);
    let mut open = TcpStream::connect(address).await.expect("it listens");
    serving.abort();
    assert!(serving.await.is_err_and(|error| error.is_cancelled()));
    let closed = open.read(&mut [0; 16]).await;
    assert!(matches!(closed, Ok(0) | Err(_)), "{closed:?}");
    assert!(TcpStream::connect(address).await.is_err());
}

#[tokio::test]
async fn a_lost_reply_leaves_the_work_done() {
    let bot = Bot::new().await;
    let anna = bot.anna();
    bot.emulator.set_faults(Faults { lose_replies: true, ..Faults::default() });
    assert!(bot.try_call("sendMessage", send()).await.is_none());
    assert_eq!(anna.last().expect("a message").text, "t");
    assert_eq!(bot.ok("getUpdates", json!({})).await.as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn a_bad_gateway_shows_a_page() {
    let bot = Bot::new().await;
    let anna = bot.anna();
    bot.emulator.set_faults(Faults { bad_gateway: true, ..Faults::default() });
    let answer = bot.call("sendMessage", send()).await;
    assert_eq!((answer.status, answer.body.starts_with(b"<html>")), (502, true));
    assert!(anna.last().is_none());
}

#[tokio::test]
async fn delays_delay() {
    let bot = Bot::new().await;
    bot.emulator.set_faults(Faults { delay_ms: 150, ..Faults::default() });
    let begun = Instant::now();
    bot.ok("getMe", json!({})).await;
    assert!(begun.elapsed() >= Duration::from_millis(150));
}

#[tokio::test]
async fn single_mishaps_hit_the_next_calls_of_their_method() {
    let bot = Bot::new().await;
    let anna = bot.anna();
    let oops = "Internal Server Error: restart";
    bot.emulator.fail_next("sendMessage", Fault::Status(500, oops.to_owned()), 2);
    bot.emulator.fail_next("SendMessage", Fault::Close, 1);
    bot.emulator.fail_next("sendMessage", Fault::NotJson, 1);
    bot.emulator.fail_next("sendMessage", Fault::LoseReply, 1);
    bot.emulator.fail_next("sendMessage", Fault::Delay(100), 1);
    bot.ok("getMe", json!({})).await;
    bot.no("sendMessage", send(), 500, oops).await;
    bot.no("sendMessage", send(), 500, oops).await;
    assert!(bot.try_call("sendMessage", send()).await.is_none());
    let page = bot.call("sendMessage", send()).await;
    assert_eq!((page.status, page.body.starts_with(b"<html>")), (200, true));
    assert!(anna.last().is_none());
    assert!(bot.try_call("sendMessage", send()).await.is_none());
    assert!(anna.last().is_some());
    let begun = Instant::now();
    bot.ok("sendMessage", send()).await;
    assert!(begun.elapsed() >= Duration::from_millis(100));
    bot.emulator.fail_next("sendMessage", Fault::RetryAfter(3), 1);
    bot.no("sendMessage", send(), 429, "Too Many Requests: retry after 3").await;
    bot.ok("sendMessage", send()).await;
    bot.caught("called within its retry_after");
}
