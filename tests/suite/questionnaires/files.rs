//! The files of the folder `questionnaires/`, all of them, whatever they are called.

use std::path::PathBuf;

use uchitelskaya::features::survey::definition::{MAX_SCREEN_UNITS, parse};
use uchitelskaya::features::survey::model::{Definition, Words};

use super::{load, pulse, talk};

/// The folder with the shipped questionnaires.
pub fn folder() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/questionnaires"))
}

fn shipped() -> Vec<(String, String)> {
    let mut list = Vec::new();
    for entry in std::fs::read_dir(folder()).expect("the folder is there") {
        let path = entry.expect("readable").path();
        if path.extension().is_some_and(|e| e == "toml") {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            list.push((name, std::fs::read_to_string(&path).expect("UTF-8")));
        }
    }
    assert!(!list.is_empty(), "questionnaires are shipped");
    list
}

#[test]
fn every_shipped_file_loads_without_advice() {
    for (name, text) in shipped() {
        let definition = load(&name, &text);
        assert_eq!(definition.advice, [], "{name}");
        assert_eq!(name, format!("{}.toml", definition.id), "a file is called by its id");
    }
}

#[test]
fn every_shipped_file_has_a_transcript_that_replays() {
    for (name, text) in shipped() {
        let definition = load(&name, &text);
        let path = folder().join(format!("{}.talk", definition.id));
        let written = std::fs::read_to_string(&path).unwrap_or_else(|_| panic!("{} has no transcript", name));
        talk::check(&definition, &written);
        let spoken: Vec<&str> = definition.languages.iter().map(|l| l.code()).collect();
        for code in spoken {
            assert!(written.contains(&format!("language {code}")), "{name} is never replayed in {code}");
        }
    }
}

fn all_words(d: &Definition) -> Vec<&Words> {
    let items = d.items.iter().flat_map(|i| {
        let labels = i.options().iter().filter_map(|o| o.label.as_ref());
        [Some(&i.text), i.hint.as_ref()].into_iter().flatten().chain(labels)
    });
    let results = d.results.iter().flat_map(|r| r.heading.iter().chain(r.variants.iter().map(|v| &v.text)));
    [&d.title, &d.intro].into_iter().chain(&d.method).chain(items).chain(results).collect()
}

#[test]
fn shipped_words_are_calm_and_speak_to_everyone() {
    // Endings of past tense and short forms that fit only a woman or only a man.
    let gendered =
        [" устал ", " устала ", "рад ", "рада ", "должен", "должна", "готов ", "готова ", "(а)", "сам ", "сама "];
    for (name, text) in shipped() {
        for words in all_words(&load(&name, &text)) {
            for (language, said) in &words.0 {
                let low = format!(" {} ", said.to_lowercase());
                assert!(!said.contains('!'), "{name}: no exclamation marks: {said}");
                assert!(!low.contains(" вы ") || said.contains("Вы"), "{name}: «Вы» has a capital letter: {said}");
                assert!(!low.contains("дефицит"), "{name}: a deficit is a growth topic: {said}");
                let found = gendered.iter().find(|form| low.contains(*form));
                assert_eq!(found, None, "{name} ({}): {said}", language.code());
            }
        }
    }
}

#[test]
fn private_words_never_name_the_method_or_a_diagnosis() {
    for (name, text) in shipped() {
        let definition = load(&name, &text);
        if definition.is_private {
            for (_, said) in all_words(&definition).iter().flat_map(|w| &w.0) {
                let low = said.to_lowercase();
                for word in ["выгоран", "burnout", "бойко", "boyko", "депресс", "depress", "синдром", "лекарств"]
                {
                    assert!(!low.contains(word), "{name}: {said}");
                }
            }
        }
    }
}

#[test]
fn the_pulse_asks_one_question_for_each_symptom_and_may_name_none() {
    let d = pulse();
    assert_eq!((d.items.len(), d.scales.len()), (12, 12));
    assert!(d.scales.iter().all(|s| s.key.len() == 1));
    assert!(d.items.iter().all(|i| !i.is_required));
    let of_phase = |id: &str| d.phases.iter().find(|p| p.id == id).map(|p| (p.scales.len(), p.max));
    assert_eq!(["tension", "resistance", "exhaustion"].map(of_phase), [Some((4, 12)); 3]);
    assert_eq!(of_phase("whole"), Some((12, 36)));
    assert_eq!(d.scales.iter().filter(|s| s.is_health).map(|s| s.id.as_str()).collect::<Vec<_>>(), ["bodily"]);
    assert_eq!(d.resume_hours, Some(72));
    assert_eq!(d.reopen_after_months, Some(3));
}

#[test]
fn introductions_fit_a_screen_and_the_same_bytes_give_the_same_print() {
    for (name, text) in shipped() {
        let (a, b) = (load(&name, &text), load(&name, &text));
        assert_eq!(a, b);
        assert_eq!(a.sha256.len(), 64);
        for (_, said) in &a.intro.0 {
            assert!(said.encode_utf16().count() <= MAX_SCREEN_UNITS);
        }
        let edited = parse(&name, format!("{text}\n").as_bytes()).expect("an empty line harms nothing");
        assert_ne!(edited.sha256, a.sha256, "an edited file is another version");
    }
}

#[test]
fn the_file_shown_in_the_guide_loads() {
    let guide = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/questionnaires.md"));
    let blocks = guide.split("```toml\n").skip(1).filter_map(|b| b.split("```").next());
    let whole: Vec<&str> = blocks.filter(|b| b.starts_with("id = ")).collect();
    assert_eq!(whole.len(), 1);
    assert_eq!(load("guide.toml", whole[0]).advice, []);
}
