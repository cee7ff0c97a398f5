//! The nouns of the directory.

use chrono_tz::Tz;

use crate::kernel::ids::{AssociationId, MunicipalityId, SchoolId};
use crate::kernel::person::{Post, SchoolKind, Subject};

/// A district: the unit that owns institutions, associations and a calendar of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct Municipality {
    /// Its row.
    pub id: MunicipalityId,
    /// As people name it.
    pub name: String,
    /// Days and quiet hours are computed in it.
    pub zone: Tz,
}

/// A school, a kindergarten or another institution.
#[derive(Clone, Debug, PartialEq)]
pub struct School {
    /// Its row.
    pub id: SchoolId,
    /// Whose it is.
    pub municipality: MunicipalityId,
    /// Short, as people say it.
    pub name: String,
    /// As in its charter.
    pub full_name: String,
    /// Its number, when it has one.
    pub number: Option<String>,
    /// What it is.
    pub kind: SchoolKind,
}

/// A school that is about to be added.
#[derive(Clone, Debug, PartialEq)]
pub struct NewSchool {
    /// Whose it is.
    pub municipality: MunicipalityId,
    /// Short, as people say it.
    pub name: String,
    /// As in its charter.
    pub full_name: String,
    /// Its number, when it has one.
    pub number: Option<String>,
    /// What it is.
    pub kind: SchoolKind,
}

/// A methodical association of a district (РМО), or a community kept like one.
#[derive(Clone, Debug, PartialEq)]
pub struct Association {
    /// Its row.
    pub id: AssociationId,
    /// Whose it is.
    pub municipality: MunicipalityId,
    /// As people name it.
    pub name: String,
    /// It is proposed to those who teach this.
    pub subject: Option<Subject>,
    /// It is proposed to those who hold this post.
    pub post: Option<Post>,
}

impl Association {
    /// Whether it is for somebody of this post and these subjects.
    pub fn suits(&self, post: Post, subjects: &[Subject]) -> bool {
        self.post == Some(post) || self.subject.is_some_and(|s| subjects.contains(&s))
    }
}

/// What a link opens.
#[derive(Clone, Debug, PartialEq)]
pub enum Invited {
    /// Registration with the school already chosen.
    School(School),
}
