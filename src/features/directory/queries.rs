//! The directory's SQL, a function a question. Names are compared by the keys Rust made, never by LIKE.

use crate::kernel::ids::{Address, AssociationId, MunicipalityId, PersonId, SchoolId};
use crate::kernel::names;
use crate::kernel::person::{Post, Role, SchoolKind, Scope, Subject, zone};
use crate::kernel::time::At;
use crate::store::bulk::{self, Target};
use crate::store::people::CHANNEL;
use crate::store::{Error, Result, Tx};
use crate::{exec, fetch_all, fetch_one, fetch_optional};

use super::model::{Association, Municipality, NewSchool, School};

/// What `search_words.kind` and `invitations.kind` say of a school.
pub(super) const SCHOOL: &str = "school";

type MunicipalityRow = (MunicipalityId, String, String);
type SchoolRow = (SchoolId, MunicipalityId, String, String, Option<String>, String);
type AssociationRow = (AssociationId, MunicipalityId, String, Option<String>, Option<String>);

fn read_municipality((id, name, tz): MunicipalityRow) -> Municipality {
    Municipality { id, name, zone: zone(&tz) }
}

fn read_school((id, municipality, name, full_name, number, kind): SchoolRow) -> Result<School> {
    let kind = SchoolKind::from_code(&kind).ok_or_else(|| Error::Form(format!("the kind of school {id}")))?;
    Ok(School { id, municipality, name, full_name, number, kind })
}

/// A code this version does not know is no reason to hide the association: it is only proposed to nobody.
fn read_association((id, municipality, name, subject, post): AssociationRow) -> Association {
    let subject = subject.as_deref().and_then(Subject::from_code);
    Association { id, municipality, name, subject, post: post.as_deref().and_then(Post::from_code) }
}

/// All municipalities of the installation, by name.
///
/// # Errors
/// The database's own.
pub async fn municipalities(tx: &mut Tx) -> Result<Vec<Municipality>> {
    let rows = fetch_all!(tx, MunicipalityRow, "SELECT id, name, zone FROM municipalities")?;
    let mut all: Vec<Municipality> = rows.into_iter().map(read_municipality).collect();
    all.sort_by_cached_key(|m| names::sort_key(&m.name));
    Ok(all)
}

/// One municipality.
///
/// # Errors
/// The database's own.
pub async fn municipality(tx: &mut Tx, id: MunicipalityId) -> Result<Option<Municipality>> {
    let row = fetch_optional!(tx, MunicipalityRow, "SELECT id, name, zone FROM municipalities WHERE id = $1", id)?;
    Ok(row.map(read_municipality))
}

/// One school.
///
/// # Errors
/// The database's own, or a kind this version does not know.
pub async fn school(tx: &mut Tx, id: SchoolId) -> Result<Option<School>> {
    let row = fetch_optional!(
        tx,
        SchoolRow,
        "SELECT id, municipality_id, name, full_name, number, kind FROM schools WHERE id = $1",
        id
    )?;
    row.map(read_school).transpose()
}

/// All schools of a municipality, in the order of their names.
///
/// # Errors
/// The database's own, or a kind this version does not know.
pub async fn schools_of(tx: &mut Tx, within: MunicipalityId) -> Result<Vec<School>> {
    let rows = fetch_all!(
        tx,
        SchoolRow,
        "SELECT id, municipality_id, name, full_name, number, kind FROM schools WHERE municipality_id = $1 \
         ORDER BY sort_key, id",
        within
    )?;
    rows.into_iter().map(read_school).collect()
}

/// A range of folded words: from the first to the last that matches, both included.
pub(super) type Range = (String, String);

/// How many words one search takes into account; more only narrow what is already one school.
pub(super) const MOST_WORDS: usize = 5;

