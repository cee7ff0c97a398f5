//! One pass through a questionnaire: answers by item and a place, moved by pure steps.
//!
//! Person presses an answer → [`Run::answer`] → the next visible item is current → … → no current
//! item: the run is complete. Nothing here knows time, chance, a database or a language. The whole
//! state is one small array of bytes ([`Run::encode`]), so it can be sealed as one value and erased as
//! one row. An item that a skip rule hides keeps its answer but counts as unanswered.

mod codec;
mod typed;

pub use codec::Damaged;
pub use typed::{decimal, in_steps, kept};

use super::model::{Answer, Asks, Definition, Item, ItemTest, Kind};

/// Why a step was not taken. The run is unchanged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// There is no such item, or a skip rule hides it.
    NotShown,
    /// The item has no such option, or expects an answer of another kind.
    NotAnAnswer,
    /// Fewer options are ticked than the item needs.
    TooFew(u8),
    /// More options than the item takes.
    TooMany(u8),
    /// The item cannot be skipped.
    Required,
    /// The item always applies.
    AlwaysApplies,
    /// What was typed is not a number.
    NotANumber,
    /// What was typed is not a day of the calendar.
    NotADate,
    /// The number or day is outside what the item accepts.
    OutOfRange,
    /// The text is longer than this many characters.
    TooLong(u16),
    /// Nothing was typed.
    Empty,
    /// The current item has no answer yet, so there is no way on.
    Unanswered,
}

/// The state of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// The current item; the number of items when the end is reached.
    position: usize,
    /// One for each item of the definition.
    answers: Vec<Answer>,
}

impl Run {
    /// A run before its first answer.
    pub fn new(definition: &Definition) -> Run {
        Run { position: 0, answers: vec![Answer::Blank; definition.items.len()] }
    }

    /// The item on the screen; `None` at the end.
    pub fn current(&self, definition: &Definition) -> Option<usize> {
        (self.position < definition.items.len()).then_some(self.position)
    }

    /// What was said about an item, hidden or not: to mark the chosen button.
    pub fn said(&self, item: usize) -> &Answer {
        self.answers.get(item).unwrap_or(&Answer::Blank)
    }

    /// Records an answer and goes on to the next visible item. The item need not be the current one: a
    /// button of an older message names its own.
    pub fn answer(&mut self, definition: &Definition, item: usize, answer: Answer) -> Result<(), Refused> {
        let shown = self.shown(definition, item)?;
        if !answer.is_given() {
            return Err(Refused::NotAnAnswer);
        }
        shown.accepts(&answer)?;
        self.put(definition, item, answer);
        Ok(())
    }

    /// Ticks or unticks one option of a multiple item and stays there; [`Run::forward`] goes on.
    pub fn tick(&mut self, definition: &Definition, item: usize, option: usize) -> Result<(), Refused> {
        let Kind::Multiple { options, most, .. } = &self.shown(definition, item)?.kind else {
            return Err(Refused::NotAnAnswer);
        };
        if option >= options.len() {
            return Err(Refused::NotAnAnswer);
        }
        let bits = self.said(item).options() ^ (1 << option);
        if bits.count_ones() > u32::from(*most) {
            return Err(Refused::TooMany(*most));
        }
        self.answers[item] = if bits == 0 { Answer::Blank } else { Answer::Several(bits) };
        self.position = item;
        Ok(())
    }

    /// Passes an item over and goes on.
    pub fn skip(&mut self, definition: &Definition, item: usize) -> Result<(), Refused> {
        if self.shown(definition, item)?.is_required {
            return Err(Refused::Required);
        }
        self.put(definition, item, Answer::Skipped);
        Ok(())
    }

    /// Says "does not apply to me" and goes on.
    pub fn does_not_apply(&mut self, definition: &Definition, item: usize) -> Result<(), Refused> {
        if !self.shown(definition, item)?.may_not_apply {
            return Err(Refused::AlwaysApplies);
        }
        self.put(definition, item, Answer::NotApplicable);
        Ok(())
    }

    /// Goes to the visible item before the current one; says whether there was one.
    pub fn back(&mut self, definition: &Definition) -> bool {
        let visible = self.visible(definition);
        let before = (0..self.position).rev().find(|&i| visible[i]);
        self.position = before.unwrap_or(self.position);
        before.is_some()
    }

