//! Scoring keeps its promises for any answers, and a slip in the key never loads.

use proptest::prelude::*;
use uchitelskaya::features::survey::definition::parse;
use uchitelskaya::features::survey::model::{Answer, Definition, Measured};
use uchitelskaya::features::survey::run::Run;
use uchitelskaya::features::survey::scoring::{Outcome, score, words};
use uchitelskaya::kernel::language::Language;

use super::{pulse, pulse_text};

/// A finished run of the pulse; 4 stands for "skipped".
fn run_of(definition: &Definition, taps: &[u8]) -> Run {
    let mut run = Run::new(definition);
    for (item, tap) in taps.iter().enumerate() {
        let done = if *tap == 4 { run.skip(definition, item) } else { run.answer(definition, item, Answer::One(*tap)) };
        done.expect("the pulse takes any of its taps");
    }
    run
}

fn points(definition: &Definition, outcome: &Outcome, id: &str) -> Option<i32> {
    outcome.score(definition.measured(id).expect("a scale or phase")).points
}

fn said(definition: &Definition, taps: &[u8]) -> String {
    let run = run_of(definition, taps);
    let parts = words(definition, &run, &score(definition, &run), Language::Ru, "Психолог центра: 000-00-00");
    parts.into_iter().flat_map(|p| p.lines).collect::<Vec<_>>().join("\n")
}

proptest! {
    #[test]
    fn points_stay_in_their_bounds_and_phases_add_up(taps in prop::collection::vec(0u8..4, 12)) {
        let d = pulse();
        let outcome = score(d, &run_of(d, &taps));
        for (scale, score) in d.scales.iter().zip(&outcome.scales) {
            let points = score.points.expect("all is answered");
            prop_assert!((scale.min..=scale.max).contains(&points));
            prop_assert!(!score.may_be_named, "one answer names no symptom");
        }
        for (phase, score) in d.phases.iter().zip(&outcome.phases) {
            let sum: i32 = phase.scales.iter().filter_map(|s| outcome.scales[*s].points).sum();
            prop_assert_eq!(score.points, Some(sum));
            let band = &phase.bands[score.band.expect("bands have no gaps")];
            prop_assert!((band.from..=band.to).contains(&sum));
        }
    }

    #[test]
    fn a_heavier_answer_never_lightens_anything(taps in prop::collection::vec(0u8..4, 12), item in 0usize..12) {
        let d = pulse();
        let before = score(d, &run_of(d, &taps));
        let is_turned = d.scales.iter().flat_map(|s| &s.key).any(|k| k.item == item && k.weight < 0);
        let mut heavier = taps.clone();
        heavier[item] = if is_turned { taps[item].saturating_sub(1) } else { (taps[item] + 1).min(3) };
        let after = score(d, &run_of(d, &heavier));
        for (a, b) in before.phases.iter().zip(&after.phases) {
            prop_assert!(a.points <= b.points && a.band <= b.band);
        }
    }

    #[test]
    fn a_skipped_item_uncounts_its_own_phase_and_no_other(taps in prop::collection::vec(0u8..5, 12)) {
        let d = pulse();
        let outcome = score(d, &run_of(d, &taps));
        for (phase, score) in d.phases.iter().zip(&outcome.phases) {
            let items = phase.scales.iter().flat_map(|s| &d.scales[*s].key).map(|k| k.item);
            let is_whole = items.clone().all(|i| taps[i] != 4);
            prop_assert_eq!(score.points.is_some(), is_whole, "{}", &phase.id);
        }
    }

    #[test]
    fn every_result_says_something_that_fits_and_is_finished(taps in prop::collection::vec(0u8..5, 12), english: bool) {
        let d = pulse();
        let run = run_of(d, &taps);
        let language = if english { Language::En } else { Language::Ru };
        for contacts in ["", "Телефон центра: 8-000-000-00-00"] {
            let parts = words(d, &run, &score(d, &run), language, contacts);
            let ids: Vec<&str> = parts.iter().map(|p| p.part.as_str()).collect();
            for must in ["thanks", "lean-on", "limits", "whom"] {
                prop_assert!(ids.contains(&must), "{must} is missing: {ids:?}");
            }
            let is_empty = score(d, &run).phases.iter().all(|p| p.points.is_none());
            prop_assert_eq!(ids.contains(&"steps"), !is_empty, "{:?}", &ids);
            let is_counted = ["overall", "gaps"].iter().any(|p| ids.contains(p));
            prop_assert!(is_counted, "{ids:?}");
            let text: String = parts.iter().flat_map(|p| p.lines.iter()).cloned().collect();
            let has_braces = text.contains(['{', '}']);
            prop_assert!(!has_braces, "{}", &text);
            prop_assert!(text.encode_utf16().count() < 3500);
        }
    }
}

