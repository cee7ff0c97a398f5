//! The nouns of registration: the draft a talk fills, and what a saved profile holds.
//!
//! A draft is one JSON value in the conversation's row. It keeps names beside ids, so that a step is shown without
//! asking the directory again; what is written at the end is checked against the directory once more.

use serde::{Deserialize, Serialize};

use crate::kernel::ids::{AssociationId, MunicipalityId, SchoolId};
use crate::kernel::person::{Post, SchoolKind, Subject};

/// A person's name.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Name {
    /// Family name.
    pub family: String,
    /// Given name.
    pub given: String,
    /// Patronymic, when they have one.
    pub patronymic: Option<String>,
}

impl Name {
    /// «Петрова Анна Сергеевна».
    pub fn full(&self) -> String {
        let patronymic = self.patronymic.as_deref().map(|p| format!(" {p}")).unwrap_or_default();
        format!("{} {}{patronymic}", self.family, self.given)
    }

    /// «Анна Сергеевна»: how a person is addressed.
    pub fn polite(&self) -> String {
        self.patronymic.as_ref().map_or_else(|| self.given.clone(), |p| format!("{} {p}", self.given))
    }

    /// The same with family name and given name in each other's place.
    pub fn swapped(self) -> Name {
        Name { family: self.given, given: self.family, patronymic: self.patronymic }
    }
}

/// A name as it was understood, waiting for a yes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// The name.
    pub name: Name,
    /// Whether it is clear which word is which.
    pub is_sure: bool,
    /// Whether the person put the words in each other's place.
    pub is_swapped: bool,
}

/// The municipality of a draft.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// Its row.
    pub id: MunicipalityId,
    /// Its name.
    pub name: String,
    /// Its zone's name.
    pub zone: String,
}

/// Where somebody works.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Workplace {
    /// In a school of the list.
    Listed {
        /// Its row.
        id: SchoolId,
        /// Its short name.
        name: String,
        /// What it is.
        kind: SchoolKind,
    },
    /// Somewhere the list does not know; the person's own words, for the methodist.
    Said(String),
}

impl Workplace {
    /// The name people read.
    pub fn name(&self) -> &str {
        match self {
            Workplace::Listed { name, .. } | Workplace::Said(name) => name,
        }
    }

    /// The row, when it is in the list.
    pub fn id(&self) -> Option<SchoolId> {
        match self {
            Workplace::Listed { id, .. } => Some(*id),
            Workplace::Said(_) => None,
        }
    }
}

/// The year of birth, once asked.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Born {
    /// In this year.
    In(i32),
    /// The person would rather not say.
    Unsaid,
}

impl Born {
    /// The year, when it was said.
    pub fn year(self) -> Option<i32> {
        match self {
            Born::In(year) => Some(year),
            Born::Unsaid => None,
        }
    }
}

/// Why the questions are asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stage {
    /// For the first time, one after another.
    #[default]
    Asking,
    /// One is asked again from the summary.
    Mending,
    /// A registered person changes their profile; each answer is saved at once.
    Editing,
}

/// What was answered so far.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Draft {
    /// Why the questions are asked.
    pub stage: Stage,
    /// Consent 1 was given; before, a draft holds nothing but the place that a link named.
    pub has_agreed: bool,
    /// The person left the talk; words typed meanwhile are no answers.
    pub is_left: bool,
    /// The messenger's name, when it looks like a real one.
    pub offered: Option<Name>,
    /// A typed name that waits for a yes.
    pub reading: Option<Reading>,
    /// The name.
    pub name: Option<Name>,
    /// Whether there is a choice of municipalities.
    pub has_choice_of_place: bool,
    /// The municipality.
    pub place: Option<Place>,
    /// Whether a link named the school.
    pub is_invited: bool,
    /// The school.
    pub school: Option<Workplace>,
    /// What was typed to find a school or a municipality.
    pub search: Option<String>,
    /// The post.
    pub post: Option<Post>,
    /// The subjects; an empty list is an answer too.
    pub subjects: Option<Vec<Subject>>,
    /// The year teaching began.
    pub taught_since: Option<i32>,
    /// The year of birth.
    pub born: Option<Born>,
    /// Associations that the person does not want.
    pub left_out: Vec<AssociationId>,
    /// Proposed associations that the person ticked.
    pub picked: Vec<AssociationId>,
    /// Associations that the person is in though they are not proposed.
    pub beyond: Vec<AssociationId>,
}

/// A draft in which nothing is missing.
#[derive(Clone, Debug, PartialEq)]
pub struct Profile {
    /// Name.
    pub name: Name,
    /// Municipality.
    pub place: Place,
    /// School.
    pub school: Workplace,
    /// Post.
    pub post: Post,
    /// Subjects, perhaps none.
    pub subjects: Vec<Subject>,
    /// The year teaching began.
    pub taught_since: i32,
    /// The year of birth, if said.
    pub born_in: Option<i32>,
}

impl Draft {
    /// The whole profile; nothing while an answer is missing.
    pub fn profile(&self) -> Option<Profile> {
        Some(Profile {
            name: self.name.clone()?,
            place: self.place.clone()?,
            school: self.school.clone()?,
            post: self.post?,
            subjects: self.subjects.clone()?,
            taught_since: self.taught_since?,
            born_in: self.born?.year(),
        })
    }

    /// Whether subjects may be none for the chosen post: leaders and others need not teach.
    pub fn may_teach_nothing(&self) -> bool {
        self.post != Some(Post::Teacher)
    }

    /// Whether the post teaches subjects.
    pub fn has_subjects(&self) -> bool {
        self.post.is_some_and(Post::has_subjects)
    }
}

/// An association that suits a draft.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Proposal {
    /// Its row.
    pub id: AssociationId,
    /// For a subject the person teaches; otherwise for the post.
    pub is_by_subject: bool,
}

/// An association that is offered.
#[derive(Clone, Debug, PartialEq)]
pub struct Offer {
    /// Its row.
    pub id: AssociationId,
    /// Its name.
    pub name: String,
    /// Whether the person will be in it.
    pub is_joined: bool,
}

/// A row of `placements`, as far as a change needs it.
#[derive(Clone, Debug, PartialEq)]
pub struct Placement {
    /// Its row.
    pub id: i64,
    /// The school, when it is in the list.
    pub school: Option<SchoolId>,
    /// The person's words otherwise.
    pub said: Option<String>,
    /// Post.
    pub post: Post,
    /// Subjects.
    pub subjects: Vec<Subject>,
    /// The first day, `YYYY-MM-DD`.
    pub from_on: String,
}
