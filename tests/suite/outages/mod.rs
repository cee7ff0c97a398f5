//! What goes wrong around the bot, tried on the real binary.

mod command_line;
mod first_start;
mod kill;
mod weather;
