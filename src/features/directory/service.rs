//! What one does with places: finds a school, opens a link, adds a municipality with what it needs to begin.

use std::collections::BTreeSet;

use chrono_tz::Tz;

use crate::kernel::chance::Chance;
use crate::kernel::ids::{MunicipalityId, SchoolId};
use crate::kernel::person::{Post, Subject};
use crate::kernel::time::At;
use crate::kernel::{names, secret};
use crate::store::{Result, Tx};

use super::model::{Association, Invited, NewSchool, School};
use super::{queries, starting};

/// What a municipality begins with when nothing is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Founded {
    /// Made now, with the starting list of associations.
    Now(MunicipalityId),
    /// There was one already; nothing changed.
    Before,
    /// There is none, and no name was given.
    Nameless,
}

/// Makes the installation's first municipality, if it has none and `name` is given.
///
/// # Errors
/// The database's own.
pub async fn found(tx: &mut Tx, name: Option<&str>, zone: Tz, now: At) -> Result<Founded> {
    queries::one_at_a_time(tx).await?;
    if !queries::municipalities(tx).await?.is_empty() {
        return Ok(Founded::Before);
    }
    let Some(name) = name.map(str::trim).filter(|n| !n.is_empty()) else { return Ok(Founded::Nameless) };
    let id = add_municipality(tx, name, zone, now).await?;
    starting::add_starting_associations(tx, id, now).await?;
    Ok(Founded::Now(id))
}

/// Adds a municipality without anything in it.
///
/// # Errors
/// The database's own.
pub async fn add_municipality(tx: &mut Tx, name: &str, zone: Tz, now: At) -> Result<MunicipalityId> {
    queries::insert_municipality(tx, name, zone.name(), now).await
}

/// Adds a school and the words it is found by.
///
/// # Errors
/// The database's own.
pub async fn add_school(tx: &mut Tx, school: NewSchool, now: At) -> Result<SchoolId> {
    let ids = add_schools(tx, &[school], now).await?;
    ids.first().copied().ok_or_else(|| crate::store::Error::Bug("a school was added without an id".into()))
}

/// Adds many schools at once; their ids in the same order.
///
/// # Errors
/// The database's own.
pub async fn add_schools(tx: &mut Tx, schools: &[NewSchool], now: At) -> Result<Vec<SchoolId>> {
    let ids = queries::insert_schools(tx, schools, now).await?;
    let words: Vec<_> = schools
        .iter()
        .zip(&ids)
        .flat_map(|(school, id)| found_by(school).into_iter().map(|word| (school.municipality, *id, word)))
        .collect();
    queries::insert_words(tx, &words).await?;
    Ok(ids)
}

/// The words a school is found by: of its names and number, and what people call such a place («сош», «садик»).
fn found_by(school: &NewSchool) -> BTreeSet<String> {
    let number = school.number.as_deref().unwrap_or_default();
    let own = [&school.name, &school.full_name, number].into_iter().flat_map(names::words);
    own.chain(starting::kind_words(school.kind)).collect()
}

/// Schools of a municipality that have every typed word, or a word that begins with it. A number is meant whole («1»
/// is not school 12) unless no school has that number. Empty when nothing was typed or nothing fits.
///
/// # Errors
/// The database's own.
pub async fn find_schools(tx: &mut Tx, within: MunicipalityId, typed: &str, most: i64) -> Result<Vec<School>> {
    let words = sought(typed);
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let exact: Vec<_> = words.iter().map(|w| range(w, names::is_number(w))).collect();
    let found = queries::schools_with_words(tx, within, &exact, most).await?;
    if !found.is_empty() || !words.iter().any(|w| names::is_number(w)) {
        return Ok(found);
    }
    let loose: Vec<_> = words.iter().map(|w| range(w, false)).collect();
    queries::schools_with_words(tx, within, &loose, most).await
}

/// The typed words, each once: numbers first, then the longest, as many as a search takes.
fn sought(typed: &str) -> Vec<String> {
    let mut words: Vec<String> = names::words(typed).into_iter().collect::<BTreeSet<_>>().into_iter().collect();
    words.sort_by_key(|w| (!names::is_number(w), std::cmp::Reverse(w.chars().count())));
    words.truncate(queries::MOST_WORDS);
    words
}

fn range(word: &str, whole: bool) -> queries::Range {
    let last = if whole { word.to_owned() } else { format!("{word}\u{10FFFF}") };
    (word.to_owned(), last)
}

/// Makes a link to a school; returns its secret, which is stored nowhere.
///
/// # Errors
/// The database's own.
pub async fn invite_to_school(tx: &mut Tx, chance: &Chance, school: &School, now: At) -> Result<String> {
    let made = secret::new(chance);
    queries::insert_invitation(tx, school.municipality, secret::hash(&made), school.id, now).await?;
    Ok(made)
}

/// Opens a link and counts the use. Nothing for an unknown or revoked one.
///
/// # Errors
/// The database's own.
pub async fn open_invitation(tx: &mut Tx, typed: &str) -> Result<Option<Invited>> {
    if typed.len() != secret::LENGTH {
        return Ok(None);
    }
    match queries::use_invitation(tx, secret::hash(typed)).await? {
        Some((kind, id)) if kind == queries::SCHOOL => {
            Ok(queries::school(tx, SchoolId(id)).await?.map(Invited::School))
        }
        _ => Ok(None),
    }
}

/// Closes every link to a school; how many were open.
///
/// # Errors
/// The database's own.
pub async fn revoke_school_invitations(tx: &mut Tx, school: &School, now: At) -> Result<u64> {
    queries::revoke_invitations(tx, school.id, now).await
}

/// The associations of a municipality for somebody of this post and these subjects, in the order of their names.
///
/// # Errors
/// The database's own.
pub async fn proposed_associations(
    tx: &mut Tx,
    within: MunicipalityId,
    post: Post,
    subjects: &[Subject],
) -> Result<Vec<Association>> {
    let mut all = queries::associations_of(tx, within).await?;
    all.retain(|a| a.suits(post, subjects));
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::person::SchoolKind;

    #[test]
    fn what_people_call_a_place_is_known_for_every_kind_but_other() {
        for kind in SchoolKind::ALL.iter().filter(|k| **k != SchoolKind::Other) {
            assert!(!starting::kind_words(*kind).is_empty(), "{kind:?}");
        }
    }
}
