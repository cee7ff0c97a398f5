//! Broken files of every kind are refused, each fault with its line and one plain sentence.

use proptest::prelude::*;
use uchitelskaya::features::survey::definition::{MAX_BYTES, parse};

use super::other::KNOWLEDGE;
use super::pulse_text;

/// The faults of a text as `line: reason`, without the file's name.
fn faults(text: &str) -> Vec<String> {
    match parse("own.toml", text.as_bytes()) {
        Ok(_) => Vec::new(),
        Err(list) => list.iter().map(|f| f.to_string().replacen("own.toml:", "", 1)).collect(),
    }
}

/// The pulse with one place changed is refused, and one of the faults says this.
fn broken(from: &str, to: &str, reason: &str) {
    broken_of(&pulse_text(), from, to, reason);
}

fn broken_of(text: &str, from: &str, to: &str, reason: &str) {
    let at = text.find(from).unwrap_or_else(|| panic!("`{from}` stands in the file"));
    let edited = format!("{}{to}{}", &text[..at], &text[at + from.len()..]);
    let found = faults(&edited);
    assert!(found.iter().any(|f| f.contains(reason)), "`{to}` gives {found:#?}, not: {reason}");
}

/// The first line that begins so.
fn line_of(text: &str, needle: &str) -> usize {
    let at = text.lines().position(|l| l.starts_with(needle) || l.contains(&format!(", {needle}")));
    1 + at.unwrap_or_else(|| panic!("`{needle}` stands in the text"))
}

#[test]
fn hundreds_of_options_or_members_are_refused_calmly() {
    let options: String =
        (0..300).map(|n| format!("{{ id = \"o{n}\", value = 1, ru = \"а\", en = \"a\" }},\n")).collect();
    broken(
        "    { id = \"never\",",
        &format!("{options}    {{ id = \"never\","),
        "has 304 options; 2 to 11 are possible",
    );
    let members = "\"self\", \"cage\", \"anxiety\", \"moral\", \"saving\", \"bodily\", \"personal\", ";
    broken("among = [", &format!("among = [{members}"), "compares 2 to 6 scales or phases");
}

#[test]
fn an_unknown_field_is_named_with_its_line() {
    let text = pulse_text().replace("private = true", "private = true\nprivat = true");
    assert_eq!(faults(&text), [format!("{}: the file: unknown field `privat`", line_of(&text, "privat = true"))]);
    broken("kind = \"scale\"", "kind = \"scale\"\ncolour = \"red\"", "item `load`: unknown field `colour`");
}

#[test]
fn all_faults_come_at_once_in_the_order_of_lines() {
    let text = pulse_text()
        .replace("version = 1\n", "version = 0\n")
        .replace("items = { load = 1 }", "items = { lod = 1 }")
        .replace("en = \"Often\" }", "ee = \"Often\" }");
    let found = faults(&text);
    assert!(found.len() >= 4, "{found:#?}");
    let lines: Vec<usize> = found.iter().filter_map(|f| f.split(':').next()?.parse().ok()).collect();
    assert!(lines.is_sorted() && lines.len() == found.len(), "{found:#?}");
    for reason in ["`version` must be a whole number from 1", "no item `lod`", "unknown field `ee`", "`en` is missing"]
    {
        assert!(found.iter().any(|f| f.contains(reason)), "{reason}: {found:#?}");
    }
}

#[test]
fn ids_are_short_plain_and_used_once() {
    broken("id = \"patience\"", "id = \"load\"", "the id `load` is used twice");
    broken("id = \"sometimes\"", "id = \"never\"", "the id `never` is used twice");
    broken("id = \"sometimes\"", &format!("id = \"{}\"", "a".repeat(70)), "must be 1-16 characters");
    broken("id = \"sometimes\"", "id = \"иногда\"", "must be 1-16 characters of a-z, 0-9 and the hyphen");
    broken("id = \"load\"", "id = \"skip\"", "has a meaning of its own in golden cases");
    broken("id = \"tension\"", "id = \"cage\"", "the id `cage` is used twice");
}

