//! Double taps, old buttons, payloads no button carries, and everything that can be sent instead of a press.

use uchitelskaya::emulator::Other;

use super::{TWELVE, begun, finished, taps, teacher};
use crate::support::places::lines;
use crate::support::{Hand, Town};
use crate::{assert_chat, bot_test};

/// How many messages of the chat show an item or a result.
fn private_messages(phone: &Hand<'_>) -> usize {
    phone.phone.messages().iter().filter(|m| m.from_bot && m.text.contains("видите только Вы")).count()
}

bot_test!(two_fast_taps_are_one_answer, async |town: &mut Town| {
    let phone = begun(town, 1).await;
    for (n, answer) in TWELVE.iter().enumerate() {
        let (id, data) = (phone.message().id, phone.data_of(answer));
        phone.phone.press_raw(id, &data);
        phone.phone.press_raw(id, &data);
        phone.settled().await;
        let next = if n < 11 { format!("{} из 12", n + 2) } else { "Спасибо, что уделили".into() };
        assert!(phone.screen().contains(&next), "{next}: {}", phone.screen());
    }
});

bot_test!(of_two_taps_on_different_buttons_the_first_counts, async |town: &mut Town| {
    let phone = begun(town, 1).await;
    let (id, often, never) = (phone.message().id, phone.data_of("Часто"), phone.data_of("Почти никогда"));
    phone.phone.press_raw(id, &often);
    phone.phone.press_raw(id, &never);
    phone.settled().await;
    assert!(phone.screen().contains("2 из 12"), "{}", phone.screen());
    phone.press("← Назад").await;
    assert!(phone.screen().contains("[• Часто]"), "{}", phone.screen());
});

bot_test!(buttons_of_a_former_item_show_the_present_one, async |town: &mut Town| {
    let phone = begun(town, 1).await;
    let (old, never) = (phone.message().id, phone.data_of("Почти никогда"));
    let old_buttons = ["Почти никогда", "Пропустить"].map(|label| phone.data_of(label));
    taps(&phone, &["Часто", "Часто"]).await;
    let back = phone.data_of("← Назад");
    phone.press("Часто").await;
    for data in old_buttons.iter().chain([&back]) {
        phone.press_raw(old, data).await;
        assert!(phone.screen().contains("4 из 12"), "{data}: {}", phone.screen());
    }
    // In another, older message the item moves there, and the newer message loses its words.
    phone.writes("/menu").await.press("Продолжить анкету").await;
    let newer = phone.message().id;
    phone.press_raw(old, &never).await;
    let shown = phone.phone.messages().into_iter().find(|m| m.id == old).expect("the old message");
    assert!(shown.text.contains("4 из 12"), "{}", shown.text);
    let newer = phone.phone.messages().into_iter().find(|m| m.id == newer).expect("the newer message");
    assert_eq!((newer.text.as_str(), newer.keyboard.len()), ("🔒 Этот личный экран переехал.", 0));
    for answer in TWELVE.iter().skip(3) {
        phone.press(answer).await;
    }
    taps(&phone, &["Спрятать"]).await;
    for data in old_buttons.iter().chain([&back]) {
        phone.press_raw(old, data).await;
        let shown = phone.phone.messages().into_iter().find(|m| m.id == old).expect("the old message");
        assert!(
            shown.text.starts_with("Эта анкета уже закрыта.") && shown.text.contains("Здравствуйте"),
            "{}",
            shown.text
        );
    }
});

