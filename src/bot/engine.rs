//! Makes a committed turn of each update, and hands what it says to the sender afterwards.
//!
//! The update's number is noted in the same commit: an update that comes again changes nothing, only its press is
//! answered again. A turn that fails is undone; its mark and a kind answer with a reference are committed instead.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use futures_util::future::BoxFuture;
use tokio::sync::oneshot;

use super::incoming::{Incoming, What};
use super::menu;
use super::router::{self, Features};
use super::turn::{Turn, TurnError, World};
use crate::exec;
use crate::i18n::{Catalogue, Form};
use crate::kernel::ids::AccountId;
use crate::kernel::language::Language;
use crate::kernel::screen::Screen;
use crate::kernel::time::{At, Clock};
use crate::outbox::message::Rendered;
use crate::outbox::pace::Lane;
use crate::outbox::queue::{self, Outgoing};
use crate::outbox::screens::{self, Previous, Wish};
use crate::outbox::sender::Sender;
use crate::store::people::{self, CHANNEL, Loaded};
use crate::store::{Ending, Error, Result, Store, Tx, Unit};
use crate::t;

/// The machine. Cheap to clone.
#[derive(Clone)]
pub struct Engine(Arc<Inner>);

struct Inner {
    store: Store,
    sender: Sender,
    catalogue: Catalogue,
    features: Features,
    world: World,
    clock: Clock,
}

/// What a turn left for after the commit.
#[derive(Default)]
struct Outcome {
    wish: Option<Wish>,
    account: Option<AccountId>,
    toast: Option<String>,
    has_mail: bool,
    statements: u64,
}

/// How an update ended.
#[derive(Debug)]
pub enum Handled {
    /// It is on disk: handled, known already, or noted as failed.
    Kept,
    /// Nothing of it is on disk; the reason. It must come again.
    Lost(Arc<Error>),
}

/// A press that waits for its answer, shared with the watchdog.
pub type Answered = Arc<AtomicBool>;

impl Engine {
    /// Joins the parts.
    pub fn new(
        store: Store,
        sender: Sender,
        catalogue: Catalogue,
        features: Features,
        world: World,
        clock: Clock,
    ) -> Engine {
        Engine(Arc::new(Inner { store, sender, catalogue, features, world, clock }))
    }

    /// The features, for the list of commands.
    pub fn features(&self) -> &Features {
        &self.0.features
    }

    /// The catalogue, for the list of commands.
    pub fn catalogue(&self) -> &Catalogue {
        &self.0.catalogue
    }

    /// Begins a turn; the receiver tells when it is on disk. Updates of one chat keep their order.
    pub fn handle(&self, incoming: Incoming, answered: Answered) -> oneshot::Receiver<Handled> {
        let (reply, wait) = oneshot::channel();
        let unit = TurnUnit { engine: self.0.clone(), incoming, answered, out: Outcome::default(), reply: Some(reply) };
        self.0.store.write(Box::new(unit));
        wait
    }
}

struct TurnUnit {
    engine: Arc<Inner>,
    incoming: Incoming,
    answered: Answered,
    out: Outcome,
    reply: Option<oneshot::Sender<Handled>>,
}

impl Unit for TurnUnit {
    fn key(&self) -> i64 {
        self.incoming.address.0
    }

    fn attempt<'a>(&'a mut self, tx: &'a mut Tx) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            let before = tx.statements;
            self.out = self.engine.turn(tx, &self.incoming).await?;
            self.out.statements = tx.statements - before;
            Ok(())
        })
    }

    fn failed<'a>(&'a mut self, tx: &'a mut Tx, why: &'a Error) -> BoxFuture<'a, Result<()>> {
        let reference = reference(self.incoming.update_id);
        tracing::error!(update = self.incoming.update_id, kind = self.incoming.what.kind(), %reference, "a turn failed: {why}");
        Box::pin(async move {
            self.out = self.engine.apologise(tx, &self.incoming, why, &reference).await?;
            Ok(())
        })
    }

    fn give_up<'a>(&'a mut self, tx: &'a mut Tx, why: &'a Error) -> BoxFuture<'a, Result<()>> {
        tracing::error!(update = self.incoming.update_id, "even the answer to a failed turn failed: {why}");
        self.out = Outcome::default();
        let now = self.engine.clock.now();
        Box::pin(async move { mark(tx, &self.incoming, now, Some(why)).await.map(drop) })
    }

    fn done(mut self: Box<Self>, ending: Ending) {
        let handled = match ending {
            Ending::Committed => {
                self.send();
                Handled::Kept
            }
            Ending::Lost(e) => Handled::Lost(e),
        };
        if let Some(reply) = self.reply.take() {
            let _ = reply.send(handled);
        }
    }
}

impl TurnUnit {
    fn send(&mut self) {
        let sender = &self.engine.sender;
        tracing::trace!(statements = self.out.statements, "a turn was committed");
        if let What::Press { callback_id, .. } = &self.incoming.what
            && !self.answered.swap(true, Ordering::AcqRel)
        {
            let whose = self.out.account.map(|account| (account, self.incoming.address));
            sender.answer(whose, callback_id.clone(), self.out.toast.take());
        }
        if let Some(wish) = self.out.wish.take() {
            sender.show(wish);
        }
        if self.out.has_mail {
            sender.nudge();
        }
    }
}

/// A short code that stands both in the log and on the person's screen.
fn reference(update_id: i64) -> String {
    format!("{:06X}", update_id.unsigned_abs().wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40)
}

