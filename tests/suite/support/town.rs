//! A town: an emulator, a bot with a database of its own, and a clock that stands still until it is moved.

use std::time::Duration;

use secrecy::SecretString;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tracing_subscriber::layer::SubscriberExt;
use uchitelskaya::app::{App, Parts};
use uchitelskaya::config::{Operator, Settings};
use uchitelskaya::emulator::{self, Emulator, User};
use uchitelskaya::kernel::chance::Chance;
use uchitelskaya::kernel::time::{At, Clock};
use uchitelskaya::store;

use super::databases::{Database, Engine};
use super::errors::Errors;
use super::phone::Hand;

/// Monday, 22 September 2025, noon in Moscow.
pub const MONDAY_NOON: At = At(1_758_531_600_000);
const TOKEN: &str = "123456:TEST";

pub struct Town {
    pub emulator: Emulator,
    pub clock: Clock,
    pub settings: Settings,
    pub errors: Errors,
    _database: Database,
    app: Option<App>,
    server: JoinHandle<()>,
    starts: u64,
    allows_violations: bool,
    /// Refusals this test brings about.
    refusals: Vec<&'static str>,
}

/// Runs a chat test; a panic, a logged error or a breach of Telegram's rules fails it.
pub fn run(engine: Engine, body: impl AsyncFnOnce(&mut Town)) {
    let Some(database) = Database::new(engine) else { return };
    let errors = Errors::default();
    let guard = tracing::subscriber::set_default(tracing_subscriber::registry().with(errors.clone()));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let mut town = Town::new(database, errors).await;
        let limit = Duration::from_secs(60);
        tokio::time::timeout(limit, body(&mut town)).await.expect("the test ends within a minute");
        town.finish().await;
    });
    drop(guard);
}

pub fn settings(url: &str, folder: &std::path::Path, api: &str) -> Settings {
    let mut settings = Settings {
        token: Some(SecretString::from(TOKEN)),
        api_url: Some(api.to_owned()),
        proxy: None,
        database_url: SecretString::from(url),
        operator: Some("Методический центр Заречного района".into()),
        operator_contacts: Some("Заречный, ул. Школьная, 1".into()),
        help_contacts: Some("психолог центра, +7 000 000-00-00".into()),
        municipality: Some("Заречный район".into()),
        zone: chrono_tz::Europe::Moscow,
        key_file: folder.join("keys"),
        keys: None,
        locales: None,
        questionnaires: None,
        log: "info".into(),
        log_json: false,
        webhook_url: None,
        webhook_listen: None,
        admin_address: None,
        message_gap_ms: 0,
    };
    settings.message_gap_ms = 1;
    settings
}

impl Town {
    async fn new(database: Database, errors: Errors) -> Town {
        let clock = Clock::manual(MONDAY_NOON);
        let now = clock.clone();
        let emulator = Emulator::new(emulator::Settings {
            token: TOKEN.into(),
            bot_username: "staff_room_bot".into(),
            record: true,
            // Rates run on real time, and a town's people have none to lose; `emulator::rates` tests them.
            limits: emulator::Limits::without_rates(),
            now: std::sync::Arc::new(move || now.now().0),
        });
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let api = format!("http://{}", listener.local_addr().expect("an address"));
        let serving = emulator.serve(listener);
        let server = tokio::spawn(async move {
            let _ = serving.await;
        });
        let settings = settings(&database.url, database.folder.path(), &api);
        let mut town = Town {
            emulator,
            clock,
            settings,
            errors,
            _database: database,
            app: None,
            server,
            starts: 0,
            allows_violations: false,
            refusals: Vec::new(),
        };
        town.start().await;
        town
    }

    /// Starts the bot, as after a stop.
    pub async fn start(&mut self) {
        self.starts += 1;
        let parts = Parts {
            settings: self.settings.clone(),
            operator: Operator {
                name: "Методический центр Заречного района".into(),
                contacts: "Заречный, ул. Школьная, 1".into(),
                help: "психолог центра, +7 000 000-00-00".into(),
            },
            clock: self.clock.clone(),
            chance: Chance::seeded(self.starts),
            store: store::Settings { lanes: 2, readers: 1, ..store::Settings::default() },
            has_scheduler: false,
        };
        self.app = Some(App::start(parts).await.expect("the bot starts"));
    }

    /// Stops the bot properly.
    pub async fn stop(&mut self) {
        if let Some(app) = self.app.take() {
            app.stop().await;
        }
    }

    pub async fn restart(&mut self) {
        self.stop().await;
        self.start().await;
    }

    pub fn app(&self) -> &App {
        self.app.as_ref().expect("the bot runs")
    }

    /// A phone that has never written to the bot.
    pub fn phone(&self, id: i64, first: &str, last: Option<&str>) -> Hand<'_> {
        let user = User {
            id,
            first_name: first.into(),
            last_name: last.map(Into::into),
            username: None,
            language_code: Some("ru".into()),
        };
        Hand::new(self, self.emulator.user(user))
    }

    /// Waits until everything said is answered: nothing queued, nothing under way, nothing unsent.
    pub async fn settle(&self) {
        let mut changes = self.emulator.revision();
        loop {
            changes.mark_unchanged();
            if self.emulator.unconfirmed() == 0 {
                self.app().calm().await;
                if self.emulator.unconfirmed() == 0 {
                    return;
                }
            }
            changes.changed().await.expect("the emulator lives");
        }
    }

    /// Moves the clock, runs what became due, delivers what was said.
    pub async fn forward(&self, span: Duration) {
        self.clock.forward(span);
        self.app().scheduler.run_due().await.expect("jobs run");
        self.app().sender.deliver_due().await.expect("mail goes out");
        self.settle().await;
    }

    /// This test makes the bot log an error, and shows which.
    pub fn expect_error(&self, words: &str) {
        let all = self.errors.take();
        assert!(all.iter().any(|e| e.contains(words)), "no logged error has «{words}»: {all:?}");
    }

    /// This test brings about a refusal with these words.
    pub fn allow_refusal(&mut self, words: &'static str) {
        self.refusals.push(words);
    }

    /// This test breaks Telegram's rules on purpose.
    pub fn allow_violations(&mut self) {
        self.allows_violations = true;
    }

    async fn finish(mut self) {
        if self.app.is_some() {
            self.settle().await;
        }
        self.stop().await;
        super::record::write(&self.emulator);
        assert_eq!(self.emulator.violations(), Vec::<String>::new(), "Telegram's rules were broken");
        let refused: Vec<_> = self.emulator.calls().into_iter().filter_map(|c| c.error).collect();
        let ours: Vec<_> =
            refused.iter().filter(|e| !is_harmless(e) && !self.refusals.iter().any(|r| e.contains(r))).collect();
        assert!(ours.is_empty() || self.allows_violations, "Telegram refused: {ours:?}");
        assert_eq!(self.errors.take(), Vec::<String>::new(), "errors were logged");
        self.server.abort();
    }
}

fn is_harmless(error: &str) -> bool {
    ["message is not modified", "query is too old", "terminated by other"].iter().any(|t| error.contains(t))
}