#[test]
fn each_fault_stands_on_its_own_line() {
    let cases = [
        ("text.ru = \"Моё терпение", "text.ru = \"!{}", "text.ru = \"!{}"),
        ("{ id = \"often\", value = 2", "{ id = \"often\", value = 2.5", "    { id = \"often\", value = 2.5"),
        ("items = { leave = 1 }", "items = { leaves = 1 }", "items = { leaves"),
        ("resume_hours = 72", "resume_hours = \"72\"", "resume_hours = \"72"),
        ("together = [{ item = \"interest\"", "together = [{ item = \"interests\"", "together = [{"),
        ("expect = { tension = 3", "expect = { tension = 4", "expect = { tension = 4"),
        ("scales = [\"selective\", \"moral\"", "scales = [\"selective\", \"morals\"", "scales = [\"selective"),
    ];
    for (from, to, on) in cases {
        let text = pulse_text().replacen(from, to, 1);
        let found = faults(&text);
        let expected = format!("{}: ", line_of(&text, on));
        assert!(found.iter().any(|f| f.starts_with(&expected)), "{to}: {expected} {found:#?}");
    }
    let text = pulse_text().replace("[[scale]]\nid = \"cage\"", "[[scale]]\nname.ru = \"Без имени\"\nid = \"cage\"");
    assert!(faults(&text)[0].contains("this is not TOML"), "{:?}", faults(&text));
}

#[test]
fn long_empty_and_missing_texts_are_refused() {
    let long = format!("text.ru = \"{}\"", "слово ".repeat(834));
    broken("text.ru = \"Дел на работе больше, чем помещается в день.\"", &long, "at most 300 fit");
    broken("text.en = \"There is more work than fits into my day.\"\n", "", "`text` of item `load`: `en` is missing");
    broken("ru = \"Почти никогда\", ", "", "`ru` is missing");
    broken("title.ru = \"Как мне работается\"", "title.ru = \"  \"", "the text is empty");
    broken("title.ru = \"Как мне работается\"", "title.ru = \"Как \\u202Eмне\"", "characters that cannot be seen");
    broken("text.ru = \"Дел на", "text.ru = \"{name} Дел на", "braces are not allowed");
    broken("languages = [\"ru\", \"en\"]", "languages = [\"ru\", \"de\"]", "`languages` must list some of ru, en");
    broken("languages = [\"ru\", \"en\"]", "languages = [\"ru\"]", "`en` is not among the file's languages");
    broken("title.ru = \"Как мне работается\"", "title.ru = \"\"\"Как\nмне\"\"\"", "must be one line");
    let long = format!("intro.ru = \"{}\\n", "я".repeat(3600));
    broken("intro.ru = \"\"\"\n", &format!("{}\"\nmethod.fr = \"\"\"\n", &long[..long.len() - 2]), "at most 3500 fit");
}

#[test]
fn a_result_longer_than_a_screen_is_refused() {
    let words = "я ".repeat(700);
    let text = pulse_text()
        .replace("ru = \"Спасибо, что уделили себе время.\"", &format!("ru = \"{words}\""))
        .replace("ru = \"Это не диагноз и не оценка работы.", &format!("ru = \"{words}"));
    let found = faults(&text);
    assert!(found.iter().any(|f| f.contains("fit on a screen")), "{found:#?}");
}

#[test]
fn the_file_itself_must_be_small_and_utf8_toml() {
    let big = format!("# {}\n{}", "x".repeat(10 * 1024 * 1024), pulse_text());
    assert_eq!(faults(&big).len(), 1);
    assert!(faults(&big)[0].contains(&format!("at most {MAX_BYTES} are read")));
    let mut bytes = pulse_text().into_bytes();
    let at = bytes.iter().position(|b| *b == b'[').expect("a bracket");
    bytes.insert(at, 0xC0);
    let found = parse("own.toml", &bytes).expect_err("not UTF-8");
    assert_eq!((found.len(), found[0].line), (1, line_of(&pulse_text(), "languages = [")));
    let wide: Vec<u8> = pulse_text().encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert!(parse("own.toml", &wide).is_err());
    broken("kind = \"scale\"", "kind = scale", "this is not TOML");
    broken("private = true", "private = true\nprivate = true", "this is not TOML: duplicate key");
    assert!(!faults("").is_empty() && !faults("\u{feff}[[[").is_empty());
    let marked = format!("\u{feff}{}", pulse_text()).replace('\n', "\r\n");
    assert_eq!(faults(&marked), Vec::<String>::new(), "a mark and line ends of Windows do no harm");
}

