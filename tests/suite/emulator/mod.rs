//! The emulator itself, spoken to over real HTTP: every refusal and every violation is provoked once.
//!
//! A server that accepts everything makes every other test worthless; here each rule of it is broken on purpose.

mod callbacks;
mod chats;
mod client;
mod commands;
mod deleting;
mod editing;
mod faults;
mod files;
mod formats;
mod keyboards;
mod polling;
mod rates;
mod requests;
mod shapes;
mod texts;
mod webhook;
