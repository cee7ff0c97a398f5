//! Use cases of registration: begin, find a place, register, load and save a profile.
//!
//! What a draft says is checked against the directory again before it is written: a school may be gone, a payload
//! forged.

use chrono::NaiveDate;

use crate::features::{directory, privacy};
use crate::kernel::ids::{AccountId, AssociationId, MunicipalityId, PersonId, SchoolId};
use crate::kernel::names;
use crate::kernel::person::{Post, SchoolKind, Subject, zone};
use crate::kernel::time::At;
use crate::store::people::Person;
use crate::store::{Error, Result, Tx};

pub use crate::features::privacy::{ConsentKind, ConsentText};

use super::model::{Born, Draft, Name, Offer, Place, Placement, Profile, Proposal, Stage, Workplace};
use super::{queries, rules};

/// A school with its municipality.
#[derive(Clone, Debug)]
pub struct Host {
    /// The municipality.
    pub place: Place,
    /// The school.
    pub school: Workplace,
}

/// Something to choose: its row and its name.
pub type Choice<Id> = (Id, String);

fn place(of: directory::Municipality) -> Place {
    Place { id: of.id, name: of.name, zone: of.zone.name().to_owned() }
}

fn workplace(school: directory::School) -> Workplace {
    Workplace::Listed { id: school.id, name: school.name, kind: school.kind }
}

async fn host(tx: &mut Tx, school: directory::School) -> Result<Option<Host>> {
    let found = directory::municipality(tx, school.municipality).await?;
    Ok(found.map(|m| Host { place: place(m), school: workplace(school) }))
}

/// The school a link names, and counts its use; nothing for an unknown or revoked link.
///
/// # Errors
/// The database's own.
pub async fn open_link(tx: &mut Tx, secret: &str) -> Result<Option<Host>> {
    match directory::open_invitation(tx, secret).await? {
        Some(directory::Invited::School(school)) => host(tx, school).await,
        None => Ok(None),
    }
}

/// The school of this id with its municipality.
///
/// # Errors
/// The database's own.
pub async fn find_host(tx: &mut Tx, school: SchoolId) -> Result<Option<Host>> {
    match directory::school(tx, school).await? {
        Some(school) => host(tx, school).await,
        None => Ok(None),
    }
}

/// An empty draft that knows the place already if it can; nothing while no municipality is set up.
///
/// # Errors
/// The database's own.
pub async fn begin(tx: &mut Tx, invited: Option<Host>) -> Result<Option<Draft>> {
    let mut all = directory::municipalities(tx).await?;
    let has_choice_of_place = all.len() > 1;
    Ok(match (invited, all.pop()) {
        (Some(host), _) => {
            let mut draft = Draft { has_choice_of_place, ..Draft::default() };
            invite(&mut draft, host);
            Some(draft)
        }
        (None, None) => None,
        (None, only) => Some(Draft {
            has_choice_of_place,
            place: only.filter(|_| !has_choice_of_place).map(place),
            ..Draft::default()
        }),
    })
}

/// Puts a link's school into a draft.
pub fn invite(draft: &mut Draft, host: Host) {
    if draft.place.as_ref().is_none_or(|p| p.id != host.place.id) {
        draft.left_out.clear();
        draft.picked.clear();
    }
    draft.place = Some(host.place);
    draft.school = Some(host.school);
    draft.is_invited = true;
}

/// Whether consent 1 stands.
///
/// # Errors
/// The database's own.
pub async fn has_agreed(tx: &mut Tx, account: AccountId) -> Result<bool> {
    privacy::has_given(tx, account, ConsentKind::Account).await
}

/// Notes consent 1.
///
/// # Errors
/// The database's own.
pub async fn agree(tx: &mut Tx, account: AccountId, text: &ConsentText, now: At) -> Result<()> {
    privacy::give(tx, account, text, now).await
}

/// Takes consent 1 back before anything was registered on it.
///
/// # Errors
/// The database's own.
pub async fn withdraw(tx: &mut Tx, account: AccountId, now: At) -> Result<()> {
    privacy::withdraw(tx, account, ConsentKind::Account, now).await
}

/// Municipalities that fit what was typed (all, when nothing was), and whether there are more than are shown.
///
/// # Errors
/// The database's own.
pub async fn places(tx: &mut Tx, typed: &str) -> Result<(Vec<Choice<MunicipalityId>>, bool)> {
    let mut all = directory::municipalities(tx).await?;
    all.retain(|m| rules::fits(&m.name, typed));
    let has_more = all.len() > rules::PLACES_SHOWN;
    all.truncate(rules::PLACES_SHOWN);
    Ok((all.into_iter().map(|m| (m.id, m.name)).collect(), has_more))
}

