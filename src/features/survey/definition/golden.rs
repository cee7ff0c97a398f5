//! Golden cases: answers with the points they must give.
//!
//! They are the author's own arithmetic against the program's. Here they are also weighed: every single
//! slip in the key (a weight one off, a wrong sign, another item in the place of one) must make at least
//! one case fail, else the file is refused and says which case is wanting.

use toml::Spanned;
use toml::de::DeValue;

use super::kinds::{bits, day, decimal};
use super::proof::value_range;
use super::reader::{Found, Table, integer, strings};
use crate::features::survey::model::{Answer, Definition, Item, Keyed, Kind, Measure, Measured, Scale};
use crate::features::survey::run::Run;
use crate::features::survey::scoring::{raw_points, score};

/// One case, as far as it could be read.
struct Case {
    line: usize,
    name: String,
    run: Run,
    expected: Vec<(usize, Measured, Expected)>,
}

#[derive(Clone, Copy, PartialEq)]
enum Expected {
    Points(i32),
    Band(usize),
    NotCounted,
}

/// Reads the golden cases and, when nothing else is wrong, tries them.
pub(super) fn read(root: &mut Table<'_>, draft: &mut Definition, scale_lines: &[usize]) {
    let cases: Vec<Case> = root.tables("golden").into_iter().map(|table| case(table, draft)).collect();
    if cases.is_empty() && !draft.scales.is_empty() {
        root.fault("there are scales but no [[golden]] case that proves them");
    }
    if !root.source.is_clean() {
        return;
    }
    for case in &cases {
        try_case(root, draft, case);
    }
    if root.source.is_clean() {
        for (n, line) in scale_lines.iter().enumerate() {
            if let Some(reason) = unnoticed(draft, n, &cases) {
                root.source.fault(*line, reason);
            }
        }
    }
}

fn case(mut table: Table<'_>, draft: &Definition) -> Case {
    table.require("name");
    let name = table.string("name").map_or(String::new(), |f| f.value);
    table.name(format!("golden case `{name}`"));
    let mut run = Run::new(draft);
    table.require("answers");
    if let Some(mut own) = table.table("answers") {
        answers(&mut own, draft, &mut run);
        own.finish();
    }
    table.require("expect");
    let mut expected = Vec::new();
    if let Some(mut own) = table.table("expect") {
        for id in own.keys() {
            let (Some(found), of) = (own.take(&id), draft.measured(&id)) else { continue };
            let read = of.and_then(|of| expectations(&found.value, draft, of).map(|list| (of, list)));
            match (of, read) {
                (None, _) => {
                    table.source.fault(found.line, format!("{}: there is no scale or phase `{id}`", table.what()))
                }
                (_, None) => {
                    let reason =
                        format!("`{id}` must be points, the id of its band, both in a list, or \"not-counted\"");
                    table.source.fault(found.line, format!("{}: {reason}", table.what()));
                }
                (_, Some((of, list))) => expected.extend(list.into_iter().map(|e| (found.line, of, e))),
            }
        }
    }
    let line = table.line;
    table.finish();
    Case { line, name, run, expected }
}

/// `whole = 11`, `whole = "light"`, `whole = [11, "light"]`.
fn expectations(value: &Spanned<DeValue<'_>>, draft: &Definition, of: Measured) -> Option<Vec<Expected>> {
    match value.get_ref() {
        DeValue::Array(list) if list.is_empty() => None,
        DeValue::Array(list) => list.iter().map(|one| expectation(one, draft, of)).collect(),
        _ => expectation(value, draft, of).map(|one| vec![one]),
    }
}

fn expectation(value: &Spanned<DeValue<'_>>, draft: &Definition, of: Measured) -> Option<Expected> {
    match value.get_ref() {
        DeValue::String(word) if word == "not-counted" => Some(Expected::NotCounted),
        DeValue::String(word) => draft.bands(of).iter().position(|b| b.id == *word).map(Expected::Band),
        number => integer(number).and_then(|n| i32::try_from(n).ok()).map(Expected::Points),
    }
}

/// `answers = { all = "never", load = "often", sleep = "skip" }`; `all` is for every item that has such an
/// option and no answer of its own.
fn answers(table: &mut Table<'_>, draft: &Definition, run: &mut Run) {
    if let Some(Found { line, value }) = table.string("all") {
        let fitting: Vec<(usize, usize)> =
            draft.items.iter().enumerate().filter_map(|(n, i)| i.option(&value).map(|o| (n, o))).collect();
        if fitting.is_empty() {
            table.source.fault(line, format!("{}: no item has the option `{value}`", table.what()));
        }
        for (item, option) in fitting {
            let is_several = matches!(draft.items[item].kind, Kind::Multiple { .. });
            let answer = if is_several { Answer::Several(1 << option) } else { Answer::One(option as u8) };
            run.preset(item, answer);
        }
    }
    for id in table.keys() {
        let Some(found) = table.take(&id) else { continue };
        let item = draft.item(&id);
        let answer = item.and_then(|n| answer(&draft.items[n], found.value.into_inner()));
        match (item, answer) {
            (Some(item), Some(answer)) => run.preset(item, answer),
            (None, _) => table.source.fault(found.line, format!("{}: there is no item `{id}`", table.what())),
            _ => table.source.fault(found.line, format!("{}: this is no answer to `{id}`", table.what())),
        }
    }
}

