//! What an item takes: an answer's bounds, and what people type made into an answer.
//!
//! Commas and points, spaces between thousands and both orders of a date are understood; anything else
//! is refused with the reason, so that the bot can say what it expected.

use chrono::NaiveDate;

use super::Refused;
use crate::features::survey::model::{Answer, Item, Kind};

impl Item {
    /// Whether an answer is one that the item takes. Blank and skipped always are; required items and "does
    /// not apply" are looked at where they are said.
    pub fn accepts(&self, answer: &Answer) -> Result<(), Refused> {
        match (&self.kind, answer) {
            (_, Answer::Blank | Answer::Skipped | Answer::NotApplicable) => Ok(()),
            (Kind::YesNo(options) | Kind::Single(options) | Kind::Scale(options), Answer::One(n)) => {
                if usize::from(*n) < options.len() { Ok(()) } else { Err(Refused::NotAnAnswer) }
            }
            (Kind::Multiple { options, least, most }, Answer::Several(bits)) => match bits.count_ones() {
                _ if bits.checked_shr(options.len() as u32).unwrap_or(0) != 0 => Err(Refused::NotAnAnswer),
                n if n < u32::from(*least) => Err(Refused::TooFew(*least)),
                n if n > u32::from(*most) => Err(Refused::TooMany(*most)),
                _ => Ok(()),
            },
            (Kind::Number { min, max, .. }, Answer::Number(n)) => within(n, min, max),
            (Kind::Date { earliest, latest }, Answer::Date(day)) => within(day, earliest, latest),
            (Kind::Text { max_chars }, Answer::Text(text)) => check_text(text, *max_chars),
            _ => Err(Refused::NotAnAnswer),
        }
    }

    /// Reads typed words as an answer to this item.
    pub fn read(&self, typed: &str) -> Result<Answer, Refused> {
        let typed = typed.trim();
        let answer = match self.kind {
            _ if typed.is_empty() => return Err(Refused::Empty),
            Kind::Number { decimals, .. } => Answer::Number(in_steps(typed, decimals).ok_or(Refused::NotANumber)?),
            Kind::Date { .. } => Answer::Date(day(typed).ok_or(Refused::NotADate)?),
            Kind::Text { .. } => Answer::Text(typed.to_owned()),
            _ => return Err(Refused::NotAnAnswer),
        };
        self.accepts(&answer)?;
        Ok(answer)
    }
}

/// An answer as it is kept in a row: ids of options separated by spaces, a number, a day (`2025-09-15`) or words. None
/// where nothing was said that counts.
pub fn kept(item: &Item, answer: &Answer) -> Option<String> {
    Some(match (answer, &item.kind) {
        (Answer::One(_) | Answer::Several(_), _) => {
            let chosen = item.options().iter().enumerate().filter(|(n, _)| answer.options() >> n & 1 == 1);
            chosen.map(|(_, option)| option.id.as_str()).collect::<Vec<_>>().join(" ")
        }
        (Answer::Number(steps), Kind::Number { decimals, .. }) => decimal(*steps, *decimals),
        (Answer::Date(day), _) => day.format("%Y-%m-%d").to_string(),
        (Answer::Text(words), _) => words.clone(),
        _ => return None,
    })
}

/// A typed number in smallest steps: with 2 decimals `12,5` is 1250. `None` when it is not a number or
/// finer than the steps.
pub fn in_steps(typed: &str, decimals: u8) -> Option<i64> {
    let plain: String = typed.chars().filter(|c| !matches!(c, ' ' | '\u{a0}' | '\u{202f}')).collect();
    let plain = plain.replace(',', ".").replace('\u{2212}', "-");
    let (is_negative, digits) = match plain.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, plain.strip_prefix('+').unwrap_or(&plain)),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let part = part.trim_end_matches('0');
    let are_digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty()
        || whole.len() > 12
        || part.len() > usize::from(decimals)
        || !are_digits(whole)
        || !are_digits(part)
    {
        return None;
    }
    let steps: i64 = format!("{whole}{part:0<width$}", width = usize::from(decimals)).parse().ok()?;
    Some(if is_negative { -steps } else { steps })
}

/// Smallest steps as a number to read: 1250 with 2 decimals is `12.50`.
pub fn decimal(steps: i64, decimals: u8) -> String {
    if decimals == 0 {
        return steps.to_string();
    }
    let unit = 10i64.pow(u32::from(decimals.min(9)));
    let sign = if steps < 0 { "-" } else { "" };
    let (whole, part) = (steps.unsigned_abs() / unit.unsigned_abs(), steps.unsigned_abs() % unit.unsigned_abs());
    format!("{sign}{whole}.{part:0>width$}", width = usize::from(decimals))
}

fn day(typed: &str) -> Option<NaiveDate> {
    let forms = ["%d.%m.%Y", "%Y-%m-%d", "%d/%m/%Y", "%d %m %Y"];
    forms.iter().find_map(|form| NaiveDate::parse_from_str(typed, form).ok())
}

/// A text is kept when it is trimmed, not empty and not longer than the item takes.
fn check_text(text: &str, max_chars: u16) -> Result<(), Refused> {
    match text.chars().count() {
        0 => Err(Refused::Empty),
        _ if text.trim() != text => Err(Refused::NotAnAnswer),
        n if n > usize::from(max_chars) => Err(Refused::TooLong(max_chars)),
        _ => Ok(()),
    }
}

fn within<T: PartialOrd>(value: &T, least: &T, most: &T) -> Result<(), Refused> {
    if value >= least && value <= most { Ok(()) } else { Err(Refused::OutOfRange) }
}
