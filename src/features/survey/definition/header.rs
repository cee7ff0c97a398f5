//! The top of a file: what the questionnaire is called and under which rules it runs. Also the reading
//! of words in all languages, which every other part uses.

use super::reader::{Found, Table};
use super::{MAX_ID, MAX_SCREEN_UNITS, longest};
use crate::features::survey::model::{Consent, Definition, Words};
use crate::kernel::language::Language;

/// Longest break of a private run, in hours (PRIVACY, section 3).
const PRIVATE_RESUME_HOURS: i64 = 72;
/// Longest break of any other run that is bounded at all, in hours.
const MAX_RESUME_HOURS: i64 = 24 * 90;

/// Reads the header. `None` when not even the languages are known: nothing else could be judged then.
pub(super) fn read(root: &mut Table<'_>) -> Option<Definition> {
    let id = root.id(MAX_ID);
    root.require("version");
    let version = root.integer("version", 1..=99_999).map_or(1, |f| f.value as u32);
    let languages = languages(root)?;
    let is_private = root.flag("private").is_some_and(|f| f.value);
    let consent = consent(root, is_private);
    let longest_break = if is_private { PRIVATE_RESUME_HOURS } else { MAX_RESUME_HOURS };
    if is_private {
        root.require("resume_hours");
    }
    let resume_hours = root.integer("resume_hours", 1..=longest_break).map(|f| f.value as u32);
    let reopen_after_months = root.integer("reopen_after_months", 1..=60).map(|f| f.value as u32);
    let title = need_words(root, "title", &languages, Limit::line(64));
    let intro = need_words(root, "intro", &languages, Limit::text(MAX_SCREEN_UNITS));
    let method = words(root, "method", &languages, Limit::text(MAX_SCREEN_UNITS));
    if longest(&title) + longest(&intro) > MAX_SCREEN_UNITS {
        root.fault(format!("title and intro together are longer than {MAX_SCREEN_UNITS} characters"));
    }
    Some(Definition {
        id,
        version,
        languages,
        is_private,
        consent,
        resume_hours,
        reopen_after_months,
        title,
        intro,
        method,
        sha256: String::new(),
        sections: Vec::new(),
        items: Vec::new(),
        scales: Vec::new(),
        phases: Vec::new(),
        weighings: Vec::new(),
        contradictions: Vec::new(),
        results: Vec::new(),
        advice: Vec::new(),
    })
}

fn languages(root: &mut Table<'_>) -> Option<Vec<Language>> {
    root.require("languages");
    let Found { line, value } = root.strings("languages")?;
    let known: Option<Vec<Language>> = value.iter().map(|code| Language::from_code(code)).collect();
    let is_twice = (1..value.len()).any(|n| value[..n].contains(&value[n]));
    match known {
        Some(list) if !list.is_empty() && !is_twice => Some(list),
        _ => {
            let codes: Vec<&str> = Language::ALL.iter().map(|l| l.code()).collect();
            root.source.fault(line, format!("`languages` must list some of {}, each once", codes.join(", ")));
            None
        }
    }
}

fn consent(root: &mut Table<'_>, is_private: bool) -> Consent {
    root.require("consent");
    let Some(Found { line, value }) = root.string("consent") else { return Consent::Account };
    let known = Consent::ALL.into_iter().find(|c| c.code() == value);
    if known.is_none() {
        let codes: Vec<&str> = Consent::ALL.iter().map(|c| c.code()).collect();
        root.source.fault(line, format!("`consent` must be one of {}", codes.join(", ")));
    }
    if known == Some(Consent::Burnout) && !is_private {
        root.source.fault(line, "a questionnaire under the burnout consent must have `private = true`");
    }
    known.unwrap_or(Consent::Account)
}

/// What is allowed in a text.
#[derive(Clone, Copy)]
pub(super) struct Limit {
    chars: usize,
    is_line: bool,
    may_have_contacts: bool,
}

impl Limit {
    /// One line of at most this many characters.
    pub(super) const fn line(chars: usize) -> Limit {
        Limit { chars, is_line: true, may_have_contacts: false }
    }

    /// Several lines.
    pub(super) const fn text(chars: usize) -> Limit {
        Limit { chars, is_line: false, may_have_contacts: false }
    }

    /// Several lines in which `{contacts}` may stand.
    pub(super) const fn result(chars: usize) -> Limit {
        Limit { chars, is_line: false, may_have_contacts: true }
    }
}

/// A text in every language of the file, or a fault that it is missing.
pub(super) fn need_words(table: &mut Table<'_>, key: &str, languages: &[Language], limit: Limit) -> Words {
    table.require(key);
    words(table, key, languages, limit).unwrap_or_default()
}

/// A text in every language of the file: `key.ru = "…"`, `key.en = "…"`.
pub(super) fn words(table: &mut Table<'_>, key: &str, languages: &[Language], limit: Limit) -> Option<Words> {
    let mut own = table.table(key)?;
    own.name(format!("`{key}` of {}", table.what()));
    let words = words_here(&mut own, languages, limit);
    own.finish();
    Some(words)
}

/// A text whose languages stand in the table itself: `{ id = "…", ru = "…", en = "…" }`.
pub(super) fn words_here(table: &mut Table<'_>, languages: &[Language], limit: Limit) -> Words {
    let mut list = Vec::new();
    for language in languages {
        table.require(language.code());
        if let Some(Found { line, value }) = table.string(language.code()) {
            let text = value.replace("\r\n", "\n").trim().to_owned();
            if let Some(reason) = complaint(&text, limit) {
                table.source.fault(line, format!("{}, {}: {reason}", table.what(), language.code()));
            }
            list.push((*language, text));
        }
    }
    for stray in table.languages() {
        table.fault(format!("`{}` is not among the file's languages", stray.code()));
        table.take(stray.code());
    }
    Words(list)
}

fn complaint(text: &str, limit: Limit) -> Option<String> {
    let is_hidden =
        |c: char| (c.is_control() && c != '\n') || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let rest = if limit.may_have_contacts { text.replace("{contacts}", "") } else { text.to_owned() };
    let length = text.chars().count();
    match () {
        () if text.is_empty() => Some("the text is empty".to_owned()),
        () if length > limit.chars => Some(format!("the text has {length} characters; at most {} fit", limit.chars)),
        () if limit.is_line && text.contains('\n') => Some("the text must be one line".to_owned()),
        () if text.contains(is_hidden) => Some("the text holds characters that cannot be seen".to_owned()),
        () if rest.contains(['{', '}']) && limit.may_have_contacts => {
            Some("the only placeholder is {contacts}; other braces are not allowed".to_owned())
        }
        () if rest.contains(['{', '}']) => Some("braces are not allowed here".to_owned()),
        () => None,
    }
}
