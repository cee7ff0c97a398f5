//! SQL of registration: persons, placements, memberships.

use crate::kernel::ids::{AccountId, AssociationId, MunicipalityId, PersonId, SchoolId};
use crate::kernel::time::At;
use crate::store::{Result, Tx};
use crate::{exec, fetch_all, fetch_one, fetch_optional};

use super::model::{Name, Profile};

/// A person with their current main placement, as stored.
#[derive(sqlx::FromRow)]
pub struct Row {
    /// Family name.
    pub family_name: String,
    /// Given name.
    pub given_name: String,
    /// Patronymic.
    pub patronymic: Option<String>,
    /// The year teaching began.
    pub taught_since: i64,
    /// The year of birth.
    pub born_in: Option<i64>,
    /// The placement's row; none when somebody works nowhere at the moment.
    pub placement_id: Option<i64>,
    /// The school of the list.
    pub school_id: Option<SchoolId>,
    /// The school in the person's own words.
    pub school_said: Option<String>,
    /// The listed school's name.
    pub school_name: Option<String>,
    /// The listed school's kind.
    pub school_kind: Option<String>,
    /// Post.
    pub post: Option<String>,
    /// Subjects, separated by spaces.
    pub subjects: Option<String>,
    /// First day of the placement.
    pub from_on: Option<String>,
}

/// The stored profile of a person.
///
/// # Errors
/// The database's own.
pub async fn profile(tx: &mut Tx, person: PersonId) -> Result<Option<Row>> {
    fetch_optional!(
        tx,
        Row,
        "SELECT p.family_name, p.given_name, p.patronymic, p.taught_since, p.born_in, w.id AS placement_id, \
                w.school_id, w.school_said, s.name AS school_name, s.kind AS school_kind, w.post, w.subjects, w.from_on \
         FROM persons p \
         LEFT JOIN placements w ON w.person_id = p.id AND w.is_main AND w.to_on IS NULL \
         LEFT JOIN schools s ON s.id = w.school_id \
         WHERE p.id = $1 ORDER BY w.id DESC LIMIT 1",
        person
    )
}

/// The associations a person is in, by name.
///
/// # Errors
/// The database's own.
pub async fn memberships(tx: &mut Tx, person: PersonId) -> Result<Vec<(AssociationId, String)>> {
    fetch_all!(
        tx,
        (AssociationId, String),
        "SELECT a.id, a.name FROM memberships m JOIN associations a ON a.id = m.association_id \
         WHERE m.person_id = $1 ORDER BY a.sort_key, a.id",
        person
    )
}

/// Adds a person, unconfirmed.
///
/// # Errors
/// The database's own.
pub async fn insert_person(tx: &mut Tx, who: &Profile, sort_key: &str, now: At) -> Result<PersonId> {
    let Name { family, given, patronymic } = &who.name;
    let (id,): (PersonId,) = fetch_one!(
        tx,
        (PersonId,),
        "INSERT INTO persons (municipality_id, family_name, given_name, patronymic, sort_key, taught_since, born_in, \
         created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8) RETURNING id",
        who.place.id,
        family.as_str(),
        given.as_str(),
        patronymic.as_deref(),
        sort_key,
        i64::from(who.taught_since),
        who.born_in.map(i64::from),
        now
    )?;
    Ok(id)
}

/// Overwrites a person. In another municipality nobody has confirmed them yet.
///
/// # Errors
/// The database's own.
pub async fn update_person(tx: &mut Tx, id: PersonId, who: &Profile, sort_key: &str, now: At) -> Result<()> {
    let Name { family, given, patronymic } = &who.name;
    exec!(
        tx,
        "UPDATE persons SET confirmed_at = CASE WHEN municipality_id = $1 THEN confirmed_at ELSE NULL END, \
         municipality_id = $1, family_name = $2, given_name = $3, patronymic = $4, sort_key = $5, taught_since = $6, \
         born_in = $7, updated_at = $8 WHERE id = $9",
        who.place.id,
        family.as_str(),
        given.as_str(),
        patronymic.as_deref(),
        sort_key,
        i64::from(who.taught_since),
        who.born_in.map(i64::from),
        now,
        id
    )?;
    Ok(())
}

/// Gives an account its person; false when it has one already.
///
/// # Errors
/// The database's own.
pub async fn link_account(tx: &mut Tx, account: AccountId, person: PersonId) -> Result<bool> {
    let changed = exec!(tx, "UPDATE accounts SET person_id = $1 WHERE id = $2 AND person_id IS NULL", person, account)?;
    Ok(changed == 1)
}

fn subjects(who: &Profile) -> String {
    who.subjects.iter().map(|s| s.code()).collect::<Vec<_>>().join(" ")
}

fn said(who: &Profile) -> Option<&str> {
    who.school.id().is_none().then(|| who.school.name())
}

/// Adds the main placement, from that day on.
///
/// # Errors
/// The database's own.
pub async fn insert_placement(tx: &mut Tx, person: PersonId, who: &Profile, from_on: &str) -> Result<()> {
    exec!(
        tx,
        "INSERT INTO placements (person_id, municipality_id, school_id, school_said, post, subjects, is_main, state, \
         from_on) VALUES ($1, $2, $3, $4, $5, $6, $7, 'working', $8)",
        person,
        who.place.id,
        who.school.id(),
        said(who),
        who.post.code(),
        subjects(who),
        true,
        from_on
    )?;
    Ok(())
}

/// Puts a placement right in its place.
///
/// # Errors
/// The database's own.
pub async fn amend_placement(tx: &mut Tx, id: i64, who: &Profile) -> Result<()> {
    exec!(
        tx,
        "UPDATE placements SET municipality_id = $1, school_id = $2, school_said = $3, post = $4, subjects = $5 \
         WHERE id = $6",
        who.place.id,
        who.school.id(),
        said(who),
        who.post.code(),
        subjects(who),
        id
    )?;
    Ok(())
}

/// Ends a placement on that day.
///
/// # Errors
/// The database's own.
pub async fn end_placement(tx: &mut Tx, id: i64, on: &str) -> Result<()> {
    exec!(tx, "UPDATE placements SET to_on = $1 WHERE id = $2 AND to_on IS NULL", on, id)?;
    Ok(())
}

/// Somebody left a municipality: what they held there ends on that day, roles of the whole region stay.
///
/// # Errors
/// The database's own.
pub async fn leave_municipality(tx: &mut Tx, person: PersonId, left: MunicipalityId, on: &str, now: At) -> Result<()> {
    exec!(
        tx,
        "UPDATE placements SET to_on = $1 WHERE person_id = $2 AND municipality_id = $3 AND to_on IS NULL",
        on,
        person,
        left
    )?;
    exec!(
        tx,
        "UPDATE roles SET revoked_at = $1 WHERE person_id = $2 AND revoked_at IS NULL AND scope_kind <> 'region'",
        now,
        person
    )?;
    Ok(())
}

/// Adds a person to an association; once is enough.
///
/// # Errors
/// The database's own.
pub async fn join(tx: &mut Tx, person: PersonId, to: AssociationId, of: MunicipalityId, now: At) -> Result<()> {
    exec!(
        tx,
        "INSERT INTO memberships (person_id, association_id, municipality_id, since_at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT DO NOTHING",
        person,
        to,
        of,
        now
    )?;
    Ok(())
}

/// Takes a person out of an association.
///
/// # Errors
/// The database's own.
pub async fn leave(tx: &mut Tx, person: PersonId, from: AssociationId) -> Result<()> {
    exec!(tx, "DELETE FROM memberships WHERE person_id = $1 AND association_id = $2", person, from)?;
    Ok(())
}
