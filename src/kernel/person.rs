//! Roles, the scopes they hold in, and the small fixed lists of the field (posts, subjects).
//!
//! Source of the lists: the field's glossary (docs/ARCHITECTURE.md, «Words»). The words people read stand in `locales/`.

use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::ids::{AssociationId, MunicipalityId, SchoolId};

macro_rules! codes {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $code:literal => $key:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $code)] $variant),* }

        impl $name {
            /// Every value in the order people are shown it.
            pub const ALL: &'static [$name] = &[$($name::$variant),*];

            /// The code kept in the database, in files and in buttons. Never changes once landed.
            pub fn code(self) -> &'static str {
                match self { $($name::$variant => $code),* }
            }

            /// Reads a code; nothing for an unknown one.
            pub fn from_code(code: &str) -> Option<$name> {
                match code { $($code => Some($name::$variant),)* _ => None }
            }

            /// The catalogue's key of its name.
            pub fn key(self) -> &'static str {
                match self { $($name::$variant => $key),* }
            }
        }
    };
}

codes! {
    /// What a person may do beyond their own affairs. Each is held in a [`Scope`].
    Role {
        /// Looks after the installation; sees roles, never answers.
        Administrator = "admin" => "role-admin",
        /// Methodist of the municipal service.
        Methodist = "methodist" => "role-methodist",
        /// Head of an association.
        AssociationHead = "head" => "role-head",
        /// A school's deputy head, responsible for methodical work.
        Deputy = "deputy" => "role-deputy",
        /// Director of a school.
        Director = "director" => "role-director",
        /// Psychologist who answers those who ask for help.
        Psychologist = "psychologist" => "role-psychologist",
        /// Mentor of young teachers.
        Mentor = "mentor" => "role-mentor",
        /// Specialist of the education department: reads reports.
        Specialist = "specialist" => "role-specialist",
    }
}

/// Where a role holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Scope {
    /// The whole installation.
    Region,
    /// One municipality.
    Municipality(MunicipalityId),
    /// One school.
    School(SchoolId),
    /// One association.
    Association(AssociationId),
}

impl Scope {
    /// The pair kept in the database: kind and id (0 for the region).
    pub fn parts(self) -> (&'static str, i64) {
        match self {
            Scope::Region => ("region", 0),
            Scope::Municipality(id) => ("municipality", id.0),
            Scope::School(id) => ("school", id.0),
            Scope::Association(id) => ("association", id.0),
        }
    }

    /// Reads the pair back; nothing for an unknown kind.
    pub fn from_parts(kind: &str, id: i64) -> Option<Scope> {
        Some(match kind {
            "region" => Scope::Region,
            "municipality" => Scope::Municipality(MunicipalityId(id)),
            "school" => Scope::School(SchoolId(id)),
            "association" => Scope::Association(AssociationId(id)),
            _ => return None,
        })
    }
}

codes! {
    /// What an institution is.
    SchoolKind {
        /// A school.
        School = "school" => "school-kind-school",
        /// A kindergarten (ДОУ).
        Kindergarten = "kindergarten" => "school-kind-kindergarten",
        /// A centre of additional education (УДО).
        Additional = "additional" => "school-kind-additional",
        /// Anything else.
        Other = "other" => "school-kind-other",
    }
}

codes! {
    /// A post, as people name their job.
    Post {
        /// Subject teacher.
        Teacher = "teacher" => "post-teacher",
        /// Teacher of primary school.
        Primary = "primary" => "post-primary",
        /// Kindergarten teacher.
        Kindergarten = "kindergarten" => "post-kindergarten",
        /// Psychologist.
        Psychologist = "psychologist" => "post-psychologist",
        /// Speech therapist.
        SpeechTherapist = "speech" => "post-speech",
        /// Social pedagogue.
        SocialPedagogue = "social" => "post-social",
        /// Music director of a kindergarten.
        MusicDirector = "music" => "post-music",
        /// Physical instructor of a kindergarten.
        PhysicalInstructor = "physical" => "post-physical",
        /// Teacher of additional education.
        Additional = "additional" => "post-additional",
        /// School librarian.
        Librarian = "librarian" => "post-librarian",
        /// Deputy head.
        Deputy = "deputy" => "post-deputy",
        /// Director.
        Director = "director" => "post-director",
        /// Methodist.
        Methodist = "methodist" => "post-methodist",
        /// Another post.
        Other = "other" => "post-other",
    }
}

codes! {
    /// A subject taught.
    Subject {
        /// Russian language and literature.
        Russian = "russian" => "subject-russian",
        /// Mathematics.
        Mathematics = "maths" => "subject-maths",
        /// Foreign languages.
        ForeignLanguages = "foreign" => "subject-foreign",
        /// History and social studies.
        History = "history" => "subject-history",
        /// Geography.
        Geography = "geography" => "subject-geography",
        /// Biology.
        Biology = "biology" => "subject-biology",
        /// Chemistry.
        Chemistry = "chemistry" => "subject-chemistry",
        /// Physics.
        Physics = "physics" => "subject-physics",
        /// Computer science.
        ComputerScience = "computing" => "subject-computing",
        /// Art, music, drawing and world culture.
        Art = "art" => "subject-art",
        /// Technology (труд).
        Technology = "technology" => "subject-technology",
        /// Physical education.
        PhysicalEducation = "pe" => "subject-pe",
        /// ОБЗР.
        Safety = "safety" => "subject-safety",
        /// ОРКСЭ.
        Religions = "religions" => "subject-religions",
        /// Another subject.
        Other = "other" => "subject-other",
    }
}

impl Post {
    /// Whether this post teaches subjects that one should ask about.
    pub fn has_subjects(self) -> bool {
        matches!(self, Post::Teacher | Post::Deputy | Post::Director | Post::Other)
    }
}

/// The school year's zone of a municipality by its name; Moscow for a name nobody knows.
pub fn zone(name: &str) -> Tz {
    name.parse().unwrap_or(Tz::Europe__Moscow)
}

/// Whether somebody who began teaching in `began` (the year of the first September) is in the first three years
/// of work in the school year that began in `school_year`. A fact of the field, not a legal status.
pub fn is_early_career(began: i32, school_year: i32) -> bool {
    (0..3).contains(&(school_year - began))
}

/// Whether somebody born in `born` is under 35 through the whole school year that began in `school_year`: with the
/// year alone known, a person turning 35 in the year it began is not counted.
pub fn is_under_35(born: i32, school_year: i32) -> bool {
    school_year - born < 35
}
