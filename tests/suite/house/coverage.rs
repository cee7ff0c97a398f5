//! Every command, every job and every button's label is named in some chat or outage test: what nobody tries, breaks.

use std::collections::{BTreeMap, BTreeSet};

use uchitelskaya::bot::menu::COMMANDS;
use uchitelskaya::features;

use super::locales::sentences;
use super::reading::Code;
use super::{Source, is_caught, nothing_to_complain_of, tree};

/// Each string that people's tests hold: what is written, pressed and seen. Comments prove nothing.
fn said(tests: &[Source]) -> Vec<String> {
    let literals = tests.iter().flat_map(|source| Code::of(source).literals);
    literals.map(|literal| literal.text.replace("\\n", "\n")).collect()
}

fn chats() -> Vec<String> {
    let tests = ["tests/suite/chats", "tests/suite/outages"].into_iter().flat_map(|folder| tree(folder, "rs"));
    said(&tests.collect::<Vec<_>>())
}

/// The names, each with the words that stand for it, that no test says.
fn unnamed(names: &BTreeMap<String, String>, said: &[String], is_said: fn(&str, &str) -> bool) -> Vec<String> {
    let lost = names.iter().filter(|(_, words)| !said.iter().any(|text| is_said(text, words)));
    lost.map(|(name, words)| format!("{name}: «{words}» stands in no chat test")).collect()
}

/// `/tea` is not said by `/teapot`.
fn as_a_word(text: &str, word: &str) -> bool {
    let is_letter = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(word).any(|(at, _)| !text[at + word.len()..].starts_with(is_letter))
}

/// A label is pressed whole, or seen in its brackets; of one with something filled in, a piece is enough.
fn as_a_label(text: &str, label: &str) -> bool {
    let is_piece = label.contains('…');
    let piece = label.split('…').max_by_key(|piece| piece.chars().count()).unwrap_or_default();
    text == label || text.contains(&format!("[{label}]")) || (is_piece && text.contains(piece.trim()))
}

fn commands() -> BTreeMap<String, String> {
    let own = features::all().into_iter().flat_map(|e| e.feature.commands).map(|c| c.name);
    let all = ["start"].into_iter().chain(COMMANDS.map(|(name, _)| name)).chain(own);
    all.map(|name| (format!("command {name}"), format!("/{name}"))).collect()
}

fn jobs() -> BTreeMap<String, String> {
    let all = features::all().into_iter().flat_map(|e| e.jobs);
    all.map(|job| (format!("job {}", job.key), job.key.to_owned())).collect()
}

/// Labels of buttons: sentences named `button-…` or `…-button-…`, and those that code gives to a button. `…` stands for what is filled in.
fn labels(ru: &[Source], sources: &[Source]) -> BTreeMap<String, String> {
    let mut given = BTreeSet::new();
    for code in sources.iter().map(Code::without_tests) {
        let is_label = |at: usize| code.code[..at].trim_end().ends_with("Button::press(t!(");
        given.extend(code.literals.iter().filter(|l| is_label(l.at)).map(|l| l.text.clone()));
    }
    let is_button = |key: &str| given.contains(key) || key.starts_with("button-") || key.contains("-button-");
    let all = sentences(ru).0.into_iter().filter(|(key, _)| is_button(key));
    all.map(|(key, sentence)| (format!("button {key}"), sentence.words.trim().replace('\n', "…"))).collect()
}

#[test]
fn every_command_is_tried_in_a_chat() {
    // `/start` is written by `Hand::start`, which chats begin with.
    let mut names = commands();
    names.remove("command start");
    nothing_to_complain_of(&unnamed(&names, &chats(), as_a_word));
}

#[test]
fn every_job_is_tried_in_a_chat() {
    nothing_to_complain_of(&unnamed(&jobs(), &chats(), as_a_word));
}

#[test]
fn every_button_is_shown_in_a_chat() {
    let labels = labels(&tree("locales/ru", "ftl"), &tree("src", "rs"));
    nothing_to_complain_of(&unnamed(&labels, &chats(), as_a_label));
}

#[test]
fn a_planted_untried_button_is_caught() {
    let ru = "tea-button-pour = Налить ещё { $cups } чашек\nbutton-leave = Уйти\nbuttoned = Нет\ntea-button-no = Не\n\
              tea-lid = Крышка\ntea-button-end = Хватит\n";
    let code = Source::new("src/features/tea/views.rs", "Button::press(t!(\"tea-lid\"), Tea::Lid {})");
    let chat = "phone.press(\"Налить ещё 2 чашек\"); see(\"\\nЧай\\n[Хватит] [Не надо]\"); // [Уйти]";
    let labels = labels(&[Source::new("locales/ru/tea.ftl", ru)], &[code]);
    let missing = unnamed(&labels, &said(&[Source::new("tests/suite/chats/tea.rs", chat)]), as_a_label);
    is_caught(&missing, &["button button-leave: «Уйти»", "button tea-button-no: «Не»", "button tea-lid: «Крышка»"]);
}

#[test]
fn a_planted_untried_command_is_caught() {
    let names = ["/tea", "/milk"].map(|name| (format!("command {name}"), name.to_owned()));
    let chat =
        Source::new("tests/suite/chats/tea.rs", "phone.writes(\"/teapot\"); phone.writes(\"/milk now\"); // /tea");
    is_caught(&unnamed(&BTreeMap::from(names), &said(&[chat]), as_a_word), &["command /tea: «/tea»"]);
}
