//! Reading of names (pure): which word is the family name, what the messenger's two fields say, what is no name.
//!
//! People type «Петрова Анна Сергеевна», «анна сергеевна петрова», «Petrova, Anna». A patronymic is known by its
//! ending, a family name often too; where neither tells, the order is Russian and the reading is not sure.

use unicode_normalization::UnicodeNormalization;

use super::model::{Name, Reading};

/// What is known of endings; see the file.
const FILE: &str = include_str!("naming.tsv");
/// The most characters a whole name may have.
const LONGEST: usize = 100;
/// The most characters one word of it may have.
const LONGEST_WORD: usize = 40;

/// Why a line is no name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// Longer than any name.
    Long,
    /// Signs that names do not have: digits, smileys.
    Odd,
    /// Family name or given name is missing.
    Missing,
    /// Letters with dots instead of names.
    Initials,
    /// More words than a name has.
    ManyWords,
}

/// Understands a typed line. Where it is not clear which word is which, the messenger's first name tells the given one.
///
/// # Errors
/// Why it is no name.
pub fn read(typed: &str, first_name: &str) -> Result<Reading, Unreadable> {
    let found = alone(typed)?;
    let given = split(first_name).and_then(|words| words.into_iter().next());
    Ok(match given.filter(|_| !found.is_sure) {
        Some(known) if known == found.name.given => Reading { is_sure: true, ..found },
        Some(known) if known == found.name.family => {
            Reading { name: found.name.swapped(), is_sure: true, is_swapped: false }
        }
        _ => found,
    })
}

fn alone(typed: &str) -> Result<Reading, Unreadable> {
    if typed.chars().count() > LONGEST {
        return Err(Unreadable::Long);
    }
    let words = split(typed).ok_or(Unreadable::Odd)?;
    if words.iter().any(|w| w.chars().count() > LONGEST_WORD) {
        return Err(Unreadable::Long);
    }
    // A family name may be one letter (О, Ю); a given name may not.
    if words.len() > 1 && words.iter().skip(1).any(|w| w.chars().count() == 1) {
        return Err(Unreadable::Initials);
    }
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words[..] {
        [a, b] => two(a, b),
        [a, b, c] => Ok(three(a, b, c)),
        [family, given, of, whose] if is_kinship(whose) => {
            Ok(reading(family, given, Some(format!("{of} {}", whose.to_lowercase())), true))
        }
        [] | [_] => Err(Unreadable::Missing),
        _ => Err(Unreadable::ManyWords),
    }
}

/// The messenger's name, when it looks like a real one in two parts.
pub fn offered(first: &str, last: Option<&str>) -> Option<Name> {
    let (first, last) = (split(first)?, split(last?)?);
    let all_long = first.iter().chain(&last).all(|w| (2..=LONGEST_WORD).contains(&w.chars().count()));
    let [family] = &last[..] else { return None };
    if !all_long || is_patronymic(family) {
        return None;
    }
    match &first[..] {
        [given] => Some(name(family, given, None)),
        [given, patronymic] if is_patronymic(patronymic) => Some(name(family, given, Some(patronymic.clone()))),
        _ => None,
    }
}

fn name(family: &str, given: &str, patronymic: Option<String>) -> Name {
    Name { family: family.to_owned(), given: given.to_owned(), patronymic }
}

fn reading(family: &str, given: &str, patronymic: Option<String>, is_sure: bool) -> Reading {
    Reading { name: name(family, given, patronymic), is_sure, is_swapped: false }
}

fn two(a: &str, b: &str) -> Result<Reading, Unreadable> {
    // Family names end as men's patronymics do («Абрамович Роман»), not as women's.
    if is_patronymic(b) || ends(a, "patronymic-of-women") {
        return Err(Unreadable::Missing);
    }
    Ok(match (is_family(a), is_family(b)) {
        (false, true) => reading(b, a, None, true),
        (first, second) => reading(a, b, None, first && !second),
    })
}

fn three(a: &str, b: &str, c: &str) -> Reading {
    match (is_patronymic(b), is_patronymic(c)) {
        (false, true) => reading(a, b, Some(c.to_owned()), true),
        (true, other) => reading(c, a, Some(b.to_owned()), !other),
        (false, false) => reading(a, b, Some(c.to_owned()), false),
    }
}

/// The words of one kind in the file of names.
fn known(kind: &str) -> impl Iterator<Item = &'static str> {
    let row = FILE.lines().filter_map(|line| line.split_once('\t')).find(|(of, _)| *of == kind);
    row.map_or("", |(_, words)| words).split(' ')
}

