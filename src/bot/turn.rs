//! A turn: one update handled. All it changes and all it says is committed together, then sent.
//!
//! Handlers say what to show with `show`, `toast` and `tell`; they never call the messenger. Turn code may run more
//! than once (a lost commit), so it depends on nothing but what it is given.

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::sync::Arc;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::incoming::Incoming;
use crate::i18n::{Catalogue, Form};
use crate::kernel::chance::Chance;
use crate::kernel::language::Language;
use crate::kernel::screen::Screen;
use crate::kernel::text::Text;
use crate::kernel::time::At;
use crate::outbox::queue::Outgoing;
use crate::store::people::{Conversation, Loaded, Person};
use crate::store::seal::Keys;
use crate::store::{self, Tx};

/// What flows name of the store: they pass it on and ask for nothing.
pub use crate::store::Error as StoreError;
pub use crate::store::people::StoredRun;

/// Why a handler did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum TurnError {
    /// A rule says no: said to the person kindly, nothing is logged.
    #[error("refused")]
    Refused(Text),
    /// Something is broken: the turn is undone, logged, and the person gets a reference.
    #[error(transparent)]
    Failure(#[from] store::Error),
}

/// A handler's result.
pub type Result<T, E = TurnError> = std::result::Result<T, E>;

/// Things features share with their handlers: loaded questionnaires, settings. One value a type.
#[derive(Clone, Default)]
pub struct Shelf(HashMap<TypeId, Arc<dyn Any + Send + Sync>>);

impl Shelf {
    /// Puts a value on the shelf.
    pub fn put<T: Send + Sync + 'static>(&mut self, value: T) {
        self.0.insert(TypeId::of::<T>(), Arc::new(value));
    }

    /// The value of a type.
    ///
    /// # Errors
    /// `app` never put one there.
    pub fn get<T: Send + Sync + 'static>(&self) -> store::Result<Arc<T>> {
        self.0
            .get(&TypeId::of::<T>())
            .and_then(|v| v.clone().downcast().ok())
            .ok_or_else(|| store::Error::Bug(format!("nothing on the shelf of type {}", std::any::type_name::<T>())))
    }
}

/// What does not change from turn to turn.
#[derive(Clone)]
pub struct World {
    /// Seals and opens.
    pub keys: Keys,
    /// Chance.
    pub chance: Chance,
    /// What features share.
    pub shelf: Shelf,
    /// The sentences, for texts that must be kept as they were shown (consents).
    pub catalogue: Catalogue,
    /// The bot's name in links: `https://t.me/<name>?start=…`.
    pub bot_name: String,
}

/// What a handler works with.
pub struct Turn<'t> {
    /// The transaction.
    pub tx: &'t mut Tx,
    /// What does not change from turn to turn.
    pub world: &'t World,
    /// The update.
    pub incoming: &'t Incoming,
    /// When it is handled.
    pub now: At,
    /// Account, person, conversation, screen, run.
    pub who: Loaded,
    pub(super) before: Conversation,
    pub(super) screen: Option<Screen>,
    pub(super) toast: Option<Text>,
    pub(super) out: Vec<Outgoing>,
}

impl<'t> Turn<'t> {
    /// A turn about to begin.
    pub fn new(tx: &'t mut Tx, world: &'t World, incoming: &'t Incoming, now: At, who: Loaded) -> Turn<'t> {
        let before = who.conversation.clone();
        Turn { tx, world, incoming, now, who, before, screen: None, toast: None, out: Vec::new() }
    }

    /// The language this person is spoken to in.
    pub fn language(&self) -> Language {
        self.who.language
    }

    /// A sentence as this person reads it, without HTML around their words: for a text that is kept.
    pub fn words(&self, text: &Text) -> String {
        self.world.catalogue.text(self.who.language, text, Form::Plain)
    }

    /// The person, once registered.
    ///
    /// # Errors
    /// A refusal that leads to registration.
    pub fn person(&self) -> Result<&Person> {
        self.who.person.as_ref().ok_or_else(|| TurnError::Refused(Text::of("refused-not-registered")))
    }

    /// Shows a screen; the last one of a turn wins.
    pub fn show(&mut self, screen: Screen) {
        self.screen = Some(screen);
    }

    /// Whether something is to be shown already.
    pub fn has_screen(&self) -> bool {
        self.screen.is_some()
    }

    /// Says a few words over the pressed button. Never the only copy of a fact.
    pub fn toast(&mut self, words: Text) {
        self.toast = Some(words);
    }

    /// Sends a message of its own, here or to somebody else.
    pub fn tell(&mut self, message: Outgoing) {
        self.out.push(message);
    }

    /// Listens to what the person writes next, at a step with data of the feature's own.
    ///
    /// # Errors
    /// Data that cannot be written as JSON: a bug.
    pub fn go<T: Serialize>(&mut self, feature: &str, step: &str, data: &T) -> Result<()> {
        let data = serde_json::to_string(data).map_err(|e| store::Error::Form(e.to_string()))?;
        let run_id = self.who.conversation.run_id;
        self.who.conversation = Conversation { feature: feature.into(), step: step.into(), data, run_id };
        Ok(())
    }

    /// The data of the conversation, when `feature` is the one that listens and it still reads.
    pub fn data<T: DeserializeOwned>(&self, feature: &str) -> Option<T> {
        let c = &self.who.conversation;
        (c.feature == feature).then(|| serde_json::from_str(&c.data).ok()).flatten()
    }

    /// Stops listening.
    pub fn end(&mut self) {
        self.who.conversation = Conversation::default();
    }
}
