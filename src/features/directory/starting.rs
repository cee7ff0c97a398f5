//! What ships with the bot: the associations a municipality begins with, and what people call each kind of place.
//!
//! Both are data beside this file (`starting.tsv`, `kinds.tsv`), in Russian; an administrator edits the list later.

use crate::kernel::ids::MunicipalityId;
use crate::kernel::names;
use crate::kernel::person::{Post, SchoolKind, Subject};
use crate::kernel::time::At;
use crate::store::{Result, Tx};

use super::queries;

static ASSOCIATIONS: &str = include_str!("starting.tsv");
static KINDS: &str = include_str!("kinds.tsv");

/// A line of the list: the name, and to whom it is proposed.
pub(super) type Line = (&'static str, Option<Subject>, Option<Post>);

/// Gives a municipality the starting list of associations.
///
/// # Errors
/// The database's own.
pub async fn add_starting_associations(tx: &mut Tx, within: MunicipalityId, now: At) -> Result<()> {
    let all: Vec<Line> = lines(ASSOCIATIONS).filter_map(read).collect();
    queries::insert_associations(tx, within, &all, now).await
}

/// Folded words such a place is found by whatever its name says.
pub(super) fn kind_words(kind: SchoolKind) -> Vec<String> {
    let line = lines(KINDS).find_map(|l| l.strip_prefix(kind.code())?.strip_prefix('\t'));
    line.map(names::words).unwrap_or_default()
}

fn lines(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines().filter(|l| !l.is_empty() && !l.starts_with('#'))
}

fn read(line: &'static str) -> Option<Line> {
    let mut parts = line.split('\t');
    let (subject, post, name) = (parts.next()?, parts.next()?, parts.next()?);
    Some((name, Subject::from_code(subject), Post::from_code(post)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_shipped_files_is_read_in_full() {
        let mut names = std::collections::BTreeSet::new();
        for line in lines(ASSOCIATIONS) {
            let (name, subject, post) = read(line).unwrap_or_else(|| panic!("{line}"));
            let codes = [subject.map_or("-", Subject::code), post.map_or("-", Post::code), name].join("\t");
            assert_eq!(codes, line);
            assert!(names.insert(name), "{name} stands twice");
        }
        assert_eq!(names.len(), 31, "28 of teachers, 2 of managers, and the community of young teachers");
        for line in lines(KINDS) {
            let (code, words) = line.split_once('\t').unwrap_or_else(|| panic!("{line}"));
            let kind = SchoolKind::from_code(code).unwrap_or_else(|| panic!("{line}"));
            assert_eq!(kind_words(kind), names::words(words));
        }
    }
}
