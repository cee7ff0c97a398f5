//! Where a talk stands, and how it goes from step to step.

use super::{consent, name, place, profile, summary, work};
use crate::bot::turn::{Result, Turn};
use crate::features::registration::model::{Draft, Stage};
use crate::features::registration::step::Step;
use crate::features::registration::{NAME, rules, views};
use crate::kernel::screen::Screen;
use crate::kernel::text::Text;
use crate::t;

/// Where a talk stands.
pub struct Talk {
    /// The step that is shown.
    pub step: Step,
    /// What was answered.
    pub draft: Draft,
}

/// What an answer leads to.
pub enum Go {
    /// To the first question without an answer.
    On,
    /// To this step.
    To(Step),
    /// Nowhere: the same step again, with a hint above it.
    Hint(Text),
    /// Nowhere: the same step again.
    Here,
    /// Nowhere: the button means nothing here.
    Stale,
    /// The screen is shown already.
    Shown,
}

impl Talk {
    /// The talk of this turn; nothing when there is none, or one that fits the person no longer.
    pub fn load(turn: &Turn<'_>) -> Option<Talk> {
        let step = Step::from_code(&turn.who.conversation.step)?;
        let draft: Draft = turn.data(NAME)?;
        let fits = (draft.stage == Stage::Editing) == turn.who.person.is_some();
        fits.then_some(Talk { step, draft })
    }

    /// Keeps it.
    ///
    /// # Errors
    /// A bug in the draft's form.
    pub fn save(&self, turn: &mut Turn<'_>) -> Result<()> {
        turn.go(NAME, self.step.code(), &self.draft)
    }

    /// Does what an answer said, keeps the draft and shows the step.
    pub async fn go(mut self, turn: &mut Turn<'_>, go: Go) -> Result<()> {
        let hint = match go {
            Go::Shown => return Ok(()),
            Go::Here => None,
            Go::Hint(hint) => Some(hint),
            Go::Stale => {
                turn.toast(t!("button-stale"));
                None
            }
            Go::On => {
                rules::settle_subjects(&mut self.draft);
                self.step = rules::next(&self.draft);
                None
            }
            Go::To(step) => {
                self.step = step;
                None
            }
        };
        if !self.draft.has_agreed {
            self.step = Step::Consent;
        }
        if self.draft.stage == Stage::Editing && matches!(self.step, Step::Summary | Step::Consent) {
            return profile::save(turn, self.draft).await;
        }
        self.arrive(turn);
        self.save(turn)?;
        let screen = self.screen(turn).await?;
        turn.show(views::hinted(screen, hint));
        Ok(())
    }

    /// What changes by coming to a step.
    pub fn arrive(&mut self, turn: &Turn<'_>) {
        let draft = &mut self.draft;
        match self.step {
            Step::OfferedName => {
                draft.offered = name::from_messenger(turn);
                if draft.offered.is_none() {
                    self.step = Step::TypedName;
                }
            }
            Step::CheckedName if draft.reading.is_none() => self.step = Step::TypedName,
            Step::Summary => draft.stage = Stage::Asking,
            _ => {}
        }
        if !matches!(self.step, Step::School | Step::UnlistedSchool | Step::Municipality) {
            draft.search = None;
        }
    }

    /// The step as it is shown.
    pub async fn screen(&self, turn: &mut Turn<'_>) -> Result<Screen> {
        let draft = &self.draft;
        Ok(match self.step {
            Step::Consent => consent::screen(turn, draft.has_agreed)?,
            Step::OfferedName | Step::TypedName | Step::CheckedName => name::screen(self.step, draft),
            Step::Municipality | Step::School | Step::UnlistedSchool => place::screen(turn, self.step, draft).await?,
            Step::Post | Step::Subject | Step::Subjects | Step::Began | Step::Born => {
                work::screen(self.step, draft, turn.now)
            }
            Step::Summary | Step::Corrections | Step::Associations => summary::screen(turn, self.step, draft).await?,
        })
    }
}
