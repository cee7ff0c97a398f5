//! Documents tell the truth: links lead somewhere, the settings' example is the settings, and every method that the
//! bot calls is one the emulator knows.

use uchitelskaya::config;

use super::reading::Code;
use super::{Source, file, is_caught, nothing_to_complain_of, root, tree};

fn documents() -> Vec<Source> {
    let top = ["README.md", "README.ru.md", "CONTRIBUTING.md", "migrations/README.md"].into_iter().filter_map(file);
    top.chain(tree("docs", "md")).collect()
}

/// The text without code, which may hold brackets of its own; places stay.
fn prose(text: &str) -> String {
    let mut is_code = false;
    let mut out = String::new();
    for line in text.split_inclusive('\n') {
        let is_fence = line.trim_start().starts_with("```");
        is_code ^= is_fence;
        if is_code || is_fence {
            out.extend(line.bytes().map(|b| if b == b'\n' { '\n' } else { ' ' }));
            continue;
        }
        for (n, piece) in line.split('`').enumerate() {
            let dark = |c: char| if c == '\n' { "\n".to_owned() } else { " ".repeat(c.len_utf8()) };
            if n > 0 {
                out.push('`');
            }
            out.extend(piece.chars().map(|c| if n % 2 == 1 { dark(c) } else { c.to_string() }));
        }
    }
    out
}

/// Links with their places: `[…](here)`, `src="here"`, `href="here"`, `[name]: here`.
fn links(text: &str) -> Vec<(usize, String)> {
    let text = prose(text);
    let mut all = Vec::new();
    for (open, close) in [("](", ')'), ("src=\"", '"'), ("href=\"", '"'), ("]: ", '\n')] {
        for (at, _) in text.match_indices(open) {
            let from = at + open.len();
            let end = text[from..].find(close).map_or(text.len(), |i| i + from);
            let is_definition = open != "]: " || text[..at].rsplit('\n').next().is_some_and(|l| l.starts_with('['));
            let target = text[from..end].split_whitespace().next().unwrap_or_default();
            if is_definition && !target.contains(':') {
                all.push((at, target.to_owned()));
            }
        }
    }
    all
}

/// Headings as the addresses GitHub gives them.
fn anchors(text: &str) -> Vec<String> {
    let mut is_code = false;
    let mut all: Vec<String> = Vec::new();
    for line in text.lines() {
        is_code ^= line.trim_start().starts_with("```");
        let Some(heading) = line.strip_prefix('#').filter(|_| !is_code) else { continue };
        let plain = heading.trim_start_matches('#').trim().to_lowercase();
        let kept = plain.chars().filter(|c| c.is_alphanumeric() || [' ', '-', '_'].contains(c));
        let slug: String = kept.map(|c| if c == ' ' { '-' } else { c }).collect();
        let again = all.iter().filter(|a| **a == slug || a.starts_with(&format!("{slug}-"))).count();
        all.push(if all.contains(&slug) { format!("{slug}-{again}") } else { slug });
    }
    all
}

