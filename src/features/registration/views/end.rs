//! The end and what comes after: the summary, corrections, associations, one's own profile.

use super::{Registration, Step, asking, back, chosen, list, short};
use crate::features::registration::model::{Draft, Offer, Profile, Workplace};
use crate::kernel::screen::{Button, Screen};
use crate::kernel::text::Text;
use crate::t;

/// What a summary tells.
pub struct About<'a> {
    /// The answers.
    pub draft: &'a Draft,
    /// Names of the associations.
    pub associations: &'a [String],
    /// Whether there are associations to choose from.
    pub has_choice: bool,
    /// Whether this is one of the first three years.
    pub is_beginner: bool,
}

impl About<'_> {
    fn lines(&self, mut screen: Screen) -> Screen {
        let draft = self.draft;
        if let Some(name) = &draft.name {
            screen = screen.line(t!("registration-about-name", name = name.full()));
        }
        screen = match &draft.school {
            Some(Workplace::Listed { name, .. }) => {
                screen.line(t!("registration-about-school", school = name.as_str()))
            }
            Some(Workplace::Said(name)) => screen.line(t!("registration-about-unlisted", school = name.as_str())),
            None => screen.line(t!("registration-about-no-school")),
        };
        if let Some(place) = draft.place.as_ref().filter(|_| draft.has_choice_of_place) {
            screen = screen.line(t!("registration-about-place", place = place.name.as_str()));
        }
        if let Some(post) = draft.post {
            let post = Text::of(post.key());
            let subjects = list(draft.subjects.iter().flatten().map(|s| Text::of(s.key())));
            screen = screen.line(match subjects {
                Some(subjects) => t!("registration-about-post-subjects", post = post, subjects = subjects),
                None => t!("registration-about-post", post = post),
            });
        }
        if let Some(year) = draft.taught_since {
            screen = screen.line(t!("registration-about-began", year = year.to_string()));
        }
        screen = match draft.born.and_then(|b| b.year()) {
            Some(year) => screen.line(t!("registration-about-born", year = year.to_string())),
            None => screen.line(t!("registration-about-unborn")),
        };
        if !self.associations.is_empty() {
            let names = self.associations.join("; ");
            screen = screen.line(t!("registration-about-associations", names = names, n = self.associations.len()));
        } else if self.has_choice {
            screen = screen.line(t!("registration-about-choice"));
        }
        screen.line_if(self.is_beginner, t!("registration-beginner"))
    }
}

/// Everything at a glance, before it is written.
pub fn summary(about: &About<'_>) -> Screen {
    about
        .lines(Screen::new().line(t!("registration-summary-title")).gap())
        .row([Button::press(t!("registration-confirm"), Registration::Confirm {})])
        .row([Button::press(t!("registration-correct"), Registration::Corrections {})])
        .row(back(Step::Summary))
}

/// One's own profile, as stored.
pub fn profile(about: &About<'_>) -> Screen {
    about
        .lines(Screen::new().line(t!("registration-profile-title")).gap())
        .row([Button::press(t!("registration-correct"), Registration::Corrections {})])
}

/// What to correct. A registered person comes back to the profile, somebody new to the summary.
pub fn corrections(draft: &Draft, is_stored: bool) -> Screen {
    let mend = |label: Text, step: Step| Button::press(label, Registration::Mend { step });
    let mut work = vec![mend(t!("registration-mend-post"), Step::Post)];
    if draft.has_subjects() {
        work.push(mend(t!("registration-mend-subjects"), Step::Subjects));
    }
    let mut place = vec![mend(t!("registration-mend-name"), Step::TypedName)];
    place.push(mend(t!("registration-mend-school"), Step::School));
    let mut screen = Screen::new()
        .line(t!("registration-mend-title"))
        .row(place)
        .row(work)
        .row([mend(t!("registration-mend-began"), Step::Began), mend(t!("registration-mend-born"), Step::Born)]);
    let mut last = vec![mend(t!("registration-mend-associations"), Step::Associations)];
    if draft.has_choice_of_place {
        last.push(mend(t!("registration-mend-municipality"), Step::Municipality));
    }
    screen = screen.row(last);
    if is_stored {
        return screen.row([Button::press(t!("button-back"), Registration::Profile {})]);
    }
    screen.row([Button::press(t!("registration-over"), Registration::Over {})]).row(back(Step::Corrections))
}

/// Associations to tick.
pub fn associations(draft: &Draft, all: &[Offer]) -> Screen {
    let mut screen = asking(draft, Step::Associations).gap();
    screen = match all.is_empty() {
        true => screen.line(t!("registration-no-associations")),
        false => screen.line(t!("registration-ask-associations")).line(t!("registration-associations-why")),
    };
    for Offer { id, name, is_joined } in all {
        screen = screen.row([match is_joined {
            true => Button::press(chosen(short(name)), Registration::LeaveOut { id: *id }),
            false => Button::press(short(name), Registration::Join { id: *id }),
        }]);
    }
    screen
        .row([Button::press(t!("registration-ready"), Registration::AssociationsDone {})])
        .row(back(Step::Associations))
}

/// It is written.
pub fn done(name: &str, who: Option<&Profile>) -> Screen {
    let is_unlisted = who.is_some_and(|w| w.school.id().is_none());
    Screen::new()
        .line(t!("registration-done-title", name = name))
        .line(t!("registration-done"))
        .line_if(is_unlisted, t!("registration-done-unlisted"))
}

/// Somebody registered pressed a school's link.
pub fn already_here(name: &str) -> Screen {
    Screen::new()
        .line(t!("registration-already-title", name = name))
        .line(t!("registration-already"))
        .row([profile_button()])
}

/// The way to one's own profile.
pub fn profile_button() -> Button {
    Button::press(t!("registration-profile"), Registration::Profile {})
}

/// Nobody has confirmed yet that this is a colleague.
pub fn awaiting() -> Text {
    t!("registration-awaiting")
}
