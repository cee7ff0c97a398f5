//! The one test binary: chats, stores, outages, the house's own rules. One link instead of a dozen.

mod chats;
mod emulator;
mod house;
mod outages;
mod questionnaires;
mod stores;
mod support;
