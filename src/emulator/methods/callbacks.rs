//! `answerCallbackQuery`: once, in time, with at most 200 characters.

use super::super::params::Kind::{Bool, Int, Text};
use super::super::params::{Param, Params, opt, req};
use super::super::presses::Answer;
use super::super::refusal::Refusal;
use super::super::types::Toast;
use super::super::world::World;

const GONE: &str = "query is too old and response timeout expired or query ID is invalid";
/// The longest toast, in characters.
const TOAST_MAX: usize = 200;

/// The published parameters.
pub(super) const ANSWER: &[Param] = &[
    req("callback_query_id", Text, GONE),
    opt("text", Text),
    opt("show_alert", Bool),
    opt("url", Text),
    opt("cache_time", Int),
];

/// Ends the spinner of a press, perhaps with a toast.
pub(super) fn answer(world: &mut World, params: &Params) -> Result<String, Refusal> {
    let text = params.text("text").unwrap_or_default();
    if text.len() > TOAST_MAX && text.chars().count() > TOAST_MAX {
        return Err(Refusal::bad("MESSAGE_TOO_LONG"));
    }
    if let Some(url) = params.text("url").filter(|url| !url.is_empty()) {
        let own = format!("t.me/{}?start=", world.settings.bot_username);
        if !url.trim_start_matches("https://").starts_with(&own) {
            return Err(Refusal::bad("URL_INVALID"));
        }
    }
    let query_id = params.text("callback_query_id").unwrap_or_default();
    let deadline = world.settings.limits.callback_deadline;
    match world.presses.answer(query_id, text, deadline) {
        Answer::Refused(violation) => {
            let mut refusal = Refusal::bad(GONE);
            refusal.violation = violation;
            Err(refusal)
        }
        Answer::Taken { chat_id } => {
            world.seen = true;
            if let Some(chat) = world.chats.get_mut(&chat_id) {
                chat.spinning = chat.spinning.saturating_sub(1);
                if !text.is_empty() {
                    chat.toast(Toast { text: text.to_owned(), alert: params.flag("show_alert") });
                }
            }
            Ok("true".to_owned())
        }
    }
}
