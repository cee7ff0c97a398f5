//! Writes down what a town's bot and its Telegram said to each other, for the check by a foreign library
//! (`tests/outside`). Only where `RECORD_CALLS_TO` names a folder.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::{Value, json};
use uchitelskaya::emulator::{Call, Emulator, Press};

static COUNT: AtomicU32 = AtomicU32::new(0);

/// One file a town: a line a call in the order they were made, then a line a press.
pub fn write(emulator: &Emulator) {
    let Some(folder) = std::env::var_os("RECORD_CALLS_TO").map(PathBuf::from) else { return };
    let mut lines = String::new();
    let presses = emulator.presses();
    for line in emulator.calls().iter().map(call).chain(presses.iter().map(press)) {
        writeln!(lines, "{line}").expect("a line");
    }
    std::fs::create_dir_all(&folder).expect("the folder for the calls");
    std::fs::write(file(&folder), lines).expect("the calls are written down");
}

fn file(folder: &Path) -> PathBuf {
    let thread = std::thread::current();
    let name = thread.name().unwrap_or("town").replace("::", ".");
    folder.join(format!("{name}.{}.jsonl", COUNT.fetch_add(1, Ordering::Relaxed)))
}

fn call(call: &Call) -> Value {
    let result = call.result.as_deref().map(|r| serde_json::from_str::<Value>(r).expect("replies are JSON"));
    json!({
        "kind": "call", "method": call.method, "params": call.params, "at": call.at, "ok": call.ok,
        "error": call.error, "result": result, "lost": call.lost, "real_ms": call.real_ms,
    })
}

fn press(press: &Press) -> Value {
    json!({
        "kind": "press", "query_id": press.query_id, "chat_id": press.chat_id, "data": press.data,
        "answered": press.answered,
    })
}
