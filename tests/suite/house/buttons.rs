//! Buttons: every one a feature declares is among its samples, fits into 64 bytes, begins with its feature's own code
//! and reads back; what a forger sends is refused without harm.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;

use proptest::prelude::*;
use uchitelskaya::bot::feature::Feature;
use uchitelskaya::bot::menu::{CODE, Menu};
use uchitelskaya::features;
use uchitelskaya::kernel::button::{MAX_BYTES, Payload, split};

use super::reading::{Code, words};
use super::{Source, is_caught, nothing_to_complain_of, tree};

/// A feature's name, the code of its buttons, one payload of each button.
type Given = (&'static str, &'static str, Vec<String>);

fn given() -> Vec<Given> {
    let menu = ("menu", CODE, Menu::samples().iter().map(Payload::encode).collect());
    let features = features::all().into_iter().map(|e| e.feature);
    std::iter::once(menu).chain(features.map(|f| (f.name, f.buttons, (f.samples)()))).collect()
}

fn complaints_about(all: &[Given]) -> Vec<String> {
    let mut faults = Vec::new();
    let mut codes = BTreeMap::new();
    for (feature, code, samples) in all {
        if let Some(other) = codes.insert(*code, *feature) {
            faults.push(format!("{feature} and {other} both have the code {code}"));
        }
        if code.is_empty() || !code.bytes().all(|b| b.is_ascii_lowercase()) {
            faults.push(format!("{feature}: the code {code} is not of a-z"));
        }
        let mut names = BTreeSet::new();
        for sample in samples {
            if sample.len() > MAX_BYTES {
                faults.push(format!("{feature}: {sample} has {} bytes", sample.len()));
            }
            match sample.strip_prefix(&format!("1{code}.")) {
                None => faults.push(format!("{feature}: {sample} does not begin with 1{code}.")),
                Some(rest) if !names.insert(rest.split('.').next()) => {
                    faults.push(format!("{feature}: {sample} has the name of another"))
                }
                Some(rest) if sample.len() <= MAX_BYTES && split(sample) != Some((code, rest)) => {
                    faults.push(format!("{feature}: {sample} does not read back"));
                }
                Some(_) => {}
            }
        }
    }
    faults
}

/// The code of each `buttons!` and the names in it, as written in the source.
fn declared(source: &Source) -> Vec<(String, BTreeSet<String>)> {
    let code = Code::without_tests(source);
    let mut all = Vec::new();
    for (at, _) in
        words(&code.code).filter(|(at, word)| *word == "buttons" && code.code[*at..].starts_with("buttons! {"))
    {
        let end = super::reading::closing(&code.code, at + "buttons! ".len());
        let mut inside = code.literals.iter().filter(|l| l.at > at && l.at < end).map(|l| l.text.clone());
        all.extend(inside.next().map(|code| (code, inside.collect())));
    }
    all
}

/// Buttons that stand in the source and in no feature's samples.
fn unsampled(sources: &[Source], all: &[Given]) -> Vec<String> {
    let mut faults = Vec::new();
    for (source, (code, names)) in sources.iter().flat_map(|s| declared(s).into_iter().map(move |d| (s, d))) {
        let samples = all.iter().filter(|(_, c, _)| *c == code).flat_map(|(.., samples)| samples);
        let sampled: BTreeSet<_> = samples.filter_map(|s| s.split('.').nth(1)).collect();
        let lost = names.iter().filter(|name| !sampled.contains(name.as_str()));
        faults.extend(lost.map(|name| format!("{}: 1{code}.{name} is in no feature's samples", source.path)));
    }
    faults
}

/// Features with buttons and nobody to press them for, or the other way round.
fn deaf(all: &[Feature]) -> Vec<String> {
    let odd = all.iter().filter(|f| (f.samples)().is_empty() != f.on_press.is_none());
    odd.map(|f| format!("{} has buttons or answers presses, not both", f.name)).collect()
}

/// Buttons that come back as something else.
fn changed_on_the_way<P: Payload + PartialEq + Debug>() -> Vec<String> {
    let comes_back = |button: &P| {
        let data = button.encode();
        split(&data).is_some_and(|(code, rest)| code == P::FEATURE && P::decode(rest).as_ref() == Some(button))
    };
    P::samples().iter().filter(|b| !comes_back(b)).map(|b| format!("{b:?} does not read back")).collect()
}

