//! Work: post, subjects, the year teaching began; and the year of birth.

use super::{Registration, Step, asking, back, capital, chosen};
use crate::features::registration::model::{Draft, Workplace};
use crate::features::registration::rules;
use crate::features::registration::years::{self, YearProblem};
use crate::kernel::person::{Post, Subject};
use crate::kernel::screen::{Button, Screen};
use crate::kernel::text::Text;
use crate::t;

/// Choice of the post. The likely one comes first and alone; long words have a row of their own.
pub fn post(draft: &Draft) -> Screen {
    let kind = match &draft.school {
        Some(Workplace::Listed { kind, .. }) => Some(*kind),
        _ => None,
    };
    let posts = rules::posts_for(kind);
    let is_wide = |p: &Post| {
        matches!(p, Post::Primary | Post::MusicDirector | Post::PhysicalInstructor | Post::Additional | Post::Other)
    };
    let mut rows: Vec<Vec<Post>> = Vec::new();
    for (i, post) in posts.into_iter().enumerate() {
        match rows.last_mut() {
            Some(row) if i > 1 && row.len() == 1 && !is_wide(&row[0]) && !is_wide(&post) => row.push(post),
            _ => rows.push(vec![post]),
        }
    }
    let mut screen = asking(draft, Step::Post).gap().line(t!("registration-ask-post"));
    for row in rows {
        let buttons = row.iter().map(|p| Button::press(capital(Text::of(p.key())), Registration::Post { post: *p }));
        screen = screen.row(buttons);
    }
    screen.row(back(Step::Post))
}

/// Subjects in rows of two, the two longest names alone.
fn subject_rows(button: impl Fn(Subject) -> Button) -> Vec<Vec<Button>> {
    let is_wide = |s: &Subject| matches!(s, Subject::Russian | Subject::History);
    let (wide, rest): (Vec<Subject>, Vec<Subject>) = Subject::ALL.iter().partition(|s| is_wide(s));
    let wide = wide.into_iter().map(|s| vec![button(s)]);
    let pairs: Vec<Vec<Button>> = rest.chunks(2).map(|pair| pair.iter().map(|s| button(*s)).collect()).collect();
    wide.chain(pairs).collect()
}

/// One subject, one tap.
pub fn subject(draft: &Draft) -> Screen {
    let mut screen =
        asking(draft, Step::Subject).gap().line(t!("registration-ask-subject")).line(t!("registration-subject-more"));
    let one = |s: Subject| Button::press(capital(Text::of(s.key())), Registration::Subject { subject: s });
    screen.rows = subject_rows(one);
    if draft.may_teach_nothing() {
        screen = screen.row([Button::press(t!("registration-no-subjects"), Registration::NoSubjects {})]);
    }
    screen.row(back(Step::Subject))
}

/// Several subjects to tick.
pub fn subjects(draft: &Draft) -> Screen {
    let have = draft.subjects.as_deref().unwrap_or_default();
    let mut screen = asking(draft, Step::Subjects).gap().line(t!("registration-ask-subjects"));
    let toggle = |s: Subject| match have.contains(&s) {
        true => Button::press(chosen(Text::of(s.key())), Registration::Drop { subject: s }),
        false => Button::press(capital(Text::of(s.key())), Registration::Take { subject: s }),
    };
    screen.rows = vec![vec![Button::press(t!("registration-ready"), Registration::SubjectsDone {})]];
    screen.rows.extend(subject_rows(toggle));
    if draft.may_teach_nothing() {
        screen = screen.row([Button::press(t!("registration-no-subjects"), Registration::NoSubjects {})]);
    }
    screen.row(back(Step::Subjects))
}

fn year_button(year: i32) -> Button {
    Button::press(year.to_string(), Registration::Began { year })
}

/// The last years one by one, the rest by fives.
pub fn began(draft: &Draft, newest: i32) -> Screen {
    let mut screen = asking(draft, Step::Began);
    if let Some(subjects) = super::list(draft.subjects.iter().flatten().map(|s| Text::of(s.key()))) {
        screen = screen.line(t!("registration-subjects-so-far", subjects = subjects));
    }
    screen = screen.gap().line(t!("registration-ask-began")).line(t!("registration-began-type"));
    let singles: Vec<i32> = (0..years::SINGLE_YEARS).map(|n| newest - n).collect();
    for row in singles.chunks(3) {
        screen = screen.row(row.iter().map(|y| year_button(*y)));
    }
    let ranges: Vec<i32> = years::ranges(newest).collect();
    for row in ranges.chunks(3) {
        screen = screen.row(row.iter().map(|from| {
            let label = format!("{from}–{}", from + years::RANGE - 1);
            Button::press(label, Registration::Years { from: *from })
        }));
    }
    if draft.has_subjects() {
        screen = screen.row([Button::press(t!("registration-more-subjects"), Registration::MoreSubjects {})]);
    }
    screen.row(back(Step::Began))
}

/// The years behind one button.
pub fn more_years(draft: &Draft, from: i32) -> Screen {
    let screen = asking(draft, Step::Began).gap().line(t!("registration-ask-began"));
    let latest_first: Vec<i32> = (from..from + years::RANGE).rev().collect();
    let rows = latest_first.chunks(3).map(|row| row.iter().map(|y| year_button(*y)).collect::<Vec<_>>());
    rows.fold(screen, Screen::row).row([Button::press(t!("button-back"), Registration::Here {})])
}

/// The year of birth, which may stay unsaid.
pub fn born(draft: &Draft) -> Screen {
    asking(draft, Step::Born)
        .gap()
        .line(t!("registration-ask-born"))
        .line(t!("registration-born-why"))
        .row([Button::press(t!("registration-skip"), Registration::SkipBorn {})])
        .row(back(Step::Born))
}

/// What is wrong with a year, and what to do.
pub fn year_problem(why: YearProblem) -> Text {
    match why {
        YearProblem::Unread => t!("registration-year-unread"),
        YearProblem::Ahead => t!("registration-year-ahead"),
        YearProblem::Ancient => t!("registration-year-ancient"),
        YearProblem::Young => t!("registration-year-young"),
        YearProblem::Childhood => t!("registration-year-childhood"),
    }
}
