//! A bot of a few lines: HTTP/1.1 by hand over a TCP stream, and a server to talk to.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use uchitelskaya::emulator::{Emulator, Limits, Phone, Settings, User};

/// The token of the bot under test.
pub const TOKEN: &str = "123456:TEST";
/// When the world's clock starts, in milliseconds.
pub const START: i64 = 1_800_000_000_000;

/// A running emulator and a bot that calls it.
pub struct Bot {
    pub emulator: Emulator,
    pub address: String,
    clock: Arc<AtomicI64>,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).expect("the body is JSON")
    }
}

impl Bot {
    /// A server with Telegram's limits.
    pub async fn new() -> Self {
        Self::with(Limits::default()).await
    }

    pub async fn with(limits: Limits) -> Self {
        Self::set_up(limits, true).await
    }

    pub async fn set_up(limits: Limits, record: bool) -> Self {
        let clock = Arc::new(AtomicI64::new(START));
        let time = Arc::clone(&clock);
        let emulator = Emulator::new(Settings {
            token: TOKEN.to_owned(),
            bot_username: "uchitelskaya_demo_bot".to_owned(),
            record,
            limits,
            now: Arc::new(move || time.load(Ordering::SeqCst)),
        });
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address").to_string();
        tokio::spawn(emulator.serve(listener));
        Self { emulator, address, clock }
    }

    /// Moves the world's clock.
    pub fn forward(&self, ms: i64) {
        self.clock.fetch_add(ms, Ordering::SeqCst);
    }

    /// A person who pressed Start.
    pub fn anna(&self) -> Phone {
        let phone = self.emulator.user(User::new(11, "Анна"));
        phone.start(None);
        phone
    }

    /// A call with a JSON body; `None` if the connection closed without a reply.
    pub async fn try_call(&self, method: &str, body: Value) -> Option<Answer> {
        let path = format!("/bot{TOKEN}/{method}");
        request(&self.address, &path, "application/json", body.to_string().as_bytes()).await
    }

    pub async fn call(&self, method: &str, body: Value) -> Answer {
        self.try_call(method, body).await.expect("a reply")
    }

    /// The result of a call that must be done.
    pub async fn ok(&self, method: &str, body: Value) -> Value {
        let answer = self.call(method, body).await;
        let mut json = answer.json();
        assert_eq!((answer.status, &json["ok"]), (200, &json!(true)), "{method}: {json}");
        json["result"].take()
    }

    /// A call that must be refused with exactly this.
    pub async fn no(&self, method: &str, body: Value, code: u16, description: &str) {
        let answer = self.call(method, body.clone()).await;
        let json = answer.json();
        let found = (json["error_code"].as_u64(), json["description"].as_str());
        assert_eq!(found, (Some(code.into()), Some(description)), "{method} {body}");
        assert_eq!((answer.status, &json["ok"]), (code, &json!(false)));
    }

    /// Sends a text to a chat; the message's id.
    pub async fn say(&self, chat: i64, text: &str) -> i64 {
        let sent = self.ok("sendMessage", json!({"chat_id": chat, "text": text})).await;
        sent["message_id"].as_i64().expect("an id")
    }

    /// Sends a text with one button; the message's id.
    pub async fn ask(&self, chat: i64, label: &str, data: &str) -> i64 {
        let keyboard = json!({"inline_keyboard": [[{"text": label, "callback_data": data}]]});
        let body = json!({"chat_id": chat, "text": "?", "reply_markup": keyboard});
        self.ok("sendMessage", body).await["message_id"].as_i64().expect("an id")
    }

    /// Takes and confirms everything that waits.
    pub async fn drain(&self) -> Vec<Value> {
        let mut all = Vec::new();
        let mut offset = 0;
        loop {
            let batch = self.ok("getUpdates", json!({"offset": offset})).await;
            let batch = batch.as_array().expect("a list").clone();
            let Some(last) = batch.last() else { return all };
            offset = last["update_id"].as_i64().expect("an id") + 1;
            all.extend(batch);
        }
    }

    /// The only violation so far must contain this.
    pub fn caught(&self, text: &str) {
        let all = self.emulator.violations();
        assert!(all.len() == 1 && all[0].contains(text), "expected {text:?} in {all:?}");
    }

    /// There must be no violation so far.
    pub fn clean(&self) {
        assert_eq!(self.emulator.violations(), Vec::<String>::new());
    }
}

/// A connection that is kept between calls.
pub struct Line(TcpStream);

impl Line {
    pub async fn open(address: &str) -> Self {
        Self(TcpStream::connect(address).await.expect("the emulator listens"))
    }

    /// One POST; fails if the server closed the connection after the call before.
    pub async fn post(&mut self, path: &str, kind: &str, body: &[u8]) -> Answer {
        let size = body.len();
        let head = format!("POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: {kind}\r\nContent-Length: {size}\r\n\r\n");
        self.0.write_all(head.as_bytes()).await.expect("an open connection");
        self.0.write_all(body).await.expect("an open connection");
        let mut bytes = Vec::new();
        loop {
            assert!(self.0.read_buf(&mut bytes).await.expect("an open connection") > 0, "closed");
            let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") else { continue };
            let head = String::from_utf8_lossy(&bytes[..end]).to_lowercase();
            let size = head.split("content-length: ").nth(1).expect("a length");
            let size: usize = size.lines().next().and_then(|size| size.parse().ok()).expect("a number");
            if bytes.len() == end + 4 + size {
                return split(&bytes);
            }
        }
    }
}

/// One POST on a connection of its own; `None` if it was closed without a reply.
pub async fn request(address: &str, path: &str, kind: &str, body: &[u8]) -> Option<Answer> {
    let mut stream = TcpStream::connect(address).await.expect("the emulator listens");
    let size = body.len();
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: {address}\r\nContent-Type: {kind}\r\nContent-Length: {size}\r\nConnection: close\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).await.ok()?;
    // A server that refuses a large body may close before it has read all of it.
    let _ = stream.write_all(body).await;
    read(&mut stream).await
}

/// One GET on a connection of its own.
pub async fn get(address: &str, path: &str) -> Answer {
    let mut stream = TcpStream::connect(address).await.expect("the emulator listens");
    let head = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    stream.write_all(head.as_bytes()).await.expect("written");
    read(&mut stream).await.expect("a reply")
}

async fn read(stream: &mut TcpStream) -> Option<Answer> {
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes).await;
    if bytes.is_empty() {
        return None;
    }
    Some(split(&bytes))
}

fn split(bytes: &[u8]) -> Answer {
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").expect("a head");
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let status = head.split(' ').nth(1).and_then(|code| code.parse().ok()).expect("a status");
    Answer { status, head, body: bytes[end + 4..].to_vec() }
}
