//! Decisions of registration (pure): which question comes next, where «back» leads, what a changed profile means.

use sha2::{Digest, Sha256};

use super::model::{Draft, Placement, Profile, Proposal, Stage};
use super::step::Step;
use crate::kernel::ids::AssociationId;
use crate::kernel::names;
use crate::kernel::person::{Post, SchoolKind};

/// Characters of a search that are looked at.
pub const LONGEST_SEARCH: usize = 60;
/// Schools shown at once.
pub const SCHOOLS_SHOWN: usize = 8;
/// Municipalities shown at once; in a larger region a part of the name is typed.
pub const PLACES_SHOWN: usize = 24;

/// The questions in their order; each stands for its sub-steps.
const QUESTIONS: [Step; 7] =
    [Step::OfferedName, Step::Municipality, Step::School, Step::Post, Step::Subject, Step::Began, Step::Born];

fn question_of(step: Step) -> Step {
    match step {
        Step::TypedName | Step::CheckedName => Step::OfferedName,
        Step::UnlistedSchool => Step::School,
        Step::Subjects => Step::Subject,
        other => other,
    }
}

fn is_answered(draft: &Draft, question: Step) -> bool {
    match question {
        Step::OfferedName => draft.name.is_some(),
        Step::Municipality => draft.place.is_some(),
        Step::School => draft.school.is_some(),
        Step::Post => draft.post.is_some(),
        Step::Subject => draft.subjects.is_some(),
        Step::Began => draft.taught_since.is_some(),
        Step::Born => draft.born.is_some(),
        _ => true,
    }
}

/// Whether this person is asked the question at all on the first pass.
fn is_asked(draft: &Draft, question: Step) -> bool {
    match question {
        Step::Municipality => draft.has_choice_of_place && !draft.is_invited,
        Step::School => !draft.is_invited,
        Step::Subject => draft.post.is_none_or(Post::has_subjects),
        _ => true,
    }
}

/// The first question without an answer, or the summary.
pub fn next(draft: &Draft) -> Step {
    QUESTIONS.into_iter().find(|q| !is_answered(draft, *q)).unwrap_or(Step::Summary)
}

/// Where «back» leads. A question asked again from the summary leads back to it.
pub fn previous(draft: &Draft, step: Step) -> Step {
    match step {
        Step::Consent => return Step::Consent,
        Step::CheckedName => return Step::TypedName,
        Step::UnlistedSchool => return Step::School,
        Step::Corrections | Step::Associations => return Step::Summary,
        Step::TypedName if draft.stage == Stage::Asking && draft.offered.is_some() => return Step::OfferedName,
        // Several subjects are offered after the first one, beside the question that follows.
        Step::Subjects if draft.stage == Stage::Asking => return next(draft),
        _ => {}
    }
    if draft.stage != Stage::Asking && next(draft) == Step::Summary {
        return Step::Summary;
    }
    let here = QUESTIONS.into_iter().position(|q| q == question_of(step)).unwrap_or(QUESTIONS.len());
    QUESTIONS[..here].iter().rev().copied().find(|q| is_asked(draft, *q)).unwrap_or(Step::Consent)
}

/// Which question of how many this is; nothing outside the first pass.
pub fn progress(draft: &Draft, step: Step) -> Option<(usize, usize)> {
    let asked: Vec<Step> = QUESTIONS.into_iter().filter(|q| is_asked(draft, *q)).collect();
    let here = asked.iter().position(|q| *q == question_of(step))?;
    (draft.stage == Stage::Asking).then_some((here + 1, asked.len()))
}

/// Notes the post. Subjects stay when the new post has them too.
pub fn choose_post(draft: &mut Draft, post: Post) {
    draft.post = Some(post);
    if !post.has_subjects() {
        draft.subjects = Some(Vec::new());
    } else if draft.subjects.as_ref().is_some_and(Vec::is_empty) {
        draft.subjects = None;
    }
}

