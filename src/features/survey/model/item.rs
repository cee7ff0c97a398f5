//! Items of a questionnaire and the answers to them.
//!
//! Seven kinds cover DOMAIN, section 6. An answer is one small value, so that a whole run fits into a
//! few hundred bytes that are sealed together.

use chrono::NaiveDate;

use super::{ItemTest, Words};

/// One question or statement.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// 1-32 bytes of `a-z 0-9 -`.
    pub id: String,
    /// The section it belongs to.
    pub section: Option<usize>,
    /// The question itself, at most 300 characters.
    pub text: Words,
    /// A quiet line under it.
    pub hint: Option<Words>,
    /// What an answer looks like.
    pub kind: Kind,
    /// It cannot be skipped.
    pub is_required: bool,
    /// It must stand in a scale if there are scales; false for background questions.
    pub is_scored: bool,
    /// "Does not apply to me" is offered as an answer.
    pub may_not_apply: bool,
    /// Shown only when all of these hold; each looks at an earlier item. The section's own come first.
    pub show_if: Vec<ItemTest>,
    /// The right answer, in a test of knowledge: the item is then worth 1 or 0.
    pub right: Option<Right>,
}

impl Item {
    /// The options to press, in their order; none for what is typed.
    pub fn options(&self) -> &[Choice] {
        match &self.kind {
            Kind::YesNo(o) | Kind::Single(o) | Kind::Scale(o) => o,
            Kind::Multiple { options, .. } => options,
            Kind::Number { .. } | Kind::Text { .. } | Kind::Date { .. } => &[],
        }
    }

    /// The position of the option with this id.
    pub fn option(&self, id: &str) -> Option<usize> {
        self.options().iter().position(|o| o.id == id)
    }

    /// How much an answer says: a number's smallest steps, or the sum of the chosen options' values.
    /// `None` when there is no answer or an option has no value.
    pub fn amount(&self, answer: &Answer) -> Option<i64> {
        match answer {
            Answer::Number(n) => Some(*n),
            Answer::One(_) | Answer::Several(_) => {
                let chosen = self.options().iter().enumerate().filter(|(n, _)| answer.options() >> n & 1 == 1);
                chosen.map(|(_, option)| option.value.map(i64::from)).sum()
            }
            _ => None,
        }
    }

    /// What an answer is worth in scales: 1 or 0 where there is a right answer, else its amount.
    pub fn value(&self, answer: &Answer) -> Option<i32> {
        match &self.right {
            Some(right) if answer.is_given() => Some(i32::from(right.fits(&self.kind, answer))),
            Some(_) => None,
            None => self.amount(answer).and_then(|n| i32::try_from(n).ok()),
        }
    }
}

/// What an answer to an item looks like.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// Option 0 is yes (worth 1), option 1 is no (worth 0).
    YesNo(Vec<Choice>),
    /// One of 2-40 options without an order.
    Single(Vec<Choice>),
    /// Several of 2-40 options.
    Multiple {
        /// What can be ticked.
        options: Vec<Choice>,
        /// The fewest that make an answer (0: "none of these" is an answer).
        least: u8,
        /// The most.
        most: u8,
    },
    /// One of 2-11 steps from less to more.
    Scale(Vec<Choice>),
    /// A number, kept as a whole number of the smallest step (with `decimals` 2, 12.5 is 1250).
    Number {
        /// The smallest that is accepted, in smallest steps.
        min: i64,
        /// The largest.
        max: i64,
        /// Digits after the point, 0-3.
        decimals: u8,
    },
    /// Words of the person's own.
    Text {
        /// The most characters that are kept, 1-1000.
        max_chars: u16,
    },
    /// A day.
    Date {
        /// The first day that is accepted.
        earliest: NaiveDate,
        /// The last.
        latest: NaiveDate,
    },
}

/// An option of an item.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// 1-16 bytes of `a-z 0-9 -`.
    pub id: String,
    /// What its button says; `None`: the bot's own word for yes or no.
    pub label: Option<Words>,
    /// What it is worth in scales, -1000..=1000.
    pub value: Option<i32>,
}

/// The right answer of an item in a test of knowledge.
#[derive(Clone, Debug, PartialEq)]
pub enum Right {
    /// Exactly these options (bit n = option n); for one tap: any one of them.
    Options(u64),
    /// This number, in smallest steps.
    Number(i64),
    /// This day.
    Date(NaiveDate),
    /// One of these spellings, as [`spelling`] writes them.
    Texts(Vec<String>),
}

impl Right {
    /// Whether an answer to an item of this kind is right.
    pub fn fits(&self, kind: &Kind, answer: &Answer) -> bool {
        match (self, answer) {
            (Right::Options(right), Answer::One(_)) => right & answer.options() != 0,
            (Right::Options(right), Answer::Several(bits)) => matches!(kind, Kind::Multiple { .. }) && right == bits,
            (Right::Number(right), Answer::Number(n)) => right == n,
            (Right::Date(right), Answer::Date(day)) => right == day,
            (Right::Texts(right), Answer::Text(text)) => right.contains(&spelling(text)),
            _ => false,
        }
    }
}

/// How two typed words are compared: trimmed, small letters, single spaces, `ё` as `е`.
pub fn spelling(text: &str) -> String {
    let small = text.to_lowercase().replace('ё', "е");
    small.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// An answer, or the reason why there is none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Answer {
    /// Not asked yet.
    #[default]
    Blank,
    /// Passed over by the person.
    Skipped,
    /// "Does not apply to me".
    NotApplicable,
    /// One option by position (yes/no, single, scale).
    One(u8),
    /// Several options, bit n = option n (multiple).
    Several(u64),
    /// A number in the item's smallest steps.
    Number(i64),
    /// Words, trimmed, never empty.
    Text(String),
    /// A day.
    Date(NaiveDate),
}

impl Answer {
    /// Whether the person said something that can be counted.
    pub fn is_given(&self) -> bool {
        !matches!(self, Answer::Blank | Answer::Skipped | Answer::NotApplicable)
    }

    /// The chosen options as bits; 0 when nothing was chosen or the answer is of another kind.
    pub fn options(&self) -> u64 {
        match self {
            Answer::One(n) => 1u64.checked_shl(u32::from(*n)).unwrap_or(0),
            Answer::Several(bits) => *bits,
            _ => 0,
        }
    }
}