fn answer(item: &Item, value: DeValue<'_>) -> Option<Answer> {
    match value.as_str() {
        Some("skip") if !item.is_required => return Some(Answer::Skipped),
        Some("does-not-apply") if item.may_not_apply => return Some(Answer::NotApplicable),
        _ => {}
    }
    let answer = match &item.kind {
        Kind::YesNo(_) | Kind::Single(_) | Kind::Scale(_) => Answer::One(item.option(value.as_str()?)? as u8),
        Kind::Multiple { options, .. } => match strings(value)? {
            none if none.is_empty() => Answer::Several(0),
            ids => Answer::Several(bits(&ids, options)?),
        },
        Kind::Number { decimals, .. } => Answer::Number(decimal(&value, *decimals)?),
        Kind::Date { .. } => Answer::Date(day(&value)?),
        Kind::Text { .. } => Answer::Text(value.as_str()?.trim().to_owned()),
    };
    item.accepts(&answer).is_ok().then_some(answer)
}

fn try_case(root: &Table<'_>, draft: &Definition, case: &Case) {
    let outcome = score(draft, &case.run);
    for (line, of, expected) in &case.expected {
        let score = outcome.score(*of);
        let is_met = match expected {
            Expected::Points(n) => score.points == Some(*n),
            Expected::Band(n) => score.band == Some(*n),
            Expected::NotCounted => score.points.is_none(),
        };
        if !is_met {
            let id = draft.id_of(*of);
            let got = score.points.map_or("not counted".to_owned(), |p| format!("{p} points"));
            let band = score.band.map_or(String::new(), |b| format!(", band `{}`", draft.bands(*of)[b].id));
            let reason = format!("golden case `{}` does not hold: `{id}` comes to {got}{band}", case.name);
            root.source.fault((*line).max(case.line), reason);
        }
    }
}

/// Tries every single slip in one scale's key; gives the first that no case notices.
fn unnoticed(draft: &Definition, n: usize, cases: &[Case]) -> Option<String> {
    let scale = &draft.scales[n];
    let pinning = cases.iter().filter(|case| pins(case, draft, n));
    let pinned: Vec<(Vec<&Answer>, Option<i32>)> = pinning
        .map(|case| {
            let answers = case.run.counting(draft);
            let points = raw_points(scale, draft, &answers);
            (answers, points)
        })
        .collect();
    let is_noticed =
        |slipped: &Scale| pinned.iter().any(|(answers, points)| raw_points(slipped, draft, answers) != *points);
    scale.key.iter().enumerate().find_map(|(k, keyed)| {
        let slips = || other_weights(*keyed).chain(other_items(draft, scale, *keyed));
        let mut slipped = scale.clone();
        let missed = slips().find(|slip| {
            slipped.key[k] = *slip;
            !is_noticed(&slipped)
        })?;
        let own = &draft.items[keyed.item].id;
        let what = match missed.item == keyed.item {
            true => format!("another weight of `{own}`"),
            false => format!("`{}` in the place of `{own}`", draft.items[missed.item].id),
        };
        let advice = "add a case that answers it unlike the others and gives the points";
        Some(format!("scale `{}`: no golden case would notice {what}; {advice} of `{}`", scale.id, scale.id))
    })
}

fn other_weights(keyed: Keyed) -> impl Iterator<Item = Keyed> {
    [keyed.weight + 1, keyed.weight - 1, -keyed.weight].into_iter().map(move |weight| Keyed { weight, ..keyed })
}

fn other_items<'a>(draft: &'a Definition, scale: &'a Scale, keyed: Keyed) -> impl Iterator<Item = Keyed> + 'a {
    let strangers = draft.items.iter().enumerate().filter(|(n, _)| scale.key.iter().all(|k| k.item != *n));
    strangers.filter_map(move |(item, other)| {
        let (low, high) = value_range(other)?;
        Some(Keyed { item, low, high, ..keyed })
    })
}

/// The case names the points of the scale, or of a phase that adds it up.
fn pins(case: &Case, draft: &Definition, n: usize) -> bool {
    case.expected.iter().any(|(_, of, expected)| match of {
        Measured::Scale(s) => *s == n && matches!(expected, Expected::Points(_)),
        Measured::Phase(p) => {
            let phase = &draft.phases[*p];
            let is_sum = phase.measure == Measure::Points && phase.scales.contains(&n);
            is_sum && matches!(expected, Expected::Points(_))
        }
    })
}
