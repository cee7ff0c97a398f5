//! What a tap costs: statements of its turn, as the machine itself counts them.

use super::{TWELVE, begun, taps, teacher};
use crate::bot_test;
use crate::support::Town;

/// Statements of the turns since the last time, in their order.
fn statements(town: &Town, from: &mut usize) -> Vec<u64> {
    let lines = town.errors.lines();
    let new = lines[*from..].iter().filter_map(|line| line.split_once("a turn was committed statements="));
    let all = new.map(|(_, n)| n.trim().parse().expect("a number")).collect();
    *from = lines.len();
    all
}

bot_test!(a_tap_on_an_item_runs_at_most_six_statements, async |town: &mut Town| {
    let phone = begun(town, 1).await;
    town.errors.listen();
    let mut from = 0;
    for answer in &TWELVE[..11] {
        phone.press(answer).await;
        let ran = statements(town, &mut from);
        // The mark of the update, the one joined load, the run, the screen.
        assert_eq!(ran, [4], "{answer}");
    }
    taps(&phone, &["← Назад", "Пропустить"]).await;
    assert_eq!(statements(town, &mut from), [4, 4]);
    // The last one: the run, its ticket, what is held.
    phone.press(TWELVE[11]).await;
    assert_eq!(statements(town, &mut from), [6]);
    taps(&phone, &["К кому обратиться", "← Назад", "Спрятать"]).await;
    let ran = statements(town, &mut from);
    assert!(ran.iter().all(|n| *n <= 6) && ran.len() == 3, "{ran:?}");
});

bot_test!(the_way_in_runs_few_statements_too, async |town: &mut Town| {
    let phone = teacher(town, 1, "Анна").await;
    town.errors.listen();
    let mut from = 0;
    let walk = [
        "Как мне работается",
        "Начать",
        "Согласие даю",
        "Прервать…",
        "Вернусь позже",
        "Продолжить анкету",
        "Прервать…",
        "Стереть всё",
        "Да, закрыть",
    ];
    taps(&phone, &walk).await;
    let ran = statements(town, &mut from);
    insta::assert_snapshot!(format!("{ran:?}"), @"[6, 6, 15, 3, 5, 5, 3, 3, 6]");
});
