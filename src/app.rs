//! Joins everything: opens the store, meets Telegram, starts intake, sender and scheduler, and drains them at the end.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use secrecy::ExposeSecret;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::admin;
use crate::bot::engine::Engine;
use crate::bot::router::Features;
use crate::bot::turn::{Shelf, World};
use crate::config::{Operator, Settings};
use crate::error::StartError;
use crate::features::directory::{self, Founded};
use crate::features::{self, survey};
use crate::i18n::Catalogue;
use crate::kernel::chance::Chance;
use crate::kernel::language::Language;
use crate::kernel::screen::Screen;
use crate::kernel::time::{At, Clock};
use crate::outbox::message::Rendered;
use crate::outbox::pace::Limits;
use crate::outbox::sender::{Hands, Sender};
use crate::schedule::Scheduler;
use crate::store::seal::Keys;
use crate::store::{self, Store};
use crate::t;
use crate::telegram::intake::Intake;
use crate::telegram::{Me, Telegram, commands, webhook};

/// What a start is made of; tests and the playground bring their own clock, chance and limits.
pub struct Parts {
    /// The settings.
    pub settings: Settings,
    /// Who answers for the data.
    pub operator: Operator,
    /// Tells the time.
    pub clock: Clock,
    /// Chance.
    pub chance: Chance,
    /// How the store works.
    pub store: store::Settings,
    /// Whether due jobs run by themselves; tests run them by hand.
    pub has_scheduler: bool,
}

/// A running bot.
pub struct App {
    /// The database.
    pub store: Store,
    /// Sends.
    pub sender: Sender,
    /// Runs jobs.
    pub scheduler: Scheduler,
    /// Who the bot is.
    pub me: Me,
    under_way: watch::Receiver<usize>,
    stop: watch::Sender<bool>,
    tasks: Vec<JoinHandle<()>>,
}

/// Reads the catalogue: what comes with the bot and the operator's own files.
///
/// # Errors
/// Each broken file with its line.
pub fn catalogue(settings: &Settings) -> Result<Catalogue, StartError> {
    Catalogue::open(settings.locales.as_deref()).map_err(|faults| StartError::Files {
        what: "The texts",
        faults: faults.iter().map(ToString::to_string).collect(),
    })
}

/// Reads the sealing keys from the environment or the key file, which is made when it is missing.
///
/// # Errors
/// A key that is none, a file that cannot be read or made.
pub fn keys(settings: &Settings, chance: &Chance) -> Result<Keys, StartError> {
    Ok(match &settings.keys {
        Some(keys) => Keys::parse(keys.expose_secret(), chance.clone())?,
        None => Keys::open_file(&settings.key_file, chance.clone())?,
    })
}

/// Reads the questionnaires: those that come with the bot and the centre's own.
///
/// # Errors
/// Each fault with its file and line.
pub fn questionnaires(settings: &Settings) -> Result<Vec<survey::library::Loaded>, StartError> {
    survey::library::read(settings.questionnaires.as_deref()).map_err(|faults| StartError::Files {
        what: "The questionnaires",
        faults: faults.iter().map(ToString::to_string).collect(),
    })
}

/// The client for the token that is set.
///
/// # Errors
/// No token, or a malformed address.
pub fn telegram(settings: &Settings) -> Result<Telegram, StartError> {
    let token = settings.token.as_ref().filter(|t| !t.expose_secret().is_empty()).ok_or_else(|| {
        StartError::Setting("TELOXIDE_TOKEN is not set. Get a token from @BotFather and write it into .env.".into())
    })?;
    let proxy = settings.proxy.as_ref().map(ExposeSecret::expose_secret);
    Ok(Telegram::new(token, settings.api_url.as_deref(), proxy)?)
}

/// Makes the municipality of an empty database, with the associations it begins with.
///
/// # Errors
/// There is none, and none is set.
async fn found(store: &Store, settings: &Settings, now: At) -> Result<(), StartError> {
    let (name, zone) = (settings.municipality.clone(), settings.zone);
    let founded = store.transact(move |tx| {
        let name = name.clone();
        Box::pin(async move { directory::found(tx, name.as_deref(), zone, now).await })
    });
    match founded.await? {
        Founded::Before => Ok(()),
        Founded::Now(id) => {
            tracing::info!(municipality = id.0, "the municipality was made, with the associations it begins with");
            Ok(())
        }
        Founded::Nameless => Err(no_municipality()),
    }
}

/// What to say when there is no municipality and none is set.
pub fn no_municipality() -> StartError {
    StartError::Setting(
        "There is no municipality in the database yet. Write its name into .env as UCHITELSKAYA_MUNICIPALITY.".into(),
    )
}

/// What is read before anything is opened.
struct Files {
    catalogue: Catalogue,
    questionnaires: Vec<survey::library::Loaded>,
}

/// The ports that settings ask for; opened early, so that a taken one ends the start.
struct Ports {
    webhook: Option<TcpListener>,
    admin: Option<TcpListener>,
}

impl Ports {
    async fn open(settings: &Settings) -> Result<Ports, StartError> {
        let webhook = settings.webhook_listen.filter(|_| settings.webhook_url.is_some());
        Ok(Ports { webhook: listen(webhook).await?, admin: listen(settings.admin_address).await? })
    }

