//! A questionnaire as the program knows it: words, items, answers' kinds.
//!
//! `definition` makes these values from a file and proves them; `run` walks through them, `scoring`
//! counts. They are immutable: a changed file is a new version, and a run stays with its own.
//! Positions (`usize`) always point into the lists of the same [`Definition`].

mod item;
mod key;

pub use item::*;
pub use key::*;

use crate::kernel::language::Language;

/// One version of one questionnaire, read from a file and proved.
#[derive(Clone, Debug, PartialEq)]
pub struct Definition {
    /// The questionnaire's name in files and in the database: 1-32 bytes of `a-z 0-9 -`.
    pub id: String,
    /// From 1 upwards. The same id and version always mean the same bytes.
    pub version: u32,
    /// SHA-256 of the file's bytes, 64 small hexadecimal digits.
    pub sha256: String,
    /// The languages every text of the file has, the first one being the fallback.
    pub languages: Vec<Language>,
    /// Answers are sealed, the run is erased at its end, only the person sees the result.
    pub is_private: bool,
    /// Which consent must stand before the first item.
    pub consent: Consent,
    /// How long an unfinished run may wait, in hours; `None`: until its wave ends.
    pub resume_hours: Option<u32>,
    /// After how many months one person may open it again; `None`: at any time.
    pub reopen_after_months: Option<u32>,
    /// What stands in the chat list. Neutral where the questionnaire is private.
    pub title: Words,
    /// What is said before the first item.
    pub intro: Words,
    /// Where the questions come from, shown on request only.
    pub method: Option<Words>,
    /// Groups of items, in the order of the file.
    pub sections: Vec<Section>,
    /// The questions, in the order in which they are asked. At most 200.
    pub items: Vec<Item>,
    /// Sums over items.
    pub scales: Vec<Scale>,
    /// Sums over scales.
    pub phases: Vec<Phase>,
    /// Questions of the form "which of these weighs most".
    pub weighings: Vec<Weighing>,
    /// Answers that cannot both be meant.
    pub contradictions: Vec<Contradiction>,
    /// The result in words, top to bottom.
    pub results: Vec<ResultPart>,
    /// What could be better and is no reason to refuse the file.
    pub advice: Vec<Fault>,
}

impl Definition {
    /// The position of the item with this id.
    pub fn item(&self, id: &str) -> Option<usize> {
        self.items.iter().position(|i| i.id == id)
    }

    /// The scale or phase with this id; the two share one set of ids.
    pub fn measured(&self, id: &str) -> Option<Measured> {
        let scale = self.scales.iter().position(|s| s.id == id).map(Measured::Scale);
        scale.or_else(|| self.phases.iter().position(|p| p.id == id).map(Measured::Phase))
    }

    /// The id of a scale or phase.
    pub fn id_of(&self, of: Measured) -> &str {
        match of {
            Measured::Scale(n) => &self.scales[n].id,
            Measured::Phase(n) => &self.phases[n].id,
        }
    }

    /// The bands of a scale or phase.
    pub fn bands(&self, of: Measured) -> &[Band] {
        match of {
            Measured::Scale(n) => &self.scales[n].bands,
            Measured::Phase(n) => &self.phases[n].bands,
        }
    }

    /// The name of a scale or phase.
    pub fn name(&self, of: Measured) -> &Words {
        match of {
            Measured::Scale(n) => &self.scales[n].name,
            Measured::Phase(n) => &self.phases[n].name,
        }
    }
}

/// Something about a file that its author should mend, or could.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// The file's name as it was given to the loader.
    pub file: String,
    /// The line, counted from 1.
    pub line: usize,
    /// One plain sentence.
    pub reason: String,
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.reason)
    }
}

/// The same words in each language of a definition.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words(pub Vec<(Language, String)>);

impl Words {
    /// The words in a language, or in the definition's first language if it has no such one.
    pub fn get(&self, language: Language) -> &str {
        let own = self.0.iter().find(|(l, _)| *l == language);
        own.or(self.0.first()).map_or("", |(_, words)| words.as_str())
    }
}

/// A consent of PRIVACY, section 1, that a questionnaire needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Consent {
    /// The account's own consent is enough.
    Account,
    /// Self-diagnosis of deficits.
    Deficits,
    /// The burnout self-check. Only a private questionnaire may ask for it.
    Burnout,
}

impl Consent {
    /// Every consent.
    pub const ALL: [Consent; 3] = [Consent::Account, Consent::Deficits, Consent::Burnout];

    /// The name in files.
    pub fn code(self) -> &'static str {
        match self {
            Consent::Account => "account",
            Consent::Deficits => "deficits",
            Consent::Burnout => "burnout",
        }
    }
}

/// A group of items that stand together.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    /// 1-32 bytes of `a-z 0-9 -`.
    pub id: String,
    /// Its heading.
    pub title: Words,
    /// A sentence under the heading.
    pub note: Option<Words>,
}
