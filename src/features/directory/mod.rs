//! Places: municipalities, their institutions and associations, the links that open them, and who holds which role.
//!
//! It has no screens of its own yet; registration shows its schools («сош 4» → «Школа № 4»). What other features may
//! use is exported here and nowhere else. Lists are always of one municipality.

mod granting;
mod model;
mod queries;
mod service;
mod starting;

pub use granting::{Grant, Granted, NotGranted, grant};
pub use model::{Association, Invited, Municipality, NewSchool, School};
pub use queries::{association, associations, associations_of, municipalities, municipality, school, schools_of};
pub use service::{
    Founded, add_municipality, add_school, add_schools, find_schools, found, invite_to_school, open_invitation,
    proposed_associations, revoke_school_invitations,
};
pub use starting::add_starting_associations;

use super::Entry;
use crate::bot::feature::Feature;

/// The feature.
pub fn entry() -> Entry {
    Entry { feature: Feature::named("directory", "dir"), jobs: Vec::new() }
}
