//! A small, strict Telegram Bot API in this process: real HTTP, people with phones, Telegram's own refusals.
//!
//! It drives the chat tests, the benchmark and the playground. It knows nothing of our bot and shares no code with
//! it: what it takes and refuses comes from the published Bot API and the server's source, so that a test passing
//! here says something about Telegram. Where it is stricter than Telegram the refusal begins with `[emulator]`, and
//! `Emulator::violations` lists what Telegram would let pass but a good bot never does.

mod api;
mod body;
mod chats;
mod entities;
mod faults;
mod files;
mod group;
mod html;
mod limits;
mod markup;
mod methods;
mod params;
mod phone;
mod presses;
mod queue;
mod refusal;
mod text;
mod types;
mod webhook;
mod wire;
mod world;

use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};

use axum::serve::ListenerExt;
use tokio::net::TcpListener;
use tokio::sync::{Notify, mpsc, oneshot, watch};

use world::World;

pub use faults::{Fault, Faults};
pub use group::Group;
pub use limits::Limits;
pub use phone::Phone;
pub use types::{Call, Command, CommandSet, Key, Media, Message, Other, Press, Toast, User};

/// How the server is set up.
#[derive(Clone)]
pub struct Settings {
    /// The bot's token, such as `123456:TEST`; the part before the colon is the bot's id.
    pub token: String,
    /// The bot's user name without `@`.
    pub bot_username: String,
    /// Keep the log of calls and all messages: on for tests and the playground, off for a benchmark.
    pub record: bool,
    /// Rates and sizes; `Default` is Telegram's.
    pub limits: Limits,
    /// The world's clock in milliseconds since 1970: dates of messages, life of updates, the 48 hours of a
    /// deletion. Rates, long polls and the callback deadline run on real time.
    pub now: Arc<dyn Fn() -> i64 + Send + Sync>,
}

/// What all handles share.
struct Shared {
    world: Mutex<World>,
    settings: Arc<Settings>,
    /// Wakes waiting polls and the webhook.
    wake: Arc<Notify>,
    revision: watch::Sender<u64>,
}

impl Shared {
    /// Works on the world under its lock, then wakes whoever waits for what changed.
    fn with<T>(&self, work: impl FnOnce(&mut World) -> T) -> T {
        let (result, seen, queued) = {
            let mut world = self.world.lock().unwrap_or_else(PoisonError::into_inner);
            let result = work(&mut world);
            (result, std::mem::take(&mut world.seen), std::mem::take(&mut world.queued))
        };
        if queued {
            self.wake.notify_waiters();
        }
        if seen {
            self.revision.send_modify(|revision| *revision += 1);
        }
        result
    }
}

impl Drop for Shared {
    fn drop(&mut self) {
        self.wake.notify_waiters();
    }
}

/// The server. Clones are handles of the same one.
#[derive(Clone)]
pub struct Emulator {
    shared: Arc<Shared>,
}

impl Emulator {
    /// A server without people.
    pub fn new(settings: Settings) -> Self {
        let settings = Arc::new(settings);
        let world = Mutex::new(World::new(Arc::clone(&settings)));
        let (revision, _) = watch::channel(0);
        Self { shared: Arc::new(Shared { world, settings, wake: Arc::new(Notify::new()), revision }) }
    }

    /// Tells, from now on, the chat of each message the bot sends or edits. One listener; a new one replaces it.
    pub fn watch_chats(&self) -> mpsc::UnboundedReceiver<i64> {
        let (watcher, chats) = mpsc::unbounded_channel();
        self.shared.with(|world| world.watcher = Some(watcher));
        chats
    }

    /// The routes: `/bot<token>/<method>` and `/file/bot<token>/<path>`.
    pub fn router(&self) -> axum::Router {
        api::router(Arc::clone(&self.shared))
    }

    /// Serves until the future is dropped; then idle connections close, and busy ones after their reply.
    pub fn serve(&self, listener: TcpListener) -> impl Future<Output = std::io::Result<()>> + Send + use<> {
        let router = self.router();
        async move {
            let listener = listener.tap_io(|stream| {
                // Without it small replies wait for the client's acknowledgement; a failure only costs speed.
                let _ = stream.set_nodelay(true);
            });
            let (alive, dropped) = oneshot::channel::<()>();
            let serving = axum::serve(listener, router).with_graceful_shutdown(async {
                let _ = dropped.await;
            });
            let result = serving.await;
            drop(alive);
            result
        }
    }

    /// The phone of a person, who is created if the id is new.
    pub fn user(&self, user: User) -> Phone {
        Phone::create(&self.shared, user)
    }

    /// The phone of a known person.
    pub fn phone(&self, user_id: i64) -> Option<Phone> {
        Phone::find(&self.shared, user_id)
    }

    /// All phones, in the order they were created.
    pub fn phones(&self) -> Vec<Phone> {
        let order = self.shared.with(|world| world.order.clone());
        order.into_iter().filter_map(|id| self.phone(id)).collect()
    }

    /// A group of known people, without the bot until `Group::add_bot`. The id is negative; at or below
    /// -1000000000000 it is a supergroup.
    pub fn group(&self, id: i64, title: &str, members: &[i64]) -> Group {
        Group::create(&self.shared, id, title, members)
    }

    /// The present weather.
    pub fn faults(&self) -> Faults {
        self.shared.with(|world| world.faults.clone())
    }

    /// Changes the weather.
    pub fn set_faults(&self, faults: Faults) {
        self.shared.with(|world| {
            world.faults = faults;
            // A waiting poll must notice that the server went down.
            world.queued = true;
        });
    }

    /// Plans a mishap for the next `times` calls of a method.
    pub fn fail_next(&self, method: &str, fault: Fault, times: u32) {
        self.shared.with(|world| world.script.plan(method, &fault, times));
    }

    /// The recorded calls, the oldest first; empty unless `Settings::record`.
    pub fn calls(&self) -> Vec<Call> {
        self.shared.with(|world| world.calls.clone())
    }

    /// What a real Telegram would not, or not clearly, refuse but a good bot never does, up to now.
    pub fn violations(&self) -> Vec<String> {
        let deadline = self.shared.settings.limits.callback_deadline;
        self.shared.with(|world| {
            let mut all = world.violations.clone();
            all.extend(world.presses.forgotten(deadline));
            all
        })
    }

    /// Updates queued, or delivered but not confirmed.
    pub fn unconfirmed(&self) -> usize {
        self.shared.with(|world| world.queue.len())
    }

    /// The command menus as `setMyCommands` left them.
    pub fn commands(&self) -> Vec<CommandSet> {
        self.shared.with(|world| world.menus.clone())
    }

    /// Rises at every change a phone could see, and whenever `unconfirmed` changes.
    pub fn revision(&self) -> watch::Receiver<u64> {
        self.shared.revision.subscribe()
    }

    /// Every press made (the newest 20,000 unless `Settings::record`), the oldest first.
    pub fn presses(&self) -> Vec<Press> {
        self.shared.with(|world| world.presses.all())
    }

    /// Queues an update of a form the emulator never makes; its `update_id` is filled in.
    pub fn push_raw(&self, update: serde_json::Value) {
        self.shared.with(|world| world.push_raw(&update));
    }

    /// Queues a confirmed update once more; false if it is no longer remembered.
    pub fn redeliver(&self, update_id: i64) -> bool {
        self.shared.with(|world| {
            world.queued = true;
            world.seen = true;
            world.queue.redeliver(update_id)
        })
    }
}
