//! The playground's own things.

pub mod district;
