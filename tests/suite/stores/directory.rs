//! Schools found as people type them, links that open and are revoked, roles given once.

use uchitelskaya::features::directory::{self, Founded, Grant, Invited, Municipality, NewSchool, NotGranted, School};
use uchitelskaya::kernel::chance::Chance;
use uchitelskaya::kernel::ids::{Address, AssociationId, MunicipalityId, SchoolId};
use uchitelskaya::kernel::language::Language;
use uchitelskaya::kernel::person::{Post, Role, SchoolKind, Scope, Subject};
use uchitelskaya::kernel::time::At;
use uchitelskaya::store::{Store, people};
use uchitelskaya::{exec, fetch_one};

use super::on_both;

const NOW: At = At(1_758_531_600_000);
const ZONE: chrono_tz::Tz = chrono_tz::Europe::Moscow;

async fn district(store: &Store, name: &'static str) -> MunicipalityId {
    store.transact(move |tx| Box::pin(directory::add_municipality(tx, name, ZONE, NOW))).await.unwrap()
}

fn school(within: MunicipalityId, name: &str, full_name: &str, number: Option<&str>, kind: SchoolKind) -> NewSchool {
    NewSchool {
        municipality: within,
        name: name.into(),
        full_name: full_name.into(),
        number: number.map(Into::into),
        kind,
    }
}

async fn add(store: &Store, schools: Vec<NewSchool>) -> Vec<SchoolId> {
    store
        .transact(move |tx| {
            let schools = schools.clone();
            Box::pin(async move { directory::add_schools(tx, &schools, NOW).await })
        })
        .await
        .unwrap()
}

async fn find(store: &Store, within: MunicipalityId, typed: &str, most: i64) -> Vec<String> {
    let typed = typed.to_owned();
    let found = store.read(move |tx| Box::pin(async move { directory::find_schools(tx, within, &typed, most).await }));
    let found = found.await.unwrap();
    found.into_iter().map(|s| s.name).collect()
}

/// A few schools as districts have them.
async fn usual(store: &Store) -> MunicipalityId {
    use SchoolKind::{Kindergarten, School};
    let here = district(store, "Заречный район").await;
    let full = |n: u8| format!("МБОУ «Средняя общеобразовательная школа № {n}» г. Заречный");
    let mut all: Vec<_> = [1, 4, 10, 14, 40]
        .map(|n: u8| school(here, &format!("Школа № {n}"), &full(n), Some(&n.to_string()), School))
        .into();
    all.push(school(here, "Берёзовская школа", "МБОУ «Берёзовская СОШ», деревня Берёзовка", None, School));
    all.push(school(here, "Гимназия № 5 «Ёлочка»", "МБОУ «Гимназия № 5»", Some("5"), School));
    all.push(school(here, "Детский сад № 4 «Берёзка»", "МБДОУ № 4", Some("4"), Kindergarten));
    add(store, all).await;
    here
}

#[test]
fn a_school_is_found_as_people_type_it() {
    on_both(async |store| {
        let here = usual(&store).await;
        for (typed, found) in [
            ("4", vec!["Детский сад № 4 «Берёзка»", "Школа № 4"]),
            ("№4", vec!["Детский сад № 4 «Берёзка»", "Школа № 4"]),
            ("школа 4", vec!["Школа № 4"]),
            ("  СОШ   №4 ", vec!["Школа № 4"]),
            ("сош4", vec!["Школа № 4"]),
            ("«Школа № 04»", vec!["Школа № 4"]),
            ("4 школа г.Заречный", vec!["Школа № 4"]),
            ("шк 1", vec!["Школа № 1"]),
            ("садик 4", vec!["Детский сад № 4 «Берёзка»"]),
            ("д/с березка", vec!["Детский сад № 4 «Берёзка»"]),
            ("берез", vec!["Берёзовская школа", "Детский сад № 4 «Берёзка»"]),
            ("БЕРЁЗОВСКАЯ", vec!["Берёзовская школа"]),
            ("деревня берёзовка", vec!["Берёзовская школа"]),
            ("елочка", vec!["Гимназия № 5 «Ёлочка»"]),
            ("гимн", vec!["Гимназия № 5 «Ёлочка»"]),
            ("средняя общеобразовательная школа города заречный 14 мбоу", vec![]),
            ("мбоу средняя общеобразовательная школа номер", vec![]),
            ("школа 7", vec![]),
            ("лицей", vec![]),
            ("", vec![]),
            ("«»!?", vec![]),
            ("' OR 1=1 --", vec![]),
            ("%", vec![]),
        ] {
            assert_eq!(find(&store, here, typed, 10).await, found, "{typed:?}");
        }
    });
}

