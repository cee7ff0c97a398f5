//! People put the phone away, come back, or do not.

use uchitelskaya::kernel::time::{days, hours};

use super::{again, begun, finished, taps, teacher};
use crate::support::Town;
use crate::support::places::lines;
use crate::{assert_chat, bot_test};

const RUNS: &str = "SELECT CAST(id AS TEXT) FROM runs";

bot_test!(an_unfinished_run_waits_three_days, async |town: &mut Town| {
    let phone = begun(town, 1).await;
    taps(&phone, &["Часто", "Часто", "Прервать…"]).await;
    assert_chat!(phone, @"
    Как мне работается
    🔒 видите только Вы

    Ответы сохранены до четверга. Потом они сотрутся сами.
    [Продолжить]
    [Вернусь позже] [Стереть всё]
    ");
    phone.press("Вернусь позже").await;
    assert_eq!(phone.last_toast().as_deref(), Some("Ответы Вас подождут."));
    assert_chat!(phone, @"
    Учительская · Заречный район
    Здравствуйте, Анна Сергеевна.

    📋 Как мне работается: ответы хранятся до четверга
    [Продолжить анкету]
    [Мой профиль]
    ");
    phone.press("Продолжить анкету").await;
    assert!(phone.screen().contains("3 из 12"), "{}", phone.screen());
    taps(&phone, &["Прервать…", "Продолжить"]).await;
    assert!(phone.screen().contains("3 из 12"), "{}", phone.screen());
    town.restart().await;
    let phone = again(town, 1);
    phone.press("Иногда").await;
    assert!(phone.screen().contains("4 из 12"), "{}", phone.screen());
    phone.writes("/menu").await;
    town.forward(hours(71)).await;
    phone.writes("/menu").await;
    assert!(phone.screen().contains("ответы хранятся до 12:00"), "{}", phone.screen());
    taps(&phone, &["Продолжить анкету", "← Назад"]).await;
    assert!(phone.screen().contains("[Почти никогда] [• Иногда]"), "{}", phone.screen());
});

bot_test!(after_three_days_nothing_is_left, async |town: &mut Town| {
    let phone = begun(town, 1).await;
    taps(&phone, &["Часто", "Часто"]).await;
    let (old, often) = (phone.message().id, phone.data_of("Часто"));
    town.forward(hours(73)).await;
    assert_eq!(lines(town, RUNS).await, "");
    phone.press_raw(old, &often).await;
    assert_chat!(phone, @"
    Эта анкета уже закрыта. Вот что есть сейчас.

    Учительская · Заречный район
    Здравствуйте, Анна Сергеевна.
    [Как мне работается] [Мой профиль]
    ");
    phone.press("Как мне работается").await;
    assert!(phone.screen().contains("с декабря 2025 года"), "{}", phone.screen());
    phone.writes("Часто").await;
    assert!(phone.screen().starts_with("Не понял Вас."), "{}", phone.screen());
});

bot_test!(after_three_days_typed_words_are_told_so, async |town: &mut Town| {
    let phone = begun(town, 1).await;
    phone.press("Часто").await;
    town.forward(hours(73)).await;
    phone.writes("Часто").await;
    assert!(phone.screen().contains("Здравствуйте") && !phone.screen().contains("1 из 12"), "{}", phone.screen());
});

bot_test!(a_run_is_over_at_its_hour_even_before_the_job, async |town: &mut Town| {
    let phone = begun(town, 1).await;
    phone.press("Часто").await;
    let (old, often) = (phone.message().id, phone.data_of("Часто"));
    town.stop().await;
    town.clock.forward(days(4));
    town.start().await;
    let phone = again(town, 1);
    phone.press_raw(old, &often).await;
    assert!(phone.screen().starts_with("Эта анкета уже закрыта."), "{}", phone.screen());
    assert!(!phone.screen().contains("Продолжить анкету"), "{}", phone.screen());
});

bot_test!(erasing_is_asked_with_the_number_of_answers, async |town: &mut Town| {
    for (answers, question) in [
        (0, "Ответов пока нет. Закрыть анкету?"),
        (1, "Стереть 1 ответ? Восстановить не получится."),
        (2, "Стереть 2 ответа? Восстановить не получится."),
        (5, "Стереть 5 ответов? Восстановить не получится."),
    ] {
        let phone = begun(town, 1 + answers).await;
        for _ in 0..answers {
            phone.press("Часто").await;
        }
        taps(&phone, &["Прервать…", "Стереть всё"]).await;
        assert!(phone.screen().contains(question), "{}", phone.screen());
        assert!(phone.screen().contains("Снова анкета откроется с декабря 2025 года."), "{}", phone.screen());
    }
});

bot_test!(erasing_ends_where_hiding_ends, async |town: &mut Town| {
    let phone = begun(town, 1).await;
    taps(&phone, &["Часто", "Иногда", "Прервать…", "Стереть всё"]).await;
    assert_chat!(phone, @"
    Как мне работается
    🔒 видите только Вы

    Стереть 2 ответа? Восстановить не получится.
    Снова анкета откроется с декабря 2025 года.
    [Продолжить]
    [Да, стереть]
    ");
    phone.press("Продолжить").await;
    assert!(phone.screen().contains("3 из 12"), "{}", phone.screen());
    taps(&phone, &["Прервать…", "Стереть всё"]).await;
    let (id, data) = (phone.message().id, phone.data_of("Да, стереть"));
    phone.phone.press_raw(id, &data);
    phone.phone.press_raw(id, &data);
    phone.settled().await;
    let erased = phone.screen();
    let other = finished(town, 2).await;
    other.press("Спрятать").await;
    assert_eq!(other.screen(), erased);
    // Afterwards both see the same everywhere.
    for phone in [&phone, &other] {
        taps(phone, &["На главную", "Как мне работается"]).await;
    }
    assert_eq!(phone.screen(), other.screen());
});

bot_test!(menu_language_and_cancel_in_the_middle_keep_the_place, async |town: &mut Town| {
    let phone = begun(town, 1).await;
    phone.press("Часто").await;
    phone.writes("/menu").await;
    assert!(phone.screen().contains("[Продолжить анкету]"), "{}", phone.screen());
    phone.press("Продолжить анкету").await;
    phone.writes("/language").await.press("English").await;
    assert_chat!(phone, @"
    How work feels
    🔒 only you see this
    ▰▱▱▱▱▱▱▱▱▱▱▱  2 of 12

    My patience depends on whether I like the person.
    [Almost never] [Sometimes]
    [Often] [Almost always]
    [← Back] [Skip]
    [Stop…]
    ");
    phone.writes("/cancel").await;
    assert!(phone.screen().contains("Continue"), "{}", phone.screen());
    phone.press("Continue").await;
    assert!(phone.screen().contains("2 of 12"), "{}", phone.screen());
    phone.writes("/cancel").await.press("Leave").await;
    assert!(phone.screen().contains("[Continue the questionnaire]"), "{}", phone.screen());
    phone.writes("/help").await.press("Home").await.press("Continue the questionnaire").await;
    phone.writes("/start").await;
    assert!(phone.screen().contains("2 of 12"), "{}", phone.screen());
});

bot_test!(a_lost_key_ends_the_run_and_nothing_else, async |town: &mut Town| {
    let phone = begun(town, 1).await;
    taps(&phone, &["Часто", "Часто"]).await;
    let (item, often) = (phone.message().id, phone.data_of("Часто"));
    let home = teacher(town, 2, "Вера").await;
    taps(&home, &["Как мне работается", "Начать", "Согласие даю", "Часто", "Прервать…", "Вернусь позже"]).await;
    town.stop().await;
    std::fs::remove_file(&town.settings.key_file).expect("the key file");
    town.start().await;
    let phone = again(town, 1);
    phone.press_raw(item, &often).await;
    assert_chat!(phone, @"
    То, что было записано по этой анкете, не удалось прочитать, поэтому оно стёрто. Нам жаль. Анкету можно начать заново, когда захотите.
    [На главную]
    ");
    // From home it looks as if nothing was; the words come when the run is opened, and it can begin anew at once.
    let home = again(town, 2);
    home.writes("/menu").await.press("Как мне работается").await;
    assert!(
        home.screen().starts_with("То, что было записано по этой анкете, не удалось прочитать"),
        "{}",
        home.screen()
    );
    taps(&home, &["На главную", "Как мне работается", "Начать"]).await;
    assert!(home.screen().contains("1 из 12"), "{}", home.screen());
    assert_eq!(lines(town, "SELECT kind FROM consents ORDER BY id").await, "burnout\nburnout");
    assert_eq!(lines(town, "SELECT given_name FROM persons ORDER BY id").await, "Анна\nВера");
});

bot_test!(a_lost_key_takes_a_held_and_a_kept_result_quietly, async |town: &mut Town| {
    let phone = finished(town, 1).await;
    taps(&phone, &["Сохранить себе", "Сохранить"]).await;
    town.stop().await;
    std::fs::remove_file(&town.settings.key_file).expect("the key file");
    town.start().await;
    let phone = again(town, 1);
    phone.press("Показать результат").await;
    assert!(phone.screen().starts_with("Спасибо. Здесь больше ничего нет."), "{}", phone.screen());
    // A run that ended does not open either, so the questionnaire may be taken again.
    taps(&phone, &["На главную", "Как мне работается", "На главную", "Как мне работается", "Сохранённое"]).await;
    assert_chat!(phone, @"
    Как мне работается
    🔒 видите только Вы

    Сентябрь 2025
    Прочитать не удалось.
    [Забыть сохранённое]
    [На главную]
    ");
});