fn is(word: &str, kind: &str) -> bool {
    let word = word.to_lowercase();
    known(kind).any(|one| one == word)
}

fn ends(word: &str, kind: &str) -> bool {
    let word = word.to_lowercase();
    known(kind).any(|ending| word.strip_suffix(ending).is_some_and(|rest| rest.chars().count() >= 2))
}

fn is_patronymic(word: &str) -> bool {
    ends(word, "patronymic-of-men") || ends(word, "patronymic-of-women")
}

fn is_kinship(word: &str) -> bool {
    is(word, "kinship")
}

/// By its ending; a few given names end so too.
fn is_family(word: &str) -> bool {
    ends(word, "family") && !is(word, "given-like-family")
}

/// The words of a line, tidied; nothing when there are signs that names do not have.
fn split(typed: &str) -> Option<Vec<String>> {
    let composed: String = typed.nfc().filter(|c| !is_invisible(*c)).collect();
    composed
        .split(|c: char| c.is_whitespace() || [',', '.', ';'].contains(&c))
        .filter(|w| !w.is_empty())
        .map(word)
        .collect()
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{00AD}' | '\u{202A}'..='\u{202E}')
}

/// One word with one kind of hyphen and apostrophe, one alphabet, and capitals where they belong.
fn word(raw: &str) -> Option<String> {
    let plain: String = raw
        .chars()
        .map(|c| match c {
            '‐' | '‑' | '–' | '—' => '-',
            '’' | '‘' | 'ʼ' | '`' => '\'',
            other => other,
        })
        .collect();
    let plain = if plain.chars().any(is_cyrillic) { plain.chars().map(twin).collect() } else { plain };
    let is_one_alphabet = [is_cyrillic, is_latin].iter().any(|is| plain.chars().all(|c| is(c) || "-'".contains(c)));
    let is_framed = plain.starts_with(char::is_alphabetic) && plain.ends_with(char::is_alphabetic);
    (is_one_alphabet && is_framed && !plain.contains("--")).then(|| capitals(&plain))
}

fn is_cyrillic(c: char) -> bool {
    matches!(c, '\u{0400}'..='\u{052F}') && c.is_alphabetic()
}

fn is_latin(c: char) -> bool {
    matches!(c, 'A'..='Z' | 'a'..='z' | '\u{00C0}'..='\u{024F}') && c.is_alphabetic()
}

/// The Cyrillic letter that looks like this Latin one: a keyboard in the wrong language leaves such in names.
fn twin(c: char) -> char {
    let at = known("latin-twin").flat_map(str::chars).position(|l| l == c);
    at.and_then(|i| known("cyrillic-twin").flat_map(str::chars).nth(i)).unwrap_or(c)
}