#[test]
fn rules_of_private_questionnaires_are_kept() {
    broken("private = true", "private = false", "must have `private = true`");
    broken("resume_hours = 72", "resume_hours = 100", "`resume_hours` must be a whole number from 1 to 72");
    broken("resume_hours = 72\n", "", "`resume_hours` is missing");
    broken("kind = \"scale\"", "kind = \"scale\"\nrequired = true", "may be skipped");
    broken("kind = \"scale\"\nanswers = \"how-often\"", "kind = \"text\"", "asks for no free text");
    broken(
        "{ item = \"interest\", is = [\"often\"",
        "{ item = \"interest\", is = [\"never\"",
        "never about a difficulty",
    );
    broken("{ item = \"fault\", is = \"never\" }", "{ item = \"fault\", at_least = 2 }", "never about a difficulty");
    broken(
        "[{ of = \"whole\", band = \"middle\" }]",
        "[{ of = \"cage\", counted = true }, { of = \"bodily\", band = \"x\" }]",
        "has only the bands",
    );
    let banded = pulse_text().replace("items = { leave = 1 }", "items = { leave = 1 }\nbands = \"of-one\"").replace(
        "[[bands]]\nid = \"of-four\"",
        "[[bands]]\nid = \"of-one\"\nband = [{ id = \"low\", from = 0, to = 3, ru = \"а\", en = \"a\" }]\n\n[[bands]]\nid = \"of-four\"",
    );
    broken_of(
        &banded,
        "{ of = \"whole\", band = \"middle\" }",
        "{ of = \"cage\", band = \"low\" }",
        "one answer must not name anything",
    );
}

#[test]
fn the_key_must_fit_the_items() {
    broken("items = { load = 1 }", "items = { laod = 1 }", "there is no item `laod` to give a weight");
    broken("items = { load = 1 }", "items = { load = 0 }", "must be a whole number from -100 to 100, not 0");
    broken("items = { load = 1 }", "items = {}", "has no items");
    broken("[[scale]]\nid = \"circumstances\"", "[[scale]]\nid = \"circumstances\"\nneeds = 2", "`needs` must be");
    broken("scales = [\"circumstances\", ", "scales = [\"circumstance\", ", "there is no scale `circumstance`");
    broken("scales = [\"circumstances\", ", "scales = [\"cage\", ", "`cage` stands twice");
    broken("among = [\"tension\", ", "among = [\"whole\", ", "the same lowest and highest points");
    let extra = "[[item]]\nid = \"extra\"\nkind = \"scale\"\nanswers = \"how-often\"\ntext = { ru = \"Ещё.\", en = \"More.\" }\n\n[[scale]]\nid = \"circumstances\"";
    broken("[[scale]]\nid = \"circumstances\"", extra, "item `extra` is in no scale");
    let unscored = extra.replace("kind", "scored = false\nkind");
    let text = pulse_text().replacen("[[scale]]\nid = \"circumstances\"", &unscored, 1);
    assert_eq!(faults(&text), Vec::<String>::new());
    broken_of(KNOWLEDGE, "right = \"long\"\n", "", "`password` cannot be counted");
    broken_of(KNOWLEDGE, "right = \"long\"", "right = \"lang\"", "`right` is not an answer");
}

