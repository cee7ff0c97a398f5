//! A questionnaire of quite another sort goes the same way without a line of code: a test of knowledge
//! with every kind of item, a section, skip rules and "does not apply".

use std::sync::LazyLock;

use super::{load, talk};
use uchitelskaya::features::survey::definition::parse;
use uchitelskaya::features::survey::model::Definition;

/// The questionnaire of another sort.
pub const KNOWLEDGE: &str = r#"
id = "safety"
version = 3
languages = ["ru"]
consent = "account"
title.ru = "Цифровая гигиена"
intro.ru = "Шесть вопросов, три минуты."

[[section]]
id = "basics"
title.ru = "Основы"

[[section]]
id = "practice"
title.ru = "На уроке"
show_if = { item = "teaches", is = "yes" }

[[item]]
id = "password"
section = "basics"
kind = "single"
required = true
text.ru = "Какой пароль надёжнее?"
right = "long"
option = [
    { id = "name", ru = "Имя ребёнка" },
    { id = "long", ru = "Длинная фраза" },
    { id = "short", ru = "Шесть цифр" },
]

[[item]]
id = "data"
section = "basics"
kind = "multiple"
most = 2
text.ru = "Что относится к персональным данным?"
right = ["face", "address"]
option = [
    { id = "face", ru = "Фотография ученика" },
    { id = "weather", ru = "Погода" },
    { id = "address", ru = "Домашний адрес" },
]

[[item]]
id = "teaches"
section = "basics"
kind = "yes-no"
scored = false
text.ru = "Вы ведёте занятия с компьютером?"
yes.ru = "Да"
no.ru = "Нет"

[[item]]
id = "minutes"
section = "practice"
kind = "number"
min = 0
max = 45
decimals = 1
scored = false
does_not_apply = true
text.ru = "Сколько минут за экраном проводит класс на уроке?"
show_if = { item = "teaches", is = "yes" }

[[item]]
id = "long-why"
section = "practice"
kind = "text"
max_chars = 40
text.ru = "Почему так долго?"
show_if = [{ item = "minutes", at_least = 30.5 }]

[[item]]
id = "started"
kind = "date"
earliest = 2000-01-01
latest = 2030-12-31
text.ru = "Когда в школе меняли пароли?"

[[item]]
id = "help"
kind = "number"
min = 100
max = 999
text.ru = "Единый номер помощи?"
right = 112

[[scale]]
id = "points"
name.ru = "Баллы"
blank_is_lowest = true
items = { password = 2, data = 3, help = 1 }
band = [
    { id = "again", from = 0, to = 2, ru = "стоит повторить" },
    { id = "good", from = 3, to = 6, ru = "хорошо" },
]

[[result]]
id = "verdict"
[[result.say]]
when = [{ of = "points", band = "good" }]
ru = "Хорошо: основы Вы знаете."
[[result.say]]
ru = "Стоит ещё раз пройти основы."

[[golden]]
name = "всё верно"
answers = { password = "long", data = ["address", "face"], help = 112 }
expect = { points = [6, "good"] }

[[golden]]
name = "половина ответа не ответ"
answers = { password = "long", data = ["face"], help = 113 }
expect = { points = [2, "again"] }

[[golden]]
name = "только данные"
answers = { password = "name", data = ["face", "address"] }
expect = { points = 3 }
"#;

/// The same, loaded once.
pub fn knowledge() -> &'static Definition {
    static SAFETY: LazyLock<Definition> = LazyLock::new(|| load("safety.toml", KNOWLEDGE));
    &SAFETY
}

/// How somebody takes the knowledge test.
const KNOWLEDGE_TALK: &str = "
        talk A teacher who teaches with computers
        language ru
        teacher opens it
        bot: Цифровая гигиена
        bot: Шесть вопросов, три минуты.
        bot: Основы
        bot 1/5: Какой пароль надёжнее?
        teacher skips
        bot refuses: Required
        teacher presses Длинная фраза
        bot 2/5: Что относится к персональным данным?
        teacher goes on
        bot refuses: TooFew(1)
        teacher ticks Фотография ученика
        bot 2/5: Что относится к персональным данным? [Фотография ученика]
        teacher ticks Погода
        bot 2/5: Что относится к персональным данным? [Фотография ученика, Погода]
        teacher ticks Домашний адрес
        bot refuses: TooMany(2)
        teacher ticks Погода
        bot 2/5: Что относится к персональным данным? [Фотография ученика]
        teacher ticks Домашний адрес
        bot 2/5: Что относится к персональным данным? [Фотография ученика, Домашний адрес]
        teacher goes on
        bot 3/5: Вы ведёте занятия с компьютером?
        teacher presses Да
        bot: На уроке
        bot 4/6: Сколько минут за экраном проводит класс на уроке?
        teacher writes почти всё
        bot refuses: NotANumber
        teacher writes 50
        bot refuses: OutOfRange
        teacher writes 35,5
        bot 5/7: Почему так долго?
        teacher goes back
        bot: На уроке
        bot 4/7: Сколько минут за экраном проводит класс на уроке? [35.5]
        teacher writes 20
        bot 5/6: Когда в школе меняли пароли?
        teacher writes вчера
        bot refuses: NotADate
        teacher writes 01.09.2025
        bot 6/6: Единый номер помощи?
        teacher writes 112
        bot: Хорошо: основы Вы знаете.

        talk Somebody who does not, and skips what may be skipped
        teacher opens it
        bot: Цифровая гигиена
        bot: Шесть вопросов, три минуты.
        bot: Основы
        bot 1/5: Какой пароль надёжнее?
        teacher presses Шесть цифр
        bot 2/5: Что относится к персональным данным?
        teacher skips
        bot 3/5: Вы ведёте занятия с компьютером?
        teacher presses Нет
        bot 4/5: Когда в школе меняли пароли?
        teacher skips
        bot 5/5: Единый номер помощи?
        teacher writes 01
        bot refuses: OutOfRange
        teacher skips
        bot: Стоит ещё раз пройти основы.
        ";