/// Schools that have a word in each of the ranges. A range from the empty word matches everything.
pub(super) async fn schools_with_words(
    tx: &mut Tx,
    within: MunicipalityId,
    ranges: &[Range],
    most: i64,
) -> Result<Vec<School>> {
    let bound = |i: usize| ranges.get(i).cloned().unwrap_or_default();
    let [a, b, c, d, e] = [bound(0), bound(1), bound(2), bound(3), bound(4)];
    let rows = fetch_all!(
        tx,
        SchoolRow,
        "SELECT id, municipality_id, name, full_name, number, kind FROM schools WHERE municipality_id = $1 \
         AND ($3 = '' OR id IN (SELECT id FROM search_words WHERE kind = 'school' AND word >= $3 AND word <= $4)) \
         AND ($5 = '' OR id IN (SELECT id FROM search_words WHERE kind = 'school' AND word >= $5 AND word <= $6)) \
         AND ($7 = '' OR id IN (SELECT id FROM search_words WHERE kind = 'school' AND word >= $7 AND word <= $8)) \
         AND ($9 = '' OR id IN (SELECT id FROM search_words WHERE kind = 'school' AND word >= $9 AND word <= $10)) \
         AND ($11 = '' OR id IN (SELECT id FROM search_words WHERE kind = 'school' AND word >= $11 AND word <= $12)) \
         ORDER BY sort_key, id LIMIT $2",
        within,
        most,
        a.0,
        a.1,
        b.0,
        b.1,
        c.0,
        c.1,
        d.0,
        d.1,
        e.0,
        e.1
    )?;
    rows.into_iter().map(read_school).collect()
}

/// One association.
///
/// # Errors
/// The database's own.
pub async fn association(tx: &mut Tx, id: AssociationId) -> Result<Option<Association>> {
    Ok(associations(tx, &[id]).await?.pop())
}

/// The associations with these ids, in the order of their names; ids of none are passed over.
///
/// # Errors
/// The database's own.
pub async fn associations(tx: &mut Tx, ids: &[AssociationId]) -> Result<Vec<Association>> {
    let mut rows: Vec<AssociationRow> = Vec::new();
    // Eight a statement: one text for every count, and nearly always one statement. No row has the id 0.
    for piece in ids.chunks(8) {
        let id = |i: usize| piece.get(i).map_or(0, |id| id.0);
        rows.extend(fetch_all!(
            tx,
            AssociationRow,
            "SELECT id, municipality_id, name, subject, post FROM associations \
             WHERE id IN ($1, $2, $3, $4, $5, $6, $7, $8)",
            id(0),
            id(1),
            id(2),
            id(3),
            id(4),
            id(5),
            id(6),
            id(7)
        )?);
    }
    rows.sort_by_cached_key(|(id, _, name, ..)| (names::sort_key(name), *id));
    rows.dedup_by_key(|(id, ..)| *id);
    Ok(rows.into_iter().map(read_association).collect())
}

/// All associations of a municipality, in the order of their names.
///
/// # Errors
/// The database's own.
pub async fn associations_of(tx: &mut Tx, within: MunicipalityId) -> Result<Vec<Association>> {
    let rows = fetch_all!(
        tx,
        AssociationRow,
        "SELECT id, municipality_id, name, subject, post FROM associations WHERE municipality_id = $1 \
         ORDER BY sort_key, id",
        within
    )?;
    Ok(rows.into_iter().map(read_association).collect())
}

/// Lets replicas that start together make the first municipality once. SQLite has one writer anyway.
pub(super) async fn one_at_a_time(tx: &mut Tx) -> Result<()> {
    if tx.is_postgres() {
        exec!(tx, "SELECT pg_advisory_xact_lock(0, 1)")?;
    }
    Ok(())
}

pub(super) async fn insert_municipality(tx: &mut Tx, name: &str, zone: &str, now: At) -> Result<MunicipalityId> {
    let (id,) = fetch_one!(
        tx,
        (MunicipalityId,),
        "INSERT INTO municipalities (name, zone, created_at) VALUES ($1, $2, $3) RETURNING id",
        name,
        zone,
        now
    )?;
    Ok(id)
}

pub(super) async fn insert_schools(tx: &mut Tx, schools: &[NewSchool], now: At) -> Result<Vec<SchoolId>> {
    let rows: Vec<_> = schools
        .iter()
        .map(|s| {
            vec![
                s.municipality.0.into(),
                s.name.as_str().into(),
                s.full_name.as_str().into(),
                s.number.clone().into(),
                s.kind.code().into(),
                names::sort_key(&s.name).into(),
                now.0.into(),
            ]
        })
        .collect();
    let into = "schools (municipality_id, name, full_name, number, kind, sort_key, created_at)";
    let ids = bulk::insert_numbered(tx, Target { into, after: "" }, &rows).await?;
    Ok(ids.into_iter().map(SchoolId).collect())
}

