//! Consents: each its own message with its own text, version, hash and time (PRIVACY, section 1).
//!
//! The text a person agreed to is kept for ever by its hash; who agreed to which, and when, stands beside it.

mod model;
mod service;

pub use model::{ConsentKind, ConsentText};
pub use service::{give, has_given, withdraw};
