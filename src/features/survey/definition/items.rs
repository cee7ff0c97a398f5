//! Sections, sets of answers and items of a file.

use super::header::{Limit, need_words, words, words_here};
use super::kinds::{kind, right};
use super::reader::{Found, Table};
use super::{MANY_WORDS, MAX_ID, MAX_ITEM_CHARS, MAX_ITEMS, MAX_OPTION_ID, conditions};
use crate::features::survey::model::{Choice, Definition, Item, Section, Words};
use crate::kernel::language::Language;

/// Longest label of a button, in characters.
pub(super) const MAX_LABEL: usize = 60;
/// Words with a meaning of their own in golden cases.
pub(super) const RESERVED: [&str; 3] = ["all", "skip", "does-not-apply"];

/// A named set of options: `[[answers]]`.
pub(super) type AnswerSet = (String, Vec<Choice>);

/// Reads sections, answer sets and items into the draft; gives the line of each item.
pub(super) fn read(root: &mut Table<'_>, draft: &mut Definition) -> Vec<usize> {
    let sets = answer_sets(root, &draft.languages);
    let mut section_rules = Vec::new();
    for mut table in root.tables("section") {
        let id = table.id(MAX_ID);
        table.name(format!("section `{id}`"));
        unique(&table, &id, draft.sections.iter().map(|s| s.id.as_str()));
        let title = need_words(&mut table, "title", &draft.languages, Limit::line(80));
        let note = words(&mut table, "note", &draft.languages, Limit::text(600));
        section_rules.push(table.tables("show_if"));
        table.finish();
        draft.sections.push(Section { id, title, note });
    }
    let (mut lines, mut item_rules) = (Vec::new(), Vec::new());
    for mut table in root.tables("item") {
        let item = item(&mut table, draft, &sets);
        lines.push(table.line);
        item_rules.push(table.tables("show_if"));
        table.finish();
        draft.items.push(item);
    }
    if draft.items.is_empty() {
        root.fault("there is no [[item]]");
    }
    if draft.items.len() > MAX_ITEMS {
        root.fault(format!("there are {} items; at most {MAX_ITEMS} are allowed", draft.items.len()));
    }
    sections_are_whole(draft, &lines, root);
    conditions::show_rules(draft, section_rules, item_rules);
    lines
}

/// Reports an id that was used before.
pub(super) fn unique<'a>(table: &Table<'_>, id: &str, mut before: impl Iterator<Item = &'a str>) {
    if !id.is_empty() && before.any(|other| other == id) {
        table.fault(format!("the id `{id}` is used twice"));
    }
}

fn answer_sets(root: &mut Table<'_>, languages: &[Language]) -> Vec<AnswerSet> {
    let mut sets: Vec<AnswerSet> = Vec::new();
    for mut table in root.tables("answers") {
        let id = table.id(MAX_ID);
        table.name(format!("answers `{id}`"));
        unique(&table, &id, sets.iter().map(|(id, _)| id.as_str()));
        let options = options(&mut table, languages);
        table.finish();
        sets.push((id, options));
    }
    sets
}

/// The options that stand in a table of the file.
pub(super) fn options(table: &mut Table<'_>, languages: &[Language]) -> Vec<Choice> {
    let mut list: Vec<Choice> = Vec::new();
    for mut own in table.tables("option") {
        let id = own.id(MAX_OPTION_ID);
        own.name(format!("option `{}` of {}", id.chars().take(40).collect::<String>(), table.what()));
        unique(&own, &id, list.iter().map(|o| o.id.as_str()));
        if RESERVED.contains(&id.as_str()) {
            own.fault("this id has a meaning of its own in golden cases");
        }
        let value = own.integer("value", -1000..=1000).map(|f| f.value as i32);
        let label = Some(words_here(&mut own, languages, Limit::line(MAX_LABEL)));
        own.finish();
        list.push(Choice { id, label, value });
    }
    list
}

fn item(table: &mut Table<'_>, draft: &Definition, sets: &[AnswerSet]) -> Item {
    let id = table.id(MAX_ID);
    table.name(format!("item `{}`", id.chars().take(40).collect::<String>()));
    unique(table, &id, draft.items.iter().map(|i| i.id.as_str()));
    if RESERVED.contains(&id.as_str()) {
        table.fault("this id has a meaning of its own in golden cases");
    }
    let section = section(table, draft);
    let text = need_words(table, "text", &draft.languages, Limit::text(MAX_ITEM_CHARS));
    advise_on_length(table, &text);
    let hint = words(table, "hint", &draft.languages, Limit::text(200));
    let kind = kind(table, draft, sets);
    let is_required = table.flag("required");
    if let Some(Found { line, value: true }) = is_required.as_ref().filter(|_| draft.is_private) {
        table.source.fault(*line, "every item of a private questionnaire may be skipped; take `required` out");
    }
    let may_not_apply = table.flag("does_not_apply").is_some_and(|f| f.value);
    let right = right(table, &kind);
    let is_required = is_required.is_some_and(|f| f.value);
    let is_scored = table.flag("scored").is_none_or(|f| f.value);
    Item { id, section, text, hint, kind, is_required, may_not_apply, is_scored, show_if: Vec::new(), right }
}

fn section(table: &mut Table<'_>, draft: &Definition) -> Option<usize> {
    let Found { line, value } = table.string("section")?;
    let position = draft.sections.iter().position(|s| s.id == value);
    if position.is_none() {
        table.source.fault(line, format!("{}: there is no section `{value}`", table.what()));
    }
    position
}

fn advise_on_length(table: &Table<'_>, text: &Words) {
    for (language, words) in &text.0 {
        let count = words.split_whitespace().filter(|w| w.chars().any(char::is_alphanumeric)).count();
        if count > MANY_WORDS {
            let reason = format!("{} words in {}; {MANY_WORDS} are easier to answer", count, language.code());
            table.source.advise(table.line, format!("{}: {reason}", table.what()));
        }
    }
}

/// Items of a section stand together, and every section has some.
fn sections_are_whole(draft: &Definition, lines: &[usize], root: &Table<'_>) {
    for (n, section) in draft.sections.iter().enumerate() {
        let own: Vec<usize> = (0..draft.items.len()).filter(|i| draft.items[*i].section == Some(n)).collect();
        match (own.first(), own.last()) {
            (Some(first), Some(last)) if last - first + 1 != own.len() => {
                root.source.fault(lines[*last], format!("the items of section `{}` do not stand together", section.id));
            }
            (None, _) => root.fault(format!("section `{}` has no items", section.id)),
            _ => {}
        }
    }
}
