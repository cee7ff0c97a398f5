//! People talk to the bot on phones.

mod menu;
mod registration;
mod survey;
