//! The demonstration district: invented institutions, invented teachers, four people whose phones lie on the table.
//!
//! `seed` fills an empty database in one commit: all of it or nothing. The same seed makes the same district, so that
//! tests, benchmarks and a transcript of the playground agree. Names are data (`names.toml`, `institutions.tsv`).

mod data;
mod people;
mod rows;
mod shares;

use crate::features::directory::{self, Municipality, NewSchool, School};
use crate::kernel::chance::Chance;
use crate::kernel::person::zone;
use crate::kernel::time::At;
use crate::store::{Error, Result, Store, Tx};
use crate::{exec, fetch_one};

use data::Data;
use people::{Crowd, Teacher};

/// The account of the first teacher; the others follow without a gap.
pub const FIRST_EXTERNAL_ID: i64 = 1_000_000;

/// How many teachers the playground has, if nobody says otherwise.
pub const USUAL_TEACHERS: u32 = 400;

/// Teachers written at once; keeps memory small at a hundred thousand.
const PIECE: u32 = 5_000;

/// Names kept ready for phones that are added later.
const NEW_PEOPLE: usize = 12;

/// What was made.
#[derive(Clone, Debug, PartialEq)]
pub struct District {
    /// The municipality.
    pub municipality: Municipality,
    /// The people on the table, from left to right. Ids after the greatest of theirs belong to nobody.
    pub cast: Vec<CastMember>,
    /// The secret of the link to the newcomer's school: `/start s<secret>`.
    pub invitation: String,
    /// How many teachers are registered, the cast included: accounts from [`FIRST_EXTERNAL_ID`] upward.
    pub teachers: u32,
    /// Given and family names for people who come later.
    pub new_people: Vec<(String, String)>,
}

/// Somebody whose phone lies on the table.
#[derive(Clone, Debug, PartialEq)]
pub struct CastMember {
    /// Their account.
    pub external_id: i64,
    /// Given, patronymic and family name.
    pub name: String,
    /// The given name, as the messenger knows it.
    pub given_name: String,
    /// The family name, as the messenger knows it.
    pub family_name: String,
    /// `teacher`, `young-specialist`, `mentor` or `methodist`.
    pub role_key: String,
    /// Whether they have yet to register.
    pub is_newcomer: bool,
}

/// Fills an empty database with the district and `teachers` registered, confirmed teachers, the cast among them (so
/// three at the least). Municipality and associations made at a first start are used if they bear the district's name.
///
/// # Errors
/// The database has people or institutions already, or its own trouble; nothing is written then.
pub async fn seed(store: &Store, teachers: u32, seed: u64, now: At) -> Result<District> {
    let made = store.transact(move |tx| Box::pin(fill(tx, teachers, seed, now))).await?;
    made.ok_or_else(|| {
        Error::Place(
            "This database has people or institutions already, and the demonstration district needs an empty one. \
             Set DATABASE_URL to another place."
                .into(),
        )
    })
}

async fn fill(tx: &mut Tx, teachers: u32, seed: u64, now: At) -> Result<Option<District>> {
    let (taken,): (i64,) =
        fetch_one!(tx, (i64,), "SELECT (SELECT count(*) FROM persons) + (SELECT count(*) FROM schools)")?;
    if taken > 0 {
        return Ok(None);
    }
    let data = Data::read()?;
    let chance = Chance::seeded(seed);
    let municipality = place(tx, &data, now).await?;
    let schools = institutions(tx, &data, &municipality, now).await?;
    let associations = directory::associations_of(tx, municipality.id).await?;
    let mut crowd = Crowd::new(&data, &chance, &schools, &associations, now.school_year(municipality.zone))?;
    let consent = rows::consent_text(tx, &data.names.consent).await?;

    let mut written = 0;
    let teachers = teachers.max(crowd.cast_size());
    while written < teachers {
        let piece: Vec<Teacher> = (written..teachers.min(written + PIECE)).map(|i| crowd.teacher(i)).collect();
        let frame = rows::Frame { municipality: municipality.id, first: FIRST_EXTERNAL_ID + i64::from(written), now };
        rows::write(tx, frame, &consent, &piece).await?;
        written += u32::try_from(piece.len()).unwrap_or(PIECE);
    }
    let invitation = invite(tx, &data, &chance, &schools, now).await?;
    let new_people = (0..NEW_PEOPLE).map(|_| crowd.somebody()).collect();
    statistics(tx).await?;
    Ok(Some(District { cast: cast(&data, teachers), municipality, invitation, teachers, new_people }))
}

/// The municipality of the data's name with the starting associations: found, or made.
async fn place(tx: &mut Tx, data: &Data, now: At) -> Result<Municipality> {
    let (name, zone) = (&data.names.district, zone(&data.names.zone));
    let known = directory::municipalities(tx).await?.into_iter().find(|m| m.name == *name);
    let found = match known {
        Some(known) => known,
        None => {
            let id = directory::add_municipality(tx, name, zone, now).await?;
            Municipality { id, name: name.clone(), zone }
        }
    };
    if directory::associations_of(tx, found.id).await?.is_empty() {
        directory::add_starting_associations(tx, found.id, now).await?;
    }
    Ok(found)
}

async fn institutions(tx: &mut Tx, data: &Data, within: &Municipality, now: At) -> Result<Vec<School>> {
    let new: Vec<NewSchool> = data
        .institutions
        .iter()
        .map(|i| NewSchool {
            municipality: within.id,
            name: i.name.into(),
            full_name: i.full_name.into(),
            number: i.number.map(Into::into),
            kind: i.kind,
        })
        .collect();
    directory::add_schools(tx, &new, now).await?;
    directory::schools_of(tx, within.id).await
}

async fn invite(tx: &mut Tx, data: &Data, chance: &Chance, schools: &[School], now: At) -> Result<String> {
    let newcomer = data.names.cast.iter().find(|c| c.is_newcomer);
    let school = newcomer.and_then(|c| schools.iter().find(|s| s.name == c.school));
    let school = school.ok_or_else(|| Error::Form("the district's newcomer has no school".into()))?;
    directory::invite_to_school(tx, chance, school, now).await
}

/// The registered people of the cast have the first accounts, in order; the newcomer has the one after everybody's.
fn cast(data: &Data, teachers: u32) -> Vec<CastMember> {
    let mut next = FIRST_EXTERNAL_ID;
    let member = |c: &data::Cast| {
        let external_id = if c.is_newcomer {
            FIRST_EXTERNAL_ID + i64::from(teachers)
        } else {
            next += 1;
            next - 1
        };
        CastMember {
            external_id,
            name: format!("{} {} {}", c.given, c.patronymic, c.family),
            given_name: c.given.clone(),
            family_name: c.family.clone(),
            role_key: c.key.clone(),
            is_newcomer: c.is_newcomer,
        }
    };
    data.names.cast.iter().map(member).collect()
}

/// Lets the engine look at what it has got; without it the first questions to a hundred thousand people are slow.
async fn statistics(tx: &mut Tx) -> Result<()> {
    exec!(tx, "ANALYZE")?;
    Ok(())
}
