//! `playground`: the demonstration district, the bot, a small Telegram of our own, and a page with phones on loopback.
//!
//! Everything lives in a folder of its own that is erased at the end. The bot is the one that `run` starts: it gets the
//! emulator's address as its Bot API server and knows nothing else of it.

use std::net::Ipv4Addr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use secrecy::SecretString;
use tokio::net::TcpListener;

use super::{say, stop_signal, system_chance};
use crate::app::{self, App, Parts};
use crate::config::{Operator, Settings};
use crate::emulator::{self, Emulator, User};
use crate::error::StartError;
use crate::i18n::{Catalogue, Form};
use crate::kernel::language::Language;
use crate::kernel::text::Text;
use crate::kernel::time::Clock;
use crate::playground::district::{self, CastMember, District};
use crate::playground::{self, Actor, Stage};
use crate::store::{self, Store};
use crate::t;

/// The token of the playground's own Telegram; it opens nothing anywhere else.
const TOKEN: &str = "123456:PLAYGROUND";
/// The bot's name there.
const BOT: &str = "uchitelskaya_demo_bot";
/// The usual teacher is already in the middle of a questionnaire: this many statements are answered.
const ANSWERED: usize = 3;

/// Runs until Ctrl-C.
///
/// # Errors
/// No port or folder to be had, or what a start can meet.
pub(super) async fn playground(settings: Settings, port: u16, teachers: u32) -> Result<(), StartError> {
    let folder = Folder::make()?;
    let listener = listen(port).await?;
    let address = listener.local_addr().map_err(machine)?;
    let clock = Clock::system();

    let (emulator, api) = telegram(&clock).await?;
    let settings = own_settings(settings, &folder.0, &api);
    let catalogue = app::catalogue(&settings)?;
    let store = Store::open(&settings.place(), &store::Settings::default()).await?;
    let made = district::seed(&store, teachers, 1, clock.now()).await;
    store.close().await;
    let made = made?;

    let parts = Parts {
        operator: operator(&catalogue),
        clock: clock.clone(),
        chance: system_chance()?,
        store: store::Settings::default(),
        has_scheduler: true,
        settings,
    };
    let app = App::start(parts).await?;
    let cast = set_the_stage(&emulator, &app, &made.cast, &catalogue).await;
    let stage = stage(emulator, &app, clock, made, cast);
    say(&words(&catalogue, &t!("playground-open", address = format!("http://{address}"))));
    tokio::select! {
        served = playground::serve(stage, listener) => served.map_err(machine)?,
        () = stop_signal() => {}
    }
    app.stop().await;
    Ok(())
}

fn machine(e: std::io::Error) -> StartError {
    StartError::Machine(format!("The playground cannot be opened ({e})."))
}

fn words(catalogue: &Catalogue, text: &Text) -> String {
    catalogue.text(Language::Ru, text, Form::Plain)
}

/// A folder that is erased with the value.
struct Folder(PathBuf);

impl Folder {
    fn make() -> Result<Folder, StartError> {
        let path = std::env::temp_dir().join(format!("uchitelskaya-playground-{}", std::process::id()));
        std::fs::create_dir_all(&path).map_err(machine)?;
        Ok(Folder(path))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // A folder that stays behind holds invented people only.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// The wanted port, or a free one if it is taken. Loopback only.
async fn listen(port: u16) -> Result<TcpListener, StartError> {
    match TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await {
        Ok(listener) => Ok(listener),
        Err(_) => TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.map_err(machine),
    }
}

async fn telegram(clock: &Clock) -> Result<(Emulator, String), StartError> {
    let now = clock.clone();
    let emulator = Emulator::new(emulator::Settings {
        token: TOKEN.into(),
        bot_username: BOT.into(),
        record: true,
        limits: emulator::Limits::default(),
        now: Arc::new(move || now.now().0),
    });
    let listener = listen(0).await?;
    let api = format!("http://{}", listener.local_addr().map_err(machine)?);
    tokio::spawn(emulator.serve(listener));
    Ok((emulator, api))
}

fn own_settings(settings: Settings, folder: &Path, api: &str) -> Settings {
    Settings {
        token: Some(SecretString::from(TOKEN)),
        api_url: Some(api.to_owned()),
        proxy: None,
        database_url: SecretString::from(folder.join("playground.db").to_string_lossy().into_owned()),
        key_file: folder.join("keys"),
        keys: None,
        ..settings
    }
}

fn operator(catalogue: &Catalogue) -> Operator {
    Operator {
        name: words(catalogue, &t!("playground-operator")),
        contacts: words(catalogue, &t!("playground-operator-contacts")),
        help: words(catalogue, &t!("playground-help-contacts")),
    }
}

/// Everybody registered has opened the bot, and the teacher is in the middle of a questionnaire.
async fn set_the_stage(emulator: &Emulator, app: &App, cast: &[CastMember], catalogue: &Catalogue) -> Vec<Actor> {
    let mut actors = Vec::new();
    for member in cast {
        let user = User {
            id: member.external_id,
            first_name: member.given_name.clone(),
            last_name: Some(member.family_name.clone()),
            username: None,
            language_code: Some("ru".into()),
        };
        let phone = emulator.user(user);
        if !member.is_newcomer {
            phone.start(None);
        }
        if member.role_key == "teacher" {
            settle(emulator, app).await;
            let steps = ["1sv.o.", "1sv.b.", "1sv.y."].into_iter().chain(["1sv.a."; ANSWERED]);
            for step in steps {
                if let Some((message, data)) = phone.find_button(|d| d.starts_with(step)) {
                    phone.press_raw(message, &data);
                    settle(emulator, app).await;
                }
            }
        }
        let role = words(catalogue, &role(&member.role_key));
        actors.push(Actor { user_id: member.external_id, name: member.name.clone(), role });
    }
    settle(emulator, app).await;
    actors
}

fn role(key: &str) -> Text {
    match key {
        "teacher" => t!("playground-teacher"),
        "mentor" => t!("playground-mentor"),
        "methodist" => t!("playground-methodist"),
        _ => t!("playground-young-specialist"),
    }
}

/// Waits until the bot has answered everybody.
async fn settle(emulator: &Emulator, app: &App) {
    let mut changes = emulator.revision();
    loop {
        changes.mark_unchanged();
        if emulator.unconfirmed() == 0 {
            app.calm().await;
            if emulator.unconfirmed() == 0 {
                return;
            }
        }
        if changes.changed().await.is_err() {
            return;
        }
    }
}

fn stage(emulator: Emulator, app: &App, clock: Clock, made: District, cast: Vec<Actor>) -> Stage {
    let (scheduler, sender) = (app.scheduler.clone(), app.sender.clone());
    let next = scheduler.clone();
    Stage {
        emulator,
        cast,
        district: made.municipality.name,
        clock,
        zone: made.municipality.zone,
        next_job: Arc::new(move || {
            let next = next.clone();
            Box::pin(async move { next.next_due().await.ok().flatten().map(|at| at.0) })
        }),
        after_clock: Arc::new(move || {
            let (scheduler, sender) = (scheduler.clone(), sender.clone());
            Box::pin(async move {
                if let Err(e) = scheduler.run_due().await {
                    tracing::error!("due jobs could not be run: {e}");
                }
                if let Err(e) = sender.deliver_due().await {
                    tracing::error!("due messages could not be sent: {e}");
                }
            })
        }),
        invitation: Some(format!("s{}", made.invitation)),
        new_people: made.new_people,
    }
}
