//! People talk to the bot on phones.

mod help;
mod menu;
mod registration;