/// Leaving the choice of subjects: a teacher without one has not answered yet.
pub fn settle_subjects(draft: &mut Draft) {
    if !draft.may_teach_nothing() && draft.subjects.as_ref().is_some_and(Vec::is_empty) {
        draft.subjects = None;
    }
}

/// All posts, those of such an institution first.
pub fn posts_for(kind: Option<SchoolKind>) -> Vec<Post> {
    let likely: &[Post] = match kind {
        Some(SchoolKind::Kindergarten) => &[
            Post::Kindergarten,
            Post::Psychologist,
            Post::SpeechTherapist,
            Post::MusicDirector,
            Post::PhysicalInstructor,
            Post::Methodist,
            Post::Deputy,
            Post::Director,
        ],
        Some(SchoolKind::Additional) => &[Post::Additional, Post::Methodist, Post::Psychologist],
        _ => &[],
    };
    let rest = Post::ALL.iter().filter(|p| !likely.contains(p));
    likely.iter().chain(rest).copied().collect()
}

/// A workplace in the person's own words; nothing when it says nothing or too much.
pub fn unlisted(typed: &str) -> Option<String> {
    let one_line = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    let length = one_line.chars().count();
    ((3..=120).contains(&length) && !names::words(&one_line).is_empty()).then_some(one_line)
}

/// What was typed to search for, as much of it as is looked at.
pub fn search(typed: &str) -> String {
    typed.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(LONGEST_SEARCH).collect()
}

/// Whether a name has every typed word, or words that begin with them.
pub fn fits(name: &str, typed: &str) -> bool {
    let have = names::words(name);
    names::words(typed).iter().all(|w| have.iter().any(|h| h.starts_with(w.as_str())))
}

/// The associations somebody will be in: the obvious ones, those they ticked and those beyond, without what they
/// left out. Obvious is each of a subject one teaches, and the only one of one's post; several of one post
/// (nursery and senior groups, school and kindergarten) are a choice that nobody makes for others.
pub fn joined(draft: &Draft, proposed: &[Proposal]) -> Vec<AssociationId> {
    let is_only = proposed.iter().filter(|p| !p.is_by_subject).count() == 1;
    let own = proposed.iter().filter(|p| p.is_by_subject || is_only || draft.picked.contains(&p.id)).map(|p| p.id);
    let beyond = draft.beyond.iter().copied().filter(|id| !proposed.iter().any(|p| p.id == *id));
    own.chain(beyond).filter(|id| !draft.left_out.contains(id)).collect()
}

/// Notes a tick, or that one was taken away.
pub fn tick(draft: &mut Draft, id: AssociationId, is_wanted: bool) {
    draft.left_out.retain(|other| *other != id);
    draft.picked.retain(|other| *other != id);
    if is_wanted { draft.picked.push(id) } else { draft.left_out.push(id) }
}

/// What a changed profile means for the placement on record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// Nothing.
    Stay,
    /// It began today: a slip of the finger, put right in place.
    Amend,
    /// The old one ends today and a new one begins.
    Succeed,
}

/// Compares the placement on record with what is said now.
pub fn moved(old: &Placement, new: &Profile, today: &str) -> Move {
    let said = new.school.id().is_none().then(|| new.school.name());
    let is_same = old.school == new.school.id()
        && old.said.as_deref() == said
        && old.post == new.post
        && old.subjects == new.subjects;
    match is_same {
        true => Move::Stay,
        false if old.from_on == today => Move::Amend,
        false => Move::Succeed,
    }
}

