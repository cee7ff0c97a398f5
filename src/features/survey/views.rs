//! The survey's screens. No decisions: what is given is shown.

use super::buttons::Survey;
use super::held::Held;
use super::model::{Answer, Choice, Definition, Item, Kind};
use super::service::OpenRun;
use crate::bot::menu::home_button;
use crate::kernel::ids::{RunId, VersionId};
use crate::kernel::language::Language;
use crate::kernel::screen::{Button, Label, Line, Screen};
use crate::kernel::text::Text;
use crate::kernel::time::At;
use crate::t;

/// From how many items on a third and two thirds get a quiet line.
const LONG: usize = 30;
/// How many cells the bar has.
const CELLS: usize = 12;

fn head(definition: &Definition, language: Language) -> Line {
    let title = definition.title.get(language);
    if definition.is_private {
        t!("survey-head-private", title = title).into()
    } else {
        t!("survey-head", title = title).into()
    }
}

fn screen(definition: &Definition, language: Language) -> Screen {
    let screen = Screen::new().line(head(definition, language));
    if definition.is_private { screen.private() } else { screen }
}

/// Paragraphs of somebody's words as lines.
fn words(screen: Screen, text: &str) -> Screen {
    text.trim().lines().fold(screen, |s, line| s.line(Line::Words(line.to_owned())))
}

/// Before the first item.
pub fn intro(definition: &Definition, version: VersionId, language: Language) -> Screen {
    let screen = words(screen(definition, language).gap(), definition.intro.get(language));
    let method =
        definition.method.as_ref().map(|_| Button::press(t!("survey-button-method"), Survey::Method { version }));
    screen
        .row([Button::press(t!("survey-button-start"), Survey::Start { version })])
        .row(method)
        .row([Button::press(t!("survey-button-not-now"), crate::bot::menu::Menu::Home {})])
}

/// What stands behind the questions.
pub fn method(definition: &Definition, version: VersionId, language: Language) -> Screen {
    let text = definition.method.as_ref().map_or("", |m| m.get(language));
    words(screen(definition, language).gap(), text).row([Button::press(t!("button-back"), Survey::Open { version })])
}

/// The consent that the questionnaire needs, in the words that are kept.
pub fn consent(body: &str, version: VersionId) -> Screen {
    words(Screen::new(), body)
        .row([Button::press(t!("survey-button-agree"), Survey::Agree { version })])
        .row([Button::press(t!("survey-button-not-now"), crate::bot::menu::Menu::Home {})])
}

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
    Some(navigation(answers(s, open, at, language), open, at))
}

