//! Who holds which role where. A role is given to somebody registered, for a place that exists, once.

use crate::kernel::ids::{Address, MunicipalityId, PersonId};
use crate::kernel::person::{Role, Scope};
use crate::kernel::time::At;
use crate::store::{Result, Tx};

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
    /// An association of this municipality has to be named.
    WhichAssociation(MunicipalityId),
    /// A school of this municipality has to be named: the person's own is not known.
    WhichSchool(MunicipalityId),
}

/// Gives the role, or finds it given. The inner result is a refusal: nothing was written.
///
/// # Errors
/// The database's own.
pub async fn grant(tx: &mut Tx, what: Grant, now: At) -> Result<Result<Granted, NotGranted>> {
    let Some((person, municipality)) = queries::person_at(tx, what.to).await? else {
        return Ok(Err(NotGranted::Nobody));
    };
    let scope = match what.scope {
        Some(scope) => scope,
        None => match usual_scope(tx, what.role, person, municipality).await? {
            Ok(scope) => scope,
            Err(why) => return Ok(Err(why)),
        },
    };
    if !exists(tx, scope).await? {
        return Ok(Err(NotGranted::NoPlace(scope)));
    }
    let is_new = queries::insert_role(tx, person, what.role, scope, now).await?;
    Ok(Ok(Granted { person, scope, is_new }))
}

/// Where a role holds when nobody says otherwise.
async fn usual_scope(
    tx: &mut Tx,
    role: Role,
    person: PersonId,
    own: MunicipalityId,
) -> Result<Result<Scope, NotGranted>> {
    Ok(match role {
        Role::Administrator => Ok(Scope::Region),
        Role::Methodist | Role::Psychologist | Role::Mentor | Role::Specialist => Ok(Scope::Municipality(own)),
        Role::Deputy | Role::Director => {
            queries::main_school(tx, person).await?.map(Scope::School).ok_or(NotGranted::WhichSchool(own))
        }
        Role::AssociationHead => Err(NotGranted::WhichAssociation(own)),
    })
}

async fn exists(tx: &mut Tx, scope: Scope) -> Result<bool> {
    Ok(match scope {
        Scope::Region => true,
        Scope::Municipality(id) => queries::municipality(tx, id).await?.is_some(),
        Scope::School(id) => queries::school(tx, id).await?.is_some(),
        Scope::Association(id) => queries::association(tx, id).await?.is_some(),
    })
}
