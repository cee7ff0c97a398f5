//! A district to register in: schools, a kindergarten, a link to school 4; and what a test reads from the database.

use uchitelskaya::features::directory::{self, NewSchool, School};
use uchitelskaya::kernel::chance::Chance;
use uchitelskaya::kernel::ids::{AssociationId, MunicipalityId, SchoolId};
use uchitelskaya::kernel::person::SchoolKind;
use uchitelskaya::store::Tx;
use uchitelskaya::{fetch_all, store};

use super::Town;
use super::town::MONDAY_NOON;

pub struct Places {
    /// What stands behind `?start=` in the link to school 4.
    pub link: String,
    pub school4: SchoolId,
    pub kindergarten_link: String,
}

async fn school(tx: &mut Tx, municipality: MunicipalityId, name: &str, kind: SchoolKind) -> store::Result<School> {
    let number = name.split(' ').find(|w| w.parse::<i64>().is_ok()).map(str::to_owned);
    let new = NewSchool { municipality, name: name.into(), full_name: format!("МБОУ «{name}»"), number, kind };
    let id = directory::add_school(tx, new, MONDAY_NOON).await?;
    Ok(directory::school(tx, id).await?.expect("the school just added"))
}

/// The district the town began with, with schools 1 to 12, a lyceum and a kindergarten.
pub async fn places(town: &Town) -> Places {
    let made = town.app().store.transact(|tx| {
        Box::pin(async move {
            let municipality = directory::municipalities(tx).await?[0].id;
            let mut schools = Vec::new();
            for n in 1..=12 {
                schools.push(school(tx, municipality, &format!("Школа № {n}"), SchoolKind::School).await?);
            }
            school(tx, municipality, "Лицей «Ступени»", SchoolKind::School).await?;
            let kindergarten = school(tx, municipality, "Детский сад № 12 «Берёзка»", SchoolKind::Kindergarten).await?;
            let chance = Chance::seeded(7);
            let secret = directory::invite_to_school(tx, &chance, &schools[3], MONDAY_NOON).await?;
            let other = directory::invite_to_school(tx, &chance, &kindergarten, MONDAY_NOON).await?;
            Ok(Places { link: format!("s{secret}"), school4: schools[3].id, kindergarten_link: format!("s{other}") })
        })
    });
    made.await.expect("the district")
}

/// Closes the links to school 4.
pub async fn revoke(town: &Town, id: SchoolId) {
    let revoked = town.app().store.transact(move |tx| {
        Box::pin(async move {
            let school = directory::school(tx, id).await?.expect("the school");
            directory::revoke_school_invitations(tx, &school, MONDAY_NOON).await
        })
    });
    assert_eq!(revoked.await.expect("the link is closed"), 1);
}

/// Another district with one school and its own associations: the ids of all three.
pub async fn neighbours(town: &Town) -> (MunicipalityId, SchoolId, AssociationId) {
    let made = town.app().store.transact(|tx| {
        Box::pin(async move {
            let id =
                directory::add_municipality(tx, "Озёрный район", chrono_tz::Asia::Novosibirsk, MONDAY_NOON).await?;
            directory::add_starting_associations(tx, id, MONDAY_NOON).await?;
            let school = school(tx, id, "Озёрная школа", SchoolKind::School).await?;
            let association = directory::associations_of(tx, id).await?[0].id;
            Ok((id, school.id, association))
        })
    });
    made.await.expect("the neighbours")
}

/// One column of text, a line a row.
pub async fn lines(town: &Town, sql: &'static str) -> String {
    let rows = town.app().store.read(|tx| Box::pin(async move { fetch_all!(tx, (String,), sql) })).await;
    rows.expect("the rows").into_iter().map(|(line,)| line).collect::<Vec<_>>().join("\n")
}

/// Changes a row as nobody at a phone could.
pub async fn change(town: &Town, sql: &'static str) {
    let changed = town.app().store.transact(move |tx| Box::pin(async move { uchitelskaya::exec!(tx, sql) }));
    changed.await.expect("the change");
}
