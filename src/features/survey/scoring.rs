//! Counting: answers of a run against the key of its definition.
//!
//! A scale with a missing answer is "not counted", and so is every phase that holds it; the rest is
//! counted as usual (PRIVACY, section 3). Which words follow is in `words`. Pure: the same run and
//! definition always give the same outcome.

mod words;

pub use words::{Said, words};

use super::model::{Answer, Band, Definition, Measure, Measured, NAMED_FROM, Phase, Scale, Weighing};
use super::run::{Run, holds};

/// All that is counted of one run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// One for each scale.
    pub scales: Vec<Score>,
    /// One for each phase.
    pub phases: Vec<Score>,
    /// Which of the definition's contradictions stand in the answers.
    pub contradictions: Vec<usize>,
    /// At least [`UNIFORM_FROM`] answers, all the same option, although the key turns some of them round.
    pub is_uniform: bool,
}

/// The fewest equal answers that look unmeant.
pub const UNIFORM_FROM: usize = 8;

/// What a scale or a phase came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Score {
    /// Points or percent, as the definition says; `None`: not counted.
    pub points: Option<i32>,
    /// The band of these points, where the definition has bands.
    pub band: Option<usize>,
    /// How many items it is made of.
    pub keyed: usize,
    /// How many of them are answered.
    pub answered: usize,
    /// It counts, and it may be named to the person.
    pub may_be_named: bool,
}

impl Outcome {
    /// The score of a scale or phase.
    pub fn score(&self, of: Measured) -> &Score {
        match of {
            Measured::Scale(n) => &self.scales[n],
            Measured::Phase(n) => &self.phases[n],
        }
    }

    /// The answers contradict each other or are all alike: to be read with care. It is said to the person
    /// only.
    pub fn is_doubtful(&self) -> bool {
        self.is_uniform || !self.contradictions.is_empty()
    }

    /// The heaviest members of a weighing as bits; `None` unless all of them count.
    pub fn heaviest(&self, weighing: &Weighing) -> Option<u64> {
        let points: Option<Vec<i32>> = weighing.among.iter().map(|m| self.score(*m).points).collect();
        let points = points?;
        let top = points.iter().copied().max()?;
        let near = points.iter().enumerate().filter(|(_, p)| top - **p < weighing.lead);
        Some(near.fold(0, |bits, (n, _)| bits | 1 << n))
    }
}

/// Counts a run.
pub fn score(definition: &Definition, run: &Run) -> Outcome {
    let answers = run.counting(definition);
    let sums: Vec<Sum> = definition.scales.iter().map(|s| Sum::of(s, definition, &answers)).collect();
    let scales = definition.scales.iter().zip(&sums);
    let phases = definition.phases.iter().map(|p| phase_score(p, definition, &sums));
    let stands = |tests: &[super::model::ItemTest]| tests.iter().all(|t| holds(t, &definition.items, answers[t.item]));
    let contradictions = definition.contradictions.iter().enumerate();
    Outcome {
        scales: scales.map(|(scale, sum)| scale_score(scale, definition, sum)).collect(),
        phases: phases.collect(),
        contradictions: contradictions.filter(|(_, c)| stands(&c.tests)).map(|(n, _)| n).collect(),
        is_uniform: is_uniform(definition, &answers),
    }
}

/// The points of one scale alone, before it is made into a share; `None`: not counted.
pub(super) fn raw_points(scale: &Scale, definition: &Definition, answers: &[&Answer]) -> Option<i32> {
    let sum = Sum::of(scale, definition, answers);
    sum.counts(scale).then_some(sum.points)
}

/// A running sum with the range that the answered items allow.
#[derive(Clone, Copy, Debug, Default)]
struct Sum {
    points: i32,
    least: i32,
    most: i32,
    keyed: usize,
    answered: usize,
}

impl Sum {
    fn of(scale: &Scale, definition: &Definition, answers: &[&Answer]) -> Sum {
        let mut sum = Sum { keyed: scale.key.len(), ..Sum::default() };
        for keyed in &scale.key {
            let value = definition.items[keyed.item].value(answers[keyed.item]);
            sum.answered += usize::from(value.is_some());
            let points = value.map(|v| keyed.points(v)).or(scale.blank_is_lowest.then(|| keyed.least()));
            if let Some(points) = points {
                sum.points += points;
                sum.least += keyed.least();
                sum.most += keyed.most();
            }
        }
        sum
    }

    fn counts(&self, scale: &Scale) -> bool {
        scale.blank_is_lowest || self.answered >= scale.needs
    }

    fn plus(self, other: &Sum) -> Sum {
        Sum {
            points: self.points + other.points,
            least: self.least + other.least,
            most: self.most + other.most,
            keyed: self.keyed + other.keyed,
            answered: self.answered + other.answered,
        }
    }

    fn measured(&self, measure: Measure) -> i32 {
        let (part, whole) = (self.points - self.least, self.most - self.least);
        match measure {
            Measure::Points => self.points,
            Measure::Percent if whole == 0 => 0,
            Measure::Percent => ((200 * i64::from(part) + i64::from(whole)) / (2 * i64::from(whole))) as i32,
        }
    }
}

fn scale_score(scale: &Scale, definition: &Definition, sum: &Sum) -> Score {
    finish(definition, sum, sum.counts(scale).then(|| sum.measured(scale.measure)), &scale.bands)
}

fn phase_score(phase: &Phase, definition: &Definition, sums: &[Sum]) -> Score {
    let total = phase.scales.iter().fold(Sum::default(), |total, s| total.plus(&sums[*s]));
    let counts = phase.scales.iter().all(|s| sums[*s].counts(&definition.scales[*s]));
    finish(definition, &total, counts.then(|| total.measured(phase.measure)), &phase.bands)
}

fn finish(definition: &Definition, sum: &Sum, points: Option<i32>, bands: &[Band]) -> Score {
    Score {
        points,
        band: points.and_then(|p| bands.iter().position(|b| b.from <= p && p <= b.to)),
        keyed: sum.keyed,
        answered: sum.answered,
        may_be_named: points.is_some() && (!definition.is_private || sum.answered >= NAMED_FROM),
    }
}

/// Only answers whose items point both ways in the key can be suspiciously alike: ten times "fully
/// agree" about ten good things is an opinion.
fn is_uniform(definition: &Definition, answers: &[&Answer]) -> bool {
    let first = answers.iter().find(|a| matches!(a, Answer::One(_)));
    let ones: Vec<usize> = (0..answers.len()).filter(|i| matches!(answers[*i], Answer::One(_))).collect();
    let turned = |sign: i32| {
        let keys = definition.scales.iter().flat_map(|s| &s.key);
        keys.filter(|k| k.weight.signum() == sign).any(|k| ones.contains(&k.item))
    };
    ones.len() >= UNIFORM_FROM && ones.iter().all(|i| Some(&answers[*i]) == first) && turned(1) && turned(-1)
}