impl Inner {
    async fn turn(&self, tx: &mut Tx, incoming: &Incoming) -> Result<Outcome> {
        let now = self.clock.now();
        if !mark(tx, incoming, now, None).await? {
            return Ok(Outcome::default());
        }
        if !incoming.is_private {
            return self.in_group(tx, incoming, now).await;
        }
        let Some(who) = self.who(tx, incoming, now).await? else { return Ok(Outcome::default()) };
        let account = who.account;
        let mut turn = Turn::new(tx, &self.world, incoming, now, who);
        match router::answer(&mut turn, &self.features).await {
            Ok(()) => {}
            Err(TurnError::Failure(e)) => return Err(e),
            Err(TurnError::Refused(why)) => turn.show(Screen::new().line(why).row([menu::home_button()])),
        }
        let Turn { tx, who, before, screen, toast, out, .. } = turn;
        if who.conversation != before {
            people::save_conversation(tx, account, &who.conversation, now).await?;
        }
        let has_mail = !out.is_empty();
        for message in &out {
            queue::enqueue(tx, message).await?;
        }
        let toast = toast.map(|t| self.catalogue.text(who.language, &t, Form::Plain));
        let wish = match screen {
            Some(screen) => Some(self.wish(tx, incoming, &who, &screen, now).await?),
            None => None,
        };
        Ok(Outcome { wish, account: Some(account), toast, has_mail, statements: 0 })
    }

    /// The one who wrote: known, or a stranger who gets an account. Somebody who leaves is only noted.
    async fn who(&self, tx: &mut Tx, incoming: &Incoming, now: At) -> Result<Option<Loaded>> {
        let known = people::load(tx, incoming.address).await?;
        let has_left = incoming.what == What::Left;
        match known {
            None if has_left => Ok(None),
            None => {
                let language = Language::guess(incoming.sender.language_tag.as_deref());
                people::welcome(tx, incoming.address, language, now).await.map(Some)
            }
            Some(mut who) => {
                if who.is_unreachable != has_left {
                    people::set_reachable(tx, who.account, has_left.then_some(now)).await?;
                    who.is_unreachable = has_left;
                }
                Ok((!has_left).then_some(who))
            }
        }
    }

    async fn wish(&self, tx: &mut Tx, incoming: &Incoming, who: &Loaded, screen: &Screen, now: At) -> Result<Wish> {
        let (pressed, callback_id) = match &incoming.what {
            What::Press { message_id, callback_id, .. } => (*message_id, Some(callback_id.clone())),
            _ => (None, None),
        };
        let wish = Wish {
            account: who.account,
            address: incoming.address,
            language: who.language,
            message_id: pressed,
            previous: who
                .screen
                .message_id
                .filter(|old| Some(*old) != pressed)
                .map(|message_id| Previous { message_id, is_private: who.screen.is_private }),
            rev: screens::next_rev(who.screen.wanted_rev, now, &self.world.chance),
            body: Rendered::of(screen, &self.catalogue, who.language),
            is_private: screen.is_private,
            callback_id,
        };
        screens::wish(tx, &self.world.keys, &wish, now).await?;
        Ok(wish)
    }

    /// In a group the bot says in one line, once, that it works in private.
    async fn in_group(&self, tx: &mut Tx, incoming: &Incoming, now: At) -> Result<Outcome> {
        if matches!(incoming.what, What::Left | What::Press { .. }) {
            return Ok(Outcome::default());
        }
        let is_first = exec!(
            tx,
            "INSERT INTO group_chats (channel, address, told_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
            CHANNEL,
            incoming.address,
            now
        )? == 1;
        if is_first {
            let words = t!("group-only-private", bot = self.world.bot_name.as_str());
            let body = Rendered::of(&Screen::new().line(words), &self.catalogue, Language::Ru);
            let to = incoming.address;
            queue::enqueue(tx, &Outgoing { account: None, address: to, lane: Lane::Notice, body, due_at: now }).await?;
        }
        Ok(Outcome { has_mail: is_first, ..Outcome::default() })
    }

    /// After a failed turn: its mark, and a kind answer with a reference.
    async fn apologise(&self, tx: &mut Tx, incoming: &Incoming, why: &Error, reference: &str) -> Result<Outcome> {
        let now = self.clock.now();
        if !mark(tx, incoming, now, Some(why)).await? || !incoming.is_private {
            return Ok(Outcome::default());
        }
        let Some(who) = self.who(tx, incoming, now).await? else { return Ok(Outcome::default()) };
        let screen = Screen::new().line(t!("failure", reference = reference)).row([menu::home_button()]);
        let wish = self.wish(tx, incoming, &who, &screen, now).await?;
        Ok(Outcome { wish: Some(wish), account: Some(who.account), ..Outcome::default() })
    }
}

/// Notes the update's number, and its time to the hour (finer, it would show who pressed when); false when it was noted before. On PostgreSQL the same statement takes the chat's lock,
/// which keeps the turns of one chat apart between replicas; SQLite has one writer and needs none.
async fn mark(tx: &mut Tx, incoming: &Incoming, now: At, failed: Option<&Error>) -> Result<bool> {
    let (id, chat, now) = (incoming.update_id, incoming.address.0, now.whole_hour());
    let kind = failed.map(|_| incoming.what.kind());
    let why = failed.map(ToString::to_string);
    let fresh = if tx.is_postgres() {
        exec!(
            tx,
            "WITH chat AS MATERIALIZED (SELECT pg_advisory_xact_lock($5)) \
             INSERT INTO handled_updates (update_id, at, failed_kind, failed_with) SELECT $1, $2, $3, $4 FROM chat \
             ON CONFLICT DO NOTHING",
            id,
            now,
            kind,
            why,
            chat
        )?
    } else {
        exec!(
            tx,
            "INSERT INTO handled_updates (update_id, at, failed_kind, failed_with) VALUES ($1, $2, $3, $4) \
             ON CONFLICT DO NOTHING",
            id,
            now,
            kind,
            why
        )?
    };
    Ok(fresh == 1)
}
