//! What answers can add up to, and that every item counts somewhere.

use std::collections::BTreeSet;

use super::reader::Source;
use crate::features::survey::model::{Definition, Item, Keyed, Kind, Measure, Phase, Scale};

/// Largest number that an item may put into a scale.
const MAX_VALUE: i64 = 1000;
/// Above this many different sums the reachable ones are not listed.
const MAX_SUMS: usize = 5000;

/// Every sum a complete scale can have; `None` when there are too many, or the measure is a share.
pub(super) fn scale_sums(draft: &Definition, scale: &Scale) -> Option<BTreeSet<i32>> {
    if scale.measure == Measure::Percent {
        return None;
    }
    let mut sums = BTreeSet::from([0]);
    for keyed in &scale.key {
        let points = values(&draft.items[keyed.item])?.into_iter().map(|v| Keyed::points(keyed, v)).collect();
        sums = plus(&sums, &points)?;
    }
    Some(sums)
}

/// The same for a phase, as if its scales shared no items.
pub(super) fn phase_sums(draft: &Definition, phase: &Phase) -> Option<BTreeSet<i32>> {
    if phase.measure == Measure::Percent {
        return None;
    }
    let mut sums = BTreeSet::from([0]);
    for scale in &phase.scales {
        sums = plus(&sums, &scale_sums(draft, &draft.scales[*scale])?)?;
    }
    Some(sums)
}

fn plus(a: &BTreeSet<i32>, b: &BTreeSet<i32>) -> Option<BTreeSet<i32>> {
    if a.len().saturating_mul(b.len()) > MAX_SUMS * 100 {
        return None;
    }
    let sums: BTreeSet<i32> = a.iter().flat_map(|x| b.iter().map(move |y| x + y)).collect();
    (sums.len() <= MAX_SUMS).then_some(sums)
}

/// The values that answers to an item can have; several ticks are taken as any value in their range.
fn values(item: &Item) -> Option<Vec<i32>> {
    match &item.kind {
        Kind::YesNo(options) | Kind::Single(options) | Kind::Scale(options) if item.right.is_none() => {
            options.iter().map(|o| o.value).collect()
        }
        _ => value_range(item).map(|(low, high)| (low..=high).collect()),
    }
}

/// Where there are scales, every item that can count stands in one, unless it says `scored = false`.
pub(super) fn every_item_counts(source: &Source<'_>, draft: &Definition, lines: &[usize]) {
    if draft.scales.is_empty() {
        return;
    }
    for (n, item) in draft.items.iter().enumerate() {
        let is_keyed = draft.scales.iter().any(|s| s.key.iter().any(|k| k.item == n));
        let is_words = matches!(item.kind, Kind::Text { .. } | Kind::Date { .. }) && item.right.is_none();
        if item.is_scored && !is_keyed && !is_words {
            source.fault(
                lines[n],
                format!("item `{}` is in no scale; add it to one, or write `scored = false`", item.id),
            );
        }
        if !item.is_scored && is_keyed {
            source.fault(lines[n], format!("item `{}` has `scored = false` and yet a weight", item.id));
        }
    }
}

/// The lowest and the highest value that an answer to the item can have in a scale.
pub(super) fn value_range(item: &Item) -> Option<(i32, i32)> {
    if item.right.is_some() {
        return Some((0, 1));
    }
    let values: Option<Vec<i32>> = item.options().iter().map(|o| o.value).collect();
    match &item.kind {
        Kind::Number { min, max, decimals: 0 } if min.abs() <= MAX_VALUE && max.abs() <= MAX_VALUE => {
            Some((*min as i32, *max as i32))
        }
        Kind::Multiple { least, most, .. } => {
            let mut values = values?;
            values.sort_unstable();
            let low = best(&values, *least, *most);
            values.iter_mut().for_each(|v| *v = -*v);
            values.reverse();
            Some((low, -best(&values, *least, *most)))
        }
        Kind::YesNo(_) | Kind::Single(_) | Kind::Scale(_) => {
            let values = values?;
            Some((*values.iter().min()?, *values.iter().max()?))
        }
        _ => None,
    }
}

/// The smallest sum of `least` to `most` of these sorted values.
fn best(sorted: &[i32], least: u8, most: u8) -> i32 {
    let taken = sorted.iter().enumerate().take(usize::from(most));
    taken.filter(|(n, v)| *n < usize::from(least) || **v < 0).map(|(_, v)| v).sum()
}
