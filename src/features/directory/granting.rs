//! Who holds which role where. A role is given to somebody registered, for a place that exists, once.

use crate::kernel::ids::{Address, AssociationId, MunicipalityId, PersonId, SchoolId};
use crate::kernel::person::{Role, Scope};
use crate::kernel::time::At;
use crate::store::people::CHANNEL;
use crate::store::{Result, Tx};
use crate::{exec, fetch_all, fetch_optional};

use super::queries;

/// A role to be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grant {
    /// Whose account it goes to.
    pub to: Address,
    /// Which role.
    pub role: Role,
    /// Where; left out: where such a role usually holds for this person.
    pub scope: Option<Scope>,
}

/// A role that is held now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Granted {
    /// Who holds it.
    pub person: PersonId,
    /// Where.
    pub scope: Scope,
    /// Whether it was given just now, and not held before.
    pub is_new: bool,
}

/// Why a role was not given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotGranted {
    /// Nobody registered writes from this account.
    Nobody,
    /// There is no such place.
    NoPlace(Scope),
    /// The role holds in a place that has to be named: a head's association, a deputy's school that is not known.
    WhereMissing,
}

/// Gives the role, or finds it given. The inner result is a refusal: nothing was written.
///
/// # Errors
/// The database's own.
pub async fn grant(tx: &mut Tx, what: Grant, now: At) -> Result<Result<Granted, NotGranted>> {
    let Some((person, municipality)) = person_at(tx, what.to).await? else { return Ok(Err(NotGranted::Nobody)) };
    let usual = match what.scope {
        Some(scope) => Some(scope),
        None => usual_scope(tx, what.role, person, municipality).await?,
    };
    let Some(scope) = usual else { return Ok(Err(NotGranted::WhereMissing)) };
    if !exists(tx, scope).await? {
        return Ok(Err(NotGranted::NoPlace(scope)));
    }
    let (kind, id) = scope.parts();
    let is_new = exec!(
        tx,
        "INSERT INTO roles (person_id, role, scope_kind, scope_id, granted_at) SELECT id, $2, $3, $4, $5 FROM persons \
         WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM roles WHERE person_id = $1 AND role = $2 AND scope_kind = $3 \
         AND scope_id = $4 AND revoked_at IS NULL)",
        person,
        what.role.code(),
        kind,
        id,
        now
    )? > 0;
    Ok(Ok(Granted { person, scope, is_new }))
}

async fn person_at(tx: &mut Tx, address: Address) -> Result<Option<(PersonId, MunicipalityId)>> {
    fetch_optional!(
        tx,
        (PersonId, MunicipalityId),
        "SELECT p.id, p.municipality_id FROM accounts a JOIN persons p ON p.id = a.person_id \
         WHERE a.channel = $1 AND a.external_id = $2",
        CHANNEL,
        address
    )
}

/// Where a role holds when nobody says otherwise.
async fn usual_scope(tx: &mut Tx, role: Role, person: PersonId, own: MunicipalityId) -> Result<Option<Scope>> {
    Ok(match role {
        Role::Administrator => Some(Scope::Region),
        Role::Methodist | Role::Psychologist | Role::Mentor | Role::Specialist => Some(Scope::Municipality(own)),
        Role::Deputy | Role::Director => main_school(tx, person).await?.map(Scope::School),
        Role::AssociationHead => None,
    })
}

async fn main_school(tx: &mut Tx, person: PersonId) -> Result<Option<SchoolId>> {
    let rows = fetch_all!(
        tx,
        (Option<SchoolId>,),
        "SELECT school_id FROM placements WHERE person_id = $1 AND is_main AND state <> 'gone' ORDER BY id DESC",
        person
    )?;
    Ok(rows.into_iter().find_map(|(school,)| school))
}

async fn exists(tx: &mut Tx, scope: Scope) -> Result<bool> {
    Ok(match scope {
        Scope::Region => true,
        Scope::Municipality(MunicipalityId(id)) => queries::municipality(tx, MunicipalityId(id)).await?.is_some(),
        Scope::School(SchoolId(id)) => queries::school(tx, SchoolId(id)).await?.is_some(),
        Scope::Association(AssociationId(id)) => queries::association(tx, AssociationId(id)).await?.is_some(),
    })
}
