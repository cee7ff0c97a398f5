//! From what a turn wants to say to what the messenger is asked to do.
//!
//! `message` renders, `screens` keeps the one live message of a chat, `queue` keeps new messages, `pace` decides how
//! fast they may go, `sender` sends. Nothing is sent before the commit that decided it.

pub mod message;
pub mod pace;
pub mod queue;
pub mod screens;
pub mod sender;
