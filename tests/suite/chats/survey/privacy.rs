//! Somebody with a copy of the database cannot tell who finished (PRIVACY, section 3): the rows of people who finished,
//! erased, paused or never came back are laid beside each other at every stage.

use std::time::Duration;

use uchitelskaya::exec;
use uchitelskaya::kernel::time::{hours, minutes};

use super::{TWELVE, taps, teacher};
use crate::bot_test;
use crate::support::dump::{Dump, Row, Value, dump};
use crate::support::{Hand, Town};

/// Columns whose values are drawn by chance or by the database, and tell nobody apart by their size.
const NUMBERS: [&str; 8] = ["id", "ticket_id", "person_id", "account_id", "run_id", "message_id", "external_id", "rev"];

/// What a value tells: chance and numbers of rows nothing, blobs their length, everything else itself.
fn tells(column: &str, row: &Row) -> String {
    match (&row[column], column) {
        (Value::Null, _) => "nothing".into(),
        (_, "wanted_rev" | "shown_rev") => format!("shown: {}", row["wanted_rev"] == row["shown_rev"]),
        (_, c) if NUMBERS.contains(&c) => "a number".into(),
        (_, "given_name") => "a name".into(),
        (Value::Bytes(bytes), "text_hash") => uchitelskaya::store::seal::hex(bytes),
        (Value::Bytes(bytes), _) => format!("{} bytes", bytes.len()),
        (Value::Text(text), _) => text.clone(),
    }
}

fn value(row: &Row, column: &str) -> Option<Value> {
    row.get(column).filter(|v| **v != Value::Null).cloned()
}

/// Every row that belongs to a person, told as `table: column=…`.
fn rows_of(dump: &Dump, person: i64) -> Vec<String> {
    let person = Value::Text(person.to_string());
    let find = |table: &str, column: &str, wanted: &Value| -> Vec<Row> {
        dump[table].iter().filter(|r| r[column] == *wanted).cloned().collect()
    };
    let account = value(&find("accounts", "person_id", &person)[0], "id").expect("an account");
    let tickets: Vec<Value> = find("tickets", "person_id", &person).iter().filter_map(|r| value(r, "id")).collect();
    let mut all = Vec::new();
    for (table, rows) in dump {
        for row in rows {
            let is_theirs = value(row, "person_id").is_some_and(|v| v == person)
                || value(row, "account_id").is_some_and(|v| v == account)
                || value(row, "ticket_id").is_some_and(|v| tickets.contains(&v))
                || (table == "persons" && row["id"] == person);
            if is_theirs {
                let columns: Vec<String> = row.keys().map(|c| format!("{c}={}", tells(c, row))).collect();
                all.push(format!("{table}: {}", columns.join(", ")));
            }
        }
    }
    all.sort();
    all
}

/// All of `people` look alike.
async fn alike(town: &Town, when: &str, people: &[i64]) -> Vec<String> {
    let dump = dump(town).await;
    let first = rows_of(&dump, people[0]);
    for other in &people[1..] {
        assert_eq!(first, rows_of(&dump, *other), "{when}: person {} and person {other}", people[0]);
    }
    first
}

/// Presses with some seconds between, as thumbs do.
async fn slowly(town: &Town, phone: &Hand<'_>, labels: &[&str]) {
    for label in labels {
        town.clock.forward(Duration::from_secs(7));
        phone.press(label).await;
    }
}

async fn opened<'t>(town: &'t Town, id: i64) -> Hand<'t> {
    let phone = teacher(town, id, "Анна").await;
    taps(&phone, &["Как мне работается", "Начать", "Согласие даю"]).await;
    phone
}

bot_test!(who_finished_cannot_be_told_from_who_did_not, async |town: &mut Town| {
    let mut phones = Vec::new();
    for id in 1..=7 {
        phones.push(opened(town, id).await);
    }
    let [finished, erased, paused, hid, quiet, read, left] = &phones[..] else { panic!("seven") };
    // At home: one finished and hid it, one erased, one will come back later.
    slowly(town, finished, &TWELVE).await;
    slowly(town, finished, &["К кому обратиться", "← Назад", "Спрятать", "На главную"]).await;
    slowly(town, erased, &["Часто", "Прервать…", "Стереть всё", "Да, стереть", "На главную"]).await;
    slowly(town, paused, &["Часто", "Часто", "Прервать…", "Вернусь позже"]).await;
    // On the quiet screen: one finished and hid it, one erased.
    slowly(town, hid, &TWELVE).await;
    slowly(town, hid, &["Спрятать"]).await;
    slowly(town, quiet, &["Прервать…", "Стереть всё", "Да, закрыть"]).await;
    // Left as it was: one with the result on the screen, one with an item.
    slowly(town, read, &TWELVE).await;
    slowly(town, left, &["Часто", "Иногда", "← Назад"]).await;

    let groups: [&[i64]; 3] = [&[1, 2, 3], &[4, 5], &[6, 7]];
    for group in groups {
        let rows = alike(town, "right after", group).await;
        assert_eq!(rows.iter().filter(|r| r.starts_with("runs:") || r.starts_with("tickets:")).count(), 2, "{rows:#?}");
    }
    town.forward(hours(2)).await;
    for group in groups {
        alike(town, "after the first jobs", group).await;
    }
    town.forward(hours(23)).await;
    for group in groups {
        alike(town, "after a day", group).await;
    }
    town.forward(hours(48)).await;
    for group in groups {
        let rows = alike(town, "after three days", group).await;
        assert!(!rows.iter().any(|r| r.starts_with("runs:")), "{rows:#?}");
        let ticket = rows.iter().find(|r| r.starts_with("tickets:")).expect("a ticket");
        assert!(
            ticket
                .ends_with("id=a number, opened_month=2025-09, person_id=a number, questionnaire=pulse, state=closed"),
            "{ticket}"
        );
    }
    town.forward(hours(25)).await;
    for group in groups {
        let rows = alike(town, "after four days", group).await;
        assert!(!rows.iter().any(|r| r.starts_with("held_results:")), "{rows:#?}");
    }
    // The conversations all stand nowhere now, and the tickets are all the same but for their keys.
    let dump = dump(town).await;
    assert!(dump["conversations"].iter().all(|r| r["feature"].text().is_empty() && r["run_id"] == Value::Null));
    assert_eq!(dump["tickets"].len(), 7);
});

