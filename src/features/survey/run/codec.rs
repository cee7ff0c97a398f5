//! A run as bytes: what is sealed and kept while the person is on the way.
//!
//! ```text
//! 1 byte   format, now 1
//! 1 byte   position (0 … number of items)
//! 1 byte   number of items (at most 200)
//! then one entry an item:
//!   0 blank   1 skipped   2 does not apply   64+n option n
//!   3 several: 8 bytes, little-endian bits     4 number: 8 bytes, little-endian
//!   5 date: 4 bytes, days from 0001-01-01      6 text: 2 bytes length, then UTF-8
//! ```
//! Entries of a questionnaire without typed items and ticks are one byte each whatever was said: the
//! length of the sealed value does not tell how far a person got. Every state has exactly one
//! encoding; anything else is damaged.

use chrono::{Datelike, NaiveDate};

use super::{Refused, Run};
use crate::features::survey::model::{Answer, Definition};

const FORMAT: u8 = 1;
const SKIPPED: u8 = 1;
const NOT_APPLICABLE: u8 = 2;
const SEVERAL: u8 = 3;
const NUMBER: u8 = 4;
const DATE: u8 = 5;
const TEXT: u8 = 6;
const OPTION: u8 = 64;

/// The bytes are not a run of this definition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Damaged;

impl std::fmt::Display for Damaged {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the kept answers do not fit this version of the questionnaire")
    }
}

impl std::error::Error for Damaged {}

impl Run {
    /// The whole state as bytes.
    pub fn encode(&self) -> Vec<u8> {
        let mut out = vec![FORMAT, self.position as u8, self.answers.len() as u8];
        for answer in &self.answers {
            write(answer, &mut out);
        }
        out
    }

    /// Reads what [`Run::encode`] wrote for the same definition. Any other bytes are refused.
    pub fn decode(definition: &Definition, bytes: &[u8]) -> Result<Run, Damaged> {
        let [FORMAT, position, count, rest @ ..] = bytes else { return Err(Damaged) };
        let (position, mut rest) = (usize::from(*position), rest);
        if usize::from(*count) != definition.items.len() || position > definition.items.len() {
            return Err(Damaged);
        }
        let mut answers = Vec::with_capacity(definition.items.len());
        for item in &definition.items {
            let answer = read(&mut rest).ok_or(Damaged)?;
            let is_half_ticked = matches!(answer, Answer::Several(bits) if bits != 0);
            match item.accepts(&answer) {
                Err(Refused::TooFew(_)) if is_half_ticked => {}
                other => other.map_err(|_| Damaged)?,
            }
            if (answer == Answer::Skipped && item.is_required)
                || (answer == Answer::NotApplicable && !item.may_not_apply)
            {
                return Err(Damaged);
            }
            answers.push(answer);
        }
        let run = Run { position, answers };
        let is_seen = position == definition.items.len() || run.visible(definition)[position];
        if rest.is_empty() && is_seen { Ok(run) } else { Err(Damaged) }
    }
}

fn write(answer: &Answer, out: &mut Vec<u8>) {
    match answer {
        Answer::Blank => out.push(0),
        Answer::Skipped => out.push(SKIPPED),
        Answer::NotApplicable => out.push(NOT_APPLICABLE),
        Answer::One(n) => out.push(OPTION + (n & 63)),
        Answer::Several(bits) => {
            out.push(SEVERAL);
            out.extend(bits.to_le_bytes());
        }
        Answer::Number(n) => {
            out.push(NUMBER);
            out.extend(n.to_le_bytes());
        }
        Answer::Date(day) => {
            out.push(DATE);
            out.extend(day.num_days_from_ce().to_le_bytes());
        }
        Answer::Text(text) => {
            out.push(TEXT);
            out.extend((text.len() as u16).to_le_bytes());
            out.extend(text.as_bytes());
        }
    }
}

fn read(rest: &mut &[u8]) -> Option<Answer> {
    Some(match take::<1>(rest)? {
        [0] => Answer::Blank,
        [SKIPPED] => Answer::Skipped,
        [NOT_APPLICABLE] => Answer::NotApplicable,
        [SEVERAL] => Answer::Several(u64::from_le_bytes(take(rest)?)),
        [NUMBER] => Answer::Number(i64::from_le_bytes(take(rest)?)),
        [DATE] => Answer::Date(NaiveDate::from_num_days_from_ce_opt(i32::from_le_bytes(take(rest)?))?),
        [TEXT] => {
            let length = usize::from(u16::from_le_bytes(take(rest)?));
            let (text, after) = rest.split_at_checked(length)?;
            *rest = after;
            Answer::Text(std::str::from_utf8(text).ok()?.to_owned())
        }
        [n] if (OPTION..OPTION + 64).contains(&n) => Answer::One(n - OPTION),
        _ => return None,
    })
}

fn take<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    let (head, after) = rest.split_first_chunk::<N>()?;
    *rest = after;
    Some(*head)
}