    /// Goes on from an item that has its answer (after going back, or when all is ticked).
    pub fn forward(&mut self, definition: &Definition) -> Result<(), Refused> {
        let Some(item) = self.current(definition) else { return Ok(()) };
        if let Kind::Multiple { least, .. } = definition.items[item].kind {
            match &self.answers[item] {
                Answer::Blank if least == 0 => self.answers[item] = Answer::Several(0),
                Answer::Several(bits) if bits.count_ones() < u32::from(least) => return Err(Refused::TooFew(least)),
                Answer::Blank => return Err(Refused::TooFew(least)),
                _ => {}
            }
        }
        if self.answers[item] == Answer::Blank {
            return Err(Refused::Unanswered);
        }
        self.position = self.next_visible(definition, item + 1).unwrap_or(definition.items.len());
        Ok(())
    }

    /// The first visible item at `from` or after it.
    pub fn next_visible(&self, definition: &Definition, from: usize) -> Option<usize> {
        let visible = self.visible(definition);
        (from..visible.len()).find(|&i| visible[i])
    }

    /// Which items the answers so far let be seen. Skip rules look back only, so one pass is enough.
    pub fn visible(&self, definition: &Definition) -> Vec<bool> {
        let mut visible: Vec<bool> = Vec::with_capacity(definition.items.len());
        for item in &definition.items {
            let is_shown = item.show_if.iter().all(|test| {
                let is_seen = visible.get(test.item).copied().unwrap_or(false);
                holds(
                    test,
                    &definition.items,
                    if is_seen { self.settled(definition, test.item) } else { &Answer::Blank },
                )
            });
            visible.push(is_shown);
        }
        visible
    }

    /// The answers that count, by item: hidden items and half-ticked ones are blank.
    pub fn counting(&self, definition: &Definition) -> Vec<&Answer> {
        let visible = self.visible(definition);
        let pick = |(i, seen): (usize, &bool)| if *seen { self.settled(definition, i) } else { &Answer::Blank };
        visible.iter().enumerate().map(pick).collect()
    }

    /// Visible items dealt with (answered, skipped, not applicable), and all visible items.
    pub fn progress(&self, definition: &Definition) -> (usize, usize) {
        let visible = self.visible(definition);
        let seen = (0..visible.len()).filter(|&i| visible[i]);
        let done = seen.clone().filter(|&i| *self.settled(definition, i) != Answer::Blank).count();
        (done, seen.count())
    }

    /// The current item's number among the visible ones, from 1, and how many those are. At the end both
    /// are the same.
    pub fn place(&self, definition: &Definition) -> (usize, usize) {
        let visible = self.visible(definition);
        let total = visible.iter().filter(|v| **v).count();
        let before = visible.iter().take(self.position).filter(|v| **v).count();
        ((before + 1).min(total), total)
    }

    /// Every visible item is dealt with.
    pub fn is_complete(&self, definition: &Definition) -> bool {
        let (done, total) = self.progress(definition);
        done == total
    }

    /// How many answers there are to lose: those given, hidden ones too.
    pub fn answered_count(&self) -> usize {
        self.answers.iter().filter(|a| a.is_given()).count()
    }

    /// Sets an answer without moving: golden cases put whole runs together.
    pub(super) fn preset(&mut self, item: usize, answer: Answer) {
        self.answers[item] = answer;
    }

    fn shown<'d>(&self, definition: &'d Definition, item: usize) -> Result<&'d Item, Refused> {
        let is_shown = self.visible(definition).get(item).copied().unwrap_or(false);
        if is_shown { Ok(&definition.items[item]) } else { Err(Refused::NotShown) }
    }

    fn put(&mut self, definition: &Definition, item: usize, answer: Answer) {
        self.answers[item] = answer;
        self.position = self.next_visible(definition, item + 1).unwrap_or(definition.items.len());
    }

    fn settled(&self, definition: &Definition, item: usize) -> &Answer {
        match (&definition.items[item].kind, &self.answers[item]) {
            (Kind::Multiple { least, .. }, Answer::Several(bits)) if bits.count_ones() < u32::from(*least) => {
                &Answer::Blank
            }
            (_, answer) => answer,
        }
    }
}

/// Whether a test about one item's answer holds.
pub fn holds(test: &ItemTest, items: &[Item], answer: &Answer) -> bool {
    if let Asks::Answered(wanted) = test.asks {
        return answer.is_given() == wanted;
    }
    let amount = || items.get(test.item).and_then(|item| item.amount(answer));
    answer.is_given()
        && match test.asks {
            Asks::Is(bits) => answer.options() & bits != 0,
            Asks::IsNot(bits) => answer.options() & bits == 0,
            Asks::AtLeast(n) => amount().is_some_and(|a| a >= n),
            Asks::AtMost(n) => amount().is_some_and(|a| a <= n),
            Asks::Answered(_) => true,
        }
}