bot_test!(a_difference_would_be_noticed, async |town: &mut Town| {
    for id in 1..=2 {
        opened(town, id).await;
    }
    alike(town, "as it should be", &[1, 2]).await;
    for change in [
        "UPDATE tickets SET state = 'finished' WHERE person_id = 2",
        "UPDATE tickets SET state = 'open', opened_month = '2025-10' WHERE person_id = 2",
        "UPDATE runs SET answers = substr(answers, 2) WHERE person_id = 2",
        "UPDATE held_results SET erase_at = erase_at + 1 WHERE ticket_id IN (SELECT id FROM tickets WHERE person_id = 2)",
        "DELETE FROM held_results WHERE ticket_id IN (SELECT id FROM tickets WHERE person_id = 2)",
    ] {
        let changed = town.app().store.transact(move |tx| Box::pin(async move { exec!(tx, change) }));
        assert_eq!(changed.await.expect("the change"), 1, "{change}");
        let dump = dump(town).await;
        assert_ne!(rows_of(&dump, 1), rows_of(&dump, 2), "{change}");
    }
});

bot_test!(no_time_is_kept_finer_than_the_hour_and_no_number_counts, async |town: &mut Town| {
    town.clock.forward(minutes(13) + Duration::from_millis(421));
    let phone = opened(town, 1).await;
    slowly(town, &phone, &TWELVE).await;
    slowly(town, &phone, &["Сохранить себе", "Сохранить", "На главную"]).await;
    let dump = dump(town).await;
    // Consents keep the instant: the law asks when. Rows of people, schools and versions are older than any run.
    let tables = ["runs", "tickets", "held_results", "kept_results", "conversations", "screens", "handled_updates"];
    let now = town.clock.now().0;
    for table in tables {
        for (column, value) in dump[table].iter().flatten() {
            let Ok(number) = value.text().parse::<i64>() else { continue };
            let is_time = (now - 400_000_000..now + 800_000_000).contains(&number);
            assert!(!is_time || number % 3_600_000 == 0, "{table}.{column} = {number}");
        }
    }
    for table in ["tickets", "kept_results"] {
        for row in &dump[table] {
            let times: Vec<_> = row.keys().filter(|c| c.ends_with("_at")).collect();
            assert!(times.is_empty(), "{table}: {times:?}");
        }
    }
    // Of nineteen screens nothing is left in the numbers: neither counts up from 1.
    let number = |table: &str, column: &str| dump[table][0][column].text().parse::<i64>().expect("a number");
    assert!(number("screens", "wanted_rev") > 1 << 30 && number("runs", "rev") > 1 << 20);
});

bot_test!(physical_order_does_not_tell_who_finished_when, async |town: &mut Town| {
    let mut phones = Vec::new();
    for id in 1..=8 {
        phones.push(opened(town, id).await);
    }
    let order = [5, 2, 8, 1, 7];
    for id in order {
        taps(&phones[id - 1], &TWELVE).await;
    }
    town.forward(hours(1)).await;
    let dump_now = dump(town).await;
    // After the hour's pass the held values lie in the order of their keys, whoever finished.
    let keys: Vec<Vec<u8>> = dump_now["held_results"]
        .iter()
        .map(|row| match &row["ticket_id"] {
            Value::Bytes(key) => key.clone(),
            other => panic!("{other:?}"),
        })
        .collect();
    assert!(keys.is_sorted() && keys.len() == 8, "{keys:?}");
    let owner = |key: &[u8]| {
        let ticket = dump_now["tickets"].iter().find(|r| r["id"] == Value::Bytes(key.to_vec()));
        ticket.expect("its ticket")["person_id"].text().parse::<usize>().expect("a number")
    };
    let ranks: Vec<usize> = keys.iter().map(|k| owner(k)).collect();
    assert_ne!(ranks.iter().copied().filter(|id| order.contains(id)).collect::<Vec<_>>(), order);
    // Tickets lie as they were opened (PostgreSQL) or by their keys (SQLite), before and after they close.
    let people = |dump: &Dump| dump["tickets"].iter().map(|r| r["person_id"].text()).collect::<Vec<_>>();
    let before = people(&dump_now);
    town.forward(hours(80)).await;
    let after = people(&dump(town).await);
    let finished: Vec<String> = order.iter().map(ToString::to_string).collect();
    for all in [before, after] {
        assert_ne!(all.into_iter().filter(|p| finished.contains(p)).collect::<Vec<_>>(), finished);
    }
});

#[test]
fn on_sqlite_tables_of_tickets_have_no_hidden_row_numbers() {
    use crate::support::databases::Engine;
    crate::support::town::run(Engine::Sqlite, async |town: &mut Town| {
        for table in ["tickets", "held_results", "kept_results"] {
            let hidden = town.app().store.read(move |tx| {
                Box::pin(async move {
                    uchitelskaya::fetch_all!(tx, (i64,), sqlx::AssertSqlSafe(format!("SELECT rowid FROM {table}")))
                })
            });
            assert!(hidden.await.is_err(), "{table}");
        }
    });
}
