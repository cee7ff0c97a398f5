//! A newcomer registers; later they correct their profile.

mod by_hand;
mod hostile;
mod later;
mod pauses;
mod wrong;

use crate::support::places::{lines, places};
use crate::support::{Hand, Town};
use crate::{assert_chat, bot_test};

/// Presses one after another; how many there were.
pub async fn taps(phone: &Hand<'_>, labels: &[&str]) -> usize {
    for label in labels {
        phone.press(label).await;
    }
    labels.len()
}

/// Everybody on record, with where they work.
pub async fn people(town: &Town) -> String {
    lines(
        town,
        "SELECT p.family_name || ' ' || p.given_name || ' ' || COALESCE(p.patronymic, '-') || ', since ' || p.taught_since \
         || ', born ' || COALESCE(CAST(p.born_in AS TEXT), '-') || ', ' || COALESCE(s.name, 'said ' || w.school_said) \
         || ', ' || w.post || ' [' || w.subjects || '], ' || w.from_on || '…' || COALESCE(w.to_on, '') \
         || CASE WHEN p.confirmed_at IS NULL THEN '' ELSE ', confirmed' END \
         FROM persons p JOIN placements w ON w.person_id = p.id LEFT JOIN schools s ON s.id = w.school_id ORDER BY w.id",
    )
    .await
}

/// Who is in which association.
pub async fn memberships(town: &Town) -> String {
    lines(
        town,
        "SELECT p.family_name || ': ' || a.name FROM memberships m JOIN persons p ON p.id = m.person_id \
         JOIN associations a ON a.id = m.association_id ORDER BY p.id, a.sort_key",
    )
    .await
}

/// Anna comes by the link of school 4 and answers until the summary.
pub async fn to_summary<'t>(town: &'t Town, link: &str) -> Hand<'t> {
    let phone = town.phone(1, "Анна", Some("Петрова"));
    phone.start_with(link).await;
    taps(&phone, &["Даю согласие", "Да, верно", "Учитель", "Математика", "2024", "Пропустить"]).await;
    phone
}

/// Anna is registered in school 4.
pub async fn registered<'t>(town: &'t Town, link: &str) -> Hand<'t> {
    let phone = to_summary(town, link).await;
    phone.press("Всё верно").await;
    phone
}

