//! Bad weather between the bot and Telegram: out of reach, slow, refusing, losing replies, telling things twice.
//!
//! Whatever happens, a press has its effect once, the screen comes, and Telegram's rules are kept.

use std::time::Duration;

use uchitelskaya::emulator::{Fault, Faults};

use crate::bot_test;
use crate::support::Town;
use crate::support::places::places;

const API: &str = "bot123456:TEST";

/// Waits in real time until the newest screen has these words: the weather is real time too.
async fn until_shown(town: &Town, id: i64, words: &str) {
    let phone = town.emulator.phone(id).expect("a phone");
    let mut changes = town.emulator.revision();
    let shown = async {
        while !phone.last().is_some_and(|m| m.text.contains(words)) {
            let _ = changes.changed().await;
        }
    };
    let last = || phone.last().map(|m| m.text);
    tokio::time::timeout(Duration::from_secs(30), shown)
        .await
        .unwrap_or_else(|_| panic!("in vain: {words}, {:?}", last()));
}

bot_test!(a_press_made_while_telegram_is_out_of_reach_is_shown_when_it_is_back, async |town: &mut Town| {
    places(town).await;
    let phone = town.phone(1, "Анна", Some("Петрова"));
    phone.start().await;
    phone.phone.press_label("Даю согласие").unwrap();
    town.emulator.set_faults(Faults { down: true, ..Faults::default() });
    tokio::time::timeout(Duration::from_millis(700), std::future::pending::<()>()).await.unwrap_err();
    town.emulator.set_faults(Faults::default());
    until_shown(town, 1, "Вас зовут").await;
    phone.settled().await;
    town.errors.take();
});

bot_test!(a_429_is_waited_for_and_nothing_is_lost, async |town: &mut Town| {
    places(town).await;
    town.allow_refusal("Too Many Requests: retry after 1");
    let phone = town.phone(1, "Анна", Some("Петрова"));
    phone.start().await;
    town.emulator.fail_next("editMessageText", Fault::RetryAfter(1), 1);
    phone.press("Даю согласие").await;
    assert!(phone.screen().contains("Вас зовут"), "{}", phone.screen());
});

bot_test!(lost_replies_and_duplicates_have_no_second_effect, async |town: &mut Town| {
    places(town).await;
    let phone = town.phone(1, "Анна", Some("Петрова"));
    phone.start().await;
    town.emulator.set_faults(Faults { duplicates: true, ..Faults::default() });
    town.emulator.fail_next("getUpdates", Fault::LoseReply, 1);
    town.emulator.fail_next("editMessageText", Fault::LoseReply, 1);
    town.emulator.fail_next("answerCallbackQuery", Fault::LoseReply, 1);
    phone.phone.press_label("Даю согласие").unwrap();
    until_shown(town, 1, "Вас зовут").await;
    phone.settled().await;
    town.emulator.set_faults(Faults::default());
    let count = town
        .app()
        .store
        .read(|tx| Box::pin(async move { uchitelskaya::fetch_one!(tx, (i64,), "SELECT count(*) FROM consents") }));
    assert_eq!(count.await.unwrap(), (1,));
    town.errors.take();
    drop(phone);
    town.allow_violations();
});

bot_test!(an_edit_of_a_message_that_is_gone_comes_as_a_new_one, async |town: &mut Town| {
    places(town).await;
    let phone = town.phone(1, "Анна", Some("Петрова"));
    phone.start().await;
    town.emulator.fail_next("editMessageText", Fault::Status(400, "Bad Request: message to edit not found".into()), 1);
    phone.press("Даю согласие").await;
    assert!(phone.screen().contains("Вас зовут"), "{}", phone.screen());
    assert_eq!(phone.phone.messages().iter().filter(|m| m.from_bot).count(), 2);
    drop(phone);
    town.allow_violations();
});

bot_test!(a_second_copy_with_the_same_token_is_said_plainly_and_survived, async |town: &mut Town| {
    let api = town.settings.api_url.clone().unwrap();
    let rival = reqwest::get(format!("{api}/{API}/getUpdates?timeout=1")).await;
    assert!(rival.is_ok());
    let phone = town.phone(1, "Анна", Some("Петрова"));
    phone.phone.start(None);
    until_shown(town, 1, "Согласие").await;
    phone.settled().await;
    town.expect_error("Another copy of the bot runs with the same token");
    town.errors.take();
    drop(phone);
    town.allow_violations();
});

bot_test!(a_webhook_brings_updates_as_polling_does, async |town: &mut Town| {
    places(town).await;
    town.allow_refusal("webhook is active");
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    town.stop().await;
    town.settings.webhook_url = Some(format!("http://{port}/hook"));
    town.settings.webhook_listen = Some(port);
    town.start().await;
    let phone = town.phone(1, "Анна", Some("Петрова"));
    phone.start().await.press("Даю согласие").await;
    assert!(phone.screen().contains("Вас зовут"), "{}", phone.screen());
    drop(phone);
    let forged = reqwest::Client::new().post(format!("http://{port}/hook")).body("{\"update_id\":1}").send().await;
    assert_eq!(forged.unwrap().status().as_u16(), 401);
    town.stop().await;
    town.settings.webhook_url = None;
    town.start().await;
    town.phone(1, "Анна", Some("Петрова")).start().await;
});

bot_test!(the_admin_port_tells_health_and_counts_and_nobodys_name, async |town: &mut Town| {
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    town.stop().await;
    town.settings.admin_address = Some(port);
    town.start().await;
    town.phone(1, "Анна", Some("Петрова")).start().await;
    let get = async |path: &str| reqwest::get(format!("http://{port}{path}")).await.unwrap().text().await.unwrap();
    assert_eq!(get("/healthz").await, "ok\n");
    let metrics = get("/metrics").await;
    assert!(metrics.contains("uchitelskaya_units_total") && !metrics.contains("Анна"), "{metrics}");
});
