//! Words that every room shares: ids, people, roles, time, chance, language, texts, screens, buttons, names.
//!
//! Nothing here reads a clock, a file or the network, and nothing is async: values in, values out.
//! Every other room may use this one; this one uses none of ours.

pub mod button;
pub mod chance;
pub mod ids;
pub mod language;
pub mod names;
pub mod person;
pub mod screen;
pub mod secret;
pub mod text;
pub mod time;
