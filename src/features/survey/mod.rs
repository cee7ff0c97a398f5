//! Questionnaires: a person opens one, answers in one edited message, sees a result that belongs to them.
//!
//! ```text
//! teacher: [Как мне работается]
//! bot:     Двенадцать коротких утверждений … [Начать]
//! teacher: [Начать]
//! bot:     ▱▱▱▱▱▱▱▱▱▱▱▱  1 из 12   Дел на работе больше, чем помещается в день.   [Почти никогда] …
//! teacher: [Иногда] … [Часто]
//! bot:     Спасибо, что уделили себе время. …   [К кому обратиться] [Сохранить себе] [Спрятать]
//! ```
//! The pure part (`model`, `definition`, `run`, `scoring`) knows no chat and no database.

pub mod definition;
pub mod held;
pub mod library;
pub mod model;
pub mod run;
pub mod scoring;

mod buttons;
mod flow;
mod jobs;
mod queries;
mod service;
mod views;

use super::Entry;
use crate::bot::feature::Feature;
use crate::kernel::button::Payload;
use crate::schedule::Job;

/// The feature.
pub fn entry() -> Entry {
    Entry {
        feature: Feature {
            samples: || buttons::Survey::samples().iter().map(Payload::encode).collect(),
            on_press: Some(|turn, rest| Box::pin(flow::press(turn, rest))),
            on_text: Some(|turn, text| Box::pin(flow::typed(turn, text))),
            again: Some(|turn| Box::pin(flow::again(turn))),
            home: Some(|turn| Box::pin(flow::home(turn))),
            help: &["survey-help"],
            ..Feature::named("survey", "sv")
        },
        jobs: vec![
            Job { key: "survey/erase", when: "30 */10 * * * *", run: jobs::erase },
            Job { key: "survey/reseal", when: "0 37 * * * *", run: jobs::reseal },
        ],
    }
}
