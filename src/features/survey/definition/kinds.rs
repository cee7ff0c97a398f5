//! Kinds of items: what an answer looks like, its options and bounds, and the right answer of a test.

use chrono::NaiveDate;
use toml::de::DeValue;

use super::header::{Limit, words};
use super::items::{AnswerSet, MAX_LABEL, options};
use super::reader::{Found, Table, integer, strings};
use crate::features::survey::model::{Choice, Definition, Kind, Right, spelling};
use crate::features::survey::run::in_steps;
use crate::kernel::language::Language;

/// All labels and payloads of one screen, in bytes: Telegram takes about 4096.
const MAX_KEYBOARD: usize = 3600;
/// Room for one button's payload, in bytes.
const PAYLOAD: usize = 40;
/// The largest number that can be asked for, in smallest steps.
const MAX_STEPS: u64 = 1_000_000_000_000;

/// Reads the kind of an item with its own fields.
pub(super) fn kind(table: &mut Table<'_>, draft: &Definition, sets: &[AnswerSet]) -> Kind {
    table.require("kind");
    let found = table.string("kind");
    let name = found.as_ref().map_or("text", |f| f.value.as_str());
    match name {
        "yes-no" => Kind::YesNo(yes_no(table, &draft.languages)),
        "single" => Kind::Single(chosen_options(table, draft, sets, 40)),
        "scale" => Kind::Scale(steps(chosen_options(table, draft, sets, 11))),
        "multiple" => multiple(table, draft, sets),
        "number" => number(table),
        "date" => date(table),
        "text" => {
            if draft.is_private && found.is_some() {
                table.fault("a private questionnaire asks for no free text");
            }
            let max_chars = table.integer("max_chars", 1..=1000).map_or(300, |f| f.value as u16);
            Kind::Text { max_chars }
        }
        other => {
            table
                .fault(format!("the kind `{other}` is not one of yes-no, single, multiple, scale, number, text, date"));
            for key in ["answers", "option", "min", "max", "decimals", "least", "most"] {
                table.take(key);
            }
            Kind::Text { max_chars: 300 }
        }
    }
}

fn yes_no(table: &mut Table<'_>, languages: &[Language]) -> Vec<Choice> {
    let mut option = |id: &str, value| {
        let label = words(table, id, languages, Limit::line(MAX_LABEL));
        Choice { id: id.to_owned(), label, value: Some(value) }
    };
    vec![option("yes", 1), option("no", 0)]
}

/// The options of an item: its own, or those of a named set.
fn chosen_options(table: &mut Table<'_>, draft: &Definition, sets: &[AnswerSet], most: usize) -> Vec<Choice> {
    let own = options(table, &draft.languages);
    let mut list = match table.string("answers") {
        Some(_) if !own.is_empty() => {
            table.fault("has both `answers` and options of its own");
            own
        }
        Some(Found { line, value }) => match sets.iter().find(|(id, _)| *id == value) {
            Some((_, options)) => options.clone(),
            None => {
                table.source.fault(line, format!("{}: there are no answers `{value}`", table.what()));
                return Vec::new();
            }
        },
        None => own,
    };
    if list.len() < 2 || list.len() > most {
        table.fault(format!("has {} options; 2 to {most} are possible", list.len()));
        list.truncate(most);
    }
    let label = |o: &Choice| o.label.iter().flat_map(|w| &w.0).map(|(_, t)| t.len()).max().unwrap_or(0);
    if list.iter().map(|o| label(o) + PAYLOAD).sum::<usize>() > MAX_KEYBOARD {
        table.fault("the options are too long to stand under one question; shorten them");
    }
    list
}

/// Steps of a scale without values count 0, 1, 2 …
fn steps(mut options: Vec<Choice>) -> Vec<Choice> {
    if options.iter().all(|o| o.value.is_none()) {
        for (n, option) in options.iter_mut().enumerate() {
            option.value = Some(n as i32);
        }
    }
    options
}

