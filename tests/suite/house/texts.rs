//! What does not stand in code: sentences for people (they are in `locales/`), unproved `unwrap`s, unfinished places,
//! ignored tests, branches for tests, and folders of somebody's own machine.

use super::reading::{Code, Literal, words};
use super::{Source, is_caught, nothing_to_complain_of, tree};

/// Rooms whose words are not the bot's: the emulator's are Telegram's, the page's stand in `page/words.json`.
const OTHER_WORDS: [&str; 2] = ["src/emulator/", "src/playground/"];
/// The product's name may stand anywhere.
const NAME: &str = "«Учительская»";

/// How a proof begins: the line above an `unwrap` or `expect` outside tests.
const PROOF: &str = "// Proof: ";

/// Two Cyrillic letters in a row: one alone (`ё` → `е`) is spelling, not a text.
fn is_text(literal: &Literal) -> bool {
    let is_cyrillic = |c: &char| ('\u{400}'..='\u{52f}').contains(c);
    let letters: Vec<char> = literal.text.replace(NAME, "").chars().collect();
    letters.windows(2).any(|pair| pair.iter().all(is_cyrillic))
}

fn texts_in(source: &Source) -> Vec<String> {
    if OTHER_WORDS.iter().any(|room| source.path.starts_with(room)) {
        return Vec::new();
    }
    let code = Code::without_tests(source);
    let found = code.literals.iter().filter(|l| is_text(l));
    found.map(|l| source.complain(l.at, format!("a text in code: {}", l.text))).collect()
}

fn unproved_in(source: &Source) -> Vec<String> {
    let code = Code::without_tests(source).code;
    let lines: Vec<&str> = source.text.lines().collect();
    let mut all = Vec::new();
    for call in [".unwrap()", ".expect(", ".unwrap_err()", ".expect_err("] {
        for (at, _) in code.match_indices(call) {
            let line = super::line_of(&code, at);
            let above = lines[..line - 1].iter().rev().map(|l| l.trim()).take_while(|l| l.starts_with("//"));
            if !above.last().is_some_and(|first| first.starts_with(PROOF)) {
                all.push(source.complain(at, format!("{call} without «{PROOF}…» above")));
            }
        }
    }
    all
}

fn unfinished_in(source: &Source) -> Vec<String> {
    let code = Code::of(source).code;
    let mut all = Vec::new();
    for word in ["todo!", "unimplemented!", "dbg!", "#[ignore"] {
        all.extend(code.match_indices(word).map(|(at, _)| source.complain(at, word)));
    }
    all
}

/// `cfg(test)` may only hide `mod tests`.
fn branches_in(source: &Source) -> Vec<String> {
    let code = Code::of(source).code;
    let mut all = Vec::new();
    for (at, word) in words(&code).filter(|(_, word)| *word == "cfg" || *word == "cfg_attr") {
        let open = at + code[at..].find('(').unwrap_or(0);
        let end = super::reading::closing(&code, open);
        if !words(&code[open..end]).any(|(_, w)| w == "test") {
            continue;
        }
        let after = code[end..].trim_start_matches([')', ']']).trim_start();
        let is_module = word == "cfg" && code[at..=end].ends_with("cfg(test)") && after.starts_with("mod tests {");
        if !is_module {
            all.push(source.complain(at, "a branch for tests"));
        }
    }
    all
}

/// Folders that exist on one machine only. (Taken apart here, or this file would name them.)
fn machine_paths_in(source: &Source) -> Vec<String> {
    let mut all = Vec::new();
    for folder in ["work", "home", "root"].map(|name| format!("/{name}/")) {
        for (at, _) in source.text.match_indices(&folder) {
            let is_inside = source.text[..at].ends_with(|c: char| c.is_alphanumeric() || "._-*}…".contains(c));
            if !is_inside {
                all.push(source.complain(at, format!("{folder} is a place on one machine")));
            }
        }
    }
    all
}

fn all_of(folders: &[&str], endings: &[&str], rule: fn(&Source) -> Vec<String>) -> Vec<String> {
    let places = folders.iter().flat_map(|folder| endings.iter().flat_map(move |ending| tree(folder, ending)));
    places.flat_map(|source| rule(&source)).collect()
}

#[test]
fn no_text_stands_in_code() {
    nothing_to_complain_of(&all_of(&["src"], &["rs"], texts_in));
}

#[test]
fn every_unwrap_is_proved() {
    nothing_to_complain_of(&all_of(&["src"], &["rs"], unproved_in));
}

#[test]
fn nothing_is_unfinished_or_ignored() {
    nothing_to_complain_of(&all_of(&["src", "tests", "benches"], &["rs"], unfinished_in));
}

#[test]
fn code_does_not_know_that_it_is_tested() {
    nothing_to_complain_of(&all_of(&["src"], &["rs"], branches_in));
}

#[test]
fn no_file_names_a_place_on_one_machine() {
    let folders = ["src", "tests", "benches", "docs", "migrations", "locales", "questionnaires"];
    let endings = ["rs", "md", "sql", "ftl", "toml", "js", "mjs", "html", "css", "json", "talk"];
    nothing_to_complain_of(&all_of(&folders, &endings, machine_paths_in));
}

#[test]
fn a_planted_text_is_caught() {
    let code = "//! Привет\n/// Привет\nfn x() {\n    say(\"«Учительская»\"); // да\n    fold('ё', \"е\");\n    say(r\"Да, \");\n}\n\
                #[cfg(test)]\nmod tests {\n    const A: &str = \"Анна\";\n}\n";
    is_caught(&texts_in(&Source::new("src/bot/x.rs", code)), &["src/bot/x.rs:6: a text in code: Да, "]);
    is_caught(&texts_in(&Source::new("src/playground/x.rs", code)), &[]);
}

#[test]
fn a_planted_unwrap_is_caught() {
    let code = "fn x() {\n    // Proof: the list is written out above\n    // and never empty.\n    a.first().unwrap();\n\
                    // It will be there.\n    b.expect(\"x\");\n    c.unwrap_or(\".unwrap()\");\n}\n#[expect(unused)]\n";
    is_caught(&unproved_in(&Source::new("src/x.rs", code)), &["src/x.rs:6: .expect( without"]);
}

#[test]
fn a_planted_unfinished_place_is_caught() {
    let code = "fn x() {\n    todo!(\"later\");\n}\n#[test]\n#[ignore = \"slow\"]\nfn y() { \"todo!\"; }\n";
    is_caught(&unfinished_in(&Source::new("src/x.rs", code)), &["src/x.rs:2: todo!", "src/x.rs:5: #[ignore"]);
}

#[test]
fn a_planted_branch_for_tests_is_caught() {
    let code =
        "fn x() -> bool { cfg!(test) }\n#[cfg(test)]\nuse a;\n#[cfg(unix)]\nfn y() {}\n#[cfg(test)]\nmod tests {\n}\n";
    is_caught(&branches_in(&Source::new("src/x.rs", code)), &["src/x.rs:1", "src/x.rs:2: a branch"]);
}

#[test]
fn a_planted_machine_path_is_caught() {
    let text = format!("a https://example.org/{0}/x\nb ../{0}/x\nc ~ /{0}/x\n", "home");
    is_caught(&machine_paths_in(&Source::new("docs/x.md", &text)), &["docs/x.md:3"]);
}