/// How to answer what is typed.
fn ask(item: &Item) -> Option<Text> {
    Some(match &item.kind {
        Kind::Number { min, max, decimals } => t!(
            "survey-type-number",
            min = super::run::decimal(*min, *decimals),
            max = super::run::decimal(*max, *decimals)
        ),
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

/// `до пятницы`, in the person's zone; a time of day when it is today.
pub fn until(expires: At, now: At, zone: chrono_tz::Tz) -> Text {
    use chrono::Datelike;
    let (day, today) = (expires.day(zone), now.day(zone));
    if day == today {
        return t!("survey-until-time", time = expires.utc().with_timezone(&zone).format("%H:%M").to_string());
    }
    if (day - today).num_days() < 7 {
        return t!("survey-until-weekday", day = i64::from(day.weekday().number_from_monday()));
    }
    t!("survey-until-date", date = day.format("%d.%m").to_string())
}

/// Going later or erasing.
pub fn pause(open: &OpenRun, until: Text, language: Language) -> Screen {
    let run = open.id;
    screen(&open.definition, language)
        .gap()
        .line(t!("survey-paused", until = until))
        .row([Button::press(t!("survey-button-go-on"), Survey::GoOn { run })])
        .row([
            Button::press(t!("survey-button-later"), Survey::Later {}),
            Button::press(t!("survey-button-erase"), Survey::AskErase { run }),
        ])
}

/// Before erasing.
pub fn ask_erase(open: &OpenRun, language: Language) -> Screen {
    let run = open.id;
    screen(&open.definition, language)
        .gap()
        .line(t!("survey-ask-erase", count = open.run.answered_count()))
        .row([Button::press(t!("survey-button-go-on"), Survey::GoOn { run })])
        .row([Button::press(t!("survey-button-erase-yes"), Survey::Erase { run })])
}

/// After finishing and hiding, refusing and erasing: the same quiet words.
pub fn quiet() -> Screen {
    Screen::new().line(t!("survey-quiet")).row([home_button()])
}

/// The result in words.
pub fn result(definition: &Definition, version: VersionId, held: &Held, language: Language) -> Screen {
    let mut s = parts(screen(definition, language), held, false);
    if definition.is_private {
        s = s.gap().line(t!("survey-held"));
    }
    let whom = held.said.iter().any(|p| p.on_demand);
    s = s.row(whom.then(|| Button::press(t!("survey-button-whom"), Survey::Whom { version })));
    if definition.is_private {
        s = s.row([
            Button::press(t!("survey-button-keep"), Survey::Keep { version }),
            Button::press(t!("survey-button-hide"), Survey::Hide { version }),
        ]);
    }
    s.row([home_button()])
}

/// What is shown only when asked for.
pub fn whom(definition: &Definition, version: VersionId, held: &Held, language: Language) -> Screen {
    parts(screen(definition, language), held, true).row([Button::press(t!("button-back"), Survey::Result { version })])
}

fn parts(mut s: Screen, held: &Held, on_demand: bool) -> Screen {
    for part in held.said.iter().filter(|p| p.on_demand == on_demand) {
        s = s.gap();
        if let Some(heading) = &part.heading {
            s = s.line(Line::Strong(heading.clone()));
        }
        for line in &part.lines {
            let text = if part.is_list { format!("• {line}") } else { line.clone() };
            s = words(s, &text);
        }
    }
    s
}

/// Before keeping the scores: a consent of its own.
pub fn ask_keep(body: &str, version: VersionId) -> Screen {
    words(Screen::new(), body)
        .private()
        .row([Button::press(t!("survey-button-keep-yes"), Survey::KeepYes { version })])
        .row([Button::press(t!("button-back"), Survey::Result { version })])
}

/// The scores are kept.
pub fn kept(version: VersionId) -> Screen {
    Screen::new()
        .line(t!("survey-kept"))
        .row([home_button()])
        .row([Button::press(t!("survey-button-forget"), Survey::Forget { version })])
        .private()
}

/// It was opened not long ago; `again` is the first month it opens, as year and month.
pub fn closed(definition: &Definition, version: VersionId, again: (i32, u32), kept: i64, language: Language) -> Screen {
    let forget = (kept > 0).then(|| Button::press(t!("survey-button-forget"), Survey::Forget { version }));
    screen(definition, language)
        .gap()
        .line(t!("survey-closed", month = i64::from(again.1), year = again.0.to_string()))
        .line_if(kept > 0, t!("survey-closed-kept", count = kept))
        .row([home_button()])
        .row(forget)
}

/// A line of the home screen about an unfinished run.
pub fn home_line(open: &OpenRun, until: Text, language: Language) -> Line {
    let (done, total) = open.run.progress(&open.definition);
    t!("survey-home-line", title = open.definition.title.get(language), left = total - done, until = until).into()
}

/// The button that goes on with a run: says which when there are several.
pub fn home_go_on(open: &OpenRun, is_only: bool, language: Language) -> Button {
    let label: Label =
        if is_only { t!("survey-home-go-on").into() } else { open.definition.title.get(language).into() };
    Button::press(label, Survey::Open { version: open.version })
}

/// Whether an answer of this item is typed.
pub fn is_typed(item: &Item) -> bool {
    matches!(item.kind, Kind::Number { .. } | Kind::Text { .. } | Kind::Date { .. })
}

/// The option as an answer.
pub fn chosen(option: u8) -> Answer {
    Answer::One(option)
}

/// The unfinished run cannot be read any more: the key is another one.
pub fn unreadable(_run: RunId) -> Screen {
    Screen::new().line(t!("survey-unreadable")).row([home_button()])
}
