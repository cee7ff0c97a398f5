//! Collects what the bot logs as an error: a test with one fails unless it expected it. A test about the log itself
//! may also listen to every line of every level.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use tracing::field::{Field, Visit};
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::layer::{Context, Layer};

#[derive(Clone, Default)]
pub struct Errors {
    errors: Arc<Mutex<Vec<String>>>,
    lines: Arc<Mutex<Vec<String>>>,
    is_listening: Arc<AtomicBool>,
}

impl Errors {
    pub fn take(&self) -> Vec<String> {
        std::mem::take(&mut *self.errors.lock().unwrap())
    }

    /// From now on every line is kept.
    pub fn listen(&self) {
        self.is_listening.store(true, Ordering::Relaxed);
    }

    /// The lines kept so far: level, target, fields.
    pub fn lines(&self) -> Vec<String> {
        self.lines.lock().unwrap().clone()
    }
}

impl<S: Subscriber> Layer<S> for Errors {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let is_error = *event.metadata().level() == Level::ERROR;
        let is_listening = self.is_listening.load(Ordering::Relaxed);
        if !is_error && !is_listening {
            return;
        }
        let mut words = Words(String::new());
        event.record(&mut words);
        if is_listening {
            let (level, target) = (event.metadata().level(), event.metadata().target());
            self.lines.lock().unwrap().push(format!("{level} {target} {}", words.0));
        }
        if is_error {
            self.errors.lock().unwrap().push(words.0);
        }
    }
}

struct Words(String);

impl Visit for Words {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        self.0.push_str(&format!("{}={value:?} ", field.name()));
    }
}