/// The municipality of this id.
///
/// # Errors
/// The database's own.
pub async fn find_place(tx: &mut Tx, id: MunicipalityId) -> Result<Option<Place>> {
    Ok(directory::municipality(tx, id).await?.map(place))
}

/// Schools of a municipality that fit what was typed, and whether there are more than are shown.
///
/// # Errors
/// The database's own.
pub async fn schools(tx: &mut Tx, within: MunicipalityId, typed: &str) -> Result<(Vec<Choice<SchoolId>>, bool)> {
    let most = i64::try_from(rules::SCHOOLS_SHOWN).unwrap_or(i64::MAX) + 1;
    let mut found = directory::find_schools(tx, within, typed, most).await?;
    let has_more = found.len() > rules::SCHOOLS_SHOWN;
    found.truncate(rules::SCHOOLS_SHOWN);
    Ok((found.into_iter().map(|s| (s.id, s.name)).collect(), has_more))
}

/// A school of this municipality, and of no other.
///
/// # Errors
/// The database's own.
pub async fn find_school(tx: &mut Tx, within: MunicipalityId, id: SchoolId) -> Result<Option<Workplace>> {
    let found = directory::school(tx, id).await?.filter(|s| s.municipality == within);
    Ok(found.map(workplace))
}

/// The associations a draft may join: the proposed ones, then those beyond.
///
/// # Errors
/// The database's own.
pub async fn associations(tx: &mut Tx, draft: &Draft) -> Result<Vec<Offer>> {
    let mut all = proposed(tx, draft).await?;
    let proposals: Vec<Proposal> = all.iter().map(|(p, _)| *p).collect();
    let joined = rules::joined(draft, &proposals);
    let beyond: Vec<_> = draft.beyond.iter().copied().filter(|id| !proposals.iter().any(|p| p.id == *id)).collect();
    if !beyond.is_empty() {
        let others = directory::associations(tx, &beyond).await?;
        all.extend(others.into_iter().map(|a| (Proposal { id: a.id, is_by_subject: false }, a.name)));
    }
    let offer = |(p, name): (Proposal, String)| Offer { id: p.id, name, is_joined: joined.contains(&p.id) };
    Ok(all.into_iter().map(offer).collect())
}

async fn proposed(tx: &mut Tx, draft: &Draft) -> Result<Vec<(Proposal, String)>> {
    let (Some(place), Some(post)) = (&draft.place, draft.post) else { return Ok(Vec::new()) };
    let subjects = draft.subjects.as_deref().unwrap_or_default();
    let all = directory::proposed_associations(tx, place.id, post, subjects).await?;
    let proposal = |a: directory::Association| {
        let is_by_subject = a.subject.is_some_and(|s| subjects.contains(&s));
        (Proposal { id: a.id, is_by_subject }, a.name)
    };
    Ok(all.into_iter().map(proposal).collect())
}

/// The day it is in a draft's municipality.
pub fn today(draft: &Draft, now: At) -> NaiveDate {
    now.day(zone(draft.place.as_ref().map_or("", |p| p.zone.as_str())))
}

/// The school year it is in a draft's municipality.
pub fn school_year(draft: &Draft, now: At) -> i32 {
    now.school_year(zone(draft.place.as_ref().map_or("", |p| p.zone.as_str())))
}

/// Forgets a school that is gone or is another municipality's; whether the profile is whole.
async fn check(tx: &mut Tx, draft: &mut Draft) -> Result<Option<Profile>> {
    if let Some(id) = draft.school.as_ref().and_then(Workplace::id) {
        let found = directory::school(tx, id).await?;
        if found.map(|s| s.municipality) != draft.place.as_ref().map(|p| p.id) {
            draft.school = None;
            draft.is_invited = false;
        }
    }
    Ok(draft.profile())
}

/// Writes the person, the placement and the memberships; nothing when something is missing after all.
///
/// # Errors
/// The database's own.
pub async fn register(tx: &mut Tx, account: AccountId, draft: &mut Draft, now: At) -> Result<Option<Profile>> {
    let Some(who) = check(tx, draft).await? else { return Ok(None) };
    let person = queries::insert_person(tx, &who, &names::sort_key(&who.name.full()), now).await?;
    if !queries::link_account(tx, account, person).await? {
        return Err(Error::Bug("an account registered twice".into()));
    }
    let today = today(draft, now).to_string();
    queries::insert_placement(tx, person, &who, &today).await?;
    keep_memberships(tx, person, draft, &[], now).await?;
    Ok(Some(who))
}

