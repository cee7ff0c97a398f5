//! What happens to a result: it is looked at again, kept, forgotten, hidden, and goes after a day.

use uchitelskaya::kernel::time::{days, hours};

use super::{finished, taps};
use crate::support::Town;
use crate::support::places::lines;
use crate::{assert_chat, bot_test};

const CONSENTS: &str =
    "SELECT kind || CASE WHEN withdrawn_at IS NULL THEN '' ELSE ' withdrawn' END FROM consents ORDER BY id";

bot_test!(a_result_opens_again_from_home_for_a_day, async |town: &mut Town| {
    let phone = finished(town, 1).await;
    let result = phone.screen();
    taps(&phone, &["На главную", "Как мне работается"]).await;
    assert_eq!(phone.screen(), result);
    town.forward(hours(22)).await;
    taps(&phone, &["На главную", "Как мне работается"]).await;
    assert_eq!(phone.screen(), result);
    phone.press("На главную").await;
    town.forward(hours(3)).await;
    phone.press("Как мне работается").await;
    assert!(phone.screen().contains("с декабря 2025 года"), "{}", phone.screen());
});

bot_test!(buttons_of_a_result_that_is_gone_end_on_the_quiet_screen, async |town: &mut Town| {
    for label in ["К кому обратиться", "Сохранить себе", "Спрятать"] {
        let phone = finished(town, label.len() as i64).await;
        town.forward(hours(25)).await;
        phone.press(label).await;
        if label == "Сохранить себе" {
            phone.press("Сохранить").await;
        }
        assert!(phone.screen().starts_with("Спасибо. Здесь больше ничего нет."), "{}", phone.screen());
    }
    assert_eq!(lines(town, "SELECT kind FROM consents WHERE kind = 'own-scores'").await, "");
});

bot_test!(hiding_leaves_nothing_in_the_chat, async |town: &mut Town| {
    let phone = finished(town, 1).await;
    phone.press("К кому обратиться").await.press("← Назад").await.press("Спрятать").await;
    assert_chat!(phone, @"
    Спасибо. Здесь больше ничего нет.
    [На главную]
    ");
    let all: Vec<String> = phone.phone.messages().into_iter().map(|m| m.text).collect();
    for words in ["Спасибо, что уделили", "усталость", "напряжение", "психолог", "диагноз"]
    {
        assert!(!all.iter().any(|text| text.contains(words)), "{words}: {all:?}");
    }
});

bot_test!(own_scores_are_kept_on_a_consent_of_their_own_and_forgotten_by_a_tap, async |town: &mut Town| {
    let phone = finished(town, 1).await;
    phone.press("Сохранить себе").await;
    assert_chat!(phone, @"
    Сохранить результат себе

    🔒 Сохранятся только баллы этой анкеты, зашифрованными. Видите их только Вы, чтобы через несколько месяцев сравнить.
    Кто отвечает за данные: Методический центр Заречного района (Заречный, ул. Школьная, 1).
    Как долго: пока Вы не нажмёте «Забыть сохранённое» в этой же анкете. Отметка о самом согласии с датой останется.
    [Сохранить]
    [← Назад]
    ");
    phone.press("← Назад").await;
    assert_eq!(lines(town, CONSENTS).await, "burnout");
    phone.press("Сохранить себе").await;
    let (id, data) = (phone.message().id, phone.data_of("Сохранить"));
    phone.phone.press_raw(id, &data);
    phone.phone.press_raw(id, &data);
    phone.settled().await;
    assert_chat!(phone, @"
    🔒 Сохранено, видите только Вы. Найти сохранённое можно в этой же анкете на главной.
    [Показать результат]
    [Забыть сохранённое]
    [На главную]
    ");
    assert_eq!(lines(town, CONSENTS).await, "burnout\nown-scores");
    assert_eq!(lines(town, "SELECT kept_month FROM kept_results").await, "2025-09");
    // The words can be read until tomorrow; they are not offered for keeping again.
    phone.press("Показать результат").await;
    assert!(phone.screen().contains("Спасибо, что уделили"), "{}", phone.screen());
    assert!(
        phone.screen().ends_with("[К кому обратиться]\n[Сохранённое] [Спрятать]\n[На главную]"),
        "{}",
        phone.screen()
    );
    town.forward(days(2)).await;
    taps(&phone, &["На главную", "Как мне работается"]).await;
    assert_chat!(phone, @"
    Как мне работается
    🔒 видите только Вы

    Недавно Вы эту анкету уже открывали. Снова её можно будет пройти с декабря 2025 года: раньше картина почти не меняется.
    У Вас сохранён 1 результат, его видите только Вы.
    [Сохранённое]
    [На главную]
    ");
    phone.press("Сохранённое").await;
    assert_chat!(phone, @"
    Как мне работается
    🔒 видите только Вы

    Сентябрь 2025
    Напряжение: сильно
    Самозащита: заметно
    Усталость: заметно
    В целом: заметно
    [Забыть сохранённое]
    [На главную]
    ");
    phone.press("Забыть сохранённое").await;
    assert_eq!(phone.last_toast().as_deref(), Some("Сохранённое стёрто."));
    assert_eq!(lines(town, "SELECT kept_month FROM kept_results").await, "");
    assert_eq!(lines(town, CONSENTS).await, "burnout\nown-scores withdrawn");
    taps(&phone, &["На главную", "Как мне работается"]).await;
    assert!(!phone.screen().contains("Сохранённое"), "{}", phone.screen());
});

bot_test!(two_results_stand_one_above_the_other, async |town: &mut Town| {
    let phone = finished(town, 1).await;
    taps(&phone, &["Сохранить себе", "Сохранить", "На главную"]).await;
    town.forward(days(100)).await;
    taps(&phone, &["Как мне работается", "Начать"]).await;
    taps(&phone, &["Почти никогда"; 11]).await;
    taps(&phone, &["Пропустить", "Сохранить себе", "Сохранить", "Показать результат", "Спрятать", "На главную"]).await;
    taps(&phone, &["Как мне работается", "Сохранённое"]).await;
    assert_chat!(phone, @"
    Как мне работается
    🔒 видите только Вы

    Декабрь 2025
    Напряжение: спокойно
    Самозащита: спокойно
    Усталость: ответов не хватило
    В целом: ответов не хватило

    Сентябрь 2025
    Напряжение: сильно
    Самозащита: заметно
    Усталость: заметно
    В целом: заметно
    [Забыть сохранённое]
    [На главную]
    ");
});

bot_test!(forgetting_at_once_takes_the_result_too, async |town: &mut Town| {
    let phone = finished(town, 1).await;
    taps(&phone, &["Сохранить себе", "Сохранить", "Забыть сохранённое", "На главную", "Как мне работается"]).await;
    assert!(phone.screen().contains("с декабря 2025 года"), "{}", phone.screen());
    assert_eq!(lines(town, "SELECT kept_month FROM kept_results").await, "");
});