#[test]
fn a_knowledge_test_goes_through_without_touching_code() {
    talk::check(knowledge(), KNOWLEDGE_TALK);
}

#[test]
#[should_panic(expected = "differs from line")]
fn a_transcript_that_says_something_else_is_noticed() {
    talk::check(knowledge(), "talk Wrong words\nteacher opens it\nbot: Цифровая грамотность");
}

/// 84 yes/no items in 12 scales of 7 and 3 phases of 4, each scale with the weights 10 5 5 3 3 2 2, some
/// for "no"; golden cases: all yes, all no, each scale alone.
fn eighty_four() -> String {
    let is_turned = |n: usize| n % 11 == 3;
    let weight = |n: usize| [2, 3, 2, 3, 10, 5, 5][n / 12] * if is_turned(n) { -1 } else { 1 };
    let of = |scale: usize| (0..84).filter(move |n| n % 12 == scale);
    let mut text =
        "id = \"long\"\nversion = 1\nlanguages = [\"ru\"]\nprivate = true\nconsent = \"burnout\"\n".to_owned();
    text += "resume_hours = 72\ntitle.ru = \"А\"\nintro.ru = \"Б\"\n[[bands]]\nid = \"symptom\"\nband = [";
    text += "{ id = \"no\", from = 0, to = 9, ru = \"а\" }, { id = \"some\", from = 10, to = 15, ru = \"б\" },";
    text += "{ id = \"yes\", from = 16, to = 19, ru = \"в\" }, { id = \"top\", from = 20, to = 30, ru = \"г\" }]\n";
    for n in 0..84 {
        text += &format!("[[item]]\nid = \"q{n}\"\nkind = \"yes-no\"\ntext.ru = \"Вопрос {n}.\"\n");
    }
    for scale in 0..12 {
        let key: Vec<String> = of(scale).map(|n| format!("q{n} = {}", weight(n))).collect();
        text += &format!(
            "[[scale]]\nid = \"s{scale}\"\nname.ru = \"С\"\nbands = \"symptom\"\nitems = {{ {} }}\n",
            key.join(", ")
        );
    }
    for phase in 0..3 {
        let scales: Vec<String> = (4 * phase..4 * phase + 4).map(|s| format!("\"s{s}\"")).collect();
        text += &format!("[[phase]]\nid = \"p{phase}\"\nname.ru = \"Ф\"\nscales = [{}]\n", scales.join(", "));
    }
    for alone in 0..12 {
        let heavy = |n: usize| if (n % 12 == alone) != is_turned(n) { "yes" } else { "no" };
        let answers: Vec<String> = (0..84).map(|n| format!("q{n} = \"{}\"", heavy(n))).collect();
        let points: Vec<String> = (0..12).map(|s| format!("s{s} = {}", if s == alone { 30 } else { 0 })).collect();
        let (answers, points) = (answers.join(", "), points.join(", "));
        text += &format!(
            "[[golden]]\nname = \"s{alone}\"\nanswers = {{ {answers} }}\nexpect = {{ {points}, p{} = 30 }}\n",
            alone / 4
        );
    }
    text
}

#[test]
fn eighty_four_items_with_weights_load_and_any_slip_in_their_key_is_caught() {
    let text = eighty_four();
    let long = load("long.toml", &text);
    assert!(long.scales.iter().all(|s| s.max == 30) && long.phases.iter().all(|p| p.max == 120));
    for n in (0..84).step_by(5) {
        let at = text.find(&format!(" q{n} = ")).expect("a weight");
        let end = at + text[at..].find([',', '}']).expect("an end");
        for slip in [format!(" q{n} = 4 "), format!(" q{n} = -4 "), format!(" q{} = 1 ", (n + 5) % 84)] {
            let edited = format!("{}{slip}{}", &text[..at], &text[end..]);
            assert!(parse("long.toml", edited.as_bytes()).is_err(), "{slip} in the place of {}", &text[at..end]);
        }
    }
}
