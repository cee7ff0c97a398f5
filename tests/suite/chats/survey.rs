//! A registered teacher answers a questionnaire with the thumb.

mod after;
mod cost;
mod hostile;
mod own;
mod pauses;
mod privacy;
mod raw;

use uchitelskaya::{exec, fetch_one};

use crate::support::places::lines;
use crate::support::town::MONDAY_NOON;
use crate::support::{Hand, Town};
use crate::{assert_chat, bot_test};

/// Twelve answers in the order of the pulse.
pub const TWELVE: [&str; 12] = [
    "Почти всегда",
    "Иногда",
    "Почти всегда",
    "Иногда",
    "Иногда",
    "Часто",
    "Иногда",
    "Почти никогда",
    "Иногда",
    "Часто",
    "Иногда",
    "Часто",
];

/// A registered teacher at the home screen.
pub async fn teacher<'t>(town: &'t Town, id: i64, first: &'static str) -> Hand<'t> {
    let made = town.app().store.transact(move |tx| {
        Box::pin(async move {
            let (person,) = fetch_one!(
                tx,
                (i64,),
                "INSERT INTO persons (municipality_id, family_name, given_name, patronymic, sort_key, taught_since, \
                 confirmed_at, created_at, updated_at) SELECT id, 'Петрова', $1, 'Сергеевна', 'петрова', 2010, $2, $2, $2 \
                 FROM municipalities RETURNING id",
                first,
                MONDAY_NOON
            )?;
            exec!(
                tx,
                "INSERT INTO accounts (channel, external_id, person_id, language, created_at) \
                 VALUES ('telegram', $1, $2, 'ru', $3)",
                id,
                person,
                MONDAY_NOON
            )
        })
    });
    made.await.expect("the teacher");
    let phone = town.phone(id, first, Some("Петрова"));
    phone.writes("/menu").await;
    phone
}

/// The same phone after a restart or later.
pub fn again(town: &Town, id: i64) -> Hand<'_> {
    Hand::new(town, town.emulator.phone(id).expect("a known phone"))
}

/// Presses one after another.
pub async fn taps(phone: &Hand<'_>, labels: &[&str]) {
    for label in labels {
        phone.press(label).await;
    }
}

/// Opens the pulse and agrees: the first item is on the screen.
pub async fn begun<'t>(town: &'t Town, id: i64) -> Hand<'t> {
    let phone = teacher(town, id, "Анна").await;
    taps(&phone, &["Как мне работается", "Начать", "Согласие даю"]).await;
    phone
}

/// Answers all of it: the result is on the screen.
pub async fn finished<'t>(town: &'t Town, id: i64) -> Hand<'t> {
    let phone = begun(town, id).await;
    taps(&phone, &TWELVE).await;
    phone
}

