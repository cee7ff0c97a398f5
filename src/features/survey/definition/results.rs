//! The result in words: parts, their variants, and the proof that whatever is chosen fits a screen.

use super::header::{Limit, words, words_here};
use super::items::unique;
use super::reader::Table;
use super::scales::{names_too_little, one_answer_proves_nothing};
use super::{CONTACTS_UNITS, MAX_ID, MAX_SCREEN_UNITS, conditions, units};
use crate::features::survey::model::{Answer, Definition, ItemTest, Kind, ResultPart, Test, Variant, Words};
use crate::features::survey::run::holds;
use crate::kernel::language::Language;

/// Reads the parts of the result into the draft.
pub(super) fn read(root: &mut Table<'_>, draft: &mut Definition) {
    for mut table in root.tables("result") {
        let part = part(&mut table, draft);
        table.finish();
        draft.results.push(part);
    }
    for (on_demand, what) in [(false, "the result"), (true, "the parts on demand together")] {
        for language in &draft.languages {
            let parts = draft.results.iter().filter(|p| p.on_demand == on_demand);
            let total: usize = parts.map(|p| length(p, *language)).sum();
            if total > MAX_SCREEN_UNITS {
                let reason = format!("{what} may have {total} characters in {}", language.code());
                root.fault(format!("{reason}; {MAX_SCREEN_UNITS} fit on a screen"));
            }
        }
    }
}

fn part(table: &mut Table<'_>, draft: &Definition) -> ResultPart {
    let id = table.id(MAX_ID);
    table.name(format!("result `{id}`"));
    unique(table, &id, draft.results.iter().map(|r| r.id.as_str()));
    let heading = words(table, "heading", &draft.languages, Limit::line(80));
    let pick = table.integer("pick", 1..=10).map_or(1, |f| f.value as usize);
    let is_list = table.flag("list").is_some_and(|f| f.value);
    let on_demand = table.flag("on_demand").is_some_and(|f| f.value);
    let mut variants: Vec<Variant> = Vec::new();
    for mut own in table.tables("say") {
        own.name(format!("`say` {} of {}", variants.len() + 1, table.what()));
        let variant = variant(&mut own, draft);
        if variants.last().is_some_and(|last| last.is_fallback() && !(variant.is_fallback() && needs_contacts(last))) {
            own.fault("is never said: it stands after words without conditions, which must be the last ones");
        }
        own.finish();
        variants.push(variant);
    }
    if variants.is_empty() {
        table.fault("says nothing; add [[result.say]]");
    }
    ResultPart { id, heading, pick, is_list, on_demand, variants }
}

fn variant(table: &mut Table<'_>, draft: &Definition) -> Variant {
    let mut tests = |key: &str| -> Vec<Test> {
        let asked = table.tables(key);
        let is_asked = !asked.is_empty();
        let read: Vec<Test> = asked.into_iter().flat_map(|own| conditions::test(own, draft)).collect();
        if is_asked && read.is_empty() {
            table.fault(format!("`{key}` holds no condition that can be read"));
        }
        read
    };
    let (when, when_any) = (tests("when"), tests("when_any"));
    let text = words_here(table, &draft.languages, Limit::result(1500));
    if draft.is_private {
        when.iter().chain(&when_any).filter_map(|test| too_telling(test, draft)).for_each(|reason| table.fault(reason));
    }
    Variant { when, when_any, text }
}

/// Words that are passed over where no contacts are configured.
fn needs_contacts(variant: &Variant) -> bool {
    variant.text.0.iter().any(|(_, text)| text.contains("{contacts}"))
}

/// In a private questionnaire a symptom is named from two answers on (PRIVACY, section 3): a condition on
/// a scale of one item is refused, and one on a single answer may only ask for the light side of it.
fn too_telling(test: &Test, draft: &Definition) -> Option<String> {
    match test {
        Test::Band { of, .. } if names_too_little(draft, *of) => Some(one_answer_proves_nothing(draft, *of)),
        Test::Item(test) if is_heavy(test, draft) => Some(format!(
            "one answer to `{}` may choose words about a strength, never about a difficulty",
            draft.items[test.item].id
        )),
        _ => None,
    }
}

/// Some answer that satisfies the test lies in the upper half of a scale that counts the item.
fn is_heavy(test: &ItemTest, draft: &Definition) -> bool {
    let item = &draft.items[test.item];
    let mut keys = draft.scales.iter().flat_map(|s| &s.key).filter(|k| k.item == test.item).peekable();
    if keys.peek().is_none() {
        return false;
    }
    let taps: Vec<Answer> = (0..item.options().len()).map(|n| Answer::One(n as u8)).collect();
    let fitting: Vec<i32> =
        taps.iter().filter(|a| holds(test, &draft.items, a)).filter_map(|a| item.value(a)).collect();
    let is_tapped = matches!(item.kind, Kind::Multiple { .. }) || taps.is_empty();
    is_tapped || keys.any(|k| fitting.iter().any(|v| 2 * k.points(*v) >= k.least() + k.most()))
}

/// The longest a part can become in a language, in UTF-16 units, with its line breaks.
fn length(part: &ResultPart, language: Language) -> usize {
    let of = |words: &Words| {
        let text = words.get(language);
        let places = text.matches("{contacts}").count();
        units(text) + places * CONTACTS_UNITS + 3
    };
    let mut lengths: Vec<usize> = part.variants.iter().map(|v| of(&v.text)).collect();
    lengths.sort_unstable_by(|a, b| b.cmp(a));
    let heading = part.heading.as_ref().map_or(0, of);
    heading + 2 + lengths.iter().take(part.pick).sum::<usize>()
}
