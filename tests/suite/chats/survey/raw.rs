//! What lies on the disk and in the log: no words of items, answers or results, at any time.

use uchitelskaya::emulator::Fault;
use uchitelskaya::features::survey::held;
use uchitelskaya::kernel::chance::Chance;
use uchitelskaya::kernel::time::{At, hours, minutes};
use uchitelskaya::store;
use uchitelskaya::store::seal::Keys;

use super::{TWELVE, again, begun, taps};
use crate::bot_test;
use crate::support::dump::{Dump, Value, dump, places_of};
use crate::support::places::lines;
use crate::support::town::MONDAY_NOON;
use crate::support::{Hand, Town};

/// Words that only somebody's own screens show: items, results and scores' names. The questionnaire's file itself
/// stands in the database too, for everybody.
pub fn secrets() -> Vec<String> {
    [
        "Тревога о работе остаётся",
        "Моё терпение зависит",
        "Почти никогда",
        "Почти всегда",
        "Иногда",
        "Worry about work stays",
        "Almost never",
        "Спасибо, что уделили себе время",
        "последние два месяца даются Вам непросто",
        "Больше всего сил сейчас забирает",
        "один вечер в неделю без журнала",
        "Есть и опора",
        "Если захочется поговорить",
        "Сильнее всего сейчас",
        "Напряжение",
        "\"points\"",
        "▰",
    ]
    .map(str::to_owned)
    .to_vec()
}

/// Tables that may hold such words: the files of questionnaires and the texts of consents.
pub const BOOKS: [&str; 2] = ["questionnaire_versions", "consent_texts"];

bot_test!(no_word_of_a_run_stands_in_any_table_at_any_time, async |town: &mut Town| {
    let phone = begun(town, 1).await;
    for answer in TWELVE {
        assert_eq!(places_of(&dump(town).await, &secrets(), &BOOKS), [""; 0]);
        phone.press(answer).await;
    }
    assert_eq!(places_of(&dump(town).await, &secrets(), &BOOKS), [""; 0]);
    phone.writes("хорошо").await;
    phone.press("Как мне работается").await;
    taps(&phone, &["К кому обратиться", "← Назад", "Сохранить себе", "Сохранить", "Показать результат"]).await;
    assert_eq!(places_of(&dump(town).await, &secrets(), &BOOKS), [""; 0]);
    taps(&phone, &["На главную", "Как мне работается", "Спрятать"]).await;
    for span in [1, 24, 48, 72] {
        town.forward(hours(span)).await;
        assert_eq!(places_of(&dump(town).await, &secrets(), &BOOKS), [""; 0]);
    }
    // The search itself finds what is there.
    assert!(places_of(&dump(town).await, &secrets(), &[]).len() > 10);
});

/// Presses, and reads the database when the turn is on disk and its screen is not shown yet.
async fn between(town: &Town, phone: &Hand<'_>, label: &str) -> Dump {
    town.emulator.fail_next("editMessageText", Fault::Delay(150), 1);
    phone.phone.press_label(label).expect("a button");
    let mut changes = town.emulator.revision();
    while town.emulator.unconfirmed() > 0 {
        changes.changed().await.expect("the emulator lives");
    }
    let waiting = dump(town).await;
    assert!(waiting["screens"][0]["body"].text().len() > 100, "{:?}", waiting["screens"]);
    phone.settled().await;
    waiting
}

bot_test!(a_screen_that_waits_to_be_shown_is_sealed, async |town: &mut Town| {
    let phone = begun(town, 1).await;
    taps(&phone, &["Часто", "Прервать…"]).await;
    // Home is not private, and yet it tells that a run waits.
    let words = ["Продолжить", "до четверга", "Здравствуйте"].map(str::to_owned);
    assert_eq!(places_of(&between(town, &phone, "Вернусь позже").await, &words, &BOOKS), [""; 0]);
    assert!(words.iter().all(|w| phone.screen().contains(w)), "{}", phone.screen());
    taps(&phone, &["Продолжить анкету", "← Назад"]).await;
    for label in TWELVE {
        assert_eq!(places_of(&between(town, &phone, label).await, &secrets(), &BOOKS), [""; 0]);
    }
    assert!(phone.screen().contains("Спасибо, что уделили"), "{}", phone.screen());
});

/// What the held values of the database say to somebody with the key who says it is `now`.
async fn held(town: &Town, now: At) -> Vec<bool> {
    let keys = Keys::open_file(&town.settings.key_file, Chance::seeded(9)).expect("the key");
    let rows = dump(town).await.remove("held_results").expect("the table");
    let bytes = |value: &Value| match value {
        Value::Bytes(bytes) => bytes.clone(),
        other => panic!("{other:?}"),
    };
    rows.iter().map(|r| held::open(&keys, &bytes(&r["ticket_id"]), &bytes(&r["body"]), now).is_some()).collect()
}

