//! An item on the screen: its words, its answers, the way back and on.

use super::screen;
use crate::features::survey::buttons::Survey;
use crate::features::survey::model::{Answer, Choice, Item, Kind};
use crate::features::survey::run::decimal;
use crate::features::survey::service::OpenRun;
use crate::kernel::language::Language;
use crate::kernel::screen::{Button, Label, Line, Screen};
use crate::kernel::text::Text;
use crate::t;

/// From how many items on a third and two thirds get a quiet line.
const LONG: usize = 30;
/// How many cells the bar has.
const CELLS: usize = 12;

/// `▰▰▱▱…`: at least one cell from the first answer on, all only at the end.
pub fn bar(done: usize, total: usize) -> String {
    let full = if total == 0 { 0 } else { (done * CELLS).div_ceil(total).min(CELLS) };
    "▰".repeat(full) + &"▱".repeat(CELLS - full)
}

/// The item a run stands at; nothing at the end.
pub fn item(open: &OpenRun, language: Language) -> Option<Screen> {
    let definition = &*open.definition;
    let at = open.run.current(definition)?;
    let item = &definition.items[at];
    let (place, total) = open.run.place(definition);
    let mut s =
        screen(definition, language).line(t!("survey-progress", bar = bar(place - 1, total), n = place, total = total));
    if total >= LONG && (place - 1 == total / 3 || place - 1 == total * 2 / 3) && place > 1 {
        s = s.line(if place - 1 == total / 3 { t!("survey-third") } else { t!("survey-two-thirds") });
    }
    if let Some(section) = item.section.and_then(|n| definition.sections.get(n)) {
        s = s.gap().line(Line::Words(section.title.get(language).to_owned()));
        s = section.note.iter().fold(s, |s, note| s.line(Line::Words(note.get(language).to_owned())));
    }
    s = s.gap().line(Line::Strong(item.text.get(language).to_owned()));
    s = item.hint.iter().fold(s, |s, hint| s.line(Line::Words(hint.get(language).to_owned())));
    if let Some(ask) = ask(item) {
        s = s.gap().line(ask);
    }
    if let Some(written) = written(item, open.run.said(at)) {
        s = s.line(t!("survey-written", answer = written));
    }
    Some(navigation(answers(s, open, at, language), open, at))
}

/// How to answer what is typed.
fn ask(item: &Item) -> Option<Text> {
    Some(match &item.kind {
        Kind::Number { min, max, decimals } => {
            t!("survey-type-number", min = decimal(*min, *decimals), max = decimal(*max, *decimals))
        }
        Kind::Text { max_chars } => t!("survey-type-text", most = i64::from(*max_chars)),
        Kind::Date { earliest, latest } => t!(
            "survey-type-date",
            earliest = earliest.format("%d.%m.%Y").to_string(),
            latest = latest.format("%d.%m.%Y").to_string()
        ),
        Kind::Multiple { most, options, .. } if usize::from(*most) < options.len() => {
            t!("survey-tick-up-to", most = i64::from(*most))
        }
        Kind::Multiple { .. } => t!("survey-tick"),
        _ => return None,
    })
}

/// What was typed before, as it was understood.
fn written(item: &Item, said: &Answer) -> Option<String> {
    Some(match (said, &item.kind) {
        (Answer::Number(n), Kind::Number { decimals, .. }) => decimal(*n, *decimals).replace('.', ","),
        (Answer::Date(day), _) => day.format("%d.%m.%Y").to_string(),
        (Answer::Text(words), _) => words.clone(),
        _ => return None,
    })
}

fn label(choice: &Choice, n: usize, kind: &Kind, language: Language) -> Label {
    match (&choice.label, kind) {
        (Some(words), _) => Label::Words(words.get(language).to_owned()),
        (None, Kind::YesNo(_)) if n == 0 => t!("survey-yes").into(),
        (None, Kind::YesNo(_)) => t!("survey-no").into(),
        (None, _) => Label::Words(choice.id.clone()),
    }
}

/// A chosen option shows it, so that going back is calm.
fn marked(label: Label, mark: &str) -> Label {
    match label {
        Label::Words(words) => Label::Words(format!("{mark} {words}")),
        Label::Text(text) => t!("survey-marked", mark = mark, label = text).into(),
    }
}

fn answers(mut s: Screen, open: &OpenRun, at: usize, language: Language) -> Screen {
    let (run, rev) = (open.id, open.rev);
    let item = &open.definition.items[at];
    let said = open.run.said(at);
    let is_multiple = matches!(item.kind, Kind::Multiple { .. });
    let buttons: Vec<(usize, Button)> = item
        .options()
        .iter()
        .enumerate()
        .map(|(n, choice)| {
            let is_chosen = said.options() >> n & 1 == 1;
            let plain = label(choice, n, &item.kind, language);
            let length = if let Label::Words(w) = &plain { w.chars().count() } else { 3 };
            let label = match (is_multiple, is_chosen) {
                (true, true) => marked(plain, "☑"),
                (true, false) => marked(plain, "☐"),
                (false, true) => marked(plain, "•"),
                (false, false) => plain,
            };
            let option = u8::try_from(n).unwrap_or(u8::MAX);
            let button =
                if is_multiple { Survey::Tick { run, rev, option } } else { Survey::Answer { run, rev, option } };
            (length, Button::press(label, button))
        })
        .collect();
    let widest = buttons.iter().map(|(length, _)| *length).max().unwrap_or(0);
    let a_row = if widest <= 8 && buttons.len() <= 3 {
        3
    } else if widest <= 15 {
        2
    } else {
        1
    };
    for row in buttons.chunks(a_row) {
        s = s.row(row.iter().map(|(_, b)| b.clone()));
    }
    let may_go_on = is_multiple || (said.is_given() && item.options().is_empty());
    s.row(may_go_on.then(|| Button::press(t!("survey-button-forward"), Survey::Forward { run, rev })))
}

fn navigation(s: Screen, open: &OpenRun, at: usize) -> Screen {
    let (run, rev) = (open.id, open.rev);
    let item = &open.definition.items[at];
    let (place, _) = open.run.place(&open.definition);
    let not_mine =
        item.may_not_apply.then(|| Button::press(t!("survey-button-not-mine"), Survey::NotMine { run, rev }));
    let back = (place > 1).then(|| Button::press(t!("button-back"), Survey::Back { run, rev }));
    let skip = (!item.is_required).then(|| Button::press(t!("survey-button-skip"), Survey::Skip { run, rev }));
    let pause = Button::press(t!("survey-button-pause"), Survey::Pause { run });
    s.row(not_mine).row(back.into_iter().chain(skip)).row([pause])
}

/// Whether an answer of this item is typed.
pub fn is_typed(item: &Item) -> bool {
    matches!(item.kind, Kind::Number { .. } | Kind::Text { .. } | Kind::Date { .. })
}

/// The option as an answer.
pub fn chosen(option: u8) -> Answer {
    Answer::One(option)
}
