//! The key of a file: bands, scales, phases, weighings and contradictions.

use super::bands::{BandSet, band_sets, bands, prove};
use super::header::{Limit, need_words};
use super::items::unique;
use super::proof::value_range;
use super::reader::{Found, Table, integer};
use super::{MAX_ID, conditions, proof};
use crate::features::survey::model::{
    Contradiction, Definition, Keyed, Measure, Measured, NAMED_FROM, Phase, Scale, Weighing,
};

/// The most scales and the most phases.
const MAX_SCALES: usize = 100;
/// Largest weight of an item.
const MAX_WEIGHT: i64 = 100;
/// Largest sum of a scale.
pub(super) const MAX_POINTS: i32 = 1_000_000;

/// Reads the key into the draft and proves it; gives the line of each scale.
pub(super) fn read(root: &mut Table<'_>, draft: &mut Definition) -> Vec<usize> {
    let sets = band_sets(root, draft);
    let tables = root.tables("scale");
    if tables.len() > MAX_SCALES {
        root.fault(format!("there are {} scales; at most {MAX_SCALES} are allowed", tables.len()));
    }
    let mut lines = Vec::new();
    for mut table in tables {
        lines.push(table.line);
        let scale = scale(&mut table, draft, &sets);
        prove(&table, scale.min, scale.max, &scale.bands, || proof::scale_sums(draft, &scale));
        table.finish();
        draft.scales.push(scale);
    }
    for mut table in root.tables("phase") {
        let phase = phase(&mut table, draft, &sets);
        prove(&table, phase.min, phase.max, &phase.bands, || proof::phase_sums(draft, &phase));
        table.finish();
        draft.phases.push(phase);
    }
    for mut table in root.tables("weighing") {
        let weighing = weighing(&mut table, draft);
        table.finish();
        draft.weighings.push(weighing);
    }
    for mut table in root.tables("contradiction") {
        let contradiction = contradiction(&mut table, draft);
        table.finish();
        draft.contradictions.push(contradiction);
    }
    lines
}

/// Reads id, name and measure of a scale or phase; ids of both are one set.
fn heading(table: &mut Table<'_>, draft: &Definition, kind: &str) -> (String, Measure) {
    let id = table.id(MAX_ID);
    table.name(format!("{kind} `{id}`"));
    let scales = draft.scales.iter().map(|s| s.id.as_str());
    unique(table, &id, scales.chain(draft.phases.iter().map(|p| p.id.as_str())));
    let measure = match table.string("measure") {
        None => Measure::Points,
        Some(found) => match found.value.as_str() {
            "points" => Measure::Points,
            "percent" => Measure::Percent,
            _ => {
                table.source.fault(found.line, format!("{}: `measure` must be points or percent", table.what()));
                Measure::Points
            }
        },
    };
    (id, measure)
}

fn scale(table: &mut Table<'_>, draft: &Definition, sets: &[BandSet]) -> Scale {
    let (id, measure) = heading(table, draft, "scale");
    let name = need_words(table, "name", &draft.languages, Limit::line(80));
    let key = key(table, draft);
    let blank_is_lowest = table.flag("blank_is_lowest").is_some_and(|f| f.value);
    let is_health = table.flag("health").is_some_and(|f| f.value);
    let all = key.len().max(1);
    let needs = table.integer("needs", 1..=all as i64).map_or(all, |f| f.value as usize);
    if needs < key.len() && measure == Measure::Points {
        table.fault("a scale that counts without all of its items needs `measure = \"percent\"`");
    }
    let least: i32 = key.iter().map(Keyed::least).sum();
    let most: i32 = key.iter().map(Keyed::most).sum();
    if least < -MAX_POINTS || most > MAX_POINTS {
        table.fault(format!("the sum may reach {most}; {MAX_POINTS} is the most"));
    }
    let (min, max) = if measure == Measure::Percent { (0, 100) } else { (least, most) };
    let bands = bands(table, draft, sets);
    Scale { id, name, key, measure, needs, blank_is_lowest, is_health, min, max, bands }
}

/// The weights: `items = { load = 2, calm = -3 }`.
fn key(table: &mut Table<'_>, draft: &Definition) -> Vec<Keyed> {
    table.require("items");
    let Some(mut weights) = table.table("items") else { return Vec::new() };
    let mut key = Vec::new();
    for id in weights.keys() {
        let Some(found) = weights.take(&id) else { continue };
        let weight = integer(found.value.get_ref()).filter(|w| *w != 0 && w.abs() <= MAX_WEIGHT);
        let fault = |reason: String| table.source.fault(found.line, format!("{}: {reason}", table.what()));
        match (draft.item(&id), weight) {
            (None, _) => fault(format!("there is no item `{id}` to give a weight")),
            (_, None) => {
                fault(format!("the weight of `{id}` must be a whole number from -{MAX_WEIGHT} to {MAX_WEIGHT}, not 0"))
            }
            (Some(item), Some(weight)) => match value_range(&draft.items[item]) {
                Some((low, high)) => key.push(Keyed { item, weight: weight as i32, low, high }),
                None => fault(format!("`{id}` cannot be counted: give its options values, or a right answer")),
            },
        }
    }
    if key.is_empty() {
        table.fault("has no items");
    }
    key.sort_by_key(|k: &Keyed| k.item);
    key
}

