//! THE list of features: one line each. Router, configuration, help and menu read it and name none of them.

pub mod directory;
pub mod help;
pub mod privacy;
pub mod registration;
pub mod survey;

use crate::bot::feature::Feature;
use crate::schedule::Job;

/// A feature with the work it does by itself.
pub struct Entry {
    /// What it answers.
    pub feature: Feature,
    /// What it does unasked.
    pub jobs: Vec<Job>,
}

/// All features, in the order of the home screen.
pub fn all() -> Vec<Entry> {
    vec![survey::entry(), registration::entry(), directory::entry(), help::entry()]
}
