//! What people do on the page: each a POST that passes on one deed to a phone, the clock or the weather.

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Query, State};
use serde::Deserialize;
use serde_json::{Value, json};

use super::room::{Problem, Room};
use super::view::Weather;
use crate::emulator::Other;
use crate::kernel::time::{days, hours};

/// The longest message an app sends, in UTF-16 units; longer ones leave as several.
const MESSAGE_MAX: usize = 4096;
/// How long the page waits for due jobs before it is answered; they go on after that.
const JOBS_WAIT: Duration = Duration::from_secs(10);

type Done = Result<Json<Value>, Problem>;

fn done() -> Done {
    Ok(Json(json!({})))
}

#[derive(Deserialize)]
pub(super) struct Press {
    phone: i64,
    message: i64,
    data: String,
}

/// `POST /api/press`: a button under a message.
pub(super) async fn press(State(room): State<Arc<Room>>, Json(act): Json<Press>) -> Done {
    room.phone(act.phone)?.press(act.message, &act.data).map_err(|_| Problem::NoButton)?;
    done()
}

#[derive(Deserialize)]
pub(super) struct Send {
    phone: i64,
    text: String,
}

/// `POST /api/send`: a text. What is too long for one message leaves as several, as Telegram's apps do it.
pub(super) async fn send(State(room): State<Arc<Room>>, Json(act): Json<Send>) -> Done {
    let phone = room.phone(act.phone)?;
    let parts = pieces(act.text.trim());
    if parts.is_empty() {
        return Err(Problem::Empty);
    }
    for part in parts {
        phone.send(part);
    }
    done()
}

#[derive(Deserialize)]
pub(super) struct Start {
    phone: i64,
    payload: Option<String>,
}

/// `POST /api/start`: the Start button or a link to the bot.
pub(super) async fn start(State(room): State<Arc<Room>>, Json(act): Json<Start>) -> Done {
    room.phone(act.phone)?.start(act.payload.as_deref().filter(|payload| !payload.is_empty()));
    done()
}

#[derive(Deserialize)]
pub(super) struct Thing {
    phone: i64,
    kind: String,
    /// A caption, or the forwarded text.
    text: Option<String>,
    /// The file's name.
    name: Option<String>,
}

/// `POST /api/other`: something that is not a text, to see what the bot makes of it.
pub(super) async fn other(State(room): State<Arc<Room>>, Json(act): Json<Thing>) -> Done {
    let phone = room.phone(act.phone)?;
    let name = act.name.unwrap_or_else(|| "file.txt".to_owned());
    phone.send_other(match act.kind.as_str() {
        "sticker" => Other::Sticker,
        "voice" => Other::Voice,
        "photo" => Other::Photo { caption: act.text },
        "document" => Other::Document { bytes: Bytes::from(name.clone()), name },
        "contact" => Other::Contact,
        "location" => Other::Location,
        "forward" => Other::Forward(act.text.unwrap_or_default()),
        _ => return Err(Problem::Unclear),
    });
    done()
}

#[derive(Deserialize)]
pub(super) struct Upload {
    phone: i64,
    name: String,
}

/// `POST /api/upload?phone=…&name=…`: a file of this computer, its content as the body.
pub(super) async fn upload(State(room): State<Arc<Room>>, Query(act): Query<Upload>, bytes: Bytes) -> Done {
    room.phone(act.phone)?.send_other(Other::Document { name: act.name, bytes });
    done()
}

#[derive(Deserialize)]
pub(super) struct Block {
    phone: i64,
    blocked: bool,
}

/// `POST /api/block`: this person blocks the bot or lets it write again.
pub(super) async fn block(State(room): State<Arc<Room>>, Json(act): Json<Block>) -> Done {
    let phone = room.phone(act.phone)?;
    if act.blocked {
        phone.block()
    } else {
        phone.unblock()
    }
    room.ring();
    done()
}

/// `POST /api/phone`: one more phone; the answer names its id.
pub(super) async fn add_phone(State(room): State<Arc<Room>>) -> Done {
    Ok(Json(json!({ "id": room.add_phone() })))
}

#[derive(Deserialize)]
pub(super) struct Move {
    step: Step,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Step {
    Hour,
    Day,
    /// To the next job.
    Next,
}

/// `POST /api/clock`: time passes. Answered when the jobs that became due have run, or after ten seconds.
pub(super) async fn move_clock(State(room): State<Arc<Room>>, Json(act): Json<Move>) -> Done {
    let clock = &room.stage.clock;
    let span = match act.step {
        Step::Hour => hours(1),
        Step::Day => days(1),
        Step::Next => match (room.stage.next_job)().await {
            Some(due) => Duration::from_millis(u64::try_from(due.saturating_sub(clock.now().0)).unwrap_or(0)),
            None => Duration::ZERO,
        },
    };
    clock.forward(span);
    room.ring();
    let jobs = tokio::spawn((room.stage.after_clock)());
    // Whether they ended, failed or still run: the page shows what has come of it.
    let _ = tokio::time::timeout(JOBS_WAIT, jobs).await;
    room.ring();
    done()
}

/// `POST /api/faults`: the whole weather at once.
pub(super) async fn set_faults(State(room): State<Arc<Room>>, Json(weather): Json<Weather>) -> Done {
    room.stage.emulator.set_faults(weather.faults());
    room.ring();
    done()
}

/// Cuts a text into messages.
fn pieces(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut from, mut units) = (0, 0);
    for (at, letter) in text.char_indices() {
        if units + letter.len_utf16() > MESSAGE_MAX {
            parts.push(&text[from..at]);
            (from, units) = (at, 0);
        }
        units += letter.len_utf16();
    }
    parts.push(&text[from..]);
    parts.retain(|part| !part.trim().is_empty());
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_leave_as_several_messages() {
        assert!(pieces("").is_empty());
        assert_eq!(pieces("да"), ["да"]);
        let long = "ж".repeat(5000);
        assert_eq!(pieces(&long).iter().map(|part| part.chars().count()).collect::<Vec<_>>(), [4096, 904]);
        let owls = "🦉".repeat(2049);
        assert_eq!(pieces(&owls).iter().map(|part| part.chars().count()).collect::<Vec<_>>(), [2048, 1]);
    }
}
