//! Whatever else arrives at a step gets a sensible answer.

use uchitelskaya::emulator::Other;

use super::{registered, taps, to_summary};
use crate::support::places::{places, revoke};
use crate::support::{Hand, Town};
use crate::{assert_chat, bot_test};

/// Sends what nobody asked for; every answer shows the question again.
async fn odd_things(phone: &Hand<'_>, question: &str) {
    let long = "Я".repeat(4096);
    for typed in ["<b>жирно</b> &", "😀", "????", long.as_str(), "/nonsense", "/help", "/language", "/profile"] {
        phone.writes(typed).await;
        let screen = phone.screen();
        assert!(screen.contains('['), "{typed}: {screen}");
        if typed == "/help" || typed == "/nonsense" {
            phone.press("Продолжить").await;
        } else if typed == "/language" {
            phone.press("← Назад").await;
        }
        assert!(phone.screen().contains(question), "{typed} at «{question}»: {}", phone.screen());
    }
    for what in [Other::Sticker, Other::Voice, Other::Location] {
        phone.sends(what).await;
        let screen = phone.screen();
        assert!(screen.starts_with("Не понял Вас") && screen.contains(question), "{screen}");
    }
}

bot_test!(every_step_answers_what_it_did_not_ask_for, async |town: &mut Town| {
    let places = places(town).await;
    let phone = town.phone(1, "Анна", Some("Петрова"));
    phone.start_with(&places.link).await;
    odd_things(&phone, "Согласие на обработку").await;
    phone.press("Даю согласие").await;
    odd_things(&phone, "Вас зовут Анна Петрова?").await;
    phone.sends(Other::Forward("Анна Петрова".into())).await;
    // The forwarded name was read as a typed one.
    assert_chat!(phone, @"
    Знакомство · 1 из 5
    Проверим, так ли это прочиталось.

    Фамилия: Петрова
    Имя: Анна
    [Да, верно]
    [Написать иначе]
    [← Назад]
    ");
    phone.press("Да, верно").await;
    for (question, answer) in [
        ("Кем Вы работаете?", "Учитель"),
        ("Какой предмет Вы ведёте?", "Математика"),
        ("С какого года идёт Ваш педагогический стаж?", "Веду ещё предмет"),
        ("Отметьте все предметы", "Готово"),
        ("С какого года идёт Ваш педагогический стаж?", "2024"),
        ("В каком году Вы родились?", "Пропустить"),
    ] {
        odd_things(&phone, question).await;
        assert!(phone.screen().contains(question), "{}", phone.screen());
        phone.press(answer).await;
    }
    odd_things(&phone, "Проверьте, всё ли верно").await;
    phone.press("Исправить").await;
    odd_things(&phone, "Что исправить?").await;
    phone.press("Объединения").await;
    odd_things(&phone, "В каких объединениях Вы состоите?").await;
    taps(&phone, &["Готово", "Исправить", "Место работы"]).await;
    odd_things(&phone, "Где Вы работаете?").await;
});

bot_test!(typed_names_get_kind_hints, async |town: &mut Town| {
    places(town).await;
    let phone = town.phone(1, "Анна", None);
    phone.start().await;
    phone.press("Даю согласие").await;
    let mut seen = String::new();
    for typed in
        ["Анна", "Анна Сергеевна", "Петрова А. С.", "Анна 7", "когда же будет наше собрание", "<b>Анна Петрова</b>"]
    {
        phone.writes(typed).await;
        seen.push_str(&format!("{typed}: {}\n", phone.screen().lines().next().unwrap_or_default()));
    }
    phone.writes(&"Анна ".repeat(800)).await;
    seen.push_str(phone.screen().lines().next().unwrap_or_default());
    insta::assert_snapshot!(seen, @"
    Анна: Нужны и фамилия, и имя: по ним Вас узнают коллеги. Сначала фамилия.
    Анна Сергеевна: Нужны и фамилия, и имя: по ним Вас узнают коллеги. Сначала фамилия.
    Петрова А. С.: Инициалов мало: напишите имя полностью.
    Анна 7: В имени могут быть только буквы и дефис. Попробуйте ещё раз, без цифр и значков.
    когда же будет наше собрание: Слов больше, чем в имени. Нужны только фамилия, имя и отчество.
    <b>Анна Петрова</b>: В имени могут быть только буквы и дефис. Попробуйте ещё раз, без цифр и значков.
    Для имени это слишком длинно. Нужны только фамилия, имя и отчество.
    ");
    assert_chat!(phone, @"
    Для имени это слишком длинно. Нужны только фамилия, имя и отчество.

    Знакомство · 1 из 6

    Как Вас зовут? Напишите одной строкой фамилию, имя и отчество, если оно есть.
    Например: Петрова Анна Сергеевна
    [← Назад]
    ");
});

bot_test!(typed_years_get_kind_hints, async |town: &mut Town| {
    let places = places(town).await;
    let phone = town.phone(1, "Анна", Some("Петрова"));
    phone.start_with(&places.link).await;
    taps(&phone, &["Даю согласие", "Да, верно", "Библиотекарь"]).await;
    let mut seen = String::new();
    for typed in ["давно", "15 лет", "2026", "1900"] {
        phone.writes(typed).await;
        seen.push_str(&format!("{typed}: {}\n", phone.screen().lines().next().unwrap_or_default()));
    }
    phone.writes("2009").await;
    for typed in ["85", "2030", "2015", "1900", "2000"] {
        phone.writes(typed).await;
        seen.push_str(&format!("born {typed}: {}\n", phone.screen().lines().next().unwrap_or_default()));
    }
    phone.writes("1985").await.press("Исправить").await.press("Стаж").await.press("1990–1994").await;
    phone.press("1994").await;
    seen.push_str(&format!("1994 of 1985: {}", phone.screen().lines().next().unwrap_or_default()));
    insta::assert_snapshot!(seen, @"
    давно: Напишите год четырьмя цифрами, например 2009.
    15 лет: Напишите год четырьмя цифрами, например 2009.
    2026: Этот год ещё не наступил. Проверьте, пожалуйста.
    1900: Похоже на опечатку: это было слишком давно. Проверьте год.
    born 85: Напишите год четырьмя цифрами, например 2009.
    born 2030: Этот год ещё не наступил. Проверьте, пожалуйста.
    born 2015: «Учительская» — для взрослых, которые работают. Если это опечатка, напишите год ещё раз.
    born 1900: Похоже на опечатку: это было слишком давно. Проверьте год.
    born 2000: Получается, что стаж начался ещё в детстве. Проверьте год: здесь и год начала работы.
    1994 of 1985: Получается, что стаж начался ещё в детстве. Проверьте год: здесь и год начала работы.
    ");
});

bot_test!(a_teacher_has_at_least_one_subject, async |town: &mut Town| {
    let places = places(town).await;
    let phone = town.phone(1, "Анна", Some("Петрова"));
    phone.start_with(&places.link).await;
    taps(&phone, &["Даю согласие", "Да, верно", "Учитель", "Физика", "Веду ещё предмет", "✅ Физика", "Готово"]).await;
    assert!(phone.screen().starts_with("Отметьте хотя бы один предмет."), "{}", phone.screen());
    // Back with none chosen is back to the question itself.
    phone.press("← Назад").await;
    assert!(phone.screen().contains("Какой предмет Вы ведёте?"), "{}", phone.screen());
});

bot_test!(back_leads_through_every_step, async |town: &mut Town| {
    let places = places(town).await;
    let phone = to_summary(town, &places.link).await;
    let mut seen = Vec::new();
    for _ in 0..6 {
        phone.press("← Назад").await;
        seen.push(phone.screen().lines().find(|l| l.ends_with('?') || l.contains("? ")).unwrap_or("—").to_owned());
    }
    insta::assert_snapshot!(seen.join("\n"), @"
    В каком году Вы родились? Напишите год или пропустите.
    С какого года идёт Ваш педагогический стаж?
    Какой предмет Вы ведёте?
    Кем Вы работаете?
    Вас зовут Анна Петрова?
    —
    ");
    assert_chat!(phone, @"
    Согласие на обработку персональных данных

    Это «Учительская», бот для педагогов. Чтобы познакомиться, нужно Ваше согласие.

    Кто отвечает за данные: Методический центр Заречного района (Заречный, ул. Школьная, 1).
    Зачем они: регистрация, мероприятия и объединения, наставничество.
    Какие: имя, место работы, должность, предметы, год начала работы и, если назовёте, год рождения; участие в мероприятиях и наставничестве; номер Вашей учётной записи в Telegram.
    Что с ними делают: собирают, хранят, уточняют, используют и удаляют, в том числе программой. Посторонним не передают.
    Как долго: пока Вы не отзовёте согласие; в резервных копиях — ещё до 30 дней.
    Как отозвать: во время знакомства — кнопкой «Отозвать согласие», позже — по контактам выше. Данные сотрут.

    На опросы о темах роста и о самочувствии согласие всегда спрашивают отдельно.

    ✅ Согласие дано.
    [Продолжить]
    [Отозвать согласие]
    ");
    phone.press("Продолжить").await;
    assert!(phone.screen().contains("Проверьте, всё ли верно"), "{}", phone.screen());
    // Sub-steps lead back to their question.
    phone.press("Исправить").await.press("Имя").await.writes("Петрова Анна Сергеевна").await;
    phone.press("← Назад").await.press("← Назад").await;
    assert!(phone.screen().contains("Проверьте, всё ли верно"), "{}", phone.screen());
    phone.press("Исправить").await.press("← Назад").await;
    assert!(phone.screen().contains("Проверьте, всё ли верно"), "{}", phone.screen());
    phone.press("Исправить").await.press("Место работы").await.writes("4").await.press("Нет в списке").await;
    phone.press("← Назад").await;
    assert!(phone.screen().contains("Где Вы работаете?"), "{}", phone.screen());
});

bot_test!(a_closed_or_unknown_link_is_no_obstacle, async |town: &mut Town| {
    let places = places(town).await;
    revoke(town, places.school4).await;
    let phone = town.phone(1, "Анна", Some("Петрова"));
    phone.start_with(&places.link).await;
    assert!(phone.screen().starts_with("Эта ссылка больше не действует."), "{}", phone.screen());
    phone.start_with("s").await;
    assert!(phone.screen().starts_with("Эта ссылка больше не действует."), "{}", phone.screen());
    taps(&phone, &["Даю согласие", "Да, верно"]).await;
    phone.start_with("sAAAAAAAAAAAAAAAAAAAAAA").await;
    assert_chat!(phone, @"
    Эта ссылка больше не действует. Ничего страшного: место работы можно выбрать самим.

    Знакомство · 2 из 6

    Где Вы работаете?
    Напишите номер или часть названия: «4», «садик 12», «лицей».
    [← Назад]
    ");
});

bot_test!(a_link_pressed_in_the_middle_answers_the_school, async |town: &mut Town| {
    let places = places(town).await;
    let phone = town.phone(1, "Анна", Some("Петрова"));
    phone.start().await;
    taps(&phone, &["Даю согласие", "Да, верно"]).await;
    phone.start_with(&places.link).await;
    assert_chat!(phone, @"
    Место работы из ссылки: Школа № 4.

    Знакомство · 2 из 5

    Кем Вы работаете?
    [Учитель]
    [Учитель начальных классов]
    [Воспитатель] [Психолог]
    [Логопед] [Соцпедагог]
    [Музыкальный руководитель]
    [Инструктор по физкультуре]
    [Педагог доп. образования]
    [Библиотекарь] [Завуч]
    [Директор] [Методист]
    [Другая должность]
    [← Назад]
    ");
    taps(&phone, &["Учитель"]).await;
    phone.start_with(&places.kindergarten_link).await;
    assert!(phone.screen().contains("Место работы из ссылки: Детский сад № 12 «Берёзка»."), "{}", phone.screen());
    assert!(phone.screen().contains("Какой предмет Вы ведёте?"), "{}", phone.screen());
});

bot_test!(somebody_registered_is_greeted_by_a_link, async |town: &mut Town| {
    let places = places(town).await;
    let phone = registered(town, &places.link).await;
    phone.start_with(&places.kindergarten_link).await;
    assert_chat!(phone, @"
    Анна, Вы уже с нами
    Ещё раз знакомиться не нужно. Сменить место работы можно в профиле: «Исправить», затем «Место работы».
    [Мой профиль]
    [На главную]
    ");
    phone.press("Мой профиль").await;
    assert!(phone.screen().contains("Школа № 4"), "{}", phone.screen());
});
