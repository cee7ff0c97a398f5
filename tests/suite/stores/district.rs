//! The demonstration district: whole, plausible, the same for the same seed, and only in an empty database.

use std::collections::BTreeMap;

use uchitelskaya::features::directory::{self, Invited};
use uchitelskaya::fetch_all;
use uchitelskaya::kernel::ids::Address;
use uchitelskaya::kernel::person::{Role, SchoolKind, Scope};
use uchitelskaya::kernel::time::At;
use uchitelskaya::playground::district::{self, District, FIRST_EXTERNAL_ID};
use uchitelskaya::store::{Store, people};

use super::on_both;

const NOW: At = At(1_758_531_600_000);

type Row = (i64, String, String, Option<String>, i64, Option<i64>, String, String, bool, String, String);

/// Every teacher with every placement, as a human could read them.
async fn everybody(store: &Store) -> Vec<Row> {
    let rows = store.read(|tx| {
        Box::pin(async move {
            fetch_all!(
                tx,
                Row,
                "SELECT a.external_id, p.family_name, p.given_name, p.patronymic, CAST(p.taught_since AS BIGINT), \
                 CAST(p.born_in AS BIGINT), s.name, l.post, l.is_main, l.subjects, l.from_on \
                 FROM persons p JOIN accounts a ON a.person_id = p.id JOIN placements l ON l.person_id = p.id \
                 JOIN schools s ON s.id = l.school_id WHERE p.confirmed_at IS NOT NULL ORDER BY a.external_id, l.id"
            )
        })
    });
    rows.await.unwrap()
}

#[test]
fn the_district_is_whole_and_plausible() {
    on_both(async |store| {
        let made = district::seed(&store, 400, 1, NOW).await.unwrap();
        assert_eq!((made.teachers, made.cast.len(), made.new_people.len()), (400, 4, 12));
        let schools = store.read(|tx| Box::pin(directory::schools_of(tx, made.municipality.id))).await.unwrap();
        let mut kinds: BTreeMap<SchoolKind, usize> = BTreeMap::new();
        schools.iter().for_each(|s| *kinds.entry(s.kind).or_default() += 1);
        let expected = [(SchoolKind::School, 39), (SchoolKind::Kindergarten, 27), (SchoolKind::Additional, 3)];
        assert_eq!(kinds, expected.into_iter().chain([(SchoolKind::Other, 2)]).collect());

        let all = everybody(&store).await;
        let main: Vec<_> = all.iter().filter(|r| r.8).collect();
        let ids: Vec<i64> = main.iter().map(|r| r.0).collect();
        assert_eq!(ids, (FIRST_EXTERNAL_ID..FIRST_EXTERNAL_ID + 400).collect::<Vec<_>>());
        for (id, family, given, patronymic, since, born, _, post, _, subjects, from) in &all {
            assert!((1970..=2025).contains(since), "{id} {since}");
            assert!(born.is_none_or(|b| (18..=50).contains(&(since - b))), "{id} {born:?} {since}");
            assert!(from.as_str() >= format!("{since}-09-01").as_str() && from.as_str() <= "2025-09-01", "{id} {from}");
            assert!(post != "teacher" || !subjects.is_empty(), "{id}");
            if let Some(patronymic) = patronymic {
                let is_woman = patronymic.ends_with('а');
                let says = |ending: &str| family.ends_with(ending);
                assert!(!is_woman || !says("в") && !says("ин") && !says("ий"), "{family} {given} {patronymic}");
                assert!(is_woman || !says("ва") && !says("ина") && !says("ая"), "{family} {given} {patronymic}");
            }
        }
    });
}

#[test]
fn the_cast_can_begin() {
    on_both(async |store| {
        let made = district::seed(&store, 50, 7, NOW).await.unwrap();
        let keys: Vec<_> = made.cast.iter().map(|m| m.role_key.as_str()).collect();
        assert_eq!(keys, ["teacher", "young-specialist", "mentor", "methodist"]);
        for member in &made.cast {
            let address = Address(member.external_id);
            let loaded = store.read(|tx| Box::pin(people::load(tx, address))).await.unwrap();
            if member.is_newcomer {
                assert_eq!(loaded, None);
                assert_eq!(member.external_id, FIRST_EXTERNAL_ID + 50);
                continue;
            }
            let person = loaded.and_then(|l| l.person).unwrap();
            assert!(person.is_confirmed);
            assert_eq!((&person.given_name, &person.family_name), (&member.given_name, &member.family_name));
            let held = person.roles.iter().map(|(role, _)| *role).collect::<Vec<_>>();
            let expected = match member.role_key.as_str() {
                "mentor" => vec![Role::Mentor],
                "methodist" => vec![Role::Methodist],
                _ => vec![],
            };
            assert_eq!(held, expected);
            assert!(person.roles.iter().all(|(_, s)| *s == Scope::Municipality(made.municipality.id)));
        }
        let secret = made.invitation.clone();
        let opened = store
            .transact(move |tx| {
                let secret = secret.clone();
                Box::pin(async move { directory::open_invitation(tx, &secret).await })
            })
            .await;
        assert!(matches!(opened.unwrap(), Some(Invited::School(s)) if s.name == "Школа № 4"));
    });
}

#[test]
fn one_seed_makes_one_district_and_another_another() {
    let made: std::cell::RefCell<Vec<(District, Vec<Row>)>> = Default::default();
    for seed in [5, 5, 6] {
        on_both(async |store| {
            let district = district::seed(&store, 60, seed, NOW).await.unwrap();
            let people = everybody(&store).await;
            made.borrow_mut().push((district, people));
        });
    }
    let made = made.into_inner();
    let engines = made.len() / 3;
    assert!(made[..2 * engines].iter().all(|m| *m == made[0]));
    assert_ne!(made[2 * engines].1, made[0].1);
    assert_ne!(made[2 * engines].0.invitation, made[0].0.invitation);
}

#[test]
fn a_municipality_of_that_name_is_used_and_people_are_never_joined() {
    on_both(async |store| {
        let zone = chrono_tz::Europe::Moscow;
        store.transact(move |tx| Box::pin(directory::found(tx, Some("Заречный район"), zone, NOW))).await.unwrap();
        let made = district::seed(&store, 3, 1, NOW).await.unwrap();
        let all = store.read(|tx| Box::pin(directory::municipalities(tx))).await.unwrap();
        assert_eq!(all, std::slice::from_ref(&made.municipality));
        let associations = store.read(|tx| Box::pin(directory::associations_of(tx, made.municipality.id))).await;
        assert_eq!(associations.unwrap().len(), 31);
        let again = district::seed(&store, 3, 1, NOW).await.unwrap_err().to_string();
        assert!(again.contains("has people or institutions already"), "{again}");
        assert_eq!(everybody(&store).await.iter().filter(|r| r.8).count(), 3);
    });
}