/// Makes the memberships what the draft says.
async fn keep_memberships(tx: &mut Tx, person: PersonId, draft: &Draft, had: &[AssociationId], now: At) -> Result<()> {
    let Some(place) = &draft.place else { return Ok(()) };
    let proposed: Vec<Proposal> = proposed(tx, draft).await?.into_iter().map(|(p, _)| p).collect();
    let wanted = rules::joined(draft, &proposed);
    for id in had.iter().filter(|id| !wanted.contains(id)) {
        queries::leave(tx, person, *id).await?;
    }
    for id in wanted.iter().filter(|id| !had.contains(id)) {
        queries::join(tx, person, *id, place.id, now).await?;
    }
    Ok(())
}

/// A stored profile as a draft, with the names of the associations.
///
/// # Errors
/// The database's own; a person who is not there.
pub async fn stored(tx: &mut Tx, person: &Person) -> Result<(Draft, Vec<String>)> {
    let row = row(tx, person.id).await?;
    let joined = queries::memberships(tx, person.id).await?;
    let mut draft = draft(row, person);
    draft.beyond = joined.iter().map(|(id, _)| *id).collect();
    Ok((draft, joined.into_iter().map(|(_, name)| name).collect()))
}

/// A stored profile as a draft that can be changed.
///
/// # Errors
/// The database's own; a person who is not there.
pub async fn editable(tx: &mut Tx, person: &Person) -> Result<Draft> {
    let (mut draft, _) = stored(tx, person).await?;
    let proposed: Vec<AssociationId> = proposed(tx, &draft).await?.into_iter().map(|(p, _)| p.id).collect();
    let joined = std::mem::take(&mut draft.beyond);
    draft.left_out = proposed.iter().copied().filter(|id| !joined.contains(id)).collect();
    (draft.picked, draft.beyond) = joined.into_iter().partition(|id| proposed.contains(id));
    draft.has_choice_of_place = directory::municipalities(tx).await?.len() > 1;
    Ok(draft)
}

async fn row(tx: &mut Tx, person: PersonId) -> Result<queries::Row> {
    queries::profile(tx, person).await?.ok_or_else(|| Error::Bug("a person without a row".into()))
}

fn draft(row: queries::Row, person: &Person) -> Draft {
    let school = match (row.school_id, row.school_name) {
        (Some(id), Some(name)) => {
            let kind = row.school_kind.as_deref().and_then(SchoolKind::from_code).unwrap_or(SchoolKind::Other);
            Some(Workplace::Listed { id, name, kind })
        }
        _ => row.school_said.map(Workplace::Said),
    };
    Draft {
        stage: Stage::Editing,
        has_agreed: true,
        name: Some(Name { family: row.family_name, given: row.given_name, patronymic: row.patronymic }),
        place: Some(Place {
            id: person.municipality,
            name: person.municipality_name.clone(),
            zone: person.zone.name().to_owned(),
        }),
        school,
        post: row.post.as_deref().and_then(Post::from_code),
        subjects: row.subjects.as_deref().map(read_subjects),
        taught_since: i32::try_from(row.taught_since).ok(),
        born: Some(row.born_in.and_then(|y| i32::try_from(y).ok()).map_or(Born::Unsaid, Born::In)),
        ..Draft::default()
    }
}

fn read_subjects(text: &str) -> Vec<Subject> {
    text.split(' ').filter_map(Subject::from_code).collect()
}

fn placement(row: queries::Row) -> Option<Placement> {
    Some(Placement {
        id: row.placement_id?,
        school: row.school_id,
        said: row.school_said,
        post: row.post.as_deref().and_then(Post::from_code)?,
        subjects: row.subjects.as_deref().map(read_subjects).unwrap_or_default(),
        from_on: row.from_on?,
    })
}

/// Saves a changed profile. A change of work ends the placement on record and begins another; its history stays.
/// False when something is missing after all.
///
/// # Errors
/// The database's own.
pub async fn save(tx: &mut Tx, person: &Person, draft: &mut Draft, now: At) -> Result<bool> {
    let Some(who) = check(tx, draft).await? else { return Ok(false) };
    let had: Vec<_> = queries::memberships(tx, person.id).await?.into_iter().map(|(id, _)| id).collect();
    let old = placement(row(tx, person.id).await?);
    let today = today(draft, now).to_string();
    queries::update_person(tx, person.id, &who, &names::sort_key(&who.name.full()), now).await?;
    let moved = old.as_ref().map_or(rules::Move::Succeed, |old| rules::moved(old, &who, &today));
    match (moved, old) {
        (rules::Move::Stay, _) => {}
        (rules::Move::Amend, Some(old)) => queries::amend_placement(tx, old.id, &who).await?,
        (_, old) => {
            if let Some(old) = old {
                queries::end_placement(tx, old.id, &today).await?;
            }
            queries::insert_placement(tx, person.id, &who, &today).await?;
        }
    }
    if who.place.id != person.municipality {
        queries::leave_municipality(tx, person.id, person.municipality, &today, now).await?;
    }
    keep_memberships(tx, person.id, draft, &had, now).await?;
    Ok(true)
}
