//! Writes teachers, set by set: persons, accounts, consents, placements, memberships, roles.

use sha2::{Digest, Sha256};

use crate::exec;
use crate::features::privacy::ConsentKind;
use crate::kernel::ids::MunicipalityId;
use crate::kernel::language::Language;
use crate::kernel::names;
use crate::kernel::time::At;
use crate::store::bulk::{self, Target, Value};
use crate::store::people::CHANNEL;
use crate::store::{Result, Tx};

use super::people::Teacher;

/// What all rows of a piece share.
#[derive(Clone, Copy)]
pub(super) struct Frame {
    pub(super) municipality: MunicipalityId,
    /// The account of the piece's first teacher.
    pub(super) first: i64,
    pub(super) now: At,
}

/// Keeps the text everybody here agreed to; its hash.
pub(super) async fn consent_text(tx: &mut Tx, body: &str) -> Result<Vec<u8>> {
    let hash = Sha256::digest(body.as_bytes()).to_vec();
    exec!(
        tx,
        "INSERT INTO consent_texts (hash, kind, version, language, body) VALUES ($1, $2, 'demo', $3, $4) \
         ON CONFLICT DO NOTHING",
        hash.clone(),
        ConsentKind::Account.code(),
        Language::Ru.code(),
        body
    )?;
    Ok(hash)
}

/// Writes a piece.
pub(super) async fn write(tx: &mut Tx, frame: Frame, consent: &[u8], teachers: &[Teacher]) -> Result<()> {
    let persons = put_numbered(tx, PERSONS, teachers.iter().map(|t| person(frame, t)).collect()).await?;
    let accounts = persons.iter().zip(frame.first..).map(|(p, external)| account(frame, *p, external));
    let accounts = put_numbered(tx, ACCOUNTS, accounts.collect()).await?;
    let consents = accounts
        .iter()
        .map(|a| vec![(*a).into(), ConsentKind::Account.code().into(), consent.to_vec().into(), frame.now.0.into()]);
    put(tx, CONSENTS, consents.collect()).await?;
    let with_ids = || persons.iter().copied().zip(teachers);
    put(tx, PLACEMENTS, with_ids().flat_map(|(id, t)| placements(frame, id, t)).collect()).await?;
    put(tx, MEMBERSHIPS, with_ids().flat_map(|(id, t)| memberships(frame, id, t)).collect()).await?;
    put(tx, ROLES, with_ids().flat_map(|(id, t)| roles(frame, id, t)).collect()).await
}

const PERSONS: &str = "persons (municipality_id, family_name, given_name, patronymic, sort_key, taught_since, born_in, \
                       confirmed_at, created_at, updated_at)";
const ACCOUNTS: &str = "accounts (channel, external_id, person_id, language, created_at)";
const CONSENTS: &str = "consents (account_id, kind, text_hash, given_at)";
const PLACEMENTS: &str = "placements (person_id, municipality_id, school_id, post, subjects, is_main, state, from_on)";
const MEMBERSHIPS: &str = "memberships (person_id, association_id, municipality_id, since_at)";
const ROLES: &str = "roles (person_id, role, scope_kind, scope_id, granted_at)";

async fn put(tx: &mut Tx, into: &'static str, rows: Vec<Vec<Value>>) -> Result<()> {
    bulk::insert(tx, Target { into, after: "" }, &rows).await
}

async fn put_numbered(tx: &mut Tx, into: &'static str, rows: Vec<Vec<Value>>) -> Result<Vec<i64>> {
    bulk::insert_numbered(tx, Target { into, after: "" }, &rows).await
}

fn person(frame: Frame, t: &Teacher) -> Vec<Value> {
    let whole = format!("{} {} {}", t.family, t.given, t.patronymic.as_deref().unwrap_or_default());
    vec![
        frame.municipality.0.into(),
        t.family.clone().into(),
        t.given.clone().into(),
        t.patronymic.clone().into(),
        names::sort_key(&whole).into(),
        i64::from(t.taught_since).into(),
        t.born_in.map(i64::from).into(),
        frame.now.0.into(),
        frame.now.0.into(),
        frame.now.0.into(),
    ]
}

fn account(frame: Frame, person: i64, external: i64) -> Vec<Value> {
    vec![CHANNEL.into(), external.into(), person.into(), Language::Ru.code().into(), frame.now.0.into()]
}

fn placements(frame: Frame, person: i64, t: &Teacher) -> Vec<Vec<Value>> {
    let row = |(i, p): (usize, &super::people::Placement)| {
        let subjects: Vec<_> = p.subjects.iter().map(|s| s.code()).collect();
        vec![
            person.into(),
            frame.municipality.0.into(),
            p.school.0.into(),
            p.post.code().into(),
            subjects.join(" ").into(),
            (i == 0).into(),
            "working".into(),
            format!("{}-09-01", p.since).into(),
        ]
    };
    t.placements.iter().enumerate().map(row).collect()
}

fn memberships(frame: Frame, person: i64, t: &Teacher) -> Vec<Vec<Value>> {
    let row = |a: &crate::kernel::ids::AssociationId| {
        vec![person.into(), a.0.into(), frame.municipality.0.into(), frame.now.0.into()]
    };
    t.memberships.iter().map(row).collect()
}

fn roles(frame: Frame, person: i64, t: &Teacher) -> Vec<Vec<Value>> {
    let row = |(role, scope): &(crate::kernel::person::Role, crate::kernel::person::Scope)| {
        let (kind, id) = scope.parts();
        vec![person.into(), role.code().into(), kind.into(), id.into(), frame.now.0.into()]
    };
    t.roles.iter().map(row).collect()
}
