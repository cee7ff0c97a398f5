//! The page's own words: one table in both languages, used by the page, its first bytes and the transcript.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The table as the page loads it.
pub(super) const TABLE: &str = include_str!("page/words.json");

type Words = BTreeMap<String, BTreeMap<String, String>>;

// The table is part of the program and a test reads it; an empty one would show keys instead of words.
static WORDS: LazyLock<Words> = LazyLock::new(|| serde_json::from_str(TABLE).unwrap_or_default());

/// All words of a language; Russian if there is no such language.
pub(super) fn words(language: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let table = WORDS.get(language).or_else(|| WORDS.get("ru"));
    table.into_iter().flatten().map(|(key, text)| (key.as_str(), text.as_str()))
}

/// One text; its key if there is none.
pub(super) fn word(language: &str, key: &str) -> String {
    let found = words(language).find(|(own, _)| *own == key);
    found.map_or_else(|| key.to_owned(), |(_, text)| text.to_owned())
}

/// Makes a text safe between tags and in quoted attributes.
pub(super) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_have_the_same_words() {
        let table: Words = serde_json::from_str(TABLE).unwrap();
        let keys = |language: &str| table[language].keys().cloned().collect::<Vec<_>>();
        assert_eq!(keys("ru"), keys("en"));
        assert!(table.values().flatten().all(|(_, text)| !text.trim().is_empty()));
    }

    #[test]
    fn a_missing_word_shows_its_key() {
        assert_eq!(word("ru", "close"), "Закрыть");
        assert_eq!(word("xx", "close"), "Закрыть");
        assert_eq!(word("en", "no such"), "no such");
    }
}
