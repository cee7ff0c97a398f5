//! The playground: one page in a browser with phones on which people talk to the real bot.
//!
//! The bot under the page is the one that `run` starts; only Telegram is ours (`emulator`). This room adds the page
//! and a small server that shows what the phones see and passes on what people do: press, type, send a picture,
//! block the bot, move the clock, break Telegram. It reads nothing of the bot's own state. `app` builds the
//! [`Stage`] and keeps the listener on loopback; the guard refuses pages of other sites all the same.

pub mod district;

mod acts;
mod assets;
mod files;
mod guard;
mod menu;
mod room;
mod server;
mod transcript;
mod view;
mod words;

use std::sync::Arc;

use futures_util::future::BoxFuture;

use crate::emulator::Emulator;
use crate::kernel::time::Clock;

pub use server::{router, serve};

/// What the playground needs from outside. Built by `app`.
pub struct Stage {
    /// Telegram, as far as this process is concerned.
    pub emulator: Emulator,
    /// The phones that lie on the table at the start, from left to right.
    pub cast: Vec<Actor>,
    /// The district's name, the page's heading.
    pub district: String,
    /// The clock the bot lives by; the page moves it forward.
    pub clock: Clock,
    /// The zone in which the page shows times.
    pub zone: chrono_tz::Tz,
    /// When the next job is due, in milliseconds since 1970; `None` when nothing is planned.
    pub next_job: Arc<dyn Fn() -> BoxFuture<'static, Option<i64>> + Send + Sync>,
    /// Called after the clock moved: runs what has become due.
    pub after_clock: Arc<dyn Fn() -> BoxFuture<'static, ()> + Send + Sync>,
    /// The start payload of a school's link, offered on an added phone.
    pub invitation: Option<String>,
    /// First and last names for added phones, taken in order and then again from the first.
    pub new_people: Vec<(String, String)>,
}

/// A person whose phone the page shows.
#[derive(Clone, Debug)]
pub struct Actor {
    /// Their Telegram id.
    pub user_id: i64,
    /// The name above the phone.
    pub name: String,
    /// A few words below the name; empty for somebody who is new, about whom nothing is known.
    pub role: String,
}