/// «АННА-МАРИЯ» and «анна-мария» become «Анна-Мария»; a word with capitals of its own stays.
fn capitals(word: &str) -> String {
    let letters = || word.chars().filter(|c| c.is_alphabetic());
    let is_own = letters().skip(1).any(char::is_uppercase) && letters().any(char::is_lowercase);
    let starts_large = letters().next().is_some_and(char::is_uppercase);
    if is_own && starts_large {
        return word.to_owned();
    }
    let mut out = String::with_capacity(word.len());
    let mut is_start = true;
    for (i, c) in word.chars().enumerate() {
        if is_start {
            out.extend(c.to_uppercase())
        } else {
            out.extend(c.to_lowercase())
        }
        is_start = c == '-' || (c == '\'' && i == 1);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(typed: &str) -> String {
        match read(typed, "") {
            Ok(r) => format!("{}{}", r.name.full(), if r.is_sure { "" } else { " ?" }),
            Err(e) => format!("{e:?}"),
        }
    }

    #[test]
    fn typed_names_are_understood_in_any_sensible_order() {
        for (typed, name) in [
            ("Петрова Анна Сергеевна", "Петрова Анна Сергеевна"),
            ("  петрова   анна\tсергеевна ", "Петрова Анна Сергеевна"),
            ("ПЕТРОВА АННА СЕРГЕЕВНА", "Петрова Анна Сергеевна"),
            ("Анна Сергеевна Петрова", "Петрова Анна Сергеевна"),
            ("Петрова, Анна Сергеевна.", "Петрова Анна Сергеевна"),
            ("Петрова Анна", "Петрова Анна"),
            ("Анна Петрова", "Петрова Анна"),
            ("Ким Анна", "Ким Анна ?"),
            ("Анна Ким", "Анна Ким ?"),
            ("О Наталья", "О Наталья ?"),
            ("Лев Яковлев", "Яковлев Лев"),
            ("Яков Лев", "Яков Лев ?"),
            ("Абрамович Роман Аркадьевич", "Абрамович Роман Аркадьевич"),
            ("Роман Аркадьевич Абрамович", "Абрамович Роман Аркадьевич ?"),
            ("Абрамович Роман", "Абрамович Роман ?"),
            ("Ким Анна Ли", "Ким Анна Ли ?"),
            ("Алиев Мамед Гасан оглы", "Алиев Мамед Гасан оглы"),
            ("салтыков-щедрин михаил евграфович", "Салтыков-Щедрин Михаил Евграфович"),
            ("о’нил мария", "О'Нил Мария ?"),
            ("МакКензи Иван", "МакКензи Иван ?"),
            ("Petrova Anna Sergeevna", "Petrova Anna Sergeevna"),
            ("Anna Petrova", "Petrova Anna"),
            ("Aнна Пeтрова", "Петрова Анна"),
            ("\u{200B}Петрова Анна", "Петрова Анна"),
            ("Андреи\u{306} Зайцев", "Зайцев Андрей"),
        ] {
            assert_eq!(seen(typed), name, "{typed:?}");
        }
    }

    #[test]
    fn the_messengers_first_name_settles_an_unclear_order() {
        for (typed, first_name, family, is_sure) in [
            ("Анна Ким", "Анна", "Ким", true),
            ("Ким Анна", "анна 🌸", "Ким", false),
            ("Ким Анна", "Анна", "Ким", true),
            ("Ким Анна", "Мама Маши", "Ким", false),
            ("Анна Ким Ли", "Анна", "Ким", true),
            ("Анна Петрова", "Петрова", "Петрова", true),
        ] {
            let read = read(typed, first_name).unwrap();
            assert_eq!((read.name.family.as_str(), read.is_sure), (family, is_sure), "{typed} of {first_name}");
        }
    }

    #[test]
    fn what_is_no_name_gets_its_reason() {
        for (typed, why) in [
            ("", "Missing"),
            ("Анна", "Missing"),
            ("Анна Сергеевна", "Missing"),
            ("Иван Сергеевич", "Missing"),
            ("Сергеевна Анна", "Missing"),
            ("Петрова А. С.", "Initials"),
            ("Петрова А.С.", "Initials"),
            ("Анна 😀 Петрова", "Odd"),
            ("Анна Петрова 7", "Odd"),
            ("<b>Анна</b> Петрова", "Odd"),
            ("https://t.me/anna", "Odd"),
            ("- -", "Odd"),
            ("Анна--Мария Петрова", "Odd"),
            ("Петрова Я хочу на собрание", "Initials"),
            ("когда же будет наше собрание", "ManyWords"),
        ] {
            assert_eq!(seen(typed), why, "{typed:?}");
        }
        assert_eq!(seen(&"Анна ".repeat(1000)), "Long");
        assert_eq!(seen(&format!("{} Анна", "а".repeat(50))), "Long");
    }

    #[test]
    fn the_messengers_name_is_offered_only_when_it_looks_real() {
        let full = |first, last| offered(first, last).map(|n| n.full());
        assert_eq!(full("Анна", Some("Петрова")).as_deref(), Some("Петрова Анна"));
        assert_eq!(full("анна", Some("петрова")).as_deref(), Some("Петрова Анна"));
        assert_eq!(full("Анна Сергеевна", Some("Петрова")).as_deref(), Some("Петрова Анна Сергеевна"));
        assert_eq!(full("Anna", Some("Petrova")).as_deref(), Some("Petrova Anna"));
        for (first, last) in [
            ("Анна", None),
            ("Анна", Some("")),
            ("Анна Петрова", None),
            ("Анна", Some("Сергеевна")),
            ("А", Some("П")),
            ("Анна 🌸", Some("Петрова")),
            ("anna_92", Some("Петрова")),
            ("Мама Маши", Some("Петрова")),
            ("Анна", Some("Петрова Иванова")),
        ] {
            assert_eq!(full(first, last), None, "{first} {last:?}");
        }
    }

    #[test]
    fn a_name_is_swapped_and_addressed() {
        let name = read("Ким Анна", "").unwrap().name.swapped();
        assert_eq!((name.family.as_str(), name.polite().as_str()), ("Анна", "Ким"));
        assert_eq!(read("Петрова Анна Сергеевна", "").unwrap().name.polite(), "Анна Сергеевна");
    }
}
