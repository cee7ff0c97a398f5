//! Settings: the environment and `.env`, read once. The doc comment of each is its help and its line in `.env.example`.

use std::path::PathBuf;

use clap::builder::BoolishValueParser;
use clap::{Args, CommandFactory};
use secrecy::{ExposeSecret, SecretString};

fn secret(text: &str) -> Result<SecretString, std::convert::Infallible> {
    Ok(SecretString::from(text.trim()))
}

/// Everything that can be set. Nothing is read again while the bot runs: a change needs a restart.
#[derive(Args, Clone, Debug)]
pub struct Settings {
    /// The bot's token from @BotFather.
    #[arg(long, env = "TELOXIDE_TOKEN", hide_env_values = true, value_parser = secret, global = true)]
    pub token: Option<SecretString>,

    /// Another Bot API server than Telegram's, e.g. http://127.0.0.1:8081
    #[arg(long, env = "TELOXIDE_API_URL", global = true)]
    pub api_url: Option<String>,

    /// A proxy to reach Telegram through: socks5h://host:port or http://host:port
    #[arg(long, env = "TELOXIDE_PROXY", hide_env_values = true, value_parser = secret, global = true)]
    pub proxy: Option<SecretString>,

    /// Where the data lives: a file, or postgres://name:password@host/database
    #[arg(long, env = "DATABASE_URL", hide_env_values = true, value_parser = secret, default_value = "data/uchitelskaya.db", global = true)]
    pub database_url: SecretString,

    /// Who runs the bot and answers for the data: the organisation's full name. Stands in the consent text.
    #[arg(long, env = "UCHITELSKAYA_OPERATOR", global = true)]
    pub operator: Option<String>,

    /// How to reach the operator about personal data: an address, a telephone, an e-mail.
    #[arg(long, env = "UCHITELSKAYA_OPERATOR_CONTACTS", global = true)]
    pub operator_contacts: Option<String>,

    /// Whom a tired teacher can turn to: a psychologist who is not of their own school, a telephone. Shown with results.
    #[arg(long, env = "UCHITELSKAYA_HELP_CONTACTS", global = true)]
    pub help_contacts: Option<String>,

    /// The municipality's name; made at the first start of an empty database.
    #[arg(long, env = "UCHITELSKAYA_MUNICIPALITY", global = true)]
    pub municipality: Option<String>,

    /// The municipality's time zone.
    #[arg(long, env = "UCHITELSKAYA_ZONE", default_value = "Europe/Moscow", global = true)]
    pub zone: chrono_tz::Tz,

    /// The file with the keys that seal private answers; made at the first start. Back it up apart from the database.
    #[arg(long, env = "UCHITELSKAYA_KEY_FILE", default_value = "data/keys", global = true)]
    pub key_file: PathBuf,

    /// The keys themselves, 64 hexadecimal digits each, the current one first. Used instead of the key file.
    #[arg(long, env = "UCHITELSKAYA_KEYS", hide_env_values = true, value_parser = secret, global = true)]
    pub keys: Option<SecretString>,

    /// A folder with own texts (ru/*.ftl, en/*.ftl) in the place of files of the same name.
    #[arg(long, env = "UCHITELSKAYA_LOCALES", global = true)]
    pub locales: Option<PathBuf>,

    /// A folder with own questionnaires (*.toml), beside those that come with the bot.
    #[arg(long, env = "UCHITELSKAYA_QUESTIONNAIRES", global = true)]
    pub questionnaires: Option<PathBuf>,

    /// What to log: error, warn, info, debug.
    #[arg(long, env = "UCHITELSKAYA_LOG", default_value = "info", global = true)]
    pub log: String,

    /// Log as JSON, one object a line.
    #[arg(long, env = "UCHITELSKAYA_LOG_JSON", value_parser = BoolishValueParser::new(), global = true)]
    pub log_json: bool,

    /// The public HTTPS address Telegram brings updates to, such as `https://bot.example.org/hook`. Not set: the bot polls.
    #[arg(long, env = "UCHITELSKAYA_WEBHOOK_URL", requires = "webhook_listen", global = true)]
    pub webhook_url: Option<String>,

    /// Where the bot listens for those updates behind a proxy that does TLS, e.g. 127.0.0.1:8443
    #[arg(long, env = "UCHITELSKAYA_WEBHOOK_LISTEN", global = true)]
    pub webhook_listen: Option<std::net::SocketAddr>,

    /// Where /healthz and /metrics answer, e.g. 127.0.0.1:9090. Not set: nowhere.
    #[arg(long, env = "UCHITELSKAYA_ADMIN_ADDRESS", global = true)]
    pub admin_address: Option<std::net::SocketAddr>,

    /// The least time between two new messages to anybody, in milliseconds (Telegram refuses at about 30 a second).
    #[arg(long, env = "UCHITELSKAYA_MESSAGE_GAP_MS", default_value_t = 34, global = true)]
    pub message_gap_ms: u64,
}

/// What the bot has to know before it may meet real people.
#[derive(Clone, Debug)]
pub struct Operator {
    /// The organisation's name.
    pub name: String,
    /// How to reach it.
    pub contacts: String,
    /// Whom a tired teacher can turn to.
    pub help: String,
}

impl Settings {
    /// The operator, if all of it is set.
    ///
    /// # Errors
    /// A sentence that names what is missing.
    pub fn operator(&self) -> Result<Operator, String> {
        let need = |value: &Option<String>, name: &str| {
            value.clone().filter(|v| !v.trim().is_empty()).ok_or_else(|| {
                format!("{name} is not set. People must be told who keeps their data and whom to turn to; write it into .env (see .env.example).")
            })
        };
        Ok(Operator {
            name: need(&self.operator, "UCHITELSKAYA_OPERATOR")?,
            contacts: need(&self.operator_contacts, "UCHITELSKAYA_OPERATOR_CONTACTS")?,
            help: need(&self.help_contacts, "UCHITELSKAYA_HELP_CONTACTS")?,
        })
    }

    /// The database's place.
    pub fn place(&self) -> crate::store::Place {
        crate::store::Place::from_url(self.database_url.expose_secret())
    }
}

/// Names that begin as ours do and mean nothing: most often a slip of the pen.
pub fn unknown_names(known: &[String], names: impl Iterator<Item = String>) -> Vec<String> {
    names.filter(|n| n.starts_with("UCHITELSKAYA_") && !known.contains(n)).collect()
}

/// The names of all settings.
pub fn known_names() -> Vec<String> {
    described().into_iter().map(|(name, ..)| name).collect()
}

/// Name, help and default of each setting, in order.
pub fn described() -> Vec<(String, String, Option<String>)> {
    let command = crate::cli::Cli::command();
    command
        .get_arguments()
        .filter_map(|arg| {
            let name = arg.get_env()?.to_str()?.to_owned();
            let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
            let default = arg.get_default_values().first().and_then(|v| v.to_str()).map(str::to_owned);
            Some((name, help, default))
        })
        .collect()
}

/// The text of `.env.example`.
pub fn example() -> String {
    let mut out = String::from(
        "# Settings of «Учительская». Copy to .env and fill in; the environment wins over this file.\n# A value with spaces stands in quotation marks: NAME=\"some words\".\n",
    );
    for (name, help, default) in described() {
        out.push_str(&format!("\n# {help}\n# {name}={}\n", default.unwrap_or_default()));
    }
    out
}
