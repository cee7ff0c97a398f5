//! The languages the bot speaks.

use serde::{Deserialize, Serialize};

/// A language with a complete set of texts under `locales/`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Russian, the language of the people this bot is for.
    Ru,
    /// English.
    En,
}

impl Language {
    /// Every language, the default one first.
    pub const ALL: [Language; 2] = [Language::Ru, Language::En];

    /// The two-letter code used in folders, in the database and in Telegram's `language_code`.
    pub fn code(self) -> &'static str {
        match self {
            Language::Ru => "ru",
            Language::En => "en",
        }
    }

    /// Reads exactly one of our codes.
    pub fn from_code(code: &str) -> Option<Language> {
        Language::ALL.into_iter().find(|l| l.code() == code)
    }

    /// Chooses by what the messenger says of the person (IETF tag such as `en-GB`). Anything that is
    /// not English becomes Russian: the staff of a municipality reads Russian whatever the phone says.
    pub fn guess(tag: Option<&str>) -> Language {
        match tag {
            Some(t) if t.to_ascii_lowercase().starts_with("en") => Language::En,
            _ => Language::Ru,
        }
    }
}
