//! The buttons of registration.
//!
//! A button answers one step (see [`Registration::steps`]); pressed at another it shows the current step and writes
//! nothing. Toggles say what they lead to, not «the other way round», so that a double tap is one.

use super::model::Draft;
use super::step::Step;
use crate::buttons;
use crate::kernel::ids::{AssociationId, MunicipalityId, SchoolId};
use crate::kernel::person::{Post, Subject};

buttons! {
    /// Buttons of registration and of one's own profile.
    pub enum Registration as "r" {
        /// Agrees to the consent text with this mark.
        Agree "a" { mark: i64 },
        /// Not now.
        NotNow "n" {},
        /// Back to the consent, with the school of a link (0: none).
        Consider "c" { school: SchoolId },
        /// On from a consent that was given.
        Onward "o" {},
        /// Takes the consent back.
        Withdraw "w" {},
        /// The name is right.
        Right "y" {},
        /// The name is another one.
        Otherwise "t" {},
        /// Family name and given name in each other's place (1) or as typed (0).
        Swap "x" { swapped: u8 },
        /// This municipality.
        Municipality "m" { id: MunicipalityId },
        /// This school.
        School "s" { id: SchoolId },
        /// The school is not in the list.
        Unlisted "u" {},
        /// This post.
        Post "p" { post: Post },
        /// This subject and on.
        Subject "j" { subject: Subject },
        /// No subjects.
        NoSubjects "z" {},
        /// More subjects than one.
        MoreSubjects "q" {},
        /// This one too.
        Take "k" { subject: Subject },
        /// Not this one.
        Drop "d" { subject: Subject },
        /// These are the subjects.
        SubjectsDone "v" {},
        /// Opens the years from this one.
        Years "r" { from: i32 },
        /// Teaching began in this year.
        Began "g" { year: i32 },
        /// The year of birth stays unsaid.
        SkipBorn "i" {},
        /// All is right.
        Confirm "f" {},
        /// What to correct.
        Corrections "e" {},
        /// Asks this question again.
        Mend "l" { step: Step },
        /// In this association.
        Join "in" { id: AssociationId },
        /// Not in this association.
        LeaveOut "out" { id: AssociationId },
        /// These are the associations.
        AssociationsDone "set" {},
        /// Back from this step.
        Back "b" { from: Step },
        /// The current step again.
        Here "at" {},
        /// Asks whether to begin anew.
        Over "h" {},
        /// Begins anew.
        OverSure "hh" {},
        /// One's own profile.
        Profile "me" {},
    }
}

impl Registration {
    /// The steps at which the button means something; none: at any.
    pub fn steps(&self) -> &'static [Step] {
        use Registration as R;
        match self {
            R::Agree { .. } | R::NotNow {} | R::Onward {} | R::Withdraw {} => &[Step::Consent],
            R::Right {} | R::Otherwise {} => &[Step::OfferedName, Step::CheckedName],
            R::Swap { .. } => &[Step::CheckedName],
            R::Municipality { .. } => &[Step::Municipality],
            R::School { .. } | R::Unlisted {} => &[Step::School],
            R::Post { .. } => &[Step::Post],
            R::Subject { .. } => &[Step::Subject],
            R::NoSubjects {} => &[Step::Subject, Step::Subjects],
            R::Take { .. } | R::Drop { .. } | R::SubjectsDone {} => &[Step::Subjects],
            R::MoreSubjects {} | R::Years { .. } | R::Began { .. } => &[Step::Began],
            R::SkipBorn {} => &[Step::Born],
            R::Confirm {} | R::Corrections {} => &[Step::Summary],
            R::Mend { .. } => &[Step::Corrections],
            R::Join { .. } | R::LeaveOut { .. } | R::AssociationsDone {} => &[Step::Associations],
            R::Back { .. } | R::Consider { .. } | R::Here {} | R::Over {} | R::OverSure {} | R::Profile {} => &[],
        }
    }

    /// Whether the button may be pressed at this step.
    pub fn belongs_to(&self, step: Step) -> bool {
        match self {
            Registration::Back { from } => *from == step,
            other => other.steps().is_empty() || other.steps().contains(&step),
        }
    }

    /// Whether the draft holds this very answer already: the second tap of a double one.
    pub fn repeats(&self, draft: &Draft) -> bool {
        use Registration as R;
        match self {
            R::Agree { .. } | R::Onward {} => draft.has_agreed,
            R::Right {} => draft.name.is_some(),
            R::Municipality { id } => draft.place.as_ref().is_some_and(|p| p.id == *id),
            R::School { id } => draft.school.as_ref().and_then(|s| s.id()) == Some(*id),
            R::Post { post } => draft.post == Some(*post),
            R::Subject { subject } => draft.subjects.as_deref() == Some(&[*subject]),
            R::NoSubjects {} => draft.subjects.as_ref().is_some_and(Vec::is_empty),
            R::Began { year } => draft.taught_since == Some(*year),
            R::SkipBorn {} => draft.born.is_some_and(|b| b.year().is_none()),
            R::Otherwise {}
            | R::Unlisted {}
            | R::MoreSubjects {}
            | R::SubjectsDone {}
            | R::Corrections {}
            | R::Mend { .. }
            | R::AssociationsDone {}
            | R::Back { .. } => true,
            _ => false,
        }
    }
}
