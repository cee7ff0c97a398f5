//! Housekeeping of the conversation machine: forgets handled updates, old messages and private screens in time.

mod jobs;

use super::Entry;
use crate::bot::feature::Feature;
use crate::schedule::Job;

/// The feature.
pub fn entry() -> Entry {
    Entry {
        feature: Feature { help: &["help-menu"], ..Feature::named("help", "help") },
        jobs: vec![Job { key: "help/forget", when: "0 17 * * * *", run: jobs::forget }],
    }
}