bot_test!(the_pulse_takes_fifteen_taps_in_one_message, async |town: &mut Town| {
    let phone = teacher(town, 1, "Анна").await;
    assert_chat!(phone, @"
    Учительская · Заречный район
    Здравствуйте, Анна Сергеевна.
    [Как мне работается] [Мой профиль]
    ");
    let messages = phone.phone.messages().len();
    let mut count = 1;
    phone.press("Как мне работается").await;
    assert_chat!(phone, @"
    Как мне работается
    🔒 видите только Вы

    Двенадцать коротких утверждений о последних двух месяцах, около двух минут. Отмечайте, как часто это про Вас. Верных и неверных ответов нет, любое утверждение можно пропустить.

    Ответы и результат видите только Вы. Ни директор, ни завуч, ни методист не узнают, проходили ли Вы опрос.

    Это наблюдение за собой, а не тест и не диагноз.
    [Начать]
    [Откуда вопросы]
    [Не сейчас]
    ");
    count += 2;
    taps(&phone, &["Начать"]).await;
    assert_chat!(phone, @"
    Согласие на анкету о самочувствии в работе

    Кто отвечает за данные: Методический центр Заречного района (Заречный, ул. Школьная, 1).
    Зачем: показать Вам, что сейчас забирает силы и на что опереться.
    Что хранится: ответы, зашифрованными, пока Вы отвечаете, но не дольше 72 часов. После последнего ответа они стираются. Зашифрованный результат хранится сутки, чтобы Вы могли сохранить его себе, потом стирается тоже.
    Что остаётся: это согласие с его датой и месяц, в котором анкета открыта, чтобы не предлагать её слишком часто. Дошли ли Вы до конца, не запоминается.
    Ни директор, ни завуч, ни методист не узнают, проходили ли Вы опрос.

    Это добровольно. Прервать анкету и стереть ответы можно на любом вопросе, отозвать согласие — по контактам выше.
    [Согласие даю]
    [Не сейчас]
    ");
    taps(&phone, &["Согласие даю"]).await;
    assert_chat!(phone, @"
    Как мне работается
    🔒 видите только Вы
    ▱▱▱▱▱▱▱▱▱▱▱▱  1 из 12

    Дел на работе больше, чем помещается в день.
    [Почти никогда] [Иногда]
    [Часто] [Почти всегда]
    [Пропустить]
    [Прервать…]
    ");
    for (n, answer) in TWELVE.iter().enumerate() {
        count += 1;
        phone.press(answer).await;
        if n == 5 {
            assert_chat!(phone, @"
            Как мне работается
            🔒 видите только Вы
            ▰▰▰▰▰▰▱▱▱▱▱▱  7 из 12

            После работы у меня остаются силы на близких.
            [Почти никогда] [Иногда]
            [Часто] [Почти всегда]
            [← Назад] [Пропустить]
            [Прервать…]
            ");
        }
    }
    assert_chat!(phone, @"
    Как мне работается
    🔒 видите только Вы

    Спасибо, что уделили себе время.

    По ответам видно: последние два месяца даются Вам непросто.

    Больше всего сил сейчас забирает напряжение вокруг дел: их объём, тревога о них, спрос с себя.

    Есть и опора: Вам интересно то, что происходит на занятиях.

    Что помогает в такой картине
    • один вечер в неделю без журнала и рабочих чатов
    • дважды за неделю лечь на час раньше
    • разобрать с коллегой одну ситуацию, которая возвращается

    Это не диагноз и не оценка работы. Двенадцать ответов показывают только последние два месяца.

    До завтра результат можно сохранить себе, потом он сотрётся. «Спрятать» стирает его сразу.
    [К кому обратиться]
    [Сохранить себе] [Спрятать]
    [На главную]
    ");
    assert_eq!(count, 15);
    // Everything happened in the message that home stood in.
    assert_eq!(phone.phone.messages().len(), messages);
    assert_eq!(phone.phone.messages().iter().filter(|m| m.from_bot).count(), 1);
    phone.press("К кому обратиться").await;
    assert_chat!(phone, @"
    Как мне работается
    🔒 видите только Вы

    Если захочется поговорить:
    психолог центра, +7 000 000-00-00

    Если усталость держится больше двух недель, скажите о ней врачу.
    [← Назад]
    ");
    phone.press("← Назад").await;
    assert!(phone.screen().contains("Спасибо, что уделили себе время."), "{}", phone.screen());
    phone.press("На главную").await;
    assert_chat!(phone, @"
    Учительская · Заречный район
    Здравствуйте, Анна Сергеевна.
    [Как мне работается] [Мой профиль]
    ");
    assert_eq!(phone.phone.messages().len(), messages);
});

bot_test!(the_second_time_the_consent_is_not_asked_again, async |town: &mut Town| {
    let phone = finished(town, 1).await;
    town.forward(uchitelskaya::kernel::time::days(100)).await;
    taps(&phone, &["Спрятать", "На главную", "Как мне работается", "Начать"]).await;
    assert!(phone.screen().contains("1 из 12"), "{}", phone.screen());
    assert_eq!(lines(town, "SELECT kind FROM consents").await, "burnout");
});

bot_test!(a_way_back_shows_what_was_chosen, async |town: &mut Town| {
    let phone = begun(town, 1).await;
    assert!(!phone.screen().contains("← Назад"), "{}", phone.screen());
    taps(&phone, &["Часто", "Пропустить"]).await;
    assert!(phone.screen().contains("3 из 12"), "{}", phone.screen());
    phone.press("← Назад").await;
    assert_chat!(phone, @"
    Как мне работается
    🔒 видите только Вы
    ▰▱▱▱▱▱▱▱▱▱▱▱  2 из 12

    Моё терпение зависит от того, нравится ли мне человек.
    [Почти никогда] [Иногда]
    [Часто] [Почти всегда]
    [← Назад] [Пропустить]
    [Прервать…]
    ");
    phone.press("← Назад").await;
    assert_chat!(phone, @"
    Как мне работается
    🔒 видите только Вы
    ▱▱▱▱▱▱▱▱▱▱▱▱  1 из 12

    Дел на работе больше, чем помещается в день.
    [Почти никогда] [Иногда]
    [• Часто] [Почти всегда]
    [Пропустить]
    [Прервать…]
    ");
    // The same answer again goes on; so does another one.
    phone.press("• Часто").await.press("← Назад").await.press("Иногда").await.press("← Назад").await;
    assert!(phone.screen().contains("[Почти никогда] [• Иногда]"), "{}", phone.screen());
});

bot_test!(skipping_everything_is_a_right_and_gives_no_conclusion, async |town: &mut Town| {
    let phone = begun(town, 1).await;
    taps(&phone, &["Пропустить"; 12]).await;
    assert_chat!(phone, @"
    Как мне работается
    🔒 видите только Вы

    Спасибо, что уделили себе время.

    Ответов мало, поэтому вывода не будет. Пропускать можно сколько угодно, это Ваше право.

    Опора есть и в том, что Вы нашли время посмотреть на своё состояние.

    Это не диагноз и не оценка работы. Двенадцать ответов показывают только последние два месяца.

    До завтра результат можно сохранить себе, потом он сотрётся. «Спрятать» стирает его сразу.
    [К кому обратиться]
    [Сохранить себе] [Спрятать]
    [На главную]
    ");
});

bot_test!(the_hard_case_is_told_kindly, async |town: &mut Town| {
    let phone = begun(town, 1).await;
    let (heavy, light) = ("Почти всегда", "Почти никогда");
    taps(&phone, &[heavy, heavy, heavy, light, heavy, heavy, light, heavy, heavy, heavy, heavy, light]).await;
    assert_chat!(phone, @"
    Как мне работается
    🔒 видите только Вы

    Спасибо, что уделили себе время.

    Ответы говорят о большой усталости. С такой не обязательно справляться в одиночку.

    Силы забирает не что-то одно: напряжение, желание поберечь себя и усталость сейчас примерно равны.

    Опора есть и в том, что Вы нашли время посмотреть на своё состояние.

    Что помогает в такой картине
    • один вечер в неделю без журнала и рабочих чатов
    • дважды за неделю лечь на час раньше
    • разобрать с коллегой одну ситуацию, которая возвращается

    Поговорить можно с врачом или с психологом, который не работает вместе с Вами.
    психолог центра, +7 000 000-00-00

    Это не диагноз и не оценка работы. Двенадцать ответов показывают только последние два месяца.

    До завтра результат можно сохранить себе, потом он сотрётся. «Спрятать» стирает его сразу.
    [К кому обратиться]
    [Сохранить себе] [Спрятать]
    [На главную]
    ");
});

bot_test!(refusing_the_consent_stores_nothing, async |town: &mut Town| {
    let phone = teacher(town, 1, "Анна").await;
    taps(&phone, &["Как мне работается", "Откуда вопросы"]).await;
    assert_chat!(phone, @"
    Как мне работается
    🔒 видите только Вы

    Утверждения написаны для этого бота. За ними стоит модель трёх состояний, которые сменяют друг друга при долгой нагрузке: напряжение, самозащита, усталость. На каждое приходится по четыре утверждения.

    Баллы складываются поровну, границы поставлены по смыслу ответов: меньше, чем «иногда», в среднем; от «иногда» до «часто»; «часто» и больше. На большой группе они не проверялись, поэтому это ориентир.
    [← Назад]
    ");
    taps(&phone, &["← Назад", "Начать"]).await;
    let consent = phone.message().text;
    phone.press("Не сейчас").await;
    assert!(phone.screen().contains("Здравствуйте"), "{}", phone.screen());
    taps(&phone, &["Как мне работается", "Не сейчас"]).await;
    for table in ["SELECT kind FROM consents", "SELECT state FROM tickets", "SELECT kind FROM consent_texts"] {
        assert_eq!(lines(town, table).await, "", "{table}");
    }
    assert_eq!(lines(town, "SELECT CAST(rev AS TEXT) FROM runs").await, "");
    // Agreed to, the very words that were shown are kept.
    taps(&phone, &["Как мне работается", "Начать", "Согласие даю"]).await;
    let kept = lines(town, "SELECT t.body FROM consents c JOIN consent_texts t ON t.hash = c.text_hash").await;
    assert_eq!(kept.trim(), consent.trim());
    let hash = if town.app().store.engine() == "sqlite" {
        lines(town, "SELECT lower(hex(text_hash)) FROM consents").await
    } else {
        lines(town, "SELECT encode(text_hash, 'hex') FROM consents").await
    };
    use sha2::Digest;
    assert_eq!(hash, uchitelskaya::store::seal::hex(&sha2::Sha256::digest(kept.as_bytes())));
});

bot_test!(it_opens_once_in_three_months, async |town: &mut Town| {
    use uchitelskaya::kernel::time::days;
    let phone = finished(town, 1).await;
    taps(&phone, &["Спрятать", "На главную", "Как мне работается"]).await;
    assert_chat!(phone, @"
    Как мне работается
    🔒 видите только Вы

    Недавно Вы эту анкету уже открывали. Снова её можно будет пройти с декабря 2025 года: раньше картина почти не меняется.
    [На главную]
    ");
    town.forward(days(60)).await;
    taps(&phone, &["На главную", "Как мне работается"]).await;
    assert!(phone.screen().contains("с декабря 2025 года"), "{}", phone.screen());
    town.forward(days(40)).await;
    taps(&phone, &["На главную", "Как мне работается", "Начать"]).await;
    assert!(phone.screen().contains("1 из 12"), "{}", phone.screen());
    assert_eq!(lines(town, "SELECT opened_month || ' ' || state FROM tickets").await, "2025-12 open");
});

bot_test!(the_whole_of_it_in_english, async |town: &mut Town| {
    let phone = teacher(town, 1, "Анна").await;
    phone.writes("/language").await.press("English").await.press("How work feels").await;
    assert_chat!(phone, @"
    How work feels
    🔒 only you see this

    Twelve short statements about the last two months, about two minutes. Mark how often each is true of you. There are no right or wrong answers, and any statement may be skipped.

    Only you see the answers and the result. No head, deputy head or methodist will learn whether you took part.

    This is a look at yourself, not a test and not a diagnosis.
    [Start]
    [About the questions]
    [Not now]
    ");
    phone.press("Start").await;
    assert_chat!(phone, @"
    Consent to a questionnaire about how work feels

    Who answers for the data: Методический центр Заречного района (Заречный, ул. Школьная, 1).
    Why: to show you what takes strength now and what you can lean on.
    What is kept: your answers, encrypted, while you answer, for 72 hours at most. After the last answer they are erased. The encrypted result is kept for a day so that you can save it for yourself; then it is erased too.
    What remains: this consent with its date, and the month in which the questionnaire was opened, so as not to offer it too often. Whether you got to the end is not remembered.
    No head, deputy head or methodist will learn whether you took part.

    It is voluntary. You can stop and erase your answers at any question, and withdraw the consent through the contacts above.
    [I consent]
    [Not now]
    ");
    phone.press("I consent").await;
    assert_chat!(phone, @"
    How work feels
    🔒 only you see this
    ▱▱▱▱▱▱▱▱▱▱▱▱  1 of 12

    There is more work than fits into my day.
    [Almost never] [Sometimes]
    [Often] [Almost always]
    [Skip]
    [Stop…]
    ");
    taps(&phone, &["Often"; 12]).await;
    assert_chat!(phone, @"
    How work feels
    🔒 only you see this

    Thank you for giving yourself this time.

    The answers show that the last two months have not been easy for you.

    It is no single thing: tension, the wish to spare yourself and tiredness are about equal now.

    There is something to lean on: what happens in your classes interests you.

    What helps in such a picture
    • one evening a week without the register and work chats
    • going to bed an hour earlier twice this week
    • talking through with a colleague one situation that keeps coming back

    Some answers disagree with each other, so read the conclusion with care.

    This is not a diagnosis and not a judgement of your work. Twelve answers show only the last two months.

    You can keep the result for yourself until tomorrow; then it is erased. Hide erases it at once.
    [Who can help]
    [Keep for myself] [Hide]
    [Home]
    ");
});
