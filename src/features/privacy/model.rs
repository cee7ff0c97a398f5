//! What a consent is about, and its text as it was shown.

use crate::kernel::language::Language;

/// What a consent is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConsentKind {
    /// Registration, events, mentoring.
    Account,
    /// Self-diagnosis of deficits.
    Deficits,
    /// The burnout self-check.
    Burnout,
    /// Use of anonymous statistics.
    Statistics,
    /// Keeping one's own scores for oneself.
    OwnScores,
}

impl ConsentKind {
    /// The code kept in the database.
    pub fn code(self) -> &'static str {
        match self {
            ConsentKind::Account => "account",
            ConsentKind::Deficits => "deficits",
            ConsentKind::Burnout => "burnout",
            ConsentKind::Statistics => "statistics",
            ConsentKind::OwnScores => "own-scores",
        }
    }
}

/// A consent's text as it was shown.
#[derive(Clone, Debug)]
pub struct ConsentText {
    /// What it is about.
    pub kind: ConsentKind,
    /// The version named in the catalogue.
    pub version: String,
    /// Its language.
    pub language: Language,
    /// Every word that was shown.
    pub body: String,
}
