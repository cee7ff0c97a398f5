//! Without a link everything is typed or found.

use super::{memberships, people, taps};
use crate::support::Town;
use crate::support::places::{lines, neighbours, places};
use crate::{assert_chat, bot_test};

bot_test!(the_long_way_by_typing, async |town: &mut Town| {
    places(town).await;
    let phone = town.phone(1, "🌸 anna_92", None);
    phone.start().await;
    phone.press("Даю согласие").await;
    assert_chat!(phone, @"
    Знакомство · 1 из 6

    Как Вас зовут? Напишите одной строкой фамилию, имя и отчество, если оно есть.
    Например: Петрова Анна Сергеевна
    [← Назад]
    ");
    phone.writes("анна сергеевна петрова").await;
    assert_chat!(phone, @"
    Знакомство · 1 из 6
    Проверим, так ли это прочиталось.

    Фамилия: Петрова
    Имя: Анна
    Отчество: Сергеевна
    [Да, верно]
    [Написать иначе]
    [← Назад]
    ");
    phone.press("Да, верно").await;
    assert_chat!(phone, @"
    Знакомство · 2 из 6

    Где Вы работаете?
    Напишите номер или часть названия: «4», «садик 12», «лицей».
    [← Назад]
    ");
    phone.writes("школа").await;
    assert_chat!(phone, @"
    Знакомство · 2 из 6

    Где Вы работаете?
    Показаны первые. Если нужного нет, напишите точнее: номер или слово из названия.
    [Лицей «Ступени»]
    [Школа № 1]
    [Школа № 2]
    [Школа № 3]
    [Школа № 4]
    [Школа № 5]
    [Школа № 6]
    [Школа № 7]
    [Нет в списке]
    [← Назад]
    ");
    phone.writes("садик березка").await;
    assert_chat!(phone, @"
    Знакомство · 2 из 6

    Где Вы работаете?
    Выберите ниже. Если это не то, напишите иначе.
    [Детский сад № 12 «Берёзка»]
    [Нет в списке]
    [← Назад]
    ");
    phone.writes("сош №4").await;
    assert_chat!(phone, @"
    Знакомство · 2 из 6

    Где Вы работаете?
    Выберите ниже. Если это не то, напишите иначе.
    [Школа № 4]
    [Нет в списке]
    [← Назад]
    ");
    phone.press("Школа № 4").await;
    taps(&phone, &["Учитель начальных классов"]).await;
    assert_chat!(phone, @"
    Знакомство · 4 из 5

    С какого года идёт Ваш педагогический стаж?
    Год можно и написать.
    [2025] [2024] [2023]
    [2022] [2021] [2020]
    [2015–2019] [2010–2014] [2005–2009]
    [2000–2004] [1995–1999] [1990–1994]
    [1985–1989] [1980–1984] [1975–1979]
    [← Назад]
    ");
    phone.writes("с 2009 года").await;
    assert_chat!(phone, @"
    Знакомство · 5 из 5

    В каком году Вы родились? Напишите год или пропустите.
    Год нужен только для общих чисел по возрасту; коллеги его не видят.
    [Пропустить]
    [← Назад]
    ");
    phone.writes("12.05.1985").await;
    assert_chat!(phone, @"
    Проверьте, всё ли верно

    Петрова Анна Сергеевна
    Школа № 4
    Учитель начальных классов
    Педагогический стаж с 2009 года
    Год рождения: 1985
    Объединение: РМО учителей начальных классов
    [Всё верно]
    [Исправить]
    [← Назад]
    ");
    phone.press("Всё верно").await;
    insta::assert_snapshot!(people(town).await, @"Петрова Анна Сергеевна, since 2009, born 1985, Школа № 4, primary [], 2025-09-22…");
    insta::assert_snapshot!(memberships(town).await, @"Петрова: РМО учителей начальных классов");
});

bot_test!(a_school_that_is_not_in_the_list_is_kept_for_the_methodist, async |town: &mut Town| {
    places(town).await;
    let phone = town.phone(1, "Анна", Some("Петрова"));
    phone.start().await;
    taps(&phone, &["Даю согласие", "Да, верно"]).await;
    phone.writes("гимназия <b>у моря</b>").await;
    assert_chat!(phone, @"
    Знакомство · 2 из 6

    Где Вы работаете?
    По словам «гимназия <b>у моря</b>» ничего не нашлось. Попробуйте только номер или одно слово из названия.
    [Нет в списке]
    [← Назад]
    ");
    phone.press("Нет в списке").await;
    assert_chat!(phone, @"
    Знакомство · 2 из 6

    Напишите, как называется место Вашей работы.
    Методист увидит это название и добавит его в список.
    [← Назад]
    ");
    phone.writes("😀").await;
    assert_chat!(phone, @"
    Напишите название буквами, одной строкой, не длиннее 120 знаков.

    Знакомство · 2 из 6

    Напишите, как называется место Вашей работы.
    Методист увидит это название и добавит его в список.
    [← Назад]
    ");
    phone.writes("Гимназия   <b>у моря</b>").await;
    taps(&phone, &["Директор", "Не веду предметов", "2020", "Пропустить"]).await;
    assert_chat!(phone, @"
    Проверьте, всё ли верно

    Петрова Анна
    Гимназия <b>у моря</b> (нет в списке, методист проверит)
    Директор
    Педагогический стаж с 2020 года
    Год рождения не указан
    [Всё верно]
    [Исправить]
    [← Назад]
    ");
    phone.press("Всё верно").await;
    assert_chat!(phone, @"
    Готово, Анна
    Вы зарегистрированы. Скоро коллеги подтвердят, что Вы работаете здесь, и откроется остальное.
    Место работы методист добавит в список сам.
    [На главную]
    ");
    insta::assert_snapshot!(people(town).await, @"Петрова Анна -, since 2020, born -, said Гимназия <b>у моря</b>, director [], 2025-09-22…");
});

bot_test!(with_several_municipalities_one_is_chosen, async |town: &mut Town| {
    places(town).await;
    neighbours(town).await;
    let phone = town.phone(1, "Анна", Some("Петрова"));
    phone.start().await;
    taps(&phone, &["Даю согласие", "Да, верно"]).await;
    assert_chat!(phone, @"
    Знакомство · 2 из 7

    В каком Вы муниципалитете?
    [Заречный район] [Озёрный район]
    [← Назад]
    ");
    phone.writes("озер").await;
    assert_chat!(phone, @"
    Знакомство · 2 из 7

    В каком Вы муниципалитете?
    Если нужного нет, напишите начало названия.
    [Озёрный район]
    [← Назад]
    ");
    phone.writes("марс").await;
    assert_chat!(phone, @"
    Знакомство · 2 из 7

    В каком Вы муниципалитете?
    По словам «марс» муниципалитета не нашлось. Напишите только начало его названия.
    [← Назад]
    ");
    phone.writes("озер").await.press("Озёрный район").await;
    phone.writes("школа 4").await;
    assert!(!phone.screen().contains("[Школа № 4]"), "{}", phone.screen());
    phone.writes("школа").await.press("Озёрная школа").await;
    taps(&phone, &["Библиотекарь", "2025", "Пропустить"]).await;
    assert_chat!(phone, @"
    Проверьте, всё ли верно

    Петрова Анна
    Озёрная школа
    Озёрный район
    Библиотекарь
    Педагогический стаж с 2025 года
    Год рождения не указан
    Объединение: РМО школьных библиотекарей
    Вы работаете первые три года, поэтому Вам открыты наставники и «Школа молодого педагога».
    [Всё верно]
    [Исправить]
    [← Назад]
    ");
    // Another municipality asks for another school.
    taps(&phone, &["Исправить", "Муниципалитет", "Заречный район"]).await;
    assert_chat!(phone, @"
    Исправляем

    Где Вы работаете?
    Напишите номер или часть названия: «4», «садик 12», «лицей».
    [← Назад]
    ");
    phone.press("← Назад").await;
    assert!(phone.screen().contains("В каком Вы муниципалитете?"), "{}", phone.screen());
    phone.press("Заречный район").await.writes("лицей").await;
    taps(&phone, &["Лицей «Ступени»", "Всё верно"]).await;
    insta::assert_snapshot!(people(town).await, @"Петрова Анна -, since 2025, born -, Лицей «Ступени», librarian [], 2025-09-22…");
    assert_eq!(
        lines(town, "SELECT m.name FROM persons p JOIN municipalities m ON m.id = p.municipality_id").await,
        "Заречный район"
    );
});

bot_test!(an_unclear_order_of_names_can_be_swapped, async |town: &mut Town| {
    places(town).await;
    let phone = town.phone(1, "🌸🌸🌸", None);
    phone.start().await;
    phone.press("Даю согласие").await.writes("Анна Ким").await;
    assert_chat!(phone, @"
    Знакомство · 1 из 6
    Проверим, так ли это прочиталось.

    Фамилия: Анна
    Имя: Ким
    [Да, верно]
    [Поменять местами]
    [Написать иначе]
    [← Назад]
    ");
    let swap = phone.data_of("Поменять местами");
    phone.press("Поменять местами").await;
    let id = phone.message().id;
    phone.press_raw(id, &swap).await;
    assert_chat!(phone, @"
    Знакомство · 1 из 6
    Проверим, так ли это прочиталось.

    Фамилия: Ким
    Имя: Анна
    [Да, верно]
    [Поменять местами]
    [Написать иначе]
    [← Назад]
    ");
    phone.press("Написать иначе").await.writes("Ким Анна Ли").await;
    phone.press("Поменять местами").await.press("Поменять местами").await;
    assert!(phone.screen().contains("Фамилия: Ким\nИмя: Анна\nОтчество: Ли"), "{}", phone.screen());
});

bot_test!(before_there_is_a_municipality_nobody_registers, async |town: &mut Town| {
    crate::support::places::change(town, "DELETE FROM associations").await;
    crate::support::places::change(town, "DELETE FROM municipalities").await;
    let phone = town.phone(1, "Анна", None);
    phone.start().await;
    assert_chat!(phone, @"
    Бот ещё настраивают
    Зарегистрироваться пока нельзя: здесь ещё нет ни одной школы. Вопросы можно задать так: Методический центр Заречного района, Заречный, ул. Школьная, 1.
    [Проверить ещё раз]
    ");
    phone.press("Проверить ещё раз").await.writes("алло").await;
    assert!(phone.screen().contains("Бот ещё настраивают"), "{}", phone.screen());
});