    /// Starts the intake: by webhook if there is a port for it, else by polling.
    fn take_in(&mut self, intake: Intake, settings: &Settings, stopped: watch::Receiver<bool>) -> JoinHandle<()> {
        match (self.webhook.take(), settings.webhook_url.clone(), settings.token.clone()) {
            (Some(listener), Some(url), Some(token)) => {
                tokio::spawn(webhook::run(intake, listener, url, token, stopped))
            }
            _ => tokio::spawn(intake.run(stopped)),
        }
    }
}

async fn listen(address: Option<SocketAddr>) -> Result<Option<TcpListener>, StartError> {
    let Some(address) = address else { return Ok(None) };
    let taken =
        |e| StartError::Machine(format!("The address {address} cannot be listened on ({e}). Choose another one."));
    TcpListener::bind(address).await.map(Some).map_err(taken)
}

fn start_sender(
    settings: &Settings,
    telegram: &Telegram,
    (store, keys): (&Store, &Keys),
    clock: &Clock,
    catalogue: &Catalogue,
) -> Sender {
    let words = Screen::new().line(t!("private-moved"));
    let moved = Language::ALL.into_iter().map(|l| (l, Rendered::of(&words, catalogue, l))).collect();
    let messenger = Arc::new(telegram.clone());
    let hands = Hands { messenger, store: store.clone(), keys: keys.clone(), clock: clock.clone(), moved };
    let limits = Limits { gap: Duration::from_millis(settings.message_gap_ms), ..Limits::default() };
    Sender::start(hands, limits)
}

impl App {
    /// Starts everything. What was left unsent by the last process is sent first.
    ///
    /// # Errors
    /// Each in one sentence that says what to do; nothing is left half-started.
    pub async fn start(parts: Parts) -> Result<App, StartError> {
        let files = Files { catalogue: catalogue(&parts.settings)?, questionnaires: questionnaires(&parts.settings)? };
        let telegram = telegram(&parts.settings)?;
        let keys = keys(&parts.settings, &parts.chance)?;
        let store = Store::open(&parts.settings.place(), &parts.store).await?;
        match App::join(parts, files, telegram, keys, store.clone()).await {
            Ok(app) => Ok(app),
            Err(e) => {
                store.close().await;
                Err(e)
            }
        }
    }

    async fn join(parts: Parts, files: Files, telegram: Telegram, keys: Keys, store: Store) -> Result<App, StartError> {
        let Parts { settings, operator, clock, chance, has_scheduler, .. } = parts;
        let catalogue = files.catalogue;
        found(&store, &settings, clock.now()).await?;
        let me = telegram.me().await?;
        let mut ports = Ports::open(&settings).await?;

        let entries = features::all();
        let jobs = entries.iter().flat_map(|e| e.jobs.clone()).collect();
        let features = Features(entries.into_iter().map(|e| e.feature).collect());
        let mut shelf = Shelf::default();
        shelf.put(survey::library::register(&store, files.questionnaires, clock.now()).await?);
        shelf.put(operator);

        let sender = start_sender(&settings, &telegram, (&store, &keys), &clock, &catalogue);
        let scheduler = Scheduler::new(jobs, store.clone(), keys.clone(), chance.clone(), clock.clone()).await?;
        let world = World { keys, chance, shelf, catalogue: catalogue.clone(), bot_name: me.username.clone() };
        let engine = Engine::new(store.clone(), sender.clone(), catalogue, features, world, clock);
        if let Err(e) = commands::set(&telegram, &engine).await {
            tracing::warn!("the list of commands could not be set: {e}");
        }
        sender.resume().await?;

        let (stop, stopped) = watch::channel(false);
        let intake = Intake::new(telegram, engine, me.username.clone());
        let under_way = intake.under_way();
        let mut tasks = vec![ports.take_in(intake, &settings, stopped.clone()), tokio::spawn(sender.clone().run())];
        if has_scheduler {
            tasks.push(tokio::spawn(scheduler.clone().run(stopped)));
        }
        if let Some(listener) = ports.admin {
            tasks.push(tokio::spawn(admin::serve(listener, store.clone(), sender.clone())));
        }
        tracing::info!(bot = %me.username, database = store.engine(), "the bot listens");
        Ok(App { store, sender, scheduler, me, under_way, stop, tasks })
    }

    /// Waits until every update taken in is on disk and everything it said is sent and noted.
    pub async fn calm(&self) {
        let mut under_way = self.under_way.clone();
        loop {
            let _ = under_way.wait_for(|n| *n == 0).await;
            self.sender.calm().await;
            if *under_way.borrow() == 0 && self.sender.is_calm() {
                return;
            }
        }
    }

    /// Takes nothing more in, finishes and sends what there is (ten seconds at most), closes.
    pub async fn stop(mut self) {
        let _ = self.stop.send(true);
        if !self.tasks.is_empty() {
            let intake = self.tasks.remove(0);
            let _ = tokio::time::timeout(Duration::from_secs(10), intake).await;
        }
        let _ = tokio::time::timeout(Duration::from_secs(10), self.sender.calm()).await;
        for task in &self.tasks {
            task.abort();
        }
        let counts = self.store.counts();
        tracing::info!(
            units = counts.units.load(Ordering::Relaxed),
            commits = counts.commits.load(Ordering::Relaxed),
            statements = counts.statements.load(Ordering::Relaxed),
            "the bot stops"
        );
        self.store.close().await;
    }
}
