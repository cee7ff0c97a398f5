//! The only room that knows Telegram: its updates, calls, errors and chat numbers.
//!
//! teloxide is used as a client and for its error type; its dispatcher, polling and throttle are not (they confirm
//! updates before they are handled, and hold everybody when one chat is told to wait: docs/telegram-notes.md). Updates
//! and replies are read into lean types of our own: only what the bot uses is parsed.

pub mod client;
pub mod commands;
pub mod failure;
pub mod intake;
pub mod send;
pub mod webhook;
pub mod wire;

pub use client::{Me, Telegram};
