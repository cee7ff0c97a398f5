//! Double taps, old buttons, payloads that no button of ours carries.

use super::{memberships, people, registered, taps, to_summary};
use crate::support::Town;
use crate::support::places::{lines, neighbours, places};
use crate::{assert_chat, bot_test};

bot_test!(a_double_tap_is_one_answer, async |town: &mut Town| {
    let places = places(town).await;
    let phone = town.phone(1, "Анна", Some("Петрова"));
    phone.start_with(&places.link).await;
    for label in ["Даю согласие", "Да, верно", "Учитель", "Математика", "2024", "Пропустить", "Всё верно"]
    {
        let (id, data) = (phone.message().id, phone.data_of(label));
        phone.phone.press_raw(id, &data);
        phone.phone.press_raw(id, &data);
        phone.settled().await;
    }
    assert_chat!(phone, @"
    Готово, Анна
    Вы зарегистрированы. Скоро коллеги подтвердят, что Вы работаете здесь, и откроется остальное.
    [На главную]
    ");
    insta::assert_snapshot!(people(town).await, @"Петрова Анна -, since 2024, born -, Школа № 4, teacher [maths], 2025-09-22…");
    assert_eq!(lines(town, "SELECT kind FROM consents").await, "account");
    insta::assert_snapshot!(memberships(town).await, @"Петрова: РМО учителей математики");
});

bot_test!(an_old_button_shows_the_current_step_and_writes_nothing, async |town: &mut Town| {
    let places = places(town).await;
    let phone = town.phone(1, "Анна", Some("Петрова"));
    phone.start_with(&places.link).await;
    taps(&phone, &["Даю согласие", "Да, верно"]).await;
    let (old, director) = (phone.message().id, phone.data_of("Директор"));
    taps(&phone, &["Учитель", "Математика"]).await;
    phone.press_raw(old, &director).await;
    assert_eq!(phone.last_toast().as_deref(), Some("Эта кнопка уже устарела, показываю, как сейчас."));
    assert!(phone.screen().contains("С какого года идёт"), "{}", phone.screen());
    taps(&phone, &["2024", "Пропустить", "Всё верно"]).await;
    phone.press_raw(old, &director).await;
    assert!(phone.screen().contains("Мой профиль"), "{}", phone.screen());
    insta::assert_snapshot!(people(town).await, @"Петрова Анна -, since 2024, born -, Школа № 4, teacher [maths], 2025-09-22…");
});

bot_test!(forged_payloads_are_refused, async |town: &mut Town| {
    let places = places(town).await;
    let (municipality, school, association) = neighbours(town).await;
    let phone = town.phone(1, "Анна", Some("Петрова"));
    phone.start_with(&places.link).await;
    let id = phone.message().id;
    // Nothing leads past the consent.
    for data in ["1r.b.consent", "1r.y", "1r.f", "1r.o", "1r.w", "1r.hh", "1r.h", "1r.l.born", "1r.p.teacher", "1r.a.0"]
    {
        phone.press_raw(id, data).await;
        assert!(phone.screen().contains("[Даю согласие]"), "{data}: {}", phone.screen());
    }
    assert_eq!(lines(town, "SELECT kind FROM consents").await, "");
    taps(&phone, &["Даю согласие", "Да, верно", "Учитель", "Математика"]).await;
    for data in
        ["1r.g.2030", "1r.g.1800", "1r.g.-1", "1r.r.1999", "1r.r.2147483647", "1r.g.2024.5", "1r.z", "2r.g.2024"]
    {
        phone.press_raw(id, data).await;
        assert!(phone.screen().contains("С какого года идёт"), "{data}: {}", phone.screen());
    }
    taps(&phone, &["2024", "Пропустить", "Исправить", "Место работы"]).await;
    for data in [format!("1r.s.{school}"), "1r.s.0".into(), "1r.s.-7".into(), format!("1r.m.{municipality}")] {
        phone.press_raw(id, &data).await;
        assert!(phone.screen().contains("Где Вы работаете?"), "{data}: {}", phone.screen());
    }
    taps(&phone, &["← Назад", "Исправить", "Объединения"]).await;
    for data in [format!("1r.in.{association}"), format!("1r.out.{association}")] {
        phone.press_raw(id, &data).await;
        assert!(!phone.screen().contains("Озёр"), "{data}: {}", phone.screen());
    }
    for data in ["1r.l.consent", "1r.l.summary", "1r.l.checked"] {
        phone.press_raw(id, data).await;
        assert!(phone.screen().contains("В каких объединениях"), "{data}: {}", phone.screen());
    }
    taps(&phone, &["Готово", "Всё верно"]).await;
    insta::assert_snapshot!(people(town).await, @"Петрова Анна -, since 2024, born -, Школа № 4, teacher [maths], 2025-09-22…");
    insta::assert_snapshot!(memberships(town).await, @"Петрова: РМО учителей математики");
});

bot_test!(another_person_cannot_be_reached_by_a_payload, async |town: &mut Town| {
    let places = places(town).await;
    registered(town, &places.link).await;
    let stranger = town.phone(2, "Пётр", Some("Седов"));
    stranger.start().await;
    let id = stranger.message().id;
    for data in ["1r.me", "1r.e", "1r.l.name", "1r.set", "1r.c.999999"] {
        stranger.press_raw(id, data).await;
        assert!(!stranger.screen().contains("Анна"), "{data}: {}", stranger.screen());
        assert!(stranger.screen().contains("[Даю согласие]"), "{data}: {}", stranger.screen());
    }
});

bot_test!(every_button_is_answered_at_every_step, async |town: &mut Town| {
    let places = places(town).await;
    let phone = to_summary(town, &places.link).await;
    let samples = uchitelskaya::features::all().into_iter().find(|e| e.feature.name == "registration");
    let samples = (samples.expect("registration").feature.samples)();
    let id = phone.message().id;
    for data in samples.iter().filter(|d| d.as_str() != "1r.f") {
        phone.press_raw(id, data).await;
        assert!(phone.screen().contains('['), "{data}: {}", phone.screen());
    }
    assert_eq!(people(town).await, "");
});
