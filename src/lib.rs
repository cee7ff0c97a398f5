//! «Учительская»: a Telegram bot for municipal communities of teachers.
//!
//! ```text
//! Telegram ─► telegram::intake ─► bot::router ─► features::X::flow ─► service ─► store::Tx ┐ one turn,
//!    ▲        Update → Incoming   who, where     one step of a talk   rules, SQL           │ committed whole
//!    └── telegram::send ◄── outbox::sender ◄── screens and outbox ◄── commit ◄─────────────┘
//!                                 ▲
//!          clock ─► schedule ─► features::X::jobs      (the same path, nobody typed)
//! ```
//!
//! The rooms, and who may use whom: docs/ARCHITECTURE.md; a house test keeps it.

pub mod admin;
pub mod app;
pub mod bot;
pub mod cli;
pub mod commands;
pub mod config;
pub mod emulator;
pub mod error;
pub mod features;
pub mod i18n;
pub mod kernel;
pub mod outbox;
pub mod playground;
pub mod schedule;
pub mod store;
pub mod telegram;
