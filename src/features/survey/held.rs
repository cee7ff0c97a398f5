//! What is held of a run for a day: its scores and words, sealed; and the same size of nothing for everybody else.
//!
//! The value is there from the opening on and goes at an hour fixed at the opening, so that neither its presence nor
//! its size tells that somebody finished (PRIVACY, section 3). When the day is over stands inside.

use serde::{Deserialize, Serialize};

use super::scoring::{Outcome, Said};
use crate::kernel::time::At;
use crate::store::seal::Keys;
use crate::store::{Error, Result};

/// The size of every held value before sealing, in bytes: room for twice 3,500 UTF-16 units (what is said at once and
/// what is said on demand), three bytes each, and the scores.
pub const SIZE: usize = 24 * 1024;

/// A result as it is held.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Held {
    /// Points of each scale and then of each phase; none: not counted.
    pub points: Vec<Option<i32>>,
    /// The result in words, as it was shown.
    pub said: Vec<Part>,
    /// When it stops being held.
    pub until: At,
    /// Whether the person keeps the scores already.
    pub is_kept: bool,
}

/// A part of the words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Part {
    /// The line above it.
    pub heading: Option<String>,
    /// Paragraphs or points.
    pub lines: Vec<String>,
    /// Points of a list.
    pub is_list: bool,
    /// Only when asked for.
    pub on_demand: bool,
}

impl Held {
    /// What is held of an outcome.
    pub fn of(outcome: &Outcome, said: Vec<Said>, until: At) -> Held {
        let points = outcome.scales.iter().chain(&outcome.phases).map(|s| s.points).collect();
        let part = |s: Said| Part { heading: s.heading, lines: s.lines, is_list: s.is_list, on_demand: s.on_demand };
        Held { points, said: said.into_iter().map(part).collect(), until, is_kept: false }
    }
}

fn place(ticket: &[u8]) -> String {
    format!("held:{}", crate::store::seal::hex(ticket))
}

/// Seals a result, or nothing, to the one size.
///
/// # Errors
/// A result larger than the room for it: a bug, because `check` bounds the words of a file.
pub fn seal(keys: &Keys, ticket: &[u8], held: Option<&Held>) -> Result<Vec<u8>> {
    let mut plain = match held {
        Some(held) => serde_json::to_vec(held).map_err(|e| Error::Form(e.to_string()))?,
        None => Vec::new(),
    };
    if plain.len() > SIZE {
        return Err(Error::Bug(format!("a result of {} bytes does not fit into {SIZE}", plain.len())));
    }
    plain.resize(SIZE, b' ');
    keys.seal(&place(ticket), &plain)
}

/// Opens what was held; nothing if nothing was, or its time is over.
pub fn open(keys: &Keys, ticket: &[u8], sealed: &[u8], now: At) -> Option<Held> {
    let plain = keys.open(&place(ticket), sealed).ok()?;
    let held: Held = serde_json::from_slice(plain.trim_ascii_end()).ok()?;
    (held.until > now).then_some(held)
}

/// The size of kept scores before sealing: room for every scale and phase at its longest, so that the size does not
/// tell how high the points are.
fn room(points: usize) -> usize {
    2 + points * 12
}

/// Seals scores for the person's own eyes.
///
/// # Errors
/// There is none for scores of a questionnaire.
pub fn seal_kept(keys: &Keys, id: &[u8], points: &[Option<i32>]) -> Result<Vec<u8>> {
    let mut plain = serde_json::to_vec(points).map_err(|e| Error::Form(e.to_string()))?;
    plain.resize(room(points.len()), b' ');
    keys.seal(&kept_place(id), &plain)
}

/// Opens kept scores; nothing if no key at hand does.
pub fn open_kept(keys: &Keys, id: &[u8], sealed: &[u8]) -> Option<Vec<Option<i32>>> {
    let plain = keys.open(&kept_place(id), sealed).ok()?;
    serde_json::from_slice(plain.trim_ascii_end()).ok()
}

fn kept_place(id: &[u8]) -> String {
    format!("kept:{}", crate::store::seal::hex(id))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::chance::Chance;

    #[test]
    fn something_and_nothing_have_one_size_and_one_end() {
        let keys = Keys::new(&[[3; 32]], Chance::seeded(1)).unwrap();
        let held = Held { points: vec![Some(3), None], said: Vec::new(), until: At(10), is_kept: false };
        let (full, empty) = (seal(&keys, b"t", Some(&held)).unwrap(), seal(&keys, b"t", None).unwrap());
        assert_eq!(full.len(), empty.len());
        assert_eq!(open(&keys, b"t", &full, At(9)), Some(held));
        assert_eq!(open(&keys, b"t", &full, At(10)), None);
        assert_eq!(open(&keys, b"t", &empty, At(9)), None);
        assert_eq!(open(&keys, b"other", &full, At(9)), None);
    }

    #[test]
    fn kept_scores_of_one_questionnaire_have_one_size() {
        let keys = Keys::new(&[[3; 32]], Chance::seeded(1)).unwrap();
        let sizes = [[Some(1), None], [Some(-1_000_000), Some(i32::MIN)], [None, None]].map(|points| {
            let sealed = seal_kept(&keys, b"k", &points).unwrap();
            assert_eq!(open_kept(&keys, b"k", &sealed), Some(points.to_vec()));
            sealed.len()
        });
        assert!(sizes.iter().all(|s| *s == sizes[0]), "{sizes:?}");
    }
}