bot_test!(results_are_erased_within_a_day_by_a_job_and_not_only_out_of_sight, async |town: &mut Town| {
    let phone = begun(town, 1).await;
    let jobs = lines(town, "SELECT key FROM jobs WHERE key LIKE 'survey/%' ORDER BY key").await;
    assert_eq!(jobs, "survey/erase\nsurvey/reseal");
    assert_eq!(held(town, MONDAY_NOON).await, [false]);
    taps(&phone, &TWELVE).await;
    assert_eq!(held(town, MONDAY_NOON).await, [true]);
    town.forward(hours(22)).await;
    assert_eq!(held(town, MONDAY_NOON).await, [true]);
    // The hourly job leaves no hour over the day; even who turns the clock back finds nothing.
    town.forward(hours(1) + minutes(40)).await;
    assert_eq!(held(town, MONDAY_NOON).await, [false]);
    // The other job takes the values away a day after the runs.
    town.forward(hours(49)).await;
    assert_eq!(lines(town, "SELECT state FROM tickets").await, "closed");
    assert_eq!(held(town, MONDAY_NOON).await, [false]);
    town.forward(hours(24)).await;
    assert!(held(town, MONDAY_NOON).await.is_empty());
});

bot_test!(sealing_anew_keeps_a_result_and_changes_every_value, async |town: &mut Town| {
    let phone = begun(town, 1).await;
    taps(&phone, &TWELVE).await;
    begun(town, 2).await;
    let bodies = async || dump(town).await["held_results"].iter().map(|r| r["body"].clone()).collect::<Vec<_>>();
    let before = bodies().await;
    town.forward(hours(1)).await;
    let after = bodies().await;
    assert_eq!(before.len(), 2);
    assert!(before.iter().all(|body| !after.contains(body)), "a value stayed as it was");
    taps(&phone, &["На главную", "Как мне работается"]).await;
    assert!(phone.screen().contains("Спасибо, что уделили"), "{}", phone.screen());
});

bot_test!(the_log_names_nobody_and_quotes_nothing, async |town: &mut Town| {
    town.errors.listen();
    let id = 770_077;
    let phone = begun(town, id).await;
    taps(&phone, &["Часто", "Часто"]).await;
    phone.writes("мне тяжело").await;
    town.stop().await;
    std::fs::remove_file(&town.settings.key_file).expect("the key file");
    town.start().await;
    let phone = again(town, id);
    phone.press("Часто").await;
    taps(&phone, &["На главную", "Как мне работается", "Начать"]).await;
    taps(&phone, &TWELVE).await;
    taps(&phone, &["Сохранить себе", "Сохранить"]).await;
    town.forward(hours(100)).await;
    let lines = town.errors.lines();
    assert!(lines.iter().any(|l| l.contains("do not open with the keys at hand")), "{lines:?}");
    let mut words = secrets();
    words.extend(
        ["Анна", "Петрова", "Сергеевна", "тяжело", "770077", "Заречный", "TEST", "Согласие"].map(str::to_owned),
    );
    for line in lines.iter().filter(|l| !l.starts_with("TRACE hyper") && !l.starts_with("TRACE mio")) {
        assert!(words.iter().all(|w| !line.contains(w)), "{line}");
    }
});

#[test]
fn the_file_of_sqlite_never_holds_a_word_of_it() {
    use crate::support::databases::Engine;
    crate::support::town::run(Engine::Sqlite, async |town: &mut Town| {
        let phone = begun(town, 1).await;
        taps(&phone, &TWELVE[..6]).await;
        look(town, "during the run");
        taps(&phone, &TWELVE[6..]).await;
        look(town, "after the result");
        taps(&phone, &["Сохранить себе", "Сохранить"]).await;
        town.forward(hours(100)).await;
        look(town, "after the jobs");
        town.stop().await;
        look(town, "after the stop");
        town.start().await;
    });
}

/// Searches the bytes of the file and of its log for words that the files of questionnaires and consents do not hold.
fn look(town: &Town, when: &str) {
    let book = |name: &str| std::fs::read_to_string(format!("questionnaires/{name}")).expect("a file");
    let shipped = book("pulse.toml");
    let store::Place::File(file) = town.settings.place() else { panic!("a file") };
    let url = file.display();
    let bytes: Vec<u8> =
        ["", "-wal"].iter().filter_map(|end| std::fs::read(format!("{url}{end}")).ok()).flatten().collect();
    let count = |word: &str| bytes.windows(word.len()).filter(|w| *w == word.as_bytes()).count();
    assert!(count("municipalities") > 0, "the file can be read");
    for word in secrets() {
        // The questionnaire's own text stands in its table: each of its words as often as its pages were written.
        if !shipped.contains(&word) {
            assert_eq!(count(&word), 0, "{when}: {word}");
        }
    }
    // How it is put on a screen stands nowhere: the bar, a list's point, a marked answer, the scores' JSON.
    for word in ["▰", "▱", "• один вечер", "• Иногда", "\"said\"", "\"points\"", "[Иногда", "Иногда\",\"d\""]
    {
        assert_eq!(count(word), 0, "{when}: {word}");
    }
    // Each sentence of the file is there as often as the file's first line: once a copy, and no copy more.
    let copies = count("version = 1\nlanguages");
    for sentence in ["Тревога о работе остаётся со мной и вечером.", "Спасибо, что уделили себе время."]
    {
        assert!(count(sentence) <= copies.max(1) * shipped.matches(sentence).count(), "{when}: {sentence}");
    }
}