/// A short mark of a consent's text for its button: another text, another mark.
pub fn mark(body: &str) -> i64 {
    Sha256::digest(body.as_bytes()).iter().take(6).fold(0, |sum, byte| (sum << 8) | i64::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::registration::model::{Born, Name, Place, Workplace};
    use crate::kernel::ids::{MunicipalityId, SchoolId};
    use crate::kernel::person::Subject;

    fn full() -> Draft {
        Draft {
            has_agreed: true,
            name: Some(Name { family: "Петрова".into(), given: "Анна".into(), patronymic: None }),
            place: Some(Place { id: MunicipalityId(1), name: "Район".into(), zone: "Europe/Moscow".into() }),
            school: Some(Workplace::Listed {
                id: SchoolId(4), name: "Школа № 4".into(), kind: SchoolKind::School
            }),
            post: Some(Post::Teacher),
            subjects: Some(vec![Subject::Mathematics]),
            taught_since: Some(2019),
            born: Some(Born::Unsaid),
            ..Draft::default()
        }
    }

    fn invited() -> Draft {
        Draft { is_invited: true, ..full() }
    }

    #[test]
    fn questions_come_in_order_and_skip_what_is_known() {
        let mut draft = Draft { place: full().place, school: full().school, is_invited: true, ..Draft::default() };
        assert_eq!(next(&draft), Step::OfferedName);
        draft.name = full().name;
        assert_eq!(next(&draft), Step::Post);
        choose_post(&mut draft, Post::Primary);
        assert_eq!(next(&draft), Step::Began);
        choose_post(&mut draft, Post::Teacher);
        assert_eq!(next(&draft), Step::Subject);
        assert_eq!(next(&full()), Step::Summary);
    }

    #[test]
    fn back_leads_to_the_question_before() {
        let by_hand = Draft { has_choice_of_place: true, ..full() };
        for (draft, step, before) in [
            (invited(), Step::Consent, Step::Consent),
            (invited(), Step::OfferedName, Step::Consent),
            (invited(), Step::TypedName, Step::Consent),
            (Draft { offered: full().name, ..invited() }, Step::TypedName, Step::OfferedName),
            (invited(), Step::CheckedName, Step::TypedName),
            (invited(), Step::Post, Step::OfferedName),
            (invited(), Step::Subject, Step::Post),
            (invited(), Step::Began, Step::Subject),
            (invited(), Step::Born, Step::Began),
            (invited(), Step::Summary, Step::Born),
            (full(), Step::Post, Step::School),
            (full(), Step::School, Step::OfferedName),
            (full(), Step::UnlistedSchool, Step::School),
            (by_hand.clone(), Step::School, Step::Municipality),
            (by_hand.clone(), Step::Municipality, Step::OfferedName),
            (Draft { post: Some(Post::Primary), ..invited() }, Step::Began, Step::Post),
            (Draft { stage: Stage::Mending, ..full() }, Step::Began, Step::Summary),
            (Draft { stage: Stage::Mending, ..full() }, Step::TypedName, Step::Summary),
            (Draft { stage: Stage::Mending, school: None, ..by_hand }, Step::School, Step::Municipality),
            (full(), Step::Associations, Step::Summary),
        ] {
            assert_eq!(previous(&draft, step), before, "{step:?}");
        }
    }

    #[test]
    fn progress_counts_only_the_questions_that_are_asked() {
        assert_eq!(progress(&invited(), Step::OfferedName), Some((1, 5)));
        assert_eq!(progress(&invited(), Step::Born), Some((5, 5)));
        assert_eq!(progress(&Draft { post: Some(Post::Primary), ..invited() }, Step::Born), Some((4, 4)));
        assert_eq!(progress(&full(), Step::UnlistedSchool), Some((2, 6)));
        assert_eq!(progress(&Draft { stage: Stage::Mending, ..full() }, Step::Born), None);
        assert_eq!(progress(&full(), Step::Summary), None);
    }

    #[test]
    fn a_new_post_asks_for_subjects_only_when_they_are_missing() {
        let mut draft = full();
        choose_post(&mut draft, Post::Director);
        assert_eq!(draft.subjects, Some(vec![Subject::Mathematics]));
        choose_post(&mut draft, Post::Librarian);
        assert_eq!(draft.subjects, Some(Vec::new()));
        choose_post(&mut draft, Post::Teacher);
        assert_eq!(draft.subjects, None);
    }

    #[test]
    fn every_post_is_offered_once_and_the_likely_one_first() {
        for kind in SchoolKind::ALL.iter().copied().map(Some).chain([None]) {
            let mut posts = posts_for(kind);
            assert_eq!(posts.len(), Post::ALL.len());
            posts.sort();
            posts.dedup();
            assert_eq!(posts.len(), Post::ALL.len());
        }
        assert_eq!(posts_for(Some(SchoolKind::Kindergarten))[0], Post::Kindergarten);
        assert_eq!(posts_for(Some(SchoolKind::Additional))[0], Post::Additional);
        assert_eq!(posts_for(None)[0], Post::Teacher);
    }

    #[test]
    fn an_unlisted_school_is_one_short_line_with_letters() {
        assert_eq!(unlisted("  Гимназия\n «Лицей у моря» ").as_deref(), Some("Гимназия «Лицей у моря»"));
        for typed in ["", "шк", "😀😀😀😀", "...."] {
            assert_eq!(unlisted(typed), None, "{typed}");
        }
        assert_eq!(unlisted(&"школа ".repeat(30)), None);
        assert_eq!(search(&"я".repeat(5000)).chars().count(), LONGEST_SEARCH);
    }

    #[test]
    fn a_municipality_is_found_by_the_beginning_of_its_words() {
        assert!(fits("Заречный район", "ЗАРЕЧ"));
        assert!(fits("Заречный район", "район заречный"));
        assert!(!fits("Заречный район", "озёрный"));
    }

    #[test]
    fn associations_of_subjects_are_joined_and_several_of_a_post_are_a_choice() {
        let [a, b, c] = [1, 2, 3].map(AssociationId);
        let proposal = |id, is_by_subject| Proposal { id, is_by_subject };
        let (subjects, alone) = ([proposal(a, true), proposal(b, true)], [proposal(a, true), proposal(c, false)]);
        let several = [proposal(b, false), proposal(c, false)];
        assert_eq!(joined(&full(), &subjects), [a, b]);
        assert_eq!(joined(&full(), &alone), [a, c]);
        assert_eq!(joined(&full(), &several), []);
        let mut draft = Draft { beyond: vec![a], ..full() };
        tick(&mut draft, c, true);
        tick(&mut draft, c, true);
        assert_eq!(joined(&draft, &several), [c, a]);
        tick(&mut draft, a, false);
        tick(&mut draft, c, false);
        assert_eq!(joined(&draft, &several), []);
        tick(&mut draft, b, true);
        assert_eq!(joined(&draft, &subjects), [b], "what was picked for another post does not follow");
        assert_eq!(joined(&draft, &[]), []);
    }

    #[test]
    fn a_change_of_work_ends_the_old_placement_unless_it_began_today() {
        let new = full().profile().unwrap();
        let old = Placement {
            id: 1,
            school: Some(SchoolId(4)),
            said: None,
            post: Post::Teacher,
            subjects: vec![Subject::Mathematics],
            from_on: "2025-09-01".into(),
        };
        assert_eq!(moved(&old, &new, "2025-09-22"), Move::Stay);
        let other = Placement { school: Some(SchoolId(5)), ..old.clone() };
        assert_eq!(moved(&other, &new, "2025-09-22"), Move::Succeed);
        assert_eq!(moved(&other, &new, "2025-09-01"), Move::Amend);
        let said = Profile { school: Workplace::Said("Гимназия".into()), ..new.clone() };
        assert_eq!(moved(&old, &said, "2025-09-22"), Move::Succeed);
        let kept = Placement { school: None, said: Some("Гимназия".into()), ..old };
        assert_eq!(moved(&kept, &said, "2025-09-22"), Move::Stay);
    }

    #[test]
    fn another_text_has_another_mark() {
        assert_ne!(mark("а"), mark("б"));
        assert!(mark("а") >= 0);
    }
}
