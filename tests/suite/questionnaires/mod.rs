//! Questionnaire files: every shipped one loads, is proved by its golden cases and has transcripts that
//! replay; broken ones are refused; scoring and runs keep their promises for any answers.

mod broken;
mod files;
mod other;
mod runs;
mod scores;
mod talk;

use std::sync::LazyLock;

use uchitelskaya::features::survey::definition::parse;
use uchitelskaya::features::survey::model::Definition;

/// The text of the shipped pulse.
fn pulse_text() -> String {
    let path = files::folder().join("pulse.toml");
    std::fs::read_to_string(path).expect("questionnaires/pulse.toml is there")
}

/// The shipped pulse, loaded once.
fn pulse() -> &'static Definition {
    static PULSE: LazyLock<Definition> = LazyLock::new(|| load("pulse.toml", &pulse_text()));
    &PULSE
}

/// A definition that must be right; its faults are shown otherwise.
fn load(name: &str, text: &str) -> Definition {
    parse(name, text.as_bytes()).unwrap_or_else(|faults| {
        let list: Vec<String> = faults.iter().map(ToString::to_string).collect();
        panic!("{name} is refused:\n{}", list.join("\n"));
    })
}
