//! From an outcome to words: the parts of the result whose conditions hold, in the file's order.
//!
//! The words are the questionnaire's; this file only chooses. A variant that needs `{contacts}` is
//! passed over where no contacts are configured, so that nobody is sent to an empty line.

use super::Outcome;
use crate::features::survey::model::{Answer, Definition, ResultPart, Test, Variant};
use crate::features::survey::run::{Run, holds};
use crate::kernel::language::Language;

/// A part of the result as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The part's id.
    pub part: String,
    /// A line above it.
    pub heading: Option<String>,
    /// Paragraphs, or the points of a list.
    pub lines: Vec<String>,
    /// The lines are points of a list.
    pub is_list: bool,
    /// Shown only when the person asks for it.
    pub on_demand: bool,
}

/// The result of a run in one language. `contacts` is the configuration's line about whom to turn to,
/// empty when there is none. Parts that say nothing are left out.
pub fn words(definition: &Definition, run: &Run, outcome: &Outcome, language: Language, contacts: &str) -> Vec<Said> {
    let reader = Reader { definition, outcome, answers: run.counting(definition), language, contacts };
    definition.results.iter().filter_map(|part| reader.part(part)).collect()
}

struct Reader<'a> {
    definition: &'a Definition,
    outcome: &'a Outcome,
    answers: Vec<&'a Answer>,
    language: Language,
    contacts: &'a str,
}

impl Reader<'_> {
    fn part(&self, part: &ResultPart) -> Option<Said> {
        let fitting = part.variants.iter().filter(|v| !v.is_fallback() && self.fits(v));
        let mut lines: Vec<String> = fitting.filter_map(|v| self.fill(v)).take(part.pick).collect();
        if lines.is_empty() {
            lines.extend(part.variants.iter().filter(|v| v.is_fallback()).find_map(|v| self.fill(v)));
        }
        let heading = part.heading.as_ref().map(|h| h.get(self.language).to_owned());
        let (is_list, on_demand) = (part.is_list, part.on_demand);
        (!lines.is_empty()).then(|| Said { part: part.id.clone(), heading, lines, is_list, on_demand })
    }

    fn fits(&self, variant: &Variant) -> bool {
        let any = variant.when_any.is_empty() || variant.when_any.iter().any(|t| self.holds(t));
        any && variant.when.iter().all(|t| self.holds(t))
    }

    fn fill(&self, variant: &Variant) -> Option<String> {
        let words = variant.text.get(self.language);
        let is_empty = self.contacts.trim().is_empty() && words.contains("{contacts}");
        (!is_empty).then(|| words.replace("{contacts}", self.contacts.trim()))
    }

    fn holds(&self, test: &Test) -> bool {
        let heaviest = |n: &usize| self.outcome.heaviest(&self.definition.weighings[*n]);
        match test {
            Test::Item(t) => holds(t, &self.definition.items, self.answers[t.item]),
            Test::Band { of, bands } => self.outcome.score(*of).band.is_some_and(|b| bands.contains(&b)),
            Test::Counted { of, is } => self.outcome.score(*of).points.is_some() == *is,
            Test::Heaviest { weighing, members } => heaviest(weighing) == Some(*members),
            Test::HeaviestHas { weighing, member } => heaviest(weighing).is_some_and(|bits| bits >> member & 1 == 1),
            Test::Doubtful(wanted) => self.outcome.is_doubtful() == *wanted,
        }
    }
}
