//! The screens that belong to everybody, in private and in groups.

use uchitelskaya::emulator::Other;

use crate::support::Town;
use crate::{assert_chat, bot_test};

bot_test!(a_stranger_begins_with_the_consent, async |town: &mut Town| {
    let phone = town.phone(1, "Анна", None);
    phone.start().await;
    assert!(phone.screen().starts_with("Согласие"), "{}", phone.screen());
});

bot_test!(help_language_and_menu_work_from_anywhere, async |town: &mut Town| {
    let phone = town.phone(1, "Анна", None);
    phone.writes("/help").await;
    assert_chat!(phone, @"
    Что умеет «Учительская»

    📋 Анкеты: короткие, с кнопками, можно прерваться и вернуться.
    Ваши имя, место работы и предметы: /profile.
    Всё нужное собрано на одном экране: /menu.

    Команды: /menu — главная, /language — язык, /cancel — выйти из начатого.
    [На главную]
    [Язык · Language]
    ");
    phone.press("Язык · Language").await;
    phone.press("English").await;
    assert_eq!(phone.last_toast().as_deref(), Some("Done."));
    phone.writes("/language").await;
    phone.press("Русский").await;
    phone.writes("/cancel").await;
    assert_chat!(phone, @"
    Выйти из начатого?
    То, что уже отвечено, останется, и к нему можно вернуться.
    [Продолжить]
    [Выйти]
    ");
});

bot_test!(a_group_is_told_once_that_the_bot_works_in_private, async |town: &mut Town| {
    let phone = town.phone(1, "Анна", None);
    let group = town.emulator.group(-100, "Учительская школы 4", &[phone.phone.id()]);
    group.add_bot();
    town.settle().await;
    town.app().sender.deliver_due().await.unwrap();
    town.settle().await;
    for text in ["/start", "/menu@staff_room_bot", "всем привет"] {
        group.say(phone.phone.id(), text);
        town.settle().await;
        town.app().sender.deliver_due().await.unwrap();
        town.settle().await;
    }
    let said: Vec<String> = group.messages().into_iter().filter(|m| m.from_bot).map(|m| m.text).collect();
    assert_eq!(said, ["Я работаю в личной переписке: https://t.me/staff_room_bot"]);
});

bot_test!(hostile_payloads_get_a_screen_and_change_nothing, async |town: &mut Town| {
    let phone = town.phone(1, "Анна", None);
    phone.start().await;
    let long = "1".repeat(64);
    for data in ["", "1", "1m", "1m.", "1m.h.1", "9m.h", "1zz.a", "1sv.a.1.1.0", "1sv.a.-1.x.300", "\u{0}", "💥", &long]
    {
        phone.press_raw(phone.message().id, data).await;
        assert!(phone.screen().contains('['), "{data}: {}", phone.screen());
    }
});

bot_test!(a_blocked_chat_is_left_alone_until_the_person_writes, async |town: &mut Town| {
    let phone = town.phone(1, "Анна", None);
    phone.start().await;
    phone.phone.block();
    phone.settled().await;
    let before = phone.phone.messages().len();
    phone.phone.unblock();
    phone.settled().await;
    assert_eq!(phone.phone.messages().len(), before);
    phone.start().await;
    assert!(phone.phone.messages().len() > before);
});

bot_test!(stickers_voices_and_long_texts_get_a_sensible_answer, async |town: &mut Town| {
    let phone = town.phone(1, "Анна", None);
    phone.start().await;
    for what in [Other::Sticker, Other::Voice, Other::Photo { caption: None }, Other::Location, Other::Contact] {
        phone.sends(what).await;
        assert!(phone.screen().contains("Не понял Вас"), "{}", phone.screen());
    }
    for text in ["б".repeat(4096), "<b>жирно</b> & <script>".to_owned(), "/нет".to_owned(), "/unknown".to_owned()]
    {
        phone.writes(&text).await;
        assert!(phone.screen().contains('['), "{}", phone.screen());
    }
});

/// Hides a table, so that what needs it fails, while `during` happens.
async fn without(town: &Town, table: &'static str, during: impl AsyncFnOnce(&Town)) {
    rename(town, format!("ALTER TABLE {table} RENAME TO hidden")).await;
    during(town).await;
    rename(town, format!("ALTER TABLE hidden RENAME TO {table}")).await;
}

async fn rename(town: &Town, sql: String) {
    let done = town.app().store.transact(move |tx| {
        let sql = sqlx::AssertSqlSafe(sql.clone());
        Box::pin(async move { uchitelskaya::exec!(tx, sql) })
    });
    done.await.expect("the table is renamed");
}

bot_test!(a_failed_turn_is_undone_and_answered_with_a_reference, async |town: &mut Town| {
    let phone = town.phone(1, "Анна", None);
    phone.start().await;
    without(town, "consents", async |_| {
        phone.press("Даю согласие").await;
        assert!(phone.screen().contains("назовите администратору код"), "{}", phone.screen());
        town.expect_error("a turn failed");
    })
    .await;
    phone.start().await.press("Даю согласие").await;
    assert!(phone.screen().contains("Вас зовут") || phone.screen().contains("Знакомство"), "{}", phone.screen());
});

bot_test!(a_turn_whose_apology_fails_too_holds_nobody_up, async |town: &mut Town| {
    let phone = town.phone(1, "Анна", None);
    phone.start().await;
    let data = phone.data_of("Даю согласие");
    let message = phone.message().id;
    without(town, "conversations", async |town| {
        let phone = town.phone(1, "Анна", None);
        phone.press_raw(message, &data).await;
        town.expect_error("even the answer to a failed turn failed");
    })
    .await;
    phone.press_raw(message, &data).await;
    assert!(phone.screen().contains("Знакомство"), "{}", phone.screen());
});
