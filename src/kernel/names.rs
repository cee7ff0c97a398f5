//! Folding of names, so that people find a school however they type it and lists stand in a human order.
//!
//! Both databases would fold in their own way, so neither does: the keys are made here and compared byte by byte.
//! Folding is NFKC, lower case, ё as е, marks and punctuation out; «СОШ №4», «сош 4» and «Сош N 4» are the same words.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Digits a number is padded to in a sort key, so that school 2 stands before school 10.
const SORT_DIGITS: usize = 6;

/// №: NFKC would turn it into the letters «No».
const NUMBER_SIGN: char = '\u{2116}';
/// ё
const YO: char = '\u{451}';
/// е
const YE: char = '\u{435}';

/// The folded words of a name in their order. Letters and digits part («школа4» is two words), zeros in front of a
/// number and the sign before it (№, N, No) go.
pub fn words(text: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut word = String::new();
    let folded = text.chars().map(|c| if c == NUMBER_SIGN { ' ' } else { c }).nfkc().flat_map(char::to_lowercase);
    for c in folded.map(|c| if c == YO { YE } else { c }).filter(|c| !is_combining_mark(*c)) {
        let parts = word.chars().last().is_some_and(|last| last.is_numeric() != c.is_numeric());
        if !c.is_alphanumeric() || parts {
            finish(&mut word, &mut out);
        }
        if c.is_alphanumeric() {
            word.push(c);
        }
    }
    finish(&mut word, &mut out);
    out
}

/// Whether a folded word is a number.
pub fn is_number(word: &str) -> bool {
    word.starts_with(char::is_numeric)
}

/// The words with one space between them: equal for names that people would call the same.
pub fn search_key(text: &str) -> String {
    words(text).join(" ")
}

/// A key to order names by: the words, numbers padded. The name itself follows for names that fold alike.
pub fn sort_key(text: &str) -> String {
    let padded = words(text).into_iter().map(|w| if is_number(&w) { format!("{w:0>SORT_DIGITS$}") } else { w });
    padded.collect::<Vec<_>>().join(" ")
}

fn finish(word: &mut String, out: &mut Vec<String>) {
    let mut done = std::mem::take(word);
    if done.is_empty() {
        return;
    }
    if is_number(&done) {
        if matches!(out.last().map(String::as_str), Some("n" | "no")) {
            out.pop();
        }
        let significant = done.trim_start_matches('0');
        done = if significant.is_empty() { "0".into() } else { significant.into() };
    }
    out.push(done);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_people_call_the_same_fold_alike() {
        for (typed, key) in [
            ("", ""),
            ("  ", ""),
            ("«», ...", ""),
            ("№ 4", "4"),
            ("№4", "4"),
            ("N 4", "4"),
            ("no.4", "4"),
            ("№ 04", "4"),
            ("0", "0"),
            ("Школа № 4", "школа 4"),
            ("  ШКОЛА\t№4 ", "школа 4"),
            ("школа4", "школа 4"),
            ("сош№4", "сош 4"),
            ("Школа «Берёзка»", "школа березка"),
            ("БЕРЕЗКА", "березка"),
            ("бере\u{0308}зка", "березка"),
            ("Зимнии\u{0306}", "зимний"),
            ("Бере\u{301}зка", "березка"),
            ("Анна-Мария О’Нил", "анна мария о нил"),
            ("д/с 12", "д с 12"),
            ("ﬁ ｗ １２", "fi w 12"),
            ("5а", "5 а"),
            ("Nova", "nova"),
        ] {
            assert_eq!(search_key(typed), key, "{typed:?}");
        }
    }

    #[test]
    fn folding_twice_changes_nothing() {
        for name in ["МБОУ «СОШ № 10» г. Заречный", "Ёлочка", "İstanbul ß ǅ", "٤ ½ ²", "нaдo"]
        {
            let once = search_key(name);
            assert_eq!(search_key(&once), once, "{name}");
        }
    }

    #[test]
    fn numbers_sort_as_numbers_and_yo_beside_ye() {
        let mut names = ["Школа № 10", "Школа № 2", "Ёлочка", "Жар-птица", "Ель", "Детский сад № 3"];
        names.sort_by_key(|n| sort_key(n));
        assert_eq!(names, ["Детский сад № 3", "Ёлочка", "Ель", "Жар-птица", "Школа № 2", "Школа № 10"]);
    }
}