fn phase(table: &mut Table<'_>, draft: &Definition, sets: &[BandSet]) -> Phase {
    let (id, measure) = heading(table, draft, "phase");
    let name = need_words(table, "name", &draft.languages, Limit::line(80));
    table.require("scales");
    let mut scales = Vec::new();
    if let Some(Found { line, value }) = table.strings("scales") {
        for id in &value {
            match draft.scales.iter().position(|s| s.id == *id) {
                Some(n) if scales.contains(&n) => {
                    table.source.fault(line, format!("{}: `{id}` stands twice", table.what()))
                }
                Some(n) => scales.push(n),
                None => table.source.fault(line, format!("{}: there is no scale `{id}`", table.what())),
            }
        }
        if value.is_empty() {
            table.fault("has no scales");
        }
    }
    let parts = || scales.iter().map(|n: &usize| &draft.scales[*n]);
    if measure == Measure::Points && parts().any(|s| s.measure == Measure::Percent) {
        table.fault("its scales are percent, so it needs `measure = \"percent\"` too");
    }
    let sums = parts().map(|s| (s.min, s.max)).fold((0, 0), |sum, s| (sum.0 + s.0, sum.1 + s.1));
    let (min, max) = if measure == Measure::Percent { (0, 100) } else { sums };
    let is_health = parts().any(|s| s.is_health);
    let bands = bands(table, draft, sets);
    Phase { id, name, scales, measure, is_health, min, max, bands }
}

fn weighing(table: &mut Table<'_>, draft: &Definition) -> Weighing {
    let id = table.id(MAX_ID);
    table.name(format!("weighing `{id}`"));
    unique(table, &id, draft.weighings.iter().map(|w| w.id.as_str()));
    table.require("among");
    let names = table.strings("among").map_or(Vec::new(), |f| f.value);
    let mut among: Vec<Measured> = Vec::new();
    for name in &names {
        match draft.measured(name) {
            Some(of) if among.contains(&of) => table.fault(format!("`{name}` stands twice")),
            Some(of) => among.push(of),
            None => table.fault(format!("there is no scale or phase `{name}`")),
        }
    }
    let range = |of: &Measured| match of {
        Measured::Scale(n) => (draft.scales[*n].min, draft.scales[*n].max),
        Measured::Phase(n) => (draft.phases[*n].min, draft.phases[*n].max),
    };
    let range_of_first = among.first().map_or((0, 1), range);
    if !(2..=6).contains(&names.len()) || among.iter().any(|of| range(of) != range_of_first) {
        table.fault("compares 2 to 6 scales or phases that have the same lowest and highest points");
        among.truncate(6);
    }
    for of in among.iter().filter(|of| names_too_little(draft, **of)) {
        table.fault(one_answer_proves_nothing(draft, *of));
    }
    let widest = i64::from(range_of_first.1 - range_of_first.0).max(1);
    let lead = table.integer("lead", 1..=widest).map_or(1, |f| f.value as i32);
    Weighing { id, among, lead }
}

/// A private scale of a single item must not choose words (PRIVACY, section 3).
pub(super) fn names_too_little(draft: &Definition, of: Measured) -> bool {
    let items = match of {
        Measured::Scale(n) => draft.scales[n].key.len(),
        Measured::Phase(n) => draft.phases[n].scales.iter().map(|s| draft.scales[*s].key.len()).sum(),
    };
    draft.is_private && items < NAMED_FROM
}

/// The fault for [`names_too_little`].
pub(super) fn one_answer_proves_nothing(draft: &Definition, of: Measured) -> String {
    let id = draft.id_of(of);
    format!("`{id}` has fewer than {NAMED_FROM} items; in a private questionnaire one answer must not name anything")
}

fn contradiction(table: &mut Table<'_>, draft: &Definition) -> Contradiction {
    let id = table.id(MAX_ID);
    table.name(format!("contradiction `{id}`"));
    unique(table, &id, draft.contradictions.iter().map(|c| c.id.as_str()));
    let mut tests = Vec::new();
    for mut own in table.tables("together") {
        tests.extend(conditions::item_tests(&mut own, draft));
        own.finish();
    }
    if tests.len() < 2 {
        table.fault("needs two conditions in `together`");
    }
    Contradiction { id, tests }
}
