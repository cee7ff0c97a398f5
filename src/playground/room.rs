//! What lies on the table: the stage, the phones on it in order, and a bell for changes that no phone can see.

use std::sync::{Mutex, PoisonError};

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;
use tokio::sync::watch;

use super::{Actor, Stage};
use crate::emulator::{Phone, User};

/// Ids of added people begin here if the cast has smaller ones.
const FIRST_NEW_ID: i64 = 900_001;

/// The stage and what changed on it since the start.
pub(super) struct Room {
    pub(super) stage: Stage,
    cast: Mutex<Vec<Actor>>,
    bell: watch::Sender<u64>,
}

impl Room {
    /// Puts the cast's phones on the table; people the emulator does not know yet are introduced to it.
    pub(super) fn new(stage: Stage) -> Self {
        for actor in &stage.cast {
            if stage.emulator.phone(actor.user_id).is_none() {
                stage.emulator.user(account(actor.user_id, &actor.name));
            }
        }
        let cast = Mutex::new(stage.cast.clone());
        Self { stage, cast, bell: watch::Sender::new(0) }
    }

    /// The people on the table, from left to right.
    pub(super) fn cast(&self) -> Vec<Actor> {
        self.cast.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The phone of somebody on the table; others' phones are not for the page.
    pub(super) fn phone(&self, id: i64) -> Result<Phone, Problem> {
        let shown = self.cast().iter().any(|actor| actor.user_id == id);
        shown.then(|| self.stage.emulator.phone(id)).flatten().ok_or(Problem::NoPhone)
    }

    /// One more phone, of the next of `new_people`. Returns the person's id.
    pub(super) fn add_phone(&self) -> i64 {
        let mut cast = self.cast.lock().unwrap_or_else(PoisonError::into_inner);
        let added = cast.len() - self.stage.cast.len().min(cast.len());
        let people = &self.stage.new_people;
        let (first, last) = match people.len() {
            0 => (format!("Гость {}", added + 1), String::new()),
            n => people[added % n].clone(),
        };
        let mut id = cast.iter().map(|actor| actor.user_id + 1).max().unwrap_or(0).max(FIRST_NEW_ID);
        while self.stage.emulator.phone(id).is_some() {
            id += 1;
        }
        let name = format!("{first} {last}").trim().to_owned();
        self.stage.emulator.user(User {
            last_name: Some(last).filter(|last| !last.is_empty()),
            language_code: Some("ru".to_owned()),
            ..User::new(id, &first)
        });
        cast.push(Actor { user_id: id, name, role: String::new() });
        drop(cast);
        self.ring();
        id
    }

    /// Tells open pages to look again.
    pub(super) fn ring(&self) {
        self.bell.send_modify(|count| *count += 1);
    }

    /// Rises at every [`Room::ring`].
    pub(super) fn bell(&self) -> watch::Receiver<u64> {
        self.bell.subscribe()
    }
}

/// A Telegram account for a name as the page shows it: family name first, as Russian lists have it.
fn account(id: i64, name: &str) -> User {
    let mut words = name.split_whitespace();
    let family = words.next().unwrap_or(name);
    let language_code = Some("ru".to_owned());
    match words.next() {
        Some(first) => User { last_name: Some(family.to_owned()), language_code, ..User::new(id, first) },
        None => User { language_code, ..User::new(id, family) },
    }
}

/// Why something could not be done. Each has its sentence among the page's words.
#[derive(Debug)]
pub(super) enum Problem {
    /// No such phone on the table.
    NoPhone,
    /// The message has no such button now.
    NoButton,
    /// Nothing to send.
    Empty,
    /// Not a request of our page.
    Refused,
    /// A request that makes no sense.
    Unclear,
    /// No such file.
    NoFile,
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let (status, key) = match self {
            Problem::NoPhone => (StatusCode::NOT_FOUND, "e_no_phone"),
            Problem::NoButton => (StatusCode::CONFLICT, "e_no_button"),
            Problem::Empty => (StatusCode::BAD_REQUEST, "e_empty"),
            Problem::Refused => (StatusCode::FORBIDDEN, "e_refused"),
            Problem::Unclear => (StatusCode::BAD_REQUEST, "e_other"),
            Problem::NoFile => (StatusCode::NOT_FOUND, "e_other"),
        };
        (status, Json(json!({ "error": key }))).into_response()
    }
}
