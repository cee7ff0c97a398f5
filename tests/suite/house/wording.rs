//! How the bot sounds in Russian: calm, plain, and right in its plural forms.

use super::locales::sentences;
use super::{Source, is_caught, nothing_to_complain_of, tree};

/// Never said to a colleague (in lower case, as beginnings of words too), and why not.
const UNSAID: [(&str, &str); 6] = [
    ("!", "nobody is shouted at"),
    ("уважаем", "letters begin so, talks do not"),
    ("пользовател", "people are colleagues"),
    ("осуществл", "a plain verb says it"),
    ("в целях", "«чтобы» says it"),
    ("произошла ошибка", "say what to do now"),
];

const FORMS: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

fn faults_of_tone(ru: &[Source]) -> Vec<String> {
    let (all, mut faults) = sentences(ru);
    for (key, sentence) in all {
        let words = sentence.words.to_lowercase();
        let said = UNSAID.iter().filter(|(word, _)| words.contains(word));
        faults.extend(said.map(|(word, why)| format!("{}: {key} says «{word}»: {why}", sentence.place)));
    }
    faults
}

/// A choice by number needs the forms of 1, 2 and 5 (what is left over may be called `many` or `other`), or digits alone.
fn faults_of_number(ru: &[Source]) -> Vec<String> {
    let (all, mut faults) = sentences(ru);
    for (key, sentence) in all {
        for (_, variants) in sentence.choices {
            let has = |form: &str| variants.iter().any(|v| v == form);
            let is_by_form = variants.iter().any(|v| FORMS.contains(&v.as_str()));
            let is_by_digits = variants.iter().any(|v| v.parse::<i64>().is_ok());
            let is_whole = has("one") && has("few") && (has("many") || has("other"));
            if is_by_form
                && !is_whole
                && !(is_by_digits && variants.iter().all(|v| v == "other" || v.parse::<i64>().is_ok()))
            {
                faults.push(format!("{}: {key} chooses between {variants:?} only", sentence.place));
            }
        }
    }
    faults
}

#[test]
fn russian_texts_are_calm_and_plain() {
    nothing_to_complain_of(&faults_of_tone(&tree("locales/ru", "ftl")));
}

#[test]
fn russian_numbers_have_their_forms() {
    nothing_to_complain_of(&faults_of_number(&tree("locales/ru", "ftl")));
}

#[test]
fn a_planted_shout_is_caught() {
    let text = "a = Готово!\nb = Уважаемый коллега\nc = { $n ->\n    [one] Да\n   *[other] Пользователю { \"!\" }\n}\nd = Спокойно\n";
    let wanted = ["a says «!»", "b says «уважаем»", "c says «!»", "c says «пользовател»"];
    is_caught(&faults_of_tone(&[Source::new("locales/ru/x.ftl", text)]), &wanted);
}

#[test]
fn a_planted_missing_form_is_caught() {
    let choice = |key: &str, names: &[&str]| {
        let (last, rest) = names.split_last().expect("a default");
        let rest: String = rest.iter().map(|n| format!("    [{n}] x\n")).collect();
        format!("{key} = {{ $n ->\n{rest}   *[{last}] x\n}}\n")
    };
    let text = [
        choice("whole", &["one", "few", "many"]),
        choice("left", &["0", "one", "few", "other"]),
        choice("digits", &["1", "2", "3"]),
        choice("kinds", &["school", "kindergarten"]),
        choice("zero", &["0", "other"]),
        choice("english", &["one", "other"]),
        choice("short", &["few", "many"]),
    ];
    let wanted = ["english chooses between", "short chooses between"];
    is_caught(&faults_of_number(&[Source::new("locales/ru/x.ftl", &text.concat())]), &wanted);
}
