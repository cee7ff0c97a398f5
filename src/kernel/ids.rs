//! Row ids as types of their own, so that a school's id never lands where a person's belongs.
//!
//! All are made by the database and never reused (AUTOINCREMENT, IDENTITY): a button of an old
//! message may name a row that is gone, but never another row in its place.

use serde::{Deserialize, Serialize};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, sqlx::Type)]
        #[sqlx(transparent)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = std::num::ParseIntError;
            fn from_str(s: &str) -> Result<Self, Self::Err> {
                s.parse().map($name)
            }
        }
    )*};
}

ids! {
    /// A messenger account that wrote to the bot. It may or may not have a person behind it yet.
    AccountId,
    /// Somebody who registered.
    PersonId,
    /// A municipality: the unit that owns schools, associations and its own calendar.
    MunicipalityId,
    /// A school, kindergarten or another institution.
    SchoolId,
    /// A district methodical association (РМО).
    AssociationId,
    /// One pass of one person through one version of a questionnaire.
    RunId,
    /// A loaded, immutable version of a questionnaire.
    VersionId,
    /// A message waiting to be sent.
    OutgoingId,
}

/// Where a messenger delivers: a chat's number there. Only the `telegram` room gives it a meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, sqlx::Type)]
#[sqlx(transparent)]
#[serde(transparent)]
pub struct Address(pub i64);
