//! What remains of a private run for 24 hours: its scores and words, sealed; and the same size of nothing for a run
//! that was refused, erased or expired, so that the four cannot be told apart (PRIVACY, section 3).

use serde::{Deserialize, Serialize};

use super::scoring::{Outcome, Said};
use crate::store::seal::Keys;
use crate::store::{Error, Result};

/// The size of every held value before sealing, in bytes: room for 3,500 UTF-16 units of Cyrillic and the scores.
pub const SIZE: usize = 16 * 1024;

/// A result as it is held and, if the person wants, kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Held {
    /// Points of each scale and then of each phase; none: not counted.
    pub points: Vec<Option<i32>>,
    /// The result in words, as it was shown.
    pub said: Vec<Part>,
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
    pub fn of(outcome: &Outcome, said: Vec<Said>) -> Held {
        let points = outcome.scales.iter().chain(&outcome.phases).map(|s| s.points).collect();
        let part = |s: Said| Part { heading: s.heading, lines: s.lines, is_list: s.is_list, on_demand: s.on_demand };
        Held { points, said: said.into_iter().map(part).collect() }
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

/// Opens what was held; nothing if nothing was.
pub fn open(keys: &Keys, ticket: &[u8], sealed: &[u8]) -> Option<Held> {
    let plain = keys.open(&place(ticket), sealed).ok()?;
    serde_json::from_slice(plain.trim_ascii_end()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::chance::Chance;

    #[test]
    fn something_and_nothing_have_one_size() {
        let keys = Keys::new(&[[3; 32]], Chance::seeded(1)).unwrap();
        let held = Held { points: vec![Some(3), None], said: Vec::new() };
        let (full, empty) = (seal(&keys, b"t", Some(&held)).unwrap(), seal(&keys, b"t", None).unwrap());
        assert_eq!(full.len(), empty.len());
        assert_eq!(open(&keys, b"t", &full), Some(held));
        assert_eq!(open(&keys, b"t", &empty), None);
        assert_eq!(open(&keys, b"other", &full), None);
    }
}