#[test]
fn bands_have_no_gaps_overlaps_or_places_nobody_reaches() {
    broken("from = 4, to = 7", "from = 5, to = 7", "points 4 to 4 are in no band");
    broken("from = 4, to = 7", "from = 3, to = 7", "band `middle` begins at 3");
    broken("from = 8, to = 12", "from = 8, to = 11", "points 12 to 12 are in no band");
    broken("from = 8, to = 12", "from = 8, to = 13", "at most 12 can be reached");
    broken("from = 0, to = 3", "from = 3, to = 0", "ends before it begins");
    let beyond = "from = 8, to = 12, ru = \"сильно\", en = \"strong\" },\n{ id = \"more\", from = 13, to = 20,";
    broken("from = 8, to = 12,", beyond, "lies outside 0 to 12");
    let hole = KNOWLEDGE.replace("password = 2, data = 3, help = 1", "password = 2, data = 3, help = 5").replace(
        "{ id = \"good\", from = 3, to = 6, ru = \"хорошо\" }",
        "{ id = \"good\", from = 3, to = 8, ru = \"хорошо\" }, { id = \"odd\", from = 9, to = 9, ru = \"нет\" }, { id = \"top\", from = 10, to = 10, ru = \"да\" }",
    );
    let found = faults(&hole);
    assert!(found.iter().any(|f| f.contains("no answers lead into band `odd`")), "{found:#?}");
}

#[test]
fn skip_rules_look_back_only() {
    let rule = |item: &str| format!("show_if = {{ item = \"{item}\", is = \"yes\" }}");
    let forward = KNOWLEDGE.replace("id = \"password\"\n", &format!("id = \"password\"\n{}\n", rule("teaches")));
    let found = faults(&forward);
    assert!(found[0].contains("looks at `teaches`, which is not asked before `password`"), "{found:#?}");
    let line = line_of(&forward, "id = \"password\"") + 1;
    assert!(found[0].starts_with(&format!("{line}: ")), "{found:#?}");
    broken_of(
        KNOWLEDGE,
        "show_if = [{ item = \"minutes\"",
        "show_if = [{ item = \"long-why\"",
        "`at_least` needs a number",
    );
    let own =
        KNOWLEDGE.replace("[{ item = \"minutes\", at_least = 30.5 }]", "[{ item = \"long-why\", answered = true }]");
    assert!(faults(&own).iter().any(|f| f.contains("may only look back")), "an item cannot look at itself");
    broken_of(KNOWLEDGE, "at_least = 30.5", "at_least = 30.55", "`at_least` needs a number");
    broken_of(
        KNOWLEDGE,
        "show_if = { item = \"teaches\", is = \"yes\" }",
        "show_if = { item = \"teaches\", is = \"da\" }",
        "must name options of `teaches`: yes, no",
    );
    broken_of(
        KNOWLEDGE,
        "show_if = { item = \"teaches\", is = \"yes\" }",
        "show_if = { item = \"nobody\", is = \"yes\" }",
        "there is no item `nobody`",
    );
    broken_of(KNOWLEDGE, "section = \"practice\"", "section = \"basic\"", "there is no section `basic`");
    let torn = KNOWLEDGE.replace("id = \"help\"\n", "id = \"help\"\nsection = \"basics\"\n");
    assert!(faults(&torn).iter().any(|f| f.contains("do not stand together")));
}

#[test]
fn items_must_be_answerable() {
    broken("kind = \"scale\"", "kind = \"slider\"", "the kind `slider` is not one of");
    broken("answers = \"how-often\"", "answers = \"how-much\"", "there are no answers `how-much`");
    broken("answers = \"how-often\"\n", "", "has 0 options");
    broken_of(KNOWLEDGE, "most = 2", "most = 4", "`most` must be a whole number from 1 to 3");
    broken_of(KNOWLEDGE, "max = 45", "max = 0", "`min` must be less than `max`");
    broken_of(KNOWLEDGE, "latest = 2030-12-31", "latest = 1990-12-31", "`earliest` is later than `latest`");
    broken_of(KNOWLEDGE, "latest = 2030-12-31", "latest = 2030-13-31", "this is not TOML");
    let many: String =
        (0..201).map(|n| format!("[[item]]\nid = \"q{n}\"\nkind = \"yes-no\"\ntext.ru = \"Да?\"\n")).collect();
    let head =
        "id = \"many\"\nversion = 1\nlanguages = [\"ru\"]\nconsent = \"account\"\ntitle.ru = \"А\"\nintro.ru = \"Б\"\n";
    assert_eq!(faults(&format!("{head}{many}")), ["1: the file: there are 201 items; at most 200 are allowed"]);
    assert_eq!(faults(head), ["1: the file: there is no [[item]]"]);
}