#[test]
fn a_number_nobody_has_shows_those_that_begin_with_it() {
    on_both(async |store| {
        let here = district(&store, "Озёрный район").await;
        let named = |n: &str| school(here, &format!("Школа № {n}"), "", Some(n), SchoolKind::School);
        add(&store, vec![named("210"), named("21"), named("3")]).await;
        assert_eq!(find(&store, here, "21", 10).await, ["Школа № 21"]);
        assert_eq!(find(&store, here, "школа 2", 10).await, ["Школа № 21", "Школа № 210"]);
        assert_eq!(find(&store, here, "школа 2", 1).await, ["Школа № 21"]);
    });
}

#[test]
fn another_district_is_never_searched() {
    on_both(async |store| {
        usual(&store).await;
        let elsewhere = district(&store, "Лесной район").await;
        assert_eq!(find(&store, elsewhere, "школа", 10).await, Vec::<String>::new());
    });
}

#[test]
fn two_thousand_schools_are_searched_and_ordered_by_number() {
    on_both(async |store| {
        let here = district(&store, "Большой район").await;
        let all: Vec<_> = (1..=2000)
            .map(|n| {
                let full = format!("МБОУ «Средняя общеобразовательная школа № {n}»");
                school(here, &format!("Школа № {n}"), &full, Some(&n.to_string()), SchoolKind::School)
            })
            .collect();
        let ids = add(&store, all).await;
        assert_eq!(ids.len(), 2000);
        let one = store.read(|tx| Box::pin(directory::school(tx, ids[776]))).await.unwrap().unwrap();
        assert_eq!((one.name.as_str(), one.number.as_deref()), ("Школа № 777", Some("777")));
        assert_eq!(find(&store, here, "мбоу средн общеобр школа 777", 10).await, ["Школа № 777"]);
        assert_eq!(find(&store, here, "школа", 3).await, ["Школа № 1", "Школа № 2", "Школа № 3"]);
        let statements = store
            .read(|tx| {
                Box::pin(async move {
                    let before = tx.statements;
                    directory::find_schools(tx, here, "сош школа средняя мбоу", 8).await?;
                    Ok(tx.statements - before)
                })
            })
            .await;
        assert_eq!(statements.unwrap(), 1);
    });
}

async fn invite(store: &Store, school: &School, seed: u64) -> String {
    let (school, chance) = (school.clone(), Chance::seeded(seed));
    store
        .transact(move |tx| {
            let (school, chance) = (school.clone(), chance.clone());
            Box::pin(async move { directory::invite_to_school(tx, &chance, &school, NOW).await })
        })
        .await
        .unwrap()
}

async fn open(store: &Store, secret: &str) -> Option<Invited> {
    let secret = secret.to_owned();
    store
        .transact(move |tx| {
            let secret = secret.clone();
            Box::pin(async move { directory::open_invitation(tx, &secret).await })
        })
        .await
        .unwrap()
}

