//! Housekeeping: what the bot forgets by itself.

use uchitelskaya::fetch_one;
use uchitelskaya::kernel::time::{days, hours};

use crate::bot_test;
use crate::support::Town;

async fn count(town: &Town, sql: &'static str) -> i64 {
    let found = town.app().store.read(|tx| Box::pin(async move { fetch_one!(tx, (i64,), sql) }));
    found.await.expect("a count").0
}

/// Which job this is about: the list of jobs has the same name.
const JOB: &str = "help/forget";

bot_test!(numbers_of_handled_updates_are_forgotten_after_two_days, async |town: &mut Town| {
    town.phone(1, "Анна", None).start().await;
    assert_eq!(count(town, "SELECT count(*) FROM handled_updates").await, 1, "{JOB}");
    town.forward(hours(47)).await;
    assert_eq!(count(town, "SELECT count(*) FROM handled_updates").await, 1);
    town.forward(hours(3)).await;
    assert_eq!(count(town, "SELECT count(*) FROM handled_updates").await, 0);
});

bot_test!(sent_messages_are_forgotten_after_a_month, async |town: &mut Town| {
    let group = town.emulator.group(-100, "Учительская", &[town.phone(1, "Анна", None).phone.id()]);
    group.add_bot();
    town.settle().await;
    town.forward(hours(1)).await;
    assert_eq!(count(town, "SELECT count(*) FROM outbox WHERE state = 'sent' AND body IS NULL").await, 1);
    town.forward(days(31)).await;
    assert_eq!(count(town, "SELECT count(*) FROM outbox").await, 0);
});

bot_test!(every_job_is_planned_from_the_first_start, async |town: &mut Town| {
    let found = town.app().store.read(|tx| {
        Box::pin(async move { uchitelskaya::fetch_all!(tx, (String,), "SELECT key FROM jobs ORDER BY key") })
    });
    let keys: Vec<String> = found.await.expect("the jobs").into_iter().map(|(key,)| key).collect();
    assert_eq!(keys, ["help/forget", "survey/erase", "survey/reseal"]);
    let next = town.app().scheduler.next_due().await.expect("the jobs").expect("a job is planned");
    assert!(next > town.clock.now());
});