#[test]
fn golden_cases_must_hold_and_must_notice_slips() {
    let text = pulse_text().replace("exhaustion = 0, whole = 0", "exhaustion = 0, whole = 1");
    let line = line_of(&text, "whole = 1 }");
    assert_eq!(
        faults(&text),
        [format!("{line}: golden case `легче всего` does not hold: `whole` comes to 0 points, band `light`")]
    );
    let start = pulse_text().find("[[golden]]").expect("golden cases");
    assert!(faults(&pulse_text()[..start]).iter().any(|f| f.contains("no [[golden]] case")));
    let few = KNOWLEDGE
        .replace("data = [\"face\"], help = 113", "data = [\"face\"], help = 112")
        .replace("points = [2, \"again\"]", "points = 3");
    assert_eq!(faults(&few), Vec::<String>::new());
    let cut = KNOWLEDGE.find("[[golden]]\nname = \"половина").expect("a case");
    let one = faults(&KNOWLEDGE[..cut]);
    assert_eq!(one, Vec::<String>::new(), "all items are keyed, so one case pins every weight");
    let flat = KNOWLEDGE[..cut].replace("help = 112 }", "help = 113 }").replace("[6, \"good\"]", "5");
    assert!(faults(&flat).iter().any(|f| f.contains("no golden case would notice another weight of `help`")));
    broken("answers = { all = \"never\" }", "answers = { all = \"nevver\" }", "no item has the option `nevver`");
    broken("whole = \"not-counted\" }", "wohle = \"not-counted\" }", "there is no scale or phase `wohle`");
    broken(
        "answers = { all = \"often\", body = \"skip\" }",
        "answers = { all = \"often\", body = \"does-not-apply\" }",
        "no answer to `body`",
    );
}

#[test]
fn words_that_are_never_said_are_refused() {
    broken(
        "[[result.say]]\nru = \"Спасибо",
        "[[result.say]]\nru = \"Привет\"\nen = \"Hi\"\n[[result.say]]\nru = \"Спасибо",
        "is never said",
    );
    broken("heaviest = \"tension\"", "heaviest = \"whole\"", "after `weighing` comes `heaviest` or `has`");
    broken("weighing = \"most\"", "weighing = \"mots\"", "there is no weighing `mots`");
    broken("{ doubtful = true }", "{ maybe = true }", "a condition begins with");
    broken("{contacts}", "{phone}", "the only placeholder is {contacts}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Whatever is typed over a right file: it loads or is refused, and each fault has its line.
    #[test]
    fn no_edit_breaks_the_loader(
        at in any::<prop::sample::Index>(), cut in 0usize..200, from in any::<prop::sample::Index>(), copied in 0usize..200, own: bool,
    ) {
        let text = if own { KNOWLEDGE.to_owned() } else { pulse_text() };
        let chars: Vec<char> = text.chars().collect();
        let (at, from) = (at.index(chars.len()), from.index(chars.len()));
        let copy = chars[from..].iter().take(copied);
        let edited: String = chars[..at].iter().chain(copy).chain(chars[at..].iter().skip(cut)).collect();
        let lines = edited.lines().count();
        if let Err(list) = parse("own.toml", edited.as_bytes()) {
            prop_assert!(!list.is_empty() && list.iter().all(|f| (1..=lines + 1).contains(&f.line) && !f.reason.is_empty()));
        }
    }

    /// A number of any size in the place of any number.
    #[test]
    fn numbers_typed_into_a_file_never_break_the_loader(n: i64, which in any::<prop::sample::Index>()) {
        let text = KNOWLEDGE;
        let spots: Vec<usize> = text.match_indices(" = ").map(|(at, _)| at + 3).collect();
        let numeric: Vec<usize> = spots.into_iter().filter(|at| text[*at..].starts_with(|c: char| c.is_ascii_digit())).collect();
        let at = numeric[which.index(numeric.len())];
        let end = at + text[at..].find(|c: char| !c.is_ascii_digit()).unwrap_or_default();
        let edited = format!("{}{n}{}", &text[..at], &text[end..]);
        if let Err(list) = parse("own.toml", edited.as_bytes()) {
            prop_assert!(!list.is_empty());
        }
    }
}
