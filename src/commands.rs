//! Does what the command line says.

mod check;
mod grant;
mod playground;
mod seed;

use std::io::{IsTerminal, Write};
use std::time::Duration;

use rand::TryRng;
use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::EnvFilter;

use crate::app::{App, Parts};
use crate::cli::{self, Cli, Command};
use crate::config::{self, Settings};
use crate::error::StartError;
use crate::features::directory::Grant;
use crate::kernel::chance::Chance;
use crate::kernel::ids::Address;
use crate::kernel::time::Clock;
use crate::playground::district;
use crate::store::{self, Store};

/// Runs a command to its end.
///
/// # Errors
/// One sentence for the console.
pub fn execute(cli: Cli) -> Result<(), StartError> {
    let names = std::env::vars_os().filter_map(|(name, _)| name.into_string().ok());
    let unknown = config::unknown_names(&config::known_names(), names);
    if !unknown.is_empty() {
        return Err(StartError::Setting(format!(
            "There is no setting named {}. See .env.example for the names there are.",
            unknown.join(", ")
        )));
    }
    start_log(&cli.settings)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|e| StartError::Machine(format!("The runtime cannot be started ({e}).")))?;
    let done = runtime.block_on(dispatch(cli));
    runtime.shutdown_timeout(Duration::from_secs(2));
    done
}

async fn dispatch(cli: Cli) -> Result<(), StartError> {
    match cli.command {
        None if cli.settings.token.is_none() => {
            playground::playground(cli.settings, cli::PLAYGROUND_PORT, district::USUAL_TEACHERS).await
        }
        None | Some(Command::Run) => run(cli.settings).await,
        Some(Command::Playground { port, teachers }) => playground::playground(cli.settings, port, teachers).await,
        Some(Command::Migrate) => migrate(&cli.settings).await,
        Some(Command::Check) => check::check(&cli.settings).await,
        Some(Command::Seed { teachers, seed }) => seed::seed(&cli.settings, teachers, seed).await,
        Some(Command::Grant { role, telegram_id, scope }) => {
            let what = Grant { to: Address(telegram_id), role, scope };
            grant::grant(&cli.settings, what).await
        }
    }
}

fn start_log(settings: &Settings) -> Result<(), StartError> {
    let filter = EnvFilter::try_new(&settings.log)
        .map_err(|_| StartError::Setting("UCHITELSKAYA_LOG must be error, warn, info or debug.".into()))?;
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .with_target(false);
    let _ = if settings.log_json { log.json().try_init() } else { log.try_init() };
    Ok(())
}

/// Chance seeded by the operating system: fit for keys and nonces.
///
/// # Errors
/// The system has none to give.
pub fn system_chance() -> Result<Chance, StartError> {
    let mut seed = [0; 32];
    rand::rngs::SysRng
        .try_fill_bytes(&mut seed)
        .map_err(|e| StartError::Machine(format!("The system gives no random bytes ({e}).")))?;
    Ok(Chance::from_seed(seed))
}

async fn run(settings: Settings) -> Result<(), StartError> {
    let operator = settings.operator().map_err(StartError::Setting)?;
    let parts = Parts {
        operator,
        clock: Clock::system(),
        chance: system_chance()?,
        store: store::Settings::default(),
        has_scheduler: true,
        settings,
    };
    let app = App::start(parts).await?;
    stop_signal().await;
    tracing::info!("the bot finishes what it began");
    app.stop().await;
    Ok(())
}

/// Waits for Ctrl-C or SIGTERM.
async fn stop_signal() {
    let Ok(mut term) = signal(SignalKind::terminate()) else {
        let _ = tokio::signal::ctrl_c().await;
        return;
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = term.recv() => {}
    }
}

/// Writes a line to the console. A reader that has gone away (`| head`) is no reason to fail.
fn say(line: &str) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

async fn migrate(settings: &Settings) -> Result<(), StartError> {
    let store = Store::open(&settings.place(), &store::Settings::default()).await?;
    store.close().await;
    say("The schema is up to date.");
    Ok(())
}