pub(super) async fn insert_words(tx: &mut Tx, words: &[(MunicipalityId, SchoolId, String)]) -> Result<()> {
    let row = |(municipality, school, word): &(MunicipalityId, SchoolId, String)| {
        vec![word.as_str().into(), SCHOOL.into(), school.0.into(), municipality.0.into()]
    };
    let rows: Vec<_> = words.iter().map(row).collect();
    let into = "search_words (word, kind, id, municipality_id)";
    bulk::insert(tx, Target { into, after: "ON CONFLICT DO NOTHING" }, &rows).await
}

pub(super) async fn insert_associations(
    tx: &mut Tx,
    within: MunicipalityId,
    all: &[(&str, Option<Subject>, Option<Post>)],
    now: At,
) -> Result<()> {
    let rows: Vec<_> = all
        .iter()
        .map(|(name, subject, post)| {
            vec![
                within.0.into(),
                (*name).into(),
                subject.map(|s| s.code().to_owned()).into(),
                post.map(|p| p.code().to_owned()).into(),
                names::sort_key(name).into(),
                now.0.into(),
            ]
        })
        .collect();
    let into = "associations (municipality_id, name, subject, post, sort_key, created_at)";
    bulk::insert(tx, Target { into, after: "" }, &rows).await
}

pub(super) async fn insert_invitation(
    tx: &mut Tx,
    within: MunicipalityId,
    hash: Vec<u8>,
    school: SchoolId,
    now: At,
) -> Result<()> {
    exec!(
        tx,
        "INSERT INTO invitations (municipality_id, secret_hash, kind, target_id, uses, created_at) \
         VALUES ($1, $2, $3, $4, 0, $5)",
        within,
        hash,
        SCHOOL,
        school,
        now
    )?;
    Ok(())
}

/// Counts a use of a link that still opens; what it points at.
pub(super) async fn use_invitation(tx: &mut Tx, hash: Vec<u8>) -> Result<Option<(String, i64)>> {
    fetch_optional!(
        tx,
        (String, i64),
        "UPDATE invitations SET uses = uses + 1 WHERE secret_hash = $1 AND revoked_at IS NULL RETURNING kind, target_id",
        hash
    )
}

pub(super) async fn revoke_invitations(tx: &mut Tx, school: SchoolId, now: At) -> Result<u64> {
    exec!(
        tx,
        "UPDATE invitations SET revoked_at = $1 WHERE kind = $2 AND target_id = $3 AND revoked_at IS NULL",
        now,
        SCHOOL,
        school
    )
}

/// Who writes from an account, and their municipality; nothing for somebody not registered.
pub(super) async fn person_at(tx: &mut Tx, address: Address) -> Result<Option<(PersonId, MunicipalityId)>> {
    fetch_optional!(
        tx,
        (PersonId, MunicipalityId),
        "SELECT p.id, p.municipality_id FROM accounts a JOIN persons p ON p.id = a.person_id \
         WHERE a.channel = $1 AND a.external_id = $2",
        CHANNEL,
        address
    )
}

/// The school of a person's main placement.
pub(super) async fn main_school(tx: &mut Tx, person: PersonId) -> Result<Option<SchoolId>> {
    let rows = fetch_all!(
        tx,
        (Option<SchoolId>,),
        "SELECT school_id FROM placements WHERE person_id = $1 AND is_main AND state <> 'gone' ORDER BY id DESC",
        person
    )?;
    Ok(rows.into_iter().find_map(|(school,)| school))
}

/// Gives a role unless it is held; whether it is new.
pub(super) async fn insert_role(tx: &mut Tx, person: PersonId, role: Role, scope: Scope, now: At) -> Result<bool> {
    let (kind, id) = scope.parts();
    let rows = exec!(
        tx,
        "INSERT INTO roles (person_id, role, scope_kind, scope_id, granted_at) SELECT id, $2, $3, $4, $5 FROM persons \
         WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM roles WHERE person_id = $1 AND role = $2 AND scope_kind = $3 \
         AND scope_id = $4 AND revoked_at IS NULL)",
        person,
        role.code(),
        kind,
        id,
        now
    )?;
    Ok(rows > 0)
}
