//! The conversation machine. It knows no feature by name: `app` hands it the list.
//!
//! `incoming` is an update in our own words, `engine` makes a committed turn of it, `router` finds who answers,
//! `turn` is what an answering feature works with, `menu` holds the few screens that belong to everybody.

pub mod engine;
pub mod feature;
pub mod incoming;
pub mod menu;
pub mod router;
pub mod turn;