/// `a/b` seen from the folder of `from`, with `..` walked; nothing above the top.
fn beside(from: &str, target: &str) -> Option<String> {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

/// Links that lead nowhere; `text_of` gives a file's text, or an empty one for a folder or a picture.
fn broken(source: &Source, text_of: impl Fn(&str) -> Option<String>) -> Vec<String> {
    let mut all = Vec::new();
    for (at, link) in links(&source.text) {
        let (target, anchor) = link.split_once('#').map_or((link.as_str(), None), |(t, a)| (t, Some(a)));
        let place = if target.is_empty() { Some(source.path.clone()) } else { beside(&source.path, target) };
        match place.as_deref().and_then(&text_of) {
            None => all.push(source.complain(at, format!("{link} leads nowhere"))),
            Some(text) if anchor.is_some_and(|a| !anchors(&text).iter().any(|known| known == a)) => {
                all.push(source.complain(at, format!("{link}: no such heading")));
            }
            Some(_) => {}
        }
    }
    all
}

/// Methods named in the client's code that stand in no list of the emulator's.
fn unknown_methods(telegram: &[Source], emulator: &[Source]) -> Vec<String> {
    let literals = |source: &Source| Code::without_tests(source).literals;
    let known: Vec<String> = emulator.iter().flat_map(literals).map(|l| l.text.to_lowercase()).collect();
    let mut all = Vec::new();
    for source in telegram {
        let code = Code::without_tests(source);
        for (at, _) in code.code.match_indices("const NAME") {
            let name = code.code[at..].find('"').and_then(|i| code.literal_at(at + i));
            let name = name.map_or_else(String::new, |l| l.text.clone());
            if !known.contains(&name.to_lowercase()) {
                all.push(source.complain(at, format!("the emulator knows no {name}")));
            }
        }
    }
    all
}

/// The first line where the example differs.
fn wrong_example(found: Option<Source>, wanted: &str) -> Vec<String> {
    let Some(found) = found else { return vec![format!(".env.example is missing; it should be:\n{wanted}")] };
    if found.text == wanted {
        return Vec::new();
    }
    let same = found.text.lines().zip(wanted.lines()).take_while(|(a, b)| a == b).count();
    let line = |text: &str| text.lines().nth(same).unwrap_or("(its end)").to_owned();
    vec![format!(".env.example:{}: «{}» should be «{}»", same + 1, line(&found.text), line(wanted))]
}

#[test]
fn every_link_leads_somewhere() {
    let text_of = |path: &str| root().join(path).exists().then(|| file(path).map_or_else(String::new, |s| s.text));
    let all: Vec<String> = documents().iter().flat_map(|document| broken(document, text_of)).collect();
    nothing_to_complain_of(&all);
}

#[test]
fn the_example_of_settings_is_the_settings() {
    nothing_to_complain_of(&wrong_example(file(".env.example"), &config::example()));
}

#[test]
fn the_emulator_knows_every_method_the_bot_calls() {
    let telegram = tree("src/telegram", "rs");
    assert!(telegram.iter().any(|s| s.text.contains("const NAME")), "the client names its methods so");
    nothing_to_complain_of(&unknown_methods(&telegram, &tree("src/emulator/methods", "rs")));
}

#[test]
fn a_planted_broken_link_is_caught() {
    let text = "# Дом и сад\n[a](other.md#tea-room) [b](../README.md) [c](#дом-и-сад) [d](https://x.org/a.md)\n\
                `[x](no.md)` ![e](pictures/none.png)\n```\n[y](no.md)\n```\n[f](other.md#milk) [g](#сад)\n[h](../../up.md)\n";
    let text_of = |path: &str| match path {
        "docs/x.md" => Some(text.to_owned()),
        "docs/other.md" => Some("## Tea «room»\n".to_owned()),
        "README.md" => Some(String::new()),
        _ => None,
    };
    let wanted = [
        "x.md:3: pictures/none.png leads",
        "x.md:7: other.md#milk: no such",
        "x.md:7: #сад: no",
        "x.md:8: ../../up.md leads",
    ];
    is_caught(&broken(&Source::new("docs/x.md", text), text_of), &wanted);
}

#[test]
fn a_planted_wrong_example_is_caught() {
    let about = |text: &str| wrong_example(Some(Source::new(".env.example", text)), "# a\n# A=1\n");
    is_caught(&about("# a\n# A=2\n"), &[".env.example:2: «# A=2» should be «# A=1»"]);
    is_caught(&about("# a\n"), &[".env.example:2: «(its end)» should be «# A=1»"]);
    is_caught(&about("# a\n# A=1\n"), &[]);
    is_caught(&wrong_example(None, "# a\n"), &["is missing"]);
}

#[test]
fn a_planted_unknown_method_is_caught() {
    let telegram = "impl P for A {\n    const NAME: &'static str = \"SendMessage\";\n}\nimpl P for B {\n    const NAME: &'static str = \"SendTea\";\n}\n";
    let emulator = [Source::new("src/emulator/methods/mod.rs", "M::new(\"sendMessage\")")];
    is_caught(
        &unknown_methods(&[Source::new("src/telegram/x.rs", telegram)], &emulator),
        &["x.rs:5: the emulator knows no SendTea"],
    );
}
