//! Conditions of a file: skip rules, contradictions and the choice of result words.
//!
//! A skip rule may only look back. That makes circles impossible and visibility one pass.

use super::kinds::{bits, decimal};
use super::reader::{Found, Table};
use crate::features::survey::model::{Asks, Definition, ItemTest, Kind, Test};

/// Puts the skip rules of sections and items into the items.
pub(super) fn show_rules(draft: &mut Definition, sections: Vec<Vec<Table<'_>>>, items: Vec<Vec<Table<'_>>>) {
    let mut of_sections = Vec::new();
    for (n, rules) in sections.into_iter().enumerate() {
        let first = draft.items.iter().position(|i| i.section == Some(n)).unwrap_or(0);
        let tests: Vec<ItemTest> = rules.into_iter().flat_map(|t| show_rule(t, draft, first)).collect();
        of_sections.push(tests);
    }
    for (n, rules) in items.into_iter().enumerate() {
        let own: Vec<ItemTest> = rules.into_iter().flat_map(|t| show_rule(t, draft, n)).collect();
        let shared = draft.items[n].section.map(|s| of_sections[s].clone()).unwrap_or_default();
        draft.items[n].show_if = shared.into_iter().chain(own).collect();
    }
}

fn show_rule(mut table: Table<'_>, draft: &Definition, before: usize) -> Vec<ItemTest> {
    let tests = item_tests(&mut table, draft);
    if let Some(test) = tests.iter().find(|t| t.item >= before) {
        let (looked_at, own) = (&draft.items[test.item].id, &draft.items[before].id);
        table.fault(format!("looks at `{looked_at}`, which is not asked before `{own}`; a rule may only look back"));
    }
    table.finish();
    tests
}

/// A condition about an item: `{ item = "…", is = ["…"] }` and the like. Several questions in one table
/// must all hold.
pub(super) fn item_tests(table: &mut Table<'_>, draft: &Definition) -> Vec<ItemTest> {
    table.require("item");
    let Some(Found { line, value }) = table.string("item") else { return Vec::new() };
    let Some(item) = draft.item(&value) else {
        table.source.fault(line, format!("{}: there is no item `{value}`", table.what()));
        for key in ["is", "is_not", "at_least", "at_most", "answered"] {
            table.take(key);
        }
        return Vec::new();
    };
    let asks: Vec<Asks> = [
        options(table, draft, item, "is").map(Asks::Is),
        options(table, draft, item, "is_not").map(Asks::IsNot),
        amount(table, draft, item, "at_least").map(Asks::AtLeast),
        amount(table, draft, item, "at_most").map(Asks::AtMost),
        table.flag("answered").map(|f| Asks::Answered(f.value)),
    ]
    .into_iter()
    .flatten()
    .collect();
    if asks.is_empty() && table.source.is_clean() {
        table.fault("asks nothing about the item; use is, is_not, at_least, at_most or answered");
    }
    asks.into_iter().map(|asks| ItemTest { item, asks }).collect()
}

fn options(table: &mut Table<'_>, draft: &Definition, item: usize, key: &str) -> Option<u64> {
    let Found { line, value } = table.strings(key)?;
    let found = bits(&value, draft.items[item].options());
    if found.is_none() {
        let known: Vec<&str> = draft.items[item].options().iter().map(|o| o.id.as_str()).collect();
        let reason = format!("`{key}` must name options of `{}`: {}", draft.items[item].id, known.join(", "));
        table.source.fault(line, format!("{}: {reason}", table.what()));
    }
    found
}

fn amount(table: &mut Table<'_>, draft: &Definition, item: usize, key: &str) -> Option<i64> {
    let Found { line, value } = table.take(key)?;
    let asked = &draft.items[item];
    let decimals = match asked.kind {
        Kind::Number { decimals, .. } => Some(decimals),
        _ => (!asked.options().is_empty() && asked.options().iter().all(|o| o.value.is_some())).then_some(0),
    };
    let amount = decimals.and_then(|d| decimal(value.get_ref(), d));
    if amount.is_none() {
        let reason = format!("`{key}` needs a number, and `{}` must be a number or have options with values", asked.id);
        table.source.fault(line, format!("{}: {reason}", table.what()));
    }
    amount
}

/// One table of `when` or `when_any`.
pub(super) fn test(mut table: Table<'_>, draft: &Definition) -> Vec<Test> {
    let tests = if table.has("item") {
        item_tests(&mut table, draft).into_iter().map(Test::Item).collect()
    } else if table.has("of") {
        about_score(&mut table, draft).into_iter().collect()
    } else if table.has("weighing") {
        about_weighing(&mut table, draft).into_iter().collect()
    } else if table.has("doubtful") {
        table.flag("doubtful").map(|f| Test::Doubtful(f.value)).into_iter().collect()
    } else {
        table.fault("a condition begins with item, of, weighing or doubtful");
        Vec::new()
    };
    table.finish();
    tests
}

fn about_score(table: &mut Table<'_>, draft: &Definition) -> Option<Test> {
    let Found { line, value } = table.string("of")?;
    let (bands, counted) = (table.strings("band"), table.flag("counted"));
    let Some(of) = draft.measured(&value) else {
        table.source.fault(line, format!("{}: there is no scale or phase `{value}`", table.what()));
        return None;
    };
    match (bands, counted) {
        (Some(found), None) => {
            let all = draft.bands(of);
            let positions: Option<Vec<usize>> =
                found.value.iter().map(|id| all.iter().position(|b| b.id == *id)).collect();
            if positions.is_none() {
                let known: Vec<&str> = all.iter().map(|b| b.id.as_str()).collect();
                let reason = format!("`{value}` has only the bands {}", known.join(", "));
                table.source.fault(found.line, format!("{}: {reason}", table.what()));
            }
            positions.map(|bands| Test::Band { of, bands })
        }
        (None, Some(found)) => Some(Test::Counted { of, is: found.value }),
        _ => {
            table.fault("after `of` comes either `band` or `counted`");
            None
        }
    }
}

fn about_weighing(table: &mut Table<'_>, draft: &Definition) -> Option<Test> {
    let Found { line, value } = table.string("weighing")?;
    let (heaviest, has) = (table.strings("heaviest"), table.string("has"));
    let Some(weighing) = draft.weighings.iter().position(|w| w.id == value) else {
        table.source.fault(line, format!("{}: there is no weighing `{value}`", table.what()));
        return None;
    };
    let among = &draft.weighings[weighing].among;
    let member = |id: &String| draft.measured(id).and_then(|m| among.iter().position(|a| *a == m));
    let test = match (heaviest, has) {
        (Some(found), None) => {
            let members: Option<Vec<usize>> = found.value.iter().map(member).collect();
            let bits = |list: Vec<usize>| list.into_iter().fold(0u64, |bits, n| bits | 1 << n);
            members.map(bits).filter(|bits| *bits != 0).map(|members| Test::Heaviest { weighing, members })
        }
        (None, Some(found)) => member(&found.value).map(|member| Test::HeaviestHas { weighing, member }),
        _ => None,
    };
    if test.is_none() {
        table.fault(format!("after `weighing` comes `heaviest` or `has` with members of `{value}`"));
    }
    test
}