bot_test!(forged_payloads_change_nothing, async |town: &mut Town| {
    let anna = begun(town, 1).await;
    taps(&anna, &["Часто", "Часто"]).await;
    let annas = anna.data_of("Часто");
    let parts: Vec<&str> = annas.split('.').collect();
    let (run, rev) = (parts[2], parts[3]);
    let id = anna.message().id;
    for data in [
        format!("1sv.a.{run}.{rev}.4"),
        format!("1sv.a.{run}.{rev}.255"),
        format!("1sv.a.{run}.{rev}.256"),
        format!("1sv.a.{run}.{rev}.-1"),
        format!("1sv.a.{run}.{rev}"),
        format!("1sv.a.{run}.{rev}.1.1"),
        format!("1sv.a.{run}.0.1"),
        format!("1sv.a.{run}.9223372036854775807.1"),
        format!("1sv.t.{run}.{rev}.1"),
        format!("1sv.f.{run}.{rev}"),
        format!("1sv.n.{run}.{rev}"),
        "1sv.a.999.1.1".into(),
        "1sv.q.999".into(),
        "1sv.e.999".into(),
        "1sv.zz".into(),
        "1sv.".into(),
        "1sv".into(),
        "2sv.a.1.1.1".into(),
        "🙂".into(),
    ] {
        anna.press_raw(id, &data).await;
        assert!(anna.screen().contains("3 из 12"), "{data}: {}", anna.screen());
    }
    for data in ["1sv.o.999", "1sv.b.999", "1sv.y.999", "1sv.w.999", "1sv.v.999", "1sv.x.999", "1sv.z.999", "1sv.m.999"]
    {
        anna.press_raw(id, data).await;
        assert!(anna.screen().contains("3 из 12"), "{data}: {}", anna.screen());
    }
    // Another person's run is nobody's run.
    let vera = teacher(town, 2, "Вера").await;
    let (erase, pause) = (format!("1sv.e.{run}"), format!("1sv.p.{run}"));
    for data in [annas.as_str(), erase.as_str(), pause.as_str()] {
        vera.press_raw(vera.message().id, data).await;
        assert!(vera.screen().contains("Эта анкета уже закрыта") && !vera.screen().contains("12"), "{}", vera.screen());
    }
    anna.press("← Назад").await;
    assert!(anna.screen().contains("2 из 12") && anna.screen().contains("[• Часто]"), "{}", anna.screen());
});

bot_test!(keeping_cannot_be_forged_before_the_end, async |town: &mut Town| {
    let phone = begun(town, 1).await;
    let version = lines(town, "SELECT CAST(id AS TEXT) FROM questionnaire_versions").await;
    let id = phone.message().id;
    for code in ["x", "v", "r", "c"] {
        phone.press_raw(id, &format!("1sv.{code}.{version}")).await;
    }
    assert_eq!(lines(town, "SELECT kept_month FROM kept_results").await, "");
    assert_eq!(lines(town, "SELECT kind FROM consents").await, "burnout");
    phone.writes("/start").await;
    assert!(phone.screen().contains("1 из 12"), "{}", phone.screen());
});

bot_test!(whatever_is_sent_in_the_middle_one_private_message_is_left, async |town: &mut Town| {
    let phone = begun(town, 1).await;
    phone.press("Часто").await;
    let former = phone.message().id;
    phone.writes("Иногда").await;
    assert_chat!(phone, @"
    Здесь отвечают кнопкой, она ниже. Написанное не сохранено.

    Как мне работается
    🔒 видите только Вы
    ▰▱▱▱▱▱▱▱▱▱▱▱  2 из 12

    Моё терпение зависит от того, нравится ли мне человек.
    [Почти никогда] [Иногда]
    [Часто] [Почти всегда]
    [← Назад] [Пропустить]
    [Прервать…]
    ");
    assert_eq!(private_messages(&phone), 1);
    let former = phone.phone.messages().into_iter().find(|m| m.id == former).expect("the former message");
    assert_eq!((former.text.as_str(), former.keyboard.len()), ("🔒 Этот личный экран переехал.", 0));
    phone.writes(&"ы".repeat(4096)).await;
    phone.writes("<b>x</b> & <script> </code>").await;
    for other in [Other::Sticker, Other::Voice, Other::Location, Other::Forward("Иногда".into())] {
        phone.sends(other).await;
        assert!(phone.screen().contains("2 из 12"), "{}", phone.screen());
        assert_eq!(private_messages(&phone), 1);
    }
    for command in ["/menu", "/help", "/language", "/cancel", "/start", "/nonsense"] {
        phone.writes(command).await;
        assert!(private_messages(&phone) <= 1, "{command}");
    }
    phone.writes("/menu").await;
    assert_eq!(private_messages(&phone), 0);
    phone.press("Продолжить анкету").await;
    assert!(phone.screen().contains("2 из 12"), "{}", phone.screen());
});

bot_test!(words_after_the_result_take_it_off_the_chat, async |town: &mut Town| {
    let phone = finished(town, 1).await;
    phone.writes("спасибо").await;
    assert!(phone.screen().contains("Здравствуйте"), "{}", phone.screen());
    assert_eq!(private_messages(&phone), 0);
    assert!(phone.phone.messages().iter().all(|m| !m.text.contains("Спасибо, что уделили")));
});

bot_test!(the_neutral_line_speaks_the_persons_language, async |town: &mut Town| {
    let phone = teacher(town, 1, "Анна").await;
    phone.writes("/language").await.press("English").await.press("How work feels").await.press("Start").await;
    phone.press("I consent").await;
    let former = phone.message().id;
    phone.writes("well").await;
    let former = phone.phone.messages().into_iter().find(|m| m.id == former).expect("the former message");
    assert_eq!(former.text, "🔒 This private screen has moved.");
});
