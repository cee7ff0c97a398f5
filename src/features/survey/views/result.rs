//! What is shown after the last item, and when a questionnaire is closed.

use super::{screen, since, words};
use crate::bot::menu::home_button;
use crate::features::survey::buttons::Survey;
use crate::features::survey::held::Held;
use crate::features::survey::model::Definition;
use crate::features::survey::service::{Saved, year_and_month};
use crate::kernel::ids::VersionId;
use crate::kernel::language::Language;
use crate::kernel::screen::{Button, Line, Screen};
use crate::t;

/// How many kept results fit on a screen.
const SAVED_AT_ONCE: usize = 6;

/// The result in words.
pub fn result(definition: &Definition, version: VersionId, held: &Held, language: Language) -> Screen {
    let mut s = parts(screen(definition, language), held, false);
    if definition.is_private {
        s = s.gap().line(if held.is_kept { t!("survey-held-kept") } else { t!("survey-held") });
    }
    let whom = held.said.iter().any(|p| p.on_demand);
    s = s.row(whom.then(|| Button::press(t!("survey-button-whom"), Survey::Whom { version })));
    if definition.is_private {
        let keep = (!held.is_kept).then(|| Button::press(t!("survey-button-keep"), Survey::Keep { version }));
        let hide = Button::press(t!("survey-button-hide"), Survey::Hide { version });
        s = s.row(keep.into_iter().chain([hide]));
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
        .row([Button::press(t!("survey-button-result"), Survey::Result { version })])
        .row([Button::press(t!("survey-button-forget"), Survey::Forget { version })])
        .private()
}

/// What was kept, the newest first: for each month the phases (or, without any, the scales) by name and band.
pub fn saved(definition: &Definition, version: VersionId, saved: &[Saved], language: Language) -> Screen {
    let mut s = screen(definition, language);
    for one in saved.iter().take(SAVED_AT_ONCE) {
        let (year, month) = year_and_month(&one.month).unwrap_or_default();
        s = s.gap().line(t!("survey-saved-month", month = i64::from(month), year = year.to_string()));
        let points = one.points.as_ref().filter(|_| one.version == i64::from(definition.version));
        match points {
            Some(points) => s = bands(s, definition, points, language),
            None => s = s.line(t!("survey-saved-other")),
        }
    }
    s.row([home_button()]).row([Button::press(t!("survey-button-forget"), Survey::Forget { version })])
}

/// A line for each phase; a scale is named only where there are no phases, and never from a single item.
fn bands(s: Screen, definition: &Definition, points: &[Option<i32>], language: Language) -> Screen {
    let scales = definition.scales.iter().map(|x| (&x.name, &x.bands, definition.phases.is_empty() && x.key.len() > 1));
    let phases = definition.phases.iter().map(|x| (&x.name, &x.bands, true));
    scales.chain(phases).zip(points).filter(|((_, _, is_named), _)| *is_named).fold(
        s,
        |s, ((name, bands, _), points)| {
            let name = name.get(language);
            let band = points.and_then(|p| bands.iter().find(|b| (b.from..=b.to).contains(&p)));
            match (points, band) {
                (None, _) => s.line(t!("survey-saved-blank", name = name)),
                (Some(_), Some(band)) => s.line(t!("survey-saved-line", name = name, band = band.name.get(language))),
                (Some(points), None) => s.line(t!("survey-saved-line", name = name, band = points.to_string())),
            }
        },
    )
}

/// It was opened not long ago; `again` is the first month it opens, as year and month.
pub fn closed(definition: &Definition, version: VersionId, again: (i32, u32), kept: i64, language: Language) -> Screen {
    let saved = (kept > 0).then(|| Button::press(t!("survey-button-saved"), Survey::Saved { version }));
    screen(definition, language)
        .gap()
        .line(t!("survey-closed", since = since(again.0, again.1)))
        .line_if(kept > 0, t!("survey-closed-kept", count = kept))
        .row([home_button()])
        .row(saved)
}
