//! A phone in somebody's hand: it writes and presses, waits for the answer, and tells what it shows.

use uchitelskaya::emulator::{Message, Other, Phone};

use super::Town;

pub struct Hand<'t> {
    town: &'t Town,
    pub phone: Phone,
}

impl<'t> Hand<'t> {
    pub fn new(town: &'t Town, phone: Phone) -> Hand<'t> {
        Hand { town, phone }
    }

    pub async fn start(&self) -> &Self {
        self.phone.start(None);
        self.settled().await
    }

    pub async fn start_with(&self, payload: &str) -> &Self {
        self.phone.start(Some(payload));
        self.settled().await
    }

    pub async fn writes(&self, text: &str) -> &Self {
        self.phone.send(text);
        self.settled().await
    }

    pub async fn sends(&self, what: Other) -> &Self {
        self.phone.send_other(what);
        self.settled().await
    }

    /// Presses the newest button that says `label`.
    pub async fn press(&self, label: &str) -> &Self {
        if let Err(e) = self.phone.press_label(label) {
            panic!("{e}\n{}", self.screen());
        }
        self.settled().await
    }

    /// Presses with a payload of any form, as a hostile or outdated client would.
    pub async fn press_raw(&self, message_id: i64, data: &str) -> &Self {
        self.phone.press_raw(message_id, data);
        self.settled().await
    }

    pub async fn settled(&self) -> &Self {
        self.town.settle().await;
        assert_eq!(self.phone.spinning(), 0, "a spinner turns");
        self
    }

    /// The bot's newest message with its buttons.
    pub fn screen(&self) -> String {
        self.phone.last().map_or_else(|| "(nothing)".into(), |m| draw(&m))
    }

    pub fn last_toast(&self) -> Option<String> {
        self.phone.toasts().last().map(|t| t.text.clone())
    }

    pub fn message(&self) -> Message {
        self.phone.last().expect("the bot said something")
    }

    /// The payload of the newest button that says `label`.
    pub fn data_of(&self, label: &str) -> String {
        let message = self.message();
        let key = message.keyboard.iter().flatten().find(|k| k.label == label);
        key.and_then(|k| k.data.clone()).unwrap_or_else(|| panic!("no button {label}\n{}", self.screen()))
    }
}

pub fn draw(message: &Message) -> String {
    let mut out = message.text.clone();
    for row in &message.keyboard {
        out.push('\n');
        let keys: Vec<String> = row.iter().map(|k| format!("[{}]", k.label)).collect();
        out.push_str(&keys.join(" "));
    }
    out
}