#[test]
fn every_button_fits_and_is_its_features_own() {
    nothing_to_complain_of(&complaints_about(&given()));
}

#[test]
fn every_declared_button_is_sampled() {
    nothing_to_complain_of(&unsampled(&tree("src", "rs"), &given()));
}

#[test]
fn every_feature_with_buttons_answers_presses() {
    let all: Vec<Feature> = features::all().into_iter().map(|e| e.feature).collect();
    nothing_to_complain_of(&deaf(&all));
}

#[test]
fn the_menus_buttons_read_back() {
    nothing_to_complain_of(&changed_on_the_way::<Menu>());
}

#[test]
fn a_planted_wrong_button_is_caught() {
    let long = format!("1tea.p.{}", "9".repeat(64));
    let all: Vec<Given> = vec![
        ("tea", "tea", vec!["1tea.a".into(), "1tea.a.2".into(), "2tea.b".into(), long]),
        ("milk", "tea", vec![]),
        ("jam", "Jam", vec![]),
    ];
    let wanted = [
        "1tea.a.2 has the name of another",
        "2tea.b does not begin",
        "has 71 bytes",
        "milk and tea both",
        "code Jam is not",
    ];
    is_caught(&complaints_about(&all), &wanted);
}

#[test]
fn a_planted_deaf_feature_is_caught() {
    let tea = Feature { samples: || vec!["1tea.a".into()], ..Feature::named("tea", "tea") };
    is_caught(&deaf(&[tea, Feature::named("milk", "milk")]), &["tea has buttons"]);
}

/// Keeps two digits of what it carries.
#[derive(Debug, PartialEq)]
struct Lossy(u8);

impl Payload for Lossy {
    const FEATURE: &'static str = "lossy";
    fn encode(&self) -> String {
        format!("1lossy.{}", self.0 % 100)
    }
    fn decode(rest: &str) -> Option<Lossy> {
        rest.parse().ok().map(Lossy)
    }
    fn samples() -> Vec<Lossy> {
        vec![Lossy(7), Lossy(u8::MAX)]
    }
}

#[test]
fn a_planted_button_that_changes_is_caught() {
    is_caught(&changed_on_the_way::<Lossy>(), &["Lossy(255) does not read back"]);
}

#[test]
fn a_planted_unsampled_button_is_caught() {
    let text = "buttons! {\n    /// Tea.\n    pub enum Tea as \"tea\" {\n        /// Pours \"p\".\n        Pour \"p\" { cups: u8 },\n        Leave \"l\" {},\n    }\n}\n";
    let all: Vec<Given> = vec![("tea", "tea", vec!["1tea.l".into()])];
    is_caught(&unsampled(&[Source::new("src/features/tea/buttons.rs", text)], &all), &["1tea.p is in no"]);
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(data in any::<String>()) {
        if let Some((code, rest)) = split(&data) {
            prop_assert_eq!(format!("1{code}.{rest}"), data.clone());
        }
        prop_assert!(split(&data).is_none() || data.len() <= MAX_BYTES);
    }

    #[test]
    fn a_forged_menu_button_is_exactly_ours_or_nothing(rest in "[hqlsgxю]?(\\.(ru|en|[a-z0-9.-]{0,70}))?") {
        if let Some(button) = Menu::decode(&rest) {
            prop_assert_eq!(button.encode(), format!("1{CODE}.{rest}"));
        }
    }

    #[test]
    fn a_changed_button_never_panics(at in 0usize..64, with in any::<char>(), which in 0usize..1000) {
        let all: Vec<String> = given().into_iter().flat_map(|(.., samples)| samples).collect();
        let mut letters: Vec<char> = all[which % all.len()].chars().collect();
        let place = at % letters.len();
        letters[place] = with;
        let data: String = letters.into_iter().collect();
        let menu = split(&data).filter(|(code, _)| *code == CODE).and_then(|(_, rest)| Menu::decode(rest));
        prop_assert!(menu.is_none_or(|button| button.encode() == data));
    }
}