#[test]
fn a_link_opens_its_school_until_it_is_revoked_and_counts() {
    on_both(async |store| {
        let here = usual(&store).await;
        let all = store.read(|tx| Box::pin(directory::schools_of(tx, here))).await.unwrap();
        let (first, second) = (all[0].clone(), all[1].clone());
        let (secret, other) = (invite(&store, &first, 1).await, invite(&store, &second, 2).await);
        assert_eq!(secret.len(), 22);
        assert!(secret.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_'), "{secret}");

        assert_eq!(open(&store, &secret).await, Some(Invited::School(first.clone())));
        assert_eq!(open(&store, &secret).await, Some(Invited::School(first.clone())));
        for wrong in ["", "x", &secret[1..], &format!("{secret}x"), &"A".repeat(22), &"я".repeat(11)] {
            assert_eq!(open(&store, wrong).await, None, "{wrong}");
        }
        let uses = store.read(|tx| {
            Box::pin(async move {
                fetch_one!(tx, (i64, i64), "SELECT CAST(sum(uses) AS BIGINT), count(*) FROM invitations")
            })
        });
        assert_eq!(uses.await.unwrap(), (2, 2));

        let revoked = first.clone();
        let closed = store.transact(move |tx| {
            let school = revoked.clone();
            Box::pin(async move { directory::revoke_school_invitations(tx, &school, NOW).await })
        });
        assert_eq!(closed.await.unwrap(), 1);
        assert_eq!(open(&store, &secret).await, None);
        assert_eq!(open(&store, &other).await, Some(Invited::School(second)));
    });
}

#[test]
fn the_secret_itself_is_not_in_the_database() {
    on_both(async |store| {
        let here = usual(&store).await;
        let all = store.read(|tx| Box::pin(directory::schools_of(tx, here))).await.unwrap();
        let secret = invite(&store, &all[0], 1).await;
        let row =
            store.read(|tx| Box::pin(async move { fetch_one!(tx, (Vec<u8>,), "SELECT secret_hash FROM invitations") }));
        let (hash,) = row.await.unwrap();
        assert_eq!(hash.len(), 32);
        assert!(!hash.windows(4).any(|w| secret.as_bytes().windows(4).any(|s| s == w)));
    });
}

#[test]
fn the_id_of_a_deleted_school_is_never_used_again() {
    on_both(async |store| {
        let here = district(&store, "Заречный район").await;
        let one = |name: &str| vec![school(here, name, name, None, SchoolKind::School)];
        let gone = add(&store, one("Первая")).await[0];
        store
            .transact(move |tx| {
                Box::pin(async move {
                    exec!(tx, "DELETE FROM search_words WHERE kind = 'school' AND id = $1", gone)?;
                    exec!(tx, "DELETE FROM schools WHERE id = $1", gone)
                })
            })
            .await
            .unwrap();
        let next = add(&store, one("Вторая")).await[0];
        assert!(next > gone, "{next} after {gone}");
        assert_eq!(store.read(|tx| Box::pin(directory::school(tx, gone))).await.unwrap(), None);
    });
}

#[test]
fn the_first_municipality_is_made_once_with_its_associations() {
    on_both(async |store| {
        let found = async |name: Option<&'static str>| {
            store.transact(move |tx| Box::pin(directory::found(tx, name, ZONE, NOW))).await.unwrap()
        };
        assert_eq!(found(None).await, Founded::Nameless);
        assert_eq!(found(Some("  ")).await, Founded::Nameless);
        let Founded::Now(id) = found(Some(" Заречный район ")).await else { panic!("it was not made") };
        assert_eq!(found(Some("Другой район")).await, Founded::Before);
        assert_eq!(found(None).await, Founded::Before);

        let all = store.read(|tx| Box::pin(directory::municipalities(tx))).await.unwrap();
        let here = Municipality { id, name: "Заречный район".into(), zone: ZONE };
        assert_eq!(all, std::slice::from_ref(&here));
        assert_eq!(store.read(|tx| Box::pin(directory::municipality(tx, id))).await.unwrap(), Some(here));
        let associations = store.read(|tx| Box::pin(directory::associations_of(tx, id))).await.unwrap();
        assert_eq!(associations.len(), 31);
    });
}

#[test]
fn associations_are_proposed_by_subject_and_post() {
    on_both(async |store| {
        let here = district(&store, "Заречный район").await;
        store.transact(move |tx| Box::pin(directory::add_starting_associations(tx, here, NOW))).await.unwrap();
        let proposed = async |post, subjects: &'static [Subject]| {
            let found = store.read(|tx| Box::pin(directory::proposed_associations(tx, here, post, subjects))).await;
            found.unwrap().into_iter().map(|a| a.name).collect::<Vec<_>>()
        };
        assert_eq!(
            proposed(Post::Teacher, &[Subject::Physics, Subject::Mathematics]).await,
            ["РМО учителей математики", "РМО учителей физики"]
        );
        assert_eq!(proposed(Post::Primary, &[]).await, ["РМО учителей начальных классов"]);
        assert_eq!(proposed(Post::Kindergarten, &[]).await.len(), 4);
        assert_eq!(proposed(Post::Other, &[Subject::Other]).await, Vec::<String>::new());
    });
}

