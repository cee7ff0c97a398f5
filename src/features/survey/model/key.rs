//! The key of a questionnaire: which answers add up to what, and which words follow from it.
//!
//! All of it is data from the file; `scoring` only counts. The rule that one answer alone never names
//! a symptom (PRIVACY, section 3) is kept twice: here by [`NAMED_FROM`], and by the loader.

use super::Words;

/// The fewest answered keyed items from which a scale of a private questionnaire may be named to the
/// person (PRIVACY, section 3).
pub const NAMED_FROM: usize = 2;

/// A sum over items.
#[derive(Clone, Debug, PartialEq)]
pub struct Scale {
    /// 1-32 bytes of `a-z 0-9 -`.
    pub id: String,
    /// Its name for people.
    pub name: Words,
    /// The items that count, in the order of the items.
    pub key: Vec<Keyed>,
    /// Points or a share of the possible.
    pub measure: Measure,
    /// How many of its items must be answered for the scale to count.
    pub needs: usize,
    /// A missing answer counts as the item's lowest points (tests of knowledge) and not as missing.
    pub blank_is_lowest: bool,
    /// Plausibly health data: shown to the person, never pooled.
    pub is_health: bool,
    /// The fewest points it can have with all items answered (0 for percent).
    pub min: i32,
    /// The most (100 for percent).
    pub max: i32,
    /// Ranges of points with a name, without gaps from `min` to `max`; may be empty.
    pub bands: Vec<Band>,
}

/// An item in a scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keyed {
    /// The item.
    pub item: usize,
    /// Points for one unit of the answer's value. Below zero the value is mirrored first: for a yes/no
    /// item -3 gives three points for "no", for a 0-3 item "0" counts as 3.
    pub weight: i32,
    /// The lowest value an answer can have.
    pub low: i32,
    /// The highest.
    pub high: i32,
}

impl Keyed {
    /// The points of an answer worth `value`.
    pub fn points(&self, value: i32) -> i32 {
        let turned = if self.weight < 0 { self.high + self.low - value } else { value };
        self.weight.abs() * turned
    }

    /// The fewest points this item can add.
    pub fn least(&self) -> i32 {
        self.weight.abs() * self.low
    }

    /// The most.
    pub fn most(&self) -> i32 {
        self.weight.abs() * self.high
    }
}

/// How a scale or phase is expressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// The sum itself.
    Points,
    /// 0-100: how much of the possible range of the answered items was reached, rounded half up.
    Percent,
}

/// A range of points with a name.
#[derive(Clone, Debug, PartialEq)]
pub struct Band {
    /// 1-32 bytes of `a-z 0-9 -`.
    pub id: String,
    /// The first value inside.
    pub from: i32,
    /// The last value inside.
    pub to: i32,
    /// Its name for people.
    pub name: Words,
    /// A sentence about it.
    pub text: Option<Words>,
}

/// A sum over scales. It counts only when all of them count.
#[derive(Clone, Debug, PartialEq)]
pub struct Phase {
    /// 1-32 bytes of `a-z 0-9 -`, different from every scale's.
    pub id: String,
    /// Its name for people.
    pub name: Words,
    /// The scales in it.
    pub scales: Vec<usize>,
    /// Points or a share of the possible.
    pub measure: Measure,
    /// A scale in it is plausibly health data.
    pub is_health: bool,
    /// The fewest points (0 for percent).
    pub min: i32,
    /// The most (100 for percent).
    pub max: i32,
    /// Ranges with a name; may be empty.
    pub bands: Vec<Band>,
}

/// A scale or a phase.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Measured {
    /// Position in `Definition::scales`.
    Scale(usize),
    /// Position in `Definition::phases`.
    Phase(usize),
}

/// A question "which of these weighs most". Its members share one range of points.
#[derive(Clone, Debug, PartialEq)]
pub struct Weighing {
    /// 1-32 bytes of `a-z 0-9 -`.
    pub id: String,
    /// What is compared, 2-6 members.
    pub among: Vec<Measured>,
    /// All members within fewer points than this of the highest count as heaviest together.
    pub lead: i32,
}

/// Answers that cannot both be meant.
#[derive(Clone, Debug, PartialEq)]
pub struct Contradiction {
    /// 1-32 bytes of `a-z 0-9 -`.
    pub id: String,
    /// It stands when all of these hold.
    pub tests: Vec<ItemTest>,
}

/// A question about one item's answer.
#[derive(Clone, Debug, PartialEq)]
pub struct ItemTest {
    /// The item.
    pub item: usize,
    /// What is asked.
    pub asks: Asks,
}

/// What is asked about an item's answer. All but `Answered(false)` need an answer to hold.
#[derive(Clone, Debug, PartialEq)]
pub enum Asks {
    /// One of these options (bits) was chosen.
    Is(u64),
    /// There is an answer, and none of these options is in it.
    IsNot(u64),
    /// The number, or the chosen options' value, is at least this.
    AtLeast(i64),
    /// The number, or the chosen options' value, is at most this.
    AtMost(i64),
    /// There is an answer, or there is none.
    Answered(bool),
}

/// A question about a finished run, asked to choose its words.
#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    /// About one answer.
    Item(ItemTest),
    /// The scale or phase counts and lies in one of these bands.
    Band {
        /// What is looked at.
        of: Measured,
        /// Positions in its bands.
        bands: Vec<usize>,
    },
    /// The scale or phase counts, or does not.
    Counted {
        /// What is looked at.
        of: Measured,
        /// Which of the two.
        is: bool,
    },
    /// All members of the weighing count, and exactly these (bits) are heaviest.
    Heaviest {
        /// Position in `Definition::weighings`.
        weighing: usize,
        /// Bit n = member n.
        members: u64,
    },
    /// All members count, and this one is among the heaviest.
    HeaviestHas {
        /// Position in `Definition::weighings`.
        weighing: usize,
        /// Position in its members.
        member: usize,
    },
    /// The answers look unmeant (a contradiction, or all the same), or do not.
    Doubtful(bool),
}

/// A part of the result: a paragraph or a list.
#[derive(Clone, Debug, PartialEq)]
pub struct ResultPart {
    /// 1-32 bytes of `a-z 0-9 -`.
    pub id: String,
    /// A line above it, shown only when the part says something.
    pub heading: Option<Words>,
    /// How many fitting variants are said, 1-10.
    pub pick: usize,
    /// Each variant is a point of a list.
    pub is_list: bool,
    /// Shown only when the person asks for it (a button under the result).
    pub on_demand: bool,
    /// Tried in this order.
    pub variants: Vec<Variant>,
}

/// One thing that a part can say.
#[derive(Clone, Debug, PartialEq)]
pub struct Variant {
    /// All of these must hold.
    pub when: Vec<Test>,
    /// One of these must hold, if there are any.
    pub when_any: Vec<Test>,
    /// The words; `{contacts}` is filled from the configuration.
    pub text: Words,
}

impl Variant {
    /// It is said only when no other variant of its part fits.
    pub fn is_fallback(&self) -> bool {
        self.when.is_empty() && self.when_any.is_empty()
    }
}
