//! Bands: ranges of points with a name, and the proof that they cover every sum exactly once.

use std::collections::BTreeSet;

use super::MAX_ID;
use super::header::{Limit, words, words_here};
use super::items::unique;
use super::reader::{Found, Table};
use super::scales::MAX_POINTS;
use crate::features::survey::model::{Band, Definition};

/// A named set of bands: `[[bands]]`.
pub(super) type BandSet = (String, Vec<Band>);

/// Reads the shared sets.
pub(super) fn band_sets(root: &mut Table<'_>, draft: &Definition) -> Vec<BandSet> {
    let mut sets: Vec<BandSet> = Vec::new();
    for mut table in root.tables("bands") {
        let id = table.id(MAX_ID);
        table.name(format!("bands `{id}`"));
        unique(&table, &id, sets.iter().map(|(id, _)| id.as_str()));
        let bands = own_bands(&mut table, draft);
        table.finish();
        sets.push((id, bands));
    }
    sets
}

fn own_bands(table: &mut Table<'_>, draft: &Definition) -> Vec<Band> {
    let mut list: Vec<Band> = Vec::new();
    for mut own in table.tables("band") {
        let id = own.id(MAX_ID);
        own.name(format!("band `{id}` of {}", table.what()));
        unique(&own, &id, list.iter().map(|b| b.id.as_str()));
        let mut bound = |key: &str| {
            own.require(key);
            own.integer(key, -i64::from(MAX_POINTS)..=i64::from(MAX_POINTS)).map_or(0, |f| f.value as i32)
        };
        let (from, to) = (bound("from"), bound("to"));
        let text = words(&mut own, "text", &draft.languages, Limit::text(600));
        let name = words_here(&mut own, &draft.languages, Limit::line(60));
        own.finish();
        list.push(Band { id, from, to, name, text });
    }
    list
}

/// The bands of a scale or phase: its own, or a named set.
pub(super) fn bands(table: &mut Table<'_>, draft: &Definition, sets: &[BandSet]) -> Vec<Band> {
    let own = own_bands(table, draft);
    let Some(Found { line, value }) = table.string("bands") else { return own };
    if !own.is_empty() {
        table.fault("has both `bands` and bands of its own");
    }
    let set = sets.iter().find(|(id, _)| *id == value);
    if set.is_none() {
        table.source.fault(line, format!("{}: there are no bands `{value}`", table.what()));
    }
    set.map(|(_, bands)| bands.clone()).unwrap_or_default()
}

/// Bands stand in order, without gap or overlap, from `min` to `max`, and each holds a possible sum.
pub(super) fn prove(table: &Table<'_>, min: i32, max: i32, bands: &[Band], sums: impl Fn() -> Option<BTreeSet<i32>>) {
    if bands.is_empty() {
        return;
    }
    let mut next = min;
    for band in bands {
        if band.from > band.to {
            table.fault(format!("band `{}` ends before it begins", band.id));
        } else if band.from > max || band.to < min {
            table.fault(format!("band `{}` lies outside {min} to {max} and is never reached", band.id));
        } else if band.from > next {
            table.fault(format!("points {next} to {} are in no band", band.from - 1));
        } else if band.from < next {
            table.fault(format!(
                "band `{}` begins at {}, but points up to {} are taken or impossible",
                band.id,
                band.from,
                next - 1
            ));
        }
        next = band.to + 1;
    }
    if next <= max {
        table.fault(format!("points {next} to {max} are in no band"));
    } else if next > max + 1 {
        table.fault(format!("the last band ends at {}, but at most {max} can be reached", next - 1));
    }
    let Some(sums) = sums() else { return };
    for band in bands.iter().filter(|b| b.from <= b.to && sums.range(b.from..=b.to).next().is_none()) {
        table.fault(format!("no answers lead into band `{}`", band.id));
    }
}