#[test]
fn associations_come_by_their_ids_however_many() {
    on_both(async |store| {
        let here = district(&store, "Заречный район").await;
        store.transact(move |tx| Box::pin(directory::add_starting_associations(tx, here, NOW))).await.unwrap();
        let all = store.read(|tx| Box::pin(directory::associations_of(tx, here))).await.unwrap();
        let mut ids: Vec<AssociationId> = all.iter().rev().map(|a| a.id).collect();
        ids.push(AssociationId(999_999));
        ids.push(ids[0]);
        let found = store.read(move |tx| Box::pin(async move { directory::associations(tx, &ids).await }));
        assert_eq!(found.await.unwrap(), all);
        assert_eq!(store.read(|tx| Box::pin(directory::associations(tx, &[]))).await.unwrap(), []);
    });
}

/// A registered person with the account 77.
async fn register(store: &Store, within: MunicipalityId, school: Option<SchoolId>) {
    store
        .transact(move |tx| {
            Box::pin(async move {
                let loaded = people::welcome(tx, Address(77), Language::Ru, NOW).await?;
                let (person,): (i64,) = fetch_one!(
                    tx,
                    (i64,),
                    "INSERT INTO persons (municipality_id, family_name, given_name, sort_key, taught_since, created_at, \
                     updated_at) VALUES ($1, 'Белова', 'Светлана', 'белова', 2001, $2, $2) RETURNING id",
                    within,
                    NOW
                )?;
                exec!(tx, "UPDATE accounts SET person_id = $1 WHERE id = $2", person, loaded.account)?;
                exec!(
                    tx,
                    "INSERT INTO placements (person_id, municipality_id, school_id, post, subjects, is_main, state, from_on) \
                     VALUES ($1, $2, $3, 'deputy', '', $4, 'working', '2020-09-01')",
                    person,
                    within,
                    school,
                    true
                )
            })
        })
        .await
        .unwrap();
}

#[test]
fn a_role_is_given_once_for_a_place_that_exists() {
    on_both(async |store| {
        let here = usual(&store).await;
        let own = store.read(|tx| Box::pin(directory::find_schools(tx, here, "сош 4", 1))).await.unwrap()[0].id;
        register(&store, here, Some(own)).await;
        let grant = async |to, role, scope| {
            let what = Grant { to: Address(to), role, scope };
            let done = store.transact(move |tx| Box::pin(directory::grant(tx, what, NOW))).await.unwrap();
            done.map(|g| (g.scope, g.is_new))
        };
        assert_eq!(grant(78, Role::Methodist, None).await, Err(NotGranted::Nobody));
        assert_eq!(grant(77, Role::Methodist, None).await, Ok((Scope::Municipality(here), true)));
        assert_eq!(grant(77, Role::Methodist, None).await, Ok((Scope::Municipality(here), false)));
        assert_eq!(grant(77, Role::Methodist, Some(Scope::Region)).await, Ok((Scope::Region, true)));
        assert_eq!(grant(77, Role::Deputy, None).await, Ok((Scope::School(own), true)));
        assert_eq!(grant(77, Role::AssociationHead, None).await, Err(NotGranted::WhichAssociation(here)));
        let nowhere = Scope::School(SchoolId(999));
        assert_eq!(grant(77, Role::Deputy, Some(nowhere)).await, Err(NotGranted::NoPlace(nowhere)));

        let loaded = store.read(|tx| Box::pin(people::load(tx, Address(77)))).await.unwrap().unwrap();
        let mut roles = loaded.person.unwrap().roles;
        roles.sort();
        let expected = [
            (Role::Methodist, Scope::Region),
            (Role::Methodist, Scope::Municipality(here)),
            (Role::Deputy, Scope::School(own)),
        ];
        assert_eq!(roles, expected);
    });
}
