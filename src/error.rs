//! Why a start ends, in one clear sentence that says what to do. Refusals within a talk are `bot::turn::TurnError`.

use crate::store;
use crate::telegram::client::ConnectError;

/// What keeps the bot from starting. `Display` is the whole story for the console.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// A setting is missing or wrong.
    #[error("{0}")]
    Setting(String),
    /// The database.
    #[error(transparent)]
    Store(#[from] store::Error),
    /// Telegram.
    #[error(transparent)]
    Telegram(#[from] ConnectError),
    /// Files of texts or questionnaires, a line each.
    #[error("{what} cannot be used:\n{}", faults.join("\n"))]
    Files {
        /// Which files.
        what: &'static str,
        /// File, line and reason.
        faults: Vec<String>,
    },
    /// A network address that cannot be listened on, a folder that cannot be made.
    #[error("{0}")]
    Machine(String),
}