fn multiple(table: &mut Table<'_>, draft: &Definition, sets: &[AnswerSet]) -> Kind {
    let options = chosen_options(table, draft, sets, 40);
    let count = options.len().max(1) as i64;
    let least = table.integer("least", 0..=count).map_or(1, |f| f.value as u8);
    let most = table.integer("most", 1..=count).map_or(count as u8, |f| f.value as u8);
    if least > most {
        table.fault("`least` is more than `most`");
    }
    Kind::Multiple { options, least, most }
}

fn number(table: &mut Table<'_>) -> Kind {
    let decimals = table.integer("decimals", 0..=3).map_or(0, |f| f.value as u8);
    let mut bound = |key: &str| {
        table.require(key);
        let found = table.take(key)?;
        let steps = decimal(found.value.get_ref(), decimals).filter(|n| n.unsigned_abs() <= MAX_STEPS);
        if steps.is_none() {
            table.source.fault(
                found.line,
                format!("{}: `{key}` must be a number with at most {decimals} decimals", table.what()),
            );
        }
        steps
    };
    let (min, max) = (bound("min").unwrap_or(0), bound("max").unwrap_or(i64::MAX));
    if min >= max {
        table.fault("`min` must be less than `max`");
    }
    Kind::Number { min, max, decimals }
}

fn date(table: &mut Table<'_>) -> Kind {
    let mut bound = |key: &str| {
        let found = table.take(key)?;
        let day = day(found.value.get_ref());
        if day.is_none() {
            table.source.fault(found.line, format!("{}: `{key}` must be a day such as 2026-09-01", table.what()));
        }
        day
    };
    let earliest = bound("earliest").unwrap_or(NaiveDate::from_ymd_opt(1900, 1, 1).unwrap_or_default());
    let latest = bound("latest").unwrap_or(NaiveDate::from_ymd_opt(2100, 12, 31).unwrap_or_default());
    if earliest > latest {
        table.fault("`earliest` is later than `latest`");
    }
    Kind::Date { earliest, latest }
}

/// A number of the file in smallest steps.
pub(super) fn decimal(value: &DeValue<'_>, decimals: u8) -> Option<i64> {
    match value {
        DeValue::Integer(_) => integer(value)?.checked_mul(10i64.pow(u32::from(decimals))),
        DeValue::Float(float) => in_steps(float.as_str(), decimals),
        _ => None,
    }
}

/// A day of the file, as a TOML date or as text.
pub(super) fn day(value: &DeValue<'_>) -> Option<NaiveDate> {
    let written = match value {
        DeValue::Datetime(day) => day.to_string(),
        DeValue::String(text) => text.to_string(),
        _ => return None,
    };
    NaiveDate::parse_from_str(&written, "%Y-%m-%d").ok()
}

/// Reads the right answer, if the item has one.
pub(super) fn right(table: &mut Table<'_>, kind: &Kind) -> Option<Right> {
    let found = table.take("right")?;
    let value = found.value.into_inner();
    let right = match kind {
        Kind::YesNo(o) | Kind::Single(o) | Kind::Scale(o) => {
            strings(value).and_then(|ids| bits(&ids, o)).map(Right::Options)
        }
        Kind::Multiple { options, .. } => strings(value).and_then(|ids| bits(&ids, options)).map(Right::Options),
        Kind::Number { decimals, .. } => decimal(&value, *decimals).map(Right::Number),
        Kind::Date { .. } => day(&value).map(Right::Date),
        Kind::Text { .. } => strings(value).map(|texts| Right::Texts(texts.iter().map(|t| spelling(t)).collect())),
    };
    if right.is_none() {
        table.source.fault(found.line, format!("{}: `right` is not an answer to this item", table.what()));
    }
    right
}

/// Option ids as bits; `None` when one is unknown or there are none.
pub(super) fn bits(ids: &[String], options: &[Choice]) -> Option<u64> {
    let position = |id: &String| options.iter().position(|o| o.id == *id).filter(|n| *n < 64);
    let bits = ids.iter().map(position).try_fold(0u64, |bits, n| n.map(|n| bits | 1 << n))?;
    (bits != 0).then_some(bits)
}
