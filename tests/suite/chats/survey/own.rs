//! A centre's own questionnaire, from its folder to the result, without a line of code; and its next edition.

use uchitelskaya::app::{App, Parts};
use uchitelskaya::config::Operator;
use uchitelskaya::kernel::chance::Chance;
use uchitelskaya::kernel::time::hours;
use uchitelskaya::store;

use super::{again, begun, taps, teacher};
use crate::support::Town;
use crate::support::places::lines;
use crate::{assert_chat, bot_test};

const OWN: &str = include_str!("own.toml");

/// Puts files into the centre's folder and starts the bot with it.
async fn with_files(town: &mut Town, files: &[(&str, &str)]) {
    town.stop().await;
    place(town, files);
    town.start().await;
}

/// The test's own folder.
fn folder_of(town: &Town) -> std::path::PathBuf {
    town.settings.key_file.parent().expect("a folder").to_owned()
}

fn place(town: &mut Town, files: &[(&str, &str)]) {
    let folder = folder_of(town).join("own");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder");
    for (name, text) in files {
        std::fs::write(folder.join(name), text).expect("a file");
    }
    town.settings.questionnaires = Some(folder);
}

bot_test!(every_kind_of_item_goes_through_the_chat, async |town: &mut Town| {
    with_files(town, &[("visit.toml", OWN)]).await;
    let phone = teacher(town, 1, "Анна").await;
    phone.press("Цифровая гигиена").await;
    assert_chat!(phone, @"
    Цифровая гигиена

    Шесть вопросов, три минуты.
    [Начать]
    [Не сейчас]
    ");
    phone.press("Начать").await;
    assert_chat!(phone, @"
    Цифровая гигиена
    ▱▱▱▱▱▱▱▱▱▱▱▱  1 из 6

    Основы
    То, что нужно каждому.

    Какой пароль надёжнее?
    [Имя ребёнка] [Длинная фраза]
    [Шесть цифр]
    [Прервать…]
    ");
    phone.press("Длинная фраза").await;
    assert_chat!(phone, @"
    Цифровая гигиена
    ▰▰▱▱▱▱▱▱▱▱▱▱  2 из 6

    Основы
    То, что нужно каждому.

    Что относится к персональным данным?

    Можно отметить до 2 вариантов, потом «Дальше».
    [☐ Фотография ученика]
    [☐ Погода]
    [☐ Домашний адрес]
    [Дальше]
    [← Назад] [Пропустить]
    [Прервать…]
    ");
    phone.press("Дальше").await;
    assert_eq!(phone.last_toast().as_deref(), Some("Отметьте хотя бы 1 вариант."));
    taps(&phone, &["Фотография ученика", "Погода", "Домашний адрес"]).await;
    assert_eq!(phone.last_toast().as_deref(), Some("Можно отметить только 2 варианта."));
    assert_chat!(phone, @"
    Цифровая гигиена
    ▰▰▱▱▱▱▱▱▱▱▱▱  2 из 6

    Основы
    То, что нужно каждому.

    Что относится к персональным данным?

    Можно отметить до 2 вариантов, потом «Дальше».
    [☑ Фотография ученика]
    [☑ Погода]
    [☐ Домашний адрес]
    [Дальше]
    [← Назад] [Пропустить]
    [Прервать…]
    ");
    taps(&phone, &["Погода", "Домашний адрес", "Дальше"]).await;
    assert_chat!(phone, @"
    Цифровая гигиена
    ▰▰▰▰▱▱▱▱▱▱▱▱  3 из 6

    Основы
    То, что нужно каждому.

    Вы ведёте занятия с компьютером?
    [Да] [Нет]
    [← Назад] [Пропустить]
    [Прервать…]
    ");
    phone.press("Да").await;
    assert_chat!(phone, @"
    Цифровая гигиена
    ▰▰▰▰▰▰▱▱▱▱▱▱  4 из 7

    На уроке

    Сколько минут за экраном проводит класс на уроке?

    Напишите число от 0 до 45.
    [Не про меня]
    [← Назад] [Пропустить]
    [Прервать…]
    ");
    for (typed, answer) in [("почти всё", "Здесь нужно число"), ("50", "Это вне границ"), ("3,55", "Здесь нужно число")]
    {
        phone.writes(typed).await;
        assert!(phone.screen().starts_with(answer), "{typed}: {}", phone.screen());
        assert!(phone.screen().contains("Сколько минут"), "{typed}: {}", phone.screen());
    }
    phone.writes("35,5").await;
    assert_chat!(phone, @"
    Цифровая гигиена
    ▰▰▰▰▰▰▱▱▱▱▱▱  5 из 8

    На уроке

    Почему так долго?

    Напишите своими словами, до 40 знаков.
    [← Назад] [Пропустить]
    [Прервать…]
    ");
    phone.writes(&"ы".repeat(41)).await;
    assert!(phone.screen().starts_with("Получилось длинновато: помещается 40 знаков."), "{}", phone.screen());
    phone.writes("<b>Так</b> & надо").await;
    assert_chat!(phone, @"
    Цифровая гигиена
    ▰▰▰▰▰▰▰▰▱▱▱▱  6 из 8

    Когда в школе меняли пароли?

    Напишите день с 01.01.2000 по 31.12.2030, например 15.09.2025.
    [← Назад] [Пропустить]
    [Прервать…]
    ");
    phone.press("← Назад").await;
    assert_chat!(phone, @"
    Цифровая гигиена
    ▰▰▰▰▰▰▱▱▱▱▱▱  5 из 8

    На уроке

    Почему так долго?

    Напишите своими словами, до 40 знаков.
    Сейчас записано: <b>Так</b> & надо
    [Дальше]
    [← Назад] [Пропустить]
    [Прервать…]
    ");
    phone.press("← Назад").await;
    assert!(phone.screen().contains("Сейчас записано: 35,5"), "{}", phone.screen());
    // Shorter: the question why is gone, and the number of items with it.
    phone.press("← Назад").await.press("• Да").await;
    phone.writes("20").await;
    phone.writes("31.02.2025").await;
    assert!(phone.screen().starts_with("Здесь нужен день"), "{}", phone.screen());
    phone.writes("01.09.1999").await;
    assert!(phone.screen().starts_with("Это вне границ"), "{}", phone.screen());
    phone.writes("01.09.2025").await;
    phone.press("Отчасти").await;
    assert_chat!(phone, @"
    Цифровая гигиена
    ▰▰▰▰▰▰▰▰▰▰▰▱  7 из 7

    Единый номер помощи?

    Напишите число от 100 до 999.
    [← Назад] [Пропустить]
    [Прервать…]
    ");
    phone.writes("112").await;
    assert_chat!(phone, @"
    Цифровая гигиена

    Хорошо: основы Вы знаете.
    [Подробнее]
    [На главную]
    ");
    phone.press("Подробнее").await;
    assert_chat!(phone, @"
    Цифровая гигиена

    Памятка лежит в методическом кабинете.
    [← Назад]
    ");
});

bot_test!(what_does_not_apply_and_what_is_not_shown, async |town: &mut Town| {
    with_files(town, &[("visit.toml", OWN)]).await;
    let phone = teacher(town, 1, "Анна").await;
    taps(&phone, &["Цифровая гигиена", "Начать"]).await;
    assert!(!phone.screen().contains("Пропустить"), "{}", phone.screen());
    let skip = phone.data_of("Имя ребёнка").replace("1sv.a.", "1sv.s.");
    let skip = skip.rsplit_once('.').expect("a payload").0.to_owned();
    phone.press_raw(phone.message().id, &skip).await;
    assert_eq!(phone.last_toast().as_deref(), Some("На этот вопрос нужен ответ."));
    taps(&phone, &["Имя ребёнка", "Пропустить", "Да", "Не про меня", "Пропустить", "Пропустить", "Пропустить"]).await;
    assert!(phone.screen().contains("Стоит ещё раз пройти основы."), "{}", phone.screen());
    // It may be taken again at once, and holds nothing from before.
    taps(&phone, &["На главную", "Цифровая гигиена", "Начать", "Длинная фраза", "Пропустить", "Нет"]).await;
    assert!(phone.screen().contains("Когда в школе меняли пароли?"), "{}", phone.screen());
    phone.writes("/menu").await;
    assert_chat!(phone, @"
    Учительская · Заречный район
    Здравствуйте, Анна Сергеевна.

    📋 Цифровая гигиена: осталось 3 вопроса, до 21 ноября
    [Продолжить анкету]
    [Как мне работается] [Мой профиль]
    ");
});

bot_test!(an_unfinished_run_keeps_its_edition, async |town: &mut Town| {
    with_files(town, &[("visit.toml", OWN)]).await;
    let phone = teacher(town, 1, "Анна").await;
    taps(&phone, &["Цифровая гигиена", "Начать", "Длинная фраза"]).await;
    let start = "SELECT '1sv.b.' || MIN(id) FROM questionnaire_versions WHERE questionnaire = 'safety'";
    let start = lines(town, start).await;
    let next = OWN.replace("version = 3", "version = 4").replace("Какой пароль надёжнее?", "Какой пароль лучше?");
    with_files(town, &[("visit.toml", &next)]).await;
    let phone = again(town, 1);
    phone.writes("/menu").await;
    assert!(!phone.screen().contains("[Цифровая гигиена]"), "{}", phone.screen());
    phone.press("Продолжить анкету").await.press("← Назад").await;
    assert!(phone.screen().contains("Какой пароль надёжнее?"), "{}", phone.screen());
    taps(&phone, &["Длинная фраза", "Пропустить", "Нет", "Пропустить", "Отчасти", "Пропустить", "На главную"]).await;
    // The next one is the new edition; a button of the old one begins nothing.
    phone.press_raw(phone.message().id, &start).await;
    assert!(phone.screen().starts_with("Эта анкета уже закрыта."), "{}", phone.screen());
    taps(&phone, &["Цифровая гигиена", "Начать"]).await;
    assert!(phone.screen().contains("Какой пароль лучше?"), "{}", phone.screen());
    assert_eq!(lines(town, "SELECT CAST(count(*) AS TEXT) FROM runs").await, "1");
});

bot_test!(an_edition_of_a_private_one_waits_for_the_run_of_the_former, async |town: &mut Town| {
    let phone = begun(town, 1).await;
    phone.press("Часто").await;
    // The shipped file cannot change here, so the kept version is made the former one.
    town.stop().await;
    let url = town.settings.place();
    let raw = store::Store::open(&url, &store::Settings::default()).await.expect("the store");
    let renamed = raw.transact(|tx| {
        Box::pin(async move {
            uchitelskaya::exec!(tx, "UPDATE questionnaire_versions SET version = 0 WHERE questionnaire = 'pulse'")
        })
    });
    renamed.await.expect("the former version");
    raw.close().await;
    town.start().await;
    let phone = again(town, 1);
    phone.writes("/menu").await;
    assert!(!phone.screen().contains("[Как мне работается]"), "{}", phone.screen());
    phone.press("Продолжить анкету").await;
    assert!(phone.screen().contains("2 из 12"), "{}", phone.screen());
    taps(&phone, &["Часто"; 11]).await;
    taps(&phone, &["Спрятать", "На главную", "Как мне работается"]).await;
    assert!(phone.screen().contains("с декабря 2025 года"), "{}", phone.screen());
});

bot_test!(an_edited_file_of_the_same_version_stops_the_start, async |town: &mut Town| {
    with_files(town, &[("visit.toml", OWN)]).await;
    town.stop().await;
    place(town, &[("visit.toml", &OWN.replace("Какой пароль надёжнее?", "Какой пароль лучше?"))]);
    let why = start(town).await.err().expect("the start is refused").to_string();
    insta::assert_snapshot!(why, @"The questionnaire «safety» was changed but still calls itself version 3. Give the changed file the next version number.");
    // Nothing is spoiled: the file as it was starts again.
    place(town, &[("visit.toml", OWN)]);
    town.start().await;
});

bot_test!(a_broken_file_stops_the_start_and_names_its_line, async |town: &mut Town| {
    town.stop().await;
    place(town, &[("visit.toml", &OWN.replace("max = 45", "most = 45")), ("twice.toml", OWN), ("twice2.toml", OWN)]);
    let why = start(town).await.err().expect("the start is refused").to_string();
    let folder = format!("{}/", town.settings.questionnaires.as_ref().expect("a folder").display());
    insta::assert_snapshot!(why.replace(&folder, ""), @"
    The questionnaires cannot be used:
    twice2.toml:1: another file has the id «safety» already
    visit.toml:53: item `minutes`: `max` is missing
    visit.toml:58: item `minutes`: unknown field `most`
    ");
    town.settings.questionnaires = Some(folder_of(town).join("nowhere"));
    let why = start(town).await.err().expect("the start is refused").to_string();
    assert!(why.contains("nowhere"), "{why}");
    town.settings.questionnaires = None;
    town.start().await;
});

bot_test!(an_unfinished_one_waits_with_its_count_on_home, async |town: &mut Town| {
    with_files(town, &[("visit.toml", OWN)]).await;
    let phone = teacher(town, 1, "Анна").await;
    taps(&phone, &["Цифровая гигиена", "Начать", "Длинная фраза", "Прервать…"]).await;
    assert_chat!(phone, @"
    Цифровая гигиена

    Ответы сохранены до 21 ноября. Потом они сотрутся сами.
    [Продолжить]
    [Вернусь позже] [Стереть всё]
    ");
    phone.press("Вернусь позже").await;
    assert_chat!(phone, @"
    Учительская · Заречный район
    Здравствуйте, Анна Сергеевна.

    📋 Цифровая гигиена: осталось 5 вопросов, до 21 ноября
    [Продолжить анкету]
    [Как мне работается] [Мой профиль]
    ");
    taps(&phone, &["Как мне работается", "Начать", "Согласие даю", "Часто"]).await;
    phone.writes("/menu").await;
    assert_chat!(phone, @"
    Учительская · Заречный район
    Здравствуйте, Анна Сергеевна.

    📋 Цифровая гигиена: осталось 5 вопросов, до 21 ноября
    📋 Как мне работается: ответы хранятся до четверга
    [Цифровая гигиена]
    [Как мне работается]
    [Мой профиль]
    ");
    phone.press("Цифровая гигиена").await;
    assert!(phone.screen().contains("Что относится"), "{}", phone.screen());
    phone.writes("/menu").await.press("Как мне работается").await;
    assert!(phone.screen().contains("2 из 12"), "{}", phone.screen());
    town.forward(hours(24 * 61)).await;
    phone.writes("/menu").await;
    assert!(!phone.screen().contains("остал"), "{}", phone.screen());
});

async fn start(town: &Town) -> Result<App, uchitelskaya::error::StartError> {
    let operator =
        Operator { name: "Центр".into(), contacts: "Заречный".into(), help: "психолог".into() };
    App::start(Parts {
        settings: town.settings.clone(),
        operator,
        clock: town.clock.clone(),
        chance: Chance::seeded(77),
        store: store::Settings { lanes: 2, readers: 1, ..store::Settings::default() },
        has_scheduler: false,
    })
    .await
}

bot_test!(answers_of_one_that_is_not_private_stay_a_row_an_item, async |town: &mut Town| {
    with_files(town, &[("visit.toml", OWN)]).await;
    let phone = teacher(town, 1, "Анна").await;
    taps(&phone, &["Цифровая гигиена", "Начать", "Длинная фраза"]).await;
    let kept = "SELECT item || ' = ' || answer FROM finished_answers ORDER BY item";
    assert_eq!(lines(town, kept).await, "", "nothing before the end");
    taps(&phone, &["Пропустить", "Нет", "Пропустить", "Отчасти", "Пропустить"]).await;
    insta::assert_snapshot!(lines(town, kept).await, @"
    password = long
    sure = partly
    teaches = no
    ");
    assert_eq!(lines(town, "SELECT CAST(count(*) AS TEXT) FROM finished_runs").await, "1");
});

bot_test!(of_a_private_one_no_row_stays, async |town: &mut Town| {
    crate::chats::survey::finished(town, 1).await;
    assert_eq!(lines(town, "SELECT CAST(count(*) AS TEXT) FROM finished_runs").await, "0");
});
