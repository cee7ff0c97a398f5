//! The steps of the talk, by the words that the conversation's row and the buttons carry.

use crate::kernel::button::Field;

/// A question or a screen of the talk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Consent 1.
    Consent,
    /// The messenger's name is offered.
    OfferedName,
    /// The name is typed.
    TypedName,
    /// What was typed, as it was understood.
    CheckedName,
    /// Which municipality.
    Municipality,
    /// Which school.
    School,
    /// The name of a school that is not in the list.
    UnlistedSchool,
    /// Which post.
    Post,
    /// The first subject: one tap.
    Subject,
    /// Several subjects.
    Subjects,
    /// The year teaching began.
    Began,
    /// The year of birth.
    Born,
    /// Everything at a glance.
    Summary,
    /// What to correct.
    Corrections,
    /// Which associations.
    Associations,
}

impl Step {
    /// Every step.
    pub const ALL: [Step; 15] = [
        Step::Consent,
        Step::OfferedName,
        Step::TypedName,
        Step::CheckedName,
        Step::Municipality,
        Step::School,
        Step::UnlistedSchool,
        Step::Post,
        Step::Subject,
        Step::Subjects,
        Step::Began,
        Step::Born,
        Step::Summary,
        Step::Corrections,
        Step::Associations,
    ];

    /// The word kept in the conversation's row and in buttons.
    pub fn code(self) -> &'static str {
        match self {
            Step::Consent => "consent",
            Step::OfferedName => "offered",
            Step::TypedName => "name",
            Step::CheckedName => "checked",
            Step::Municipality => "municipality",
            Step::School => "school",
            Step::UnlistedSchool => "unlisted",
            Step::Post => "post",
            Step::Subject => "subject",
            Step::Subjects => "subjects",
            Step::Began => "began",
            Step::Born => "born",
            Step::Summary => "summary",
            Step::Corrections => "corrections",
            Step::Associations => "associations",
        }
    }

    /// Reads the word; nothing for an unknown one.
    pub fn from_code(code: &str) -> Option<Step> {
        Step::ALL.into_iter().find(|s| s.code() == code)
    }
}

impl Field for Step {
    fn put(&self, out: &mut String) {
        out.push('.');
        out.push_str(self.code());
    }
    fn take(part: &str) -> Option<Step> {
        Step::from_code(part)
    }
    fn largest() -> Step {
        Step::Municipality
    }
}
