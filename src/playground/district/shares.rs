//! How many of whom: posts, subjects, ages. Rough figures of the field, good enough that every screen has something to
//! show; they are not statistics.

use crate::kernel::person::{Post, SchoolKind, Subject};

/// Values with their weights.
pub(super) type Weights<T> = &'static [(T, u64)];

const AT_SCHOOL: Weights<Post> = &[
    (Post::Teacher, 62),
    (Post::Primary, 18),
    (Post::Deputy, 5),
    (Post::Psychologist, 3),
    (Post::SpeechTherapist, 2),
    (Post::SocialPedagogue, 3),
    (Post::Librarian, 3),
    (Post::Additional, 2),
    (Post::Director, 2),
];
const AT_KINDERGARTEN: Weights<Post> = &[
    (Post::Kindergarten, 70),
    (Post::SpeechTherapist, 7),
    (Post::Psychologist, 5),
    (Post::MusicDirector, 6),
    (Post::PhysicalInstructor, 5),
    (Post::Deputy, 5),
    (Post::Director, 2),
];
const AT_ADDITIONAL: Weights<Post> =
    &[(Post::Additional, 84), (Post::Methodist, 8), (Post::Deputy, 4), (Post::Psychologist, 2), (Post::Director, 2)];
const AT_OTHER: Weights<Post> =
    &[(Post::Methodist, 60), (Post::Psychologist, 20), (Post::SpeechTherapist, 10), (Post::Other, 10)];

/// Subjects by how many teach them.
pub(super) const SUBJECTS: Weights<Subject> = &[
    (Subject::Russian, 18),
    (Subject::Mathematics, 16),
    (Subject::ForeignLanguages, 15),
    (Subject::History, 9),
    (Subject::PhysicalEducation, 9),
    (Subject::Art, 6),
    (Subject::Technology, 5),
    (Subject::Biology, 5),
    (Subject::Geography, 4),
    (Subject::ComputerScience, 4),
    (Subject::Physics, 4),
    (Subject::Chemistry, 3),
    (Subject::Safety, 2),
];

/// What one teacher often teaches beside the first.
pub(super) const BESIDE: &[(Subject, Subject)] = &[
    (Subject::Mathematics, Subject::ComputerScience),
    (Subject::Physics, Subject::Mathematics),
    (Subject::Chemistry, Subject::Biology),
    (Subject::Biology, Subject::Geography),
    (Subject::Geography, Subject::Biology),
    (Subject::ComputerScience, Subject::Physics),
    (Subject::Technology, Subject::Safety),
    (Subject::History, Subject::Religions),
];

/// Decades of age (from, to) by how many are in them.
pub(super) const AGES: Weights<(u64, u64)> =
    &[((22, 29), 14), ((30, 39), 19), ((40, 49), 28), ((50, 59), 26), ((60, 68), 13)];

/// The posts of an institution.
pub(super) fn posts(kind: SchoolKind) -> Weights<Post> {
    match kind {
        SchoolKind::School => AT_SCHOOL,
        SchoolKind::Kindergarten => AT_KINDERGARTEN,
        SchoolKind::Additional => AT_ADDITIONAL,
        SchoolKind::Other => AT_OTHER,
    }
}