bot_test!(by_a_schools_link_it_takes_seven_taps, async |town: &mut Town| {
    let places = places(town).await;
    let phone = town.phone(1, "Анна", Some("Петрова"));
    phone.start_with(&places.link).await;
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
    [Даю согласие]
    [Не сейчас]
    ");
    let mut count = taps(&phone, &["Даю согласие"]).await;
    assert_chat!(phone, @"
    Знакомство · 1 из 5
    Место работы: Школа № 4.

    Вас зовут Анна Петрова?
    Добавить отчество или исправить имя можно через «Иначе».
    [Да, верно]
    [Иначе]
    [← Назад]
    ");
    count += taps(&phone, &["Да, верно"]).await;
    assert_chat!(phone, @"
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
    count += taps(&phone, &["Учитель"]).await;
    assert_chat!(phone, @"
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
    [← Назад]
    ");
    count += taps(&phone, &["Математика"]).await;
    assert_chat!(phone, @"
    Знакомство · 4 из 5
    Вы ведёте: математика.

    С какого года идёт Ваш педагогический стаж?
    Год можно и написать.
    [2025] [2024] [2023]
    [2022] [2021] [2020]
    [2015–2019] [2010–2014] [2005–2009]
    [2000–2004] [1995–1999] [1990–1994]
    [1985–1989] [1980–1984] [1975–1979]
    [Веду ещё предмет]
    [← Назад]
    ");
    count += taps(&phone, &["2024"]).await;
    assert_chat!(phone, @"
    Знакомство · 5 из 5

    В каком году Вы родились? Напишите год или пропустите.
    Год нужен только для общих чисел по возрасту; коллеги его не видят.
    [Пропустить]
    [← Назад]
    ");
    count += taps(&phone, &["Пропустить"]).await;
    assert_chat!(phone, @"
    Проверьте, всё ли верно

    Петрова Анна
    Школа № 4
    Учитель: математика
    Педагогический стаж с 2024 года
    Год рождения не указан
    Объединение: РМО учителей математики
    Вы работаете первые три года, поэтому Вам открыты наставники и «Школа молодого педагога».
    [Всё верно]
    [Исправить]
    [← Назад]
    ");
    assert_eq!(people(town).await, "", "nothing is written before the last tap");
    count += taps(&phone, &["Всё верно"]).await;
    assert_chat!(phone, @"
    Готово, Анна
    Вы зарегистрированы. Скоро коллеги подтвердят, что Вы работаете здесь, и откроется остальное.
    [На главную]
    ");
    assert_eq!(count, 7);
    phone.press("На главную").await;
    let home = phone.screen();
    assert!(
        home.starts_with(
            "Учительская · Заречный район
Здравствуйте, Анна."
        ),
        "{home}"
    );
    assert!(home.contains("⏳ Скоро коллеги подтвердят") && home.contains("[Мой профиль]"), "{home}");
    insta::assert_snapshot!(people(town).await, @"Петрова Анна -, since 2024, born -, Школа № 4, teacher [maths], 2025-09-22…");
    insta::assert_snapshot!(memberships(town).await, @"Петрова: РМО учителей математики");
});

bot_test!(an_experienced_teacher_needs_eight_taps, async |town: &mut Town| {
    let places = places(town).await;
    let phone = town.phone(1, "Анна", Some("Петрова"));
    phone.start_with(&places.link).await;
    let mut count = taps(&phone, &["Даю согласие", "Да, верно", "Учитель", "Физика", "2010–2014"]).await;
    assert_chat!(phone, @"
    Знакомство · 4 из 5

    С какого года идёт Ваш педагогический стаж?
    [2014] [2013] [2012]
    [2011] [2010]
    [← Назад]
    ");
    count += taps(&phone, &["2012", "Пропустить"]).await;
    assert_chat!(phone, @"
    Проверьте, всё ли верно

    Петрова Анна
    Школа № 4
    Учитель: физика
    Педагогический стаж с 2012 года
    Год рождения не указан
    Объединение: РМО учителей физики
    [Всё верно]
    [Исправить]
    [← Назад]
    ");
    count += taps(&phone, &["Всё верно"]).await;
    assert_eq!(count, 8);
    insta::assert_snapshot!(people(town).await, @"Петрова Анна -, since 2012, born -, Школа № 4, teacher [physics], 2025-09-22…");
});

bot_test!(more_subjects_are_ticked_beside_the_next_question, async |town: &mut Town| {
    let places = places(town).await;
    let phone = town.phone(1, "Анна", Some("Петрова"));
    phone.start_with(&places.link).await;
    taps(&phone, &["Даю согласие", "Да, верно", "Учитель", "Физика", "Веду ещё предмет"]).await;
    assert_chat!(phone, @"
    Знакомство · 3 из 5

    Отметьте все предметы, которые ведёте.
    [Готово]
    [Русский язык и литература]
    [История и обществознание]
    [Математика] [Иностранный язык]
    [География] [Биология]
    [Химия] [✅ Физика]
    [Информатика] [Музыка, ИЗО, МХК]
    [Труд (технология)] [Физкультура]
    [ОБЗР] [ОРКСЭ]
    [Другой предмет]
    [← Назад]
    ");
    taps(&phone, &["Математика", "Информатика", "✅ Информатика", "Химия"]).await;
    assert_chat!(phone, @"
    Знакомство · 3 из 5

    Отметьте все предметы, которые ведёте.
    [Готово]
    [Русский язык и литература]
    [История и обществознание]
    [✅ Математика] [Иностранный язык]
    [География] [Биология]
    [✅ Химия] [✅ Физика]
    [Информатика] [Музыка, ИЗО, МХК]
    [Труд (технология)] [Физкультура]
    [ОБЗР] [ОРКСЭ]
    [Другой предмет]
    [← Назад]
    ");
    phone.press("Готово").await;
    assert_chat!(phone, @"
    Знакомство · 4 из 5
    Вы ведёте: физика, математика, химия.

    С какого года идёт Ваш педагогический стаж?
    Год можно и написать.
    [2025] [2024] [2023]
    [2022] [2021] [2020]
    [2015–2019] [2010–2014] [2005–2009]
    [2000–2004] [1995–1999] [1990–1994]
    [1985–1989] [1980–1984] [1975–1979]
    [Веду ещё предмет]
    [← Назад]
    ");
    taps(&phone, &["2024", "Пропустить", "Всё верно"]).await;
    insta::assert_snapshot!(people(town).await, @"Петрова Анна -, since 2024, born -, Школа № 4, teacher [physics maths chemistry], 2025-09-22…");
    insta::assert_snapshot!(memberships(town).await, @"
    Петрова: РМО учителей математики
    Петрова: РМО учителей физики
    Петрова: РМО учителей химии
    ");
});

bot_test!(a_kindergarten_offers_its_own_posts_first, async |town: &mut Town| {
    let places = places(town).await;
    let phone = town.phone(1, "Ольга Ивановна", Some("Белова"));
    phone.start_with(&places.kindergarten_link).await;
    taps(&phone, &["Даю согласие"]).await;
    assert_chat!(phone, @"
    Знакомство · 1 из 5
    Место работы: Детский сад № 12 «Берёзка».

    Вас зовут Ольга Ивановна Белова?
    Добавить отчество или исправить имя можно через «Иначе».
    [Да, верно]
    [Иначе]
    [← Назад]
    ");
    taps(&phone, &["Да, верно"]).await;
    assert_chat!(phone, @"
    Знакомство · 2 из 5

    Кем Вы работаете?
    [Воспитатель]
    [Психолог] [Логопед]
    [Музыкальный руководитель]
    [Инструктор по физкультуре]
    [Методист] [Завуч]
    [Директор] [Учитель]
    [Учитель начальных классов]
    [Соцпедагог]
    [Педагог доп. образования]
    [Библиотекарь]
    [Другая должность]
    [← Назад]
    ");
    let rest = taps(&phone, &["Воспитатель", "2020", "Пропустить"]).await;
    assert_chat!(phone, @"
    Проверьте, всё ли верно

    Белова Ольга Ивановна
    Детский сад № 12 «Берёзка»
    Воспитатель
    Педагогический стаж с 2020 года
    Год рождения не указан
    Объединения не выбраны: отметить свои можно через «Исправить».
    [Всё верно]
    [Исправить]
    [← Назад]
    ");
    // Several associations of one post are a choice that nobody makes for her.
    taps(&phone, &["Исправить", "Объединения"]).await;
    assert_chat!(phone, @"
    Исправляем

    В каких объединениях Вы состоите?
    Подобрано по должности и предметам. Отсюда придут приглашения на заседания; лишнее можно снять.
    [РМО воспитателей групп раннего возраста]
    [РМО воспитателей комбинированных и компенсирующ…]
    [РМО воспитателей младших и средних групп]
    [РМО воспитателей старших и подготовительных гру…]
    [Готово]
    [← Назад]
    ");
    taps(&phone, &["РМО воспитателей групп раннего возраста", "Готово"]).await;
    assert_chat!(phone, @"
    Проверьте, всё ли верно

    Белова Ольга Ивановна
    Детский сад № 12 «Берёзка»
    Воспитатель
    Педагогический стаж с 2020 года
    Год рождения не указан
    Объединение: РМО воспитателей групп раннего возраста
    [Всё верно]
    [Исправить]
    [← Назад]
    ");
    phone.press("Всё верно").await;
    assert_eq!(rest + 3, 6, "without the association");
    insta::assert_snapshot!(people(town).await, @"Белова Ольга Ивановна, since 2020, born -, Детский сад № 12 «Берёзка», kindergarten [], 2025-09-22…");
    insta::assert_snapshot!(memberships(town).await, @"Белова: РМО воспитателей групп раннего возраста");
});

bot_test!(an_english_phone_is_spoken_to_in_english, async |town: &mut Town| {
    let places = places(town).await;
    let phone = town.phone(1, "Anna", Some("Petrova"));
    phone.start_with(&places.link).await;
    phone.writes("/language").await.press("English").await;
    assert_chat!(phone, @r#"
    Consent to the processing of personal data

    This is the Staff room, a bot for teachers. To get acquainted it needs your consent.

    Who answers for the data: Методический центр Заречного района (Заречный, ул. Школьная, 1).
    What for: registration, events and associations, mentoring.
    Which: name, workplace, post, subjects, the year you began to teach and, if you tell it, the year of birth; taking part in events and mentoring; the number of your Telegram account.
    What is done with it: it is collected, kept, corrected, used and erased, also by a program. It is not given to outsiders.
    How long: until you withdraw the consent; in backups up to 30 days more.
    How to withdraw: while getting acquainted, by the button "Withdraw consent"; later, through the contacts above. The data is then erased.

    For surveys about growth and well-being you are always asked separately.
    [I consent]
    [Not now]
    "#);
    taps(&phone, &["I consent"]).await;
    assert_chat!(phone, @r#"
    Getting acquainted · 1 of 5
    Workplace: Школа № 4.

    Is your name Anna Petrova?
    To add a patronymic or mend the name, press "No".
    [Yes, right]
    [No]
    [← Back]
    "#);
    taps(&phone, &["Yes, right", "Deputy head"]).await;
    assert_chat!(phone, @"
    Getting acquainted · 3 of 5

    Which subject do you teach?
    If there are several, begin with the main one: the others can be added right after it.
    [Russian and literature]
    [History, social studies]
    [Mathematics] [Foreign language]
    [Geography] [Biology]
    [Chemistry] [Physics]
    [Computer science] [Music, art]
    [Technology] [Physical education]
    [Safety (ОБЗР)] [Religions (ОРКСЭ)]
    [Another subject]
    [I teach no subjects]
    [← Back]
    ");
    taps(&phone, &["I teach no subjects", "2020", "Skip"]).await;
    assert_chat!(phone, @r#"
    Please check that all is right

    Petrova Anna
    Школа № 4
    Deputy head
    Teaching since 2020
    Year of birth not given
    No association chosen: tick yours through "Correct".
    [All is right]
    [Correct]
    [← Back]
    "#);
    taps(&phone, &["All is right", "Home"]).await;
    let home = phone.screen();
    assert!(
        home.starts_with(
            "Staff room · Заречный район
Hello, Anna."
        ),
        "{home}"
    );
    assert!(home.contains("⏳ Colleagues will soon confirm") && home.contains("[My profile]"), "{home}");
    let texts = lines(town, "SELECT t.language || ' ' || t.version || ' ' || t.kind FROM consent_texts t").await;
    assert_eq!(texts, "en 1 account");
});

bot_test!(refusing_the_consent_keeps_nothing_and_leaves_the_way_open, async |town: &mut Town| {
    let places = places(town).await;
    let phone = town.phone(1, "Анна", Some("Петрова"));
    phone.start_with(&places.link).await;
    phone.press("Не сейчас").await;
    assert_chat!(phone, @"
    Хорошо, не сейчас
    О Вас ничего не сохранено, кроме номера учётной записи. Когда будете готовы, нажмите кнопку ниже или напишите /start.
    [Вернуться к согласию]
    ");
    assert_eq!(lines(town, "SELECT feature || step || data FROM conversations").await, "");
    assert_eq!(lines(town, "SELECT body FROM consent_texts").await, "");
    phone.press("Вернуться к согласию").await.press("Даю согласие").await;
    assert!(phone.screen().contains("Школа № 4"), "{}", phone.screen());
    let kept = "SELECT t.kind || ' ' || t.language || ' ' || c.given_at || COALESCE(' ' || c.withdrawn_at, '') \
                FROM consents c JOIN consent_texts t ON t.hash = c.text_hash";
    assert_eq!(lines(town, kept).await, "account ru 1758531600000");
    // Back from the first question the consent can be read again and taken back.
    phone.press("← Назад").await;
    assert!(phone.screen().ends_with("✅ Согласие дано.\n[Продолжить]\n[Отозвать согласие]"), "{}", phone.screen());
    phone.press("Отозвать согласие").await;
    assert_eq!(lines(town, kept).await, "account ru 1758531600000 1758531600000");
    assert_eq!(lines(town, "SELECT feature || step || data FROM conversations").await, "");
    phone.writes("/start").await;
    assert!(phone.screen().contains("[Даю согласие]"));
});
