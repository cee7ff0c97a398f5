//! Corrections: before «all is right», and long after.

use uchitelskaya::kernel::time::days;

use super::{memberships, people, registered, taps, to_summary};
use crate::support::Town;
use crate::support::places::{change, lines, neighbours, places};
use crate::{assert_chat, bot_test};

bot_test!(each_answer_is_corrected_from_the_summary, async |town: &mut Town| {
    let places = places(town).await;
    let phone = to_summary(town, &places.link).await;
    phone.press("Исправить").await;
    assert_chat!(phone, @"
    Что исправить?
    [Имя] [Место работы]
    [Должность] [Предметы]
    [Стаж] [Год рождения]
    [Объединения]
    [Начать сначала]
    [← Назад]
    ");
    phone.press("Имя").await;
    assert_chat!(phone, @"
    Исправляем
    Сейчас: Петрова Анна.

    Как Вас зовут? Напишите одной строкой фамилию, имя и отчество, если оно есть.
    Например: Петрова Анна Сергеевна
    [← Назад]
    ");
    phone.writes("Петрова Анна Сергеевна").await.press("Да, верно").await;
    taps(&phone, &["Исправить", "Место работы"]).await;
    assert_chat!(phone, @"
    Исправляем
    Сейчас: Школа № 4.

    Где Вы работаете?
    Напишите номер или часть названия: «4», «садик 12», «лицей».
    [← Назад]
    ");
    phone.writes("7").await.press("Школа № 7").await;
    taps(&phone, &["Исправить", "Должность", "Воспитатель", "Исправить", "Должность", "Учитель"]).await;
    assert_chat!(phone, @"
    Исправляем

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
    [← Назад]
    ");
    taps(&phone, &["Химия", "Исправить", "Предметы", "Биология", "Готово"]).await;
    taps(&phone, &["Исправить", "Стаж", "2021", "Исправить", "Год рождения"]).await;
    phone.writes("1999").await;
    taps(&phone, &["Исправить", "Объединения"]).await;
    assert_chat!(phone, @"
    Исправляем

    В каких объединениях Вы состоите?
    Подобрано по должности и предметам. Отсюда придут приглашения на заседания; лишнее можно снять.
    [✅ РМО учителей биологии]
    [✅ РМО учителей химии]
    [Готово]
    [← Назад]
    ");
    phone.press("✅ ").await;
    assert_chat!(phone, @"
    Исправляем

    В каких объединениях Вы состоите?
    Подобрано по должности и предметам. Отсюда придут приглашения на заседания; лишнее можно снять.
    [РМО учителей биологии]
    [✅ РМО учителей химии]
    [Готово]
    [← Назад]
    ");
    phone.press("Готово").await;
    assert_chat!(phone, @"
    Проверьте, всё ли верно

    Петрова Анна Сергеевна
    Школа № 7
    Учитель: химия, биология
    Педагогический стаж с 2021 года
    Год рождения: 1999
    Объединение: РМО учителей химии
    [Всё верно]
    [Исправить]
    [← Назад]
    ");
    phone.press("Всё верно").await;
    insta::assert_snapshot!(people(town).await, @"Петрова Анна Сергеевна, since 2021, born 1999, Школа № 7, teacher [chemistry biology], 2025-09-22…");
    insta::assert_snapshot!(memberships(town).await, @"Петрова: РМО учителей химии");
});

bot_test!(changing_the_school_later_keeps_the_history, async |town: &mut Town| {
    let places = places(town).await;
    let phone = registered(town, &places.link).await;
    change(town, "UPDATE persons SET confirmed_at = 1").await;
    town.forward(days(40)).await;
    phone.writes("/profile").await;
    assert_chat!(phone, @"
    Мой профиль

    Петрова Анна
    Школа № 4
    Учитель: математика
    Педагогический стаж с 2024 года
    Год рождения не указан
    Объединение: РМО учителей математики
    Вы работаете первые три года, поэтому Вам открыты наставники и «Школа молодого педагога».
    [Исправить]
    [На главную]
    ");
    phone.press("Исправить").await;
    assert_chat!(phone, @"
    Что исправить?
    [Имя] [Место работы]
    [Должность] [Предметы]
    [Стаж] [Год рождения]
    [Объединения]
    [← Назад]
    ");
    phone.press("Место работы").await;
    assert_chat!(phone, @"
    Мой профиль
    Сейчас: Школа № 4.

    Где Вы работаете?
    Напишите номер или часть названия: «4», «садик 12», «лицей».
    [← Назад]
    ");
    phone.writes("7").await.press("Школа № 7").await;
    assert_chat!(phone, @"
    ✅ Сохранено.

    Мой профиль

    Петрова Анна
    Школа № 7
    Учитель: математика
    Педагогический стаж с 2024 года
    Год рождения не указан
    Объединение: РМО учителей математики
    Вы работаете первые три года, поэтому Вам открыты наставники и «Школа молодого педагога».
    [Исправить]
    [На главную]
    ");
    // A slip put right on the same day leaves no trace.
    taps(&phone, &["Исправить", "Место работы"]).await;
    phone.writes("8").await.press("Школа № 8").await;
    insta::assert_snapshot!(people(town).await, @"
    Петрова Анна -, since 2024, born -, Школа № 4, teacher [maths], 2025-09-22…2025-11-01, confirmed
    Петрова Анна -, since 2024, born -, Школа № 8, teacher [maths], 2025-11-01…, confirmed
    ");
});

bot_test!(each_answer_is_corrected_in_the_profile, async |town: &mut Town| {
    let places = places(town).await;
    let phone = registered(town, &places.link).await;
    town.forward(days(40)).await;
    taps(&phone, &["На главную", "Мой профиль", "Исправить", "Имя"]).await;
    phone.writes("Петрова Анна Сергеевна").await.press("Да, верно").await;
    taps(&phone, &["Исправить", "Год рождения"]).await;
    phone.writes("1999").await;
    taps(&phone, &["Исправить", "Стаж", "2023", "Исправить", "Предметы", "✅ Математика", "Физика", "Готово"]).await;
    assert_chat!(phone, @"
    ✅ Сохранено.

    Мой профиль

    Петрова Анна Сергеевна
    Школа № 4
    Учитель: физика
    Педагогический стаж с 2023 года
    Год рождения: 1999
    Объединение: РМО учителей физики
    Вы работаете первые три года, поэтому Вам открыты наставники и «Школа молодого педагога».
    [Исправить]
    [На главную]
    ");
    insta::assert_snapshot!(memberships(town).await, @"Петрова: РМО учителей физики");
    // A post without subjects, then one with them: nothing is kept before the subject is said.
    taps(&phone, &["Исправить", "Должность", "Библиотекарь", "Исправить", "Должность", "Учитель"]).await;
    assert!(phone.screen().contains("Какой предмет Вы ведёте?"), "{}", phone.screen());
    assert!(people(town).await.ends_with("librarian [], 2025-11-01…"), "{}", people(town).await);
    phone.press("← Назад").await;
    assert!(phone.screen().contains("Кем Вы работаете?"), "{}", phone.screen());
    taps(&phone, &["Учитель", "Химия", "Исправить", "Объединения", "✅ ", "Готово"]).await;
    insta::assert_snapshot!(people(town).await, @"
    Петрова Анна Сергеевна, since 2023, born 1999, Школа № 4, teacher [maths], 2025-09-22…2025-11-01
    Петрова Анна Сергеевна, since 2023, born 1999, Школа № 4, teacher [chemistry], 2025-11-01…
    ");
    assert_eq!(memberships(town).await, "");
    taps(&phone, &["Исправить", "Объединения"]).await;
    let label = phone.message().keyboard[0][0].label.clone();
    taps(&phone, &[label.as_str(), "Готово"]).await;
    insta::assert_snapshot!(memberships(town).await, @"Петрова: РМО учителей химии");
});

bot_test!(a_correction_can_be_left_at_any_time, async |town: &mut Town| {
    let places = places(town).await;
    let phone = registered(town, &places.link).await;
    let before = people(town).await;
    taps(&phone, &["На главную", "Мой профиль", "Исправить", "Предметы", "Физика", "← Назад"]).await;
    assert!(phone.screen().contains("Учитель: математика"), "{}", phone.screen());
    phone.press("Исправить").await.press("Имя").await.writes("/menu").await;
    phone.writes("Петрова Анна Сергеевна").await;
    assert!(phone.screen().starts_with("Не понял Вас."), "{}", phone.screen());
    taps(&phone, &["Мой профиль", "Исправить", "Имя"]).await;
    phone.writes("/cancel").await.press("Выйти").await;
    assert!(phone.screen().contains("Здравствуйте, Анна."), "{}", phone.screen());
    taps(&phone, &["Мой профиль", "Исправить", "Стаж"]).await;
    town.restart().await;
    let phone = town.phone(1, "Анна", Some("Петрова"));
    phone.writes("/start").await;
    assert!(phone.screen().contains("С какого года идёт"), "{}", phone.screen());
    phone.press("← Назад").await;
    assert!(phone.screen().starts_with("Мой профиль"), "{}", phone.screen());
    assert_eq!(people(town).await, before);
});

bot_test!(a_move_to_another_municipality_begins_unconfirmed_and_without_roles, async |town: &mut Town| {
    let places = places(town).await;
    neighbours(town).await;
    let phone = registered(town, &places.link).await;
    change(town, "UPDATE persons SET confirmed_at = 1").await;
    change(
        town,
        "INSERT INTO roles (person_id, role, scope_kind, scope_id, granted_at) \
         SELECT id, 'head', 'association', 1, 1 FROM persons",
    )
    .await;
    town.forward(days(40)).await;
    taps(&phone, &["На главную", "Мой профиль", "Исправить", "Муниципалитет", "Озёрный район"]).await;
    assert!(people(town).await.contains("confirmed"), "nothing is written before the school is said");
    phone.writes("школа").await.press("Озёрная школа").await;
    assert_chat!(phone, @"
    ✅ Сохранено.

    Мой профиль

    Петрова Анна
    Озёрная школа
    Учитель: математика
    Педагогический стаж с 2024 года
    Год рождения не указан
    Объединение: РМО учителей математики
    Вы работаете первые три года, поэтому Вам открыты наставники и «Школа молодого педагога».
    [Исправить]
    [На главную]
    ");
    insta::assert_snapshot!(people(town).await, @"
    Петрова Анна -, since 2024, born -, Школа № 4, teacher [maths], 2025-09-22…2025-11-01
    Петрова Анна -, since 2024, born -, Озёрная школа, teacher [maths], 2025-11-01…
    ");
    assert_eq!(lines(town, "SELECT role FROM roles WHERE revoked_at IS NULL").await, "");
    let where_they_are = "SELECT DISTINCT u.name FROM memberships m JOIN municipalities u ON u.id = m.municipality_id";
    assert_eq!(lines(town, where_they_are).await, "Озёрный район");
    phone.press("На главную").await;
    assert!(phone.screen().starts_with("Учительская · Озёрный район"), "{}", phone.screen());
});