#[test]
fn what_takes_strength_follows_the_heaviest_state() {
    let d = pulse();
    let of = |heavy: &[&str]| {
        let of_heavy = |item: usize| {
            let scale = d.scales.iter().position(|s| s.key[0].item == item).expect("each has a scale");
            d.phases.iter().any(|p| heavy.contains(&p.id.as_str()) && p.scales.contains(&scale))
        };
        let is_turned = |item: usize| ["praise", "home", "interest"].contains(&d.items[item].id.as_str());
        let taps: Vec<u8> = (0..12)
            .map(|i| match (of_heavy(i), is_turned(i)) {
                (true, false) => 2,
                (true, true) | (false, false) => 1,
                (false, true) => 2,
            })
            .collect();
        said(d, &taps)
    };
    assert!(of(&["tension"]).contains("напряжение вокруг дел: их объём"));
    assert!(of(&["resistance"]).contains("желание поберечь себя: делать только нужное"));
    assert!(of(&["exhaustion"]).contains("сказывается усталость"));
    assert!(of(&["tension", "exhaustion"]).contains("напряжение вокруг дел и накопленная усталость"));
    assert!(of(&[]).contains("не что-то одно"));
}

#[test]
fn great_tiredness_brings_contacts_onto_the_screen() {
    let d = pulse();
    let run = run_of(d, &[3, 3, 3, 0, 3, 3, 0, 3, 3, 3, 3, 0]);
    let parts = words(d, &run, &score(d, &run), Language::Ru, "Центр, 8-000");
    let shown: Vec<_> = parts.iter().filter(|p| !p.on_demand).collect();
    assert!(shown.iter().any(|p| p.part == "overall" && p.lines[0].contains("не обязательно справляться в одиночку")));
    assert!(shown.iter().any(|p| p.part == "whom-now" && p.lines[0].contains("Центр, 8-000")));
}

#[test]
fn equal_taps_and_contradictions_are_noticed_quietly() {
    let d = pulse();
    let doubtful = |taps: &[u8]| score(d, &run_of(d, taps)).is_doubtful();
    assert!(doubtful(&[2; 12]), "twelve times the same although three are turned round");
    assert!(doubtful(&[0, 1, 0, 2, 0, 1, 2, 0, 1, 1, 3, 3]), "interest and problems at once");
    assert!(!doubtful(&[0, 1, 0, 2, 0, 1, 2, 0, 1, 1, 0, 3]));
    assert!(said(d, &[3; 12]).contains("читайте вывод осторожно"));
}

#[test]
fn measured_scales_and_phases_share_one_set_of_ids() {
    let d = pulse();
    assert_eq!(d.measured("circumstances"), Some(Measured::Scale(0)));
    assert!(matches!(d.measured("whole"), Some(Measured::Phase(_))));
    let outcome = score(d, &run_of(d, &[0; 12]));
    assert_eq!(points(d, &outcome, "whole"), Some(9));
}

/// Every single slip in the key of the pulse, made in the text of its file.
#[test]
fn a_mutated_key_never_loads() {
    let text = pulse_text();
    let keys: Vec<&str> = text.lines().filter(|l| l.starts_with("items = {")).collect();
    assert_eq!(keys.len(), 12);
    let id_of = |key: &str| key.split(['{', '=']).nth(2).unwrap_or_default().trim().to_owned();
    let mut slips = Vec::new();
    for key in &keys {
        let (item, weight) = (id_of(key), if key.contains("-1") { "-1" } else { "1" });
        let turned = if weight == "1" { "-1" } else { "1" };
        for other in ["2", "-2", "0", turned] {
            slips.push(text.replace(key, &format!("items = {{ {item} = {other} }}")));
        }
        for second in keys.iter().filter(|k| *k != key) {
            let swapped = text.replace(key, "items = { @ }").replace(second, &second.replace(&id_of(second), &item));
            let back = key.replace(&item, &id_of(second));
            slips.push(swapped.replace("items = { @ }", &back));
        }
    }
    for (from, to) in [("self", "moral"), ("cage", "saving"), ("bodily", "anxiety"), ("personal", "selective")] {
        let head = text.find("[[phase]]").expect("phases");
        let end = text.find("id = \"whole\"").expect("the whole");
        let phases = &text[head..end];
        let (a, b) = (format!("\"{from}\""), format!("\"{to}\""));
        slips.push(text.replace(phases, &phases.replace(&a, "@").replace(&b, &a).replace('@', &b)));
    }
    for (border, moved) in
        [("to = 3,", "from = 4,"), ("to = 7,", "from = 8,"), ("to = 11,", "from = 12,"), ("to = 23,", "from = 24,")]
    {
        let n: i32 = border.trim_matches(|c: char| !c.is_ascii_digit()).parse().expect("a number");
        for step in [-1, 1] {
            let lower = text.replace(border, &format!("to = {},", n + step));
            slips.push(lower.replace(moved, &format!("from = {},", n + 1 + step)));
        }
    }
    assert_eq!(slips.len(), 12 * (4 + 11) + 4 + 8);
    for slip in slips {
        assert_ne!(slip, text, "the slip is really there");
        let refused = parse("pulse.toml", slip.as_bytes());
        assert!(refused.is_err(), "a slip in the key was not noticed:\n{}", difference(&text, &slip));
    }
}

fn difference(a: &str, b: &str) -> String {
    let changed = a.lines().zip(b.lines()).filter(|(a, b)| a != b);
    changed.map(|(a, b)| format!("- {a}\n+ {b}\n")).collect()
}
