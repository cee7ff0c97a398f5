//! People put the phone away, change their mind, begin anew.

use uchitelskaya::kernel::time::days;

use super::{people, taps, to_summary};
use crate::support::Town;
use crate::support::places::places;
use crate::{assert_chat, bot_test};

bot_test!(every_step_survives_a_restart_and_days_of_silence, async |town: &mut Town| {
    let places = places(town).await;
    town.phone(1, "Анна", Some("Петрова")).start_with(&places.link).await;
    let walk = [
        ("Согласие на обработку", "Даю согласие"),
        ("Вас зовут Анна Петрова?", "Иначе"),
        ("Как Вас зовут?", ""),
        ("так ли это прочиталось", "Да, верно"),
        ("Кем Вы работаете?", "Учитель"),
        ("Какой предмет Вы ведёте?", "Математика"),
        ("С какого года идёт", "Веду ещё предмет"),
        ("Отметьте все предметы", "Готово"),
        ("С какого года идёт", "2024"),
        ("В каком году Вы родились?", "Пропустить"),
        ("Проверьте, всё ли верно", "Исправить"),
        ("Что исправить?", "Место работы"),
        ("Где Вы работаете?", "← Назад"),
        ("Проверьте, всё ли верно", "Исправить"),
        ("Что исправить?", "Объединения"),
        ("В каких объединениях", "Готово"),
    ];
    for (question, answer) in walk {
        town.restart().await;
        town.forward(days(3)).await;
        let phone = town.phone(1, "Анна", Some("Петрова"));
        let command = if answer.len() % 2 == 0 { "/start" } else { "/menu" };
        phone.writes(command).await;
        assert!(phone.screen().contains(question), "{question}: {}", phone.screen());
        if answer.is_empty() {
            phone.writes("Петрова Анна Сергеевна").await;
        } else {
            phone.press(answer).await;
        }
    }
    let phone = town.phone(1, "Анна", Some("Петрова"));
    phone.writes("/start").await;
    assert_chat!(phone, @"
    Продолжим с того места, где Вы остановились.

    Проверьте, всё ли верно

    Петрова Анна Сергеевна
    Школа № 4
    Учитель: математика
    Педагогический стаж с 2024 года
    Год рождения не указан
    Объединение: РМО учителей математики
    Вы работаете первые три года, поэтому Вам открыты наставники и «Школа молодого педагога».
    [Всё верно]
    [Исправить]
    [Начать сначала]
    [← Назад]
    ");
    phone.press("Всё верно").await;
    insta::assert_snapshot!(people(town).await, @"Петрова Анна Сергеевна, since 2024, born -, Школа № 4, teacher [maths], 2025-11-09…");
});

bot_test!(a_search_is_shown_again_after_a_restart, async |town: &mut Town| {
    places(town).await;
    let phone = town.phone(1, "Анна", Some("Петрова"));
    phone.start().await;
    taps(&phone, &["Даю согласие", "Да, верно"]).await;
    phone.writes("лицей").await;
    town.restart().await;
    let phone = town.phone(1, "Анна", Some("Петрова"));
    phone.press("Лицей «Ступени»").await;
    assert!(phone.screen().contains("Кем Вы работаете?"), "{}", phone.screen());
});

bot_test!(cancel_puts_it_off_and_keeps_the_answers, async |town: &mut Town| {
    let places = places(town).await;
    let phone = town.phone(1, "Анна", Some("Петрова"));
    phone.start_with(&places.link).await;
    taps(&phone, &["Даю согласие", "Да, верно", "Учитель"]).await;
    phone.writes("/cancel").await.press("Выйти").await;
    assert_chat!(phone, @"
    Знакомство отложено
    Всё, что Вы ответили, сохранено. Вернуться можно в любой день: /start.
    [Продолжить]
    [Начать сначала]
    ");
    phone.writes("когда собрание").await;
    assert_chat!(phone, @"
    Продолжим с того места, где Вы остановились.

    Знакомство · 3 из 5

    Какой предмет Вы ведёте?
    Если предметов несколько, начните с основного: остальные можно добавить сразу после него.
    [Русский язык и литература]
    [История и обществознание]
    [Математика] [Иностранный язык]
    [География] [Биология]
    [Химия] [Физика]
    [Информатика] [Музыка, ИЗО, МХК]
    [Труд (технология)] [Физкультура]
    [ОБЗР] [ОРКСЭ]
    [Другой предмет]
    [Начать сначала]
    [← Назад]
    ");
    phone.writes("/cancel").await.press("Продолжить").await;
    assert!(phone.screen().contains("Какой предмет Вы ведёте?"), "{}", phone.screen());
    phone.writes("/cancel").await.press("Выйти").await.press("Продолжить").await;
    assert!(phone.screen().contains("Какой предмет Вы ведёте?"), "{}", phone.screen());
});

bot_test!(cancel_at_the_consent_keeps_nothing, async |town: &mut Town| {
    let places = places(town).await;
    let phone = town.phone(1, "Анна", Some("Петрова"));
    phone.start_with(&places.link).await;
    phone.writes("/cancel").await.press("Выйти").await;
    assert!(phone.screen().contains("Хорошо, не сейчас"), "{}", phone.screen());
    phone.writes("/cancel").await;
    assert!(phone.screen().contains("Сейчас отменять нечего."), "{}", phone.screen());
});

bot_test!(it_can_begin_anew_from_anywhere, async |town: &mut Town| {
    let places = places(town).await;
    let phone = to_summary(town, &places.link).await;
    phone.press("Исправить").await.press("Начать сначала").await;
    assert_chat!(phone, @"
    Начать сначала?
    Прежние ответы сотрутся, согласие останется.
    [Начать сначала]
    [← Назад]
    ");
    phone.press("← Назад").await;
    assert!(phone.screen().contains("Что исправить?"), "{}", phone.screen());
    phone.press("Начать сначала").await.press("Начать сначала").await;
    assert_chat!(phone, @"
    Знакомство · 1 из 6

    Вас зовут Анна Петрова?
    Добавить отчество или исправить имя можно через «Иначе».
    [Да, верно]
    [Иначе]
    [← Назад]
    ");
    // A link is a link: pressed again it answers the school again.
    phone.start_with(&places.link).await.press("Да, верно").await;
    phone.writes("/start").await.press("Начать сначала").await.press("Начать сначала").await;
    assert!(phone.screen().contains("Вас зовут Анна Петрова?"), "{}", phone.screen());
    assert_eq!(people(town).await, "");
});
