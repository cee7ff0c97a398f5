//! Who may import whom: the table of docs/ARCHITECTURE.md, kept.
//!
//! Rooms first, then the files within a feature by their names. A file of a feature that the table does not name is a
//! use case and follows `service`; a room that it does not name is a mistake. Tests inside files are held to it too.

use super::paths::{Named, module_of, named};
use super::reading::{Code, words};
use super::{Source, is_caught, nothing_to_complain_of, tree};

/// A room and what it may name besides its own files: a room, a part of one, or `features` (what features export).
const ROOMS: [(&str, &[&str]); 11] = [
    ("admin", &["outbox::sender", "store"]),
    ("kernel", &[]),
    ("i18n", &["kernel"]),
    ("store", &["kernel"]),
    ("outbox", &["kernel", "i18n", "store"]),
    ("schedule", &["kernel", "store"]),
    ("bot", &["kernel", "i18n", "store", "outbox"]),
    (
        "telegram",
        &["kernel", "bot::incoming", "bot::engine", "bot::menu", "bot::feature", "i18n::Form", "outbox::message"],
    ),
    ("emulator", &[]),
    ("playground", &["emulator", "app", "kernel", "store", "features"]),
    // The list of features: their `entry` functions and the two types it joins.
    ("features", &["bot::feature", "schedule::Job"]),
];

/// These join everything and may name everything.
const JOINERS: [&str; 7] = ["app", "commands", "cli", "main", "config", "error", "lib"];

/// Files of a feature that are values in, values out. They know each other and the kernel, and nothing waits in them.
const PURE: [&str; 11] =
    ["model", "definition", "scoring", "run", "rules", "matching", "anonymity", "step", "naming", "years", "buttons"];

/// Other files of a feature (a folder of the name counts as the file) and what they may name besides their own.
const FILES: [(&str, &[&str]); 7] = [
    ("mod", &["kernel", "bot", "schedule", "features::Entry"]),
    ("flow", &["kernel", "bot", "config::Operator", "features"]),
    ("views", &["kernel", "bot::menu"]),
    ("queries", &["kernel", "store"]),
    ("service", &["kernel", "store", "outbox", "features"]),
    ("jobs", &["kernel", "store", "outbox", "features", "schedule"]),
    ("pure", &["kernel"]),
];

/// Which feature may use what another one exports from its `mod.rs`.
const EDGES: [(&str, &str); 3] = [("registration", "directory"), ("registration", "privacy"), ("survey", "privacy")];

/// Crates that are at home in one room only.
const CRATES: [(&str, &str); 3] = [("teloxide", "telegram"), ("reqwest", "telegram"), ("uchitelskaya", "main")];

/// What the kernel and pure files do without: they neither wait nor touch the world.
const IMPURE: [&str; 8] =
    ["async fn", "async move", ".await", "tokio::", "std::fs", "std::net", "std::env", "sqlx::query"];

/// The macros stand at the crate's top; what they are made of tells who may use them.
fn settled(mut segments: Vec<String>) -> Vec<String> {
    let home: &[&str] = match segments.first().map(String::as_str) {
        Some("exec" | "fetch_one" | "fetch_optional" | "fetch_all" | "fetch_with") => &["store", "query"],
        Some("t") => &["kernel", "text"],
        Some("buttons") => &["kernel", "button"],
        _ => return segments,
    };
    segments = home.iter().map(|s| (*s).to_owned()).collect();
    segments
}

fn starts_with(path: &[String], head: &str) -> bool {
    head.split("::").enumerate().all(|(i, part)| path.get(i).is_some_and(|s| s == part))
}

/// A feature's file by its place: the feature, and the row of the table.
fn feature_file(module: &[String], path: &str) -> Option<(String, &'static str)> {
    let [room, feature, rest @ ..] = module else { return None };
    if room != "features" {
        return None;
    }
    let row = match rest.first().map(String::as_str) {
        None if path.ends_with("/mod.rs") => "mod",
        None => "service",
        Some(name) if PURE.contains(&name) => "pure",
        Some(name) => FILES.iter().find(|(row, _)| *row == name).map_or("service", |(row, _)| *row),
    };
    Some((feature.clone(), row))
}

/// Why a feature's file may not name this; nothing if it may.
fn refusal_to_feature(feature: &str, row: &str, target: &[String]) -> Option<String> {
    let allowed = FILES.iter().find(|(name, _)| *name == row).map_or(&[][..], |(_, allowed)| *allowed);
    let is_type = |name: &String| name.chars().next().is_some_and(char::is_uppercase);
    if target.first().is_none_or(|room| room != "features") || target.get(1).is_none_or(is_type) {
        let is_allowed =
            target.is_empty() || allowed.iter().any(|head| *head != "features" && starts_with(target, head));
        return (!is_allowed && target != ["features"]).then(|| format!("{row} files may not name it"));
    }
    if target[1] == feature {
        let own = target.get(2).map_or("mod", String::as_str);
        let is_pure = PURE.contains(&own) || own == "mod" || target.get(2).is_some_and(is_type);
        let is_allowed = match row {
            "pure" => is_pure,
            "queries" => is_pure || own == "queries",
            _ => true,
        };
        return (!is_allowed).then(|| format!("{row} files know only the pure files of their feature"));
    }
    if !allowed.contains(&"features") {
        return Some(format!("{row} files may not name another feature"));
    }
    if !EDGES.contains(&(feature, target[1].as_str())) {
        return Some(format!("the edge {feature} → {} is not in the list", target[1]));
    }
    let goes_inside = target.len() > 3 && !is_type(&target[2]);
    goes_inside.then(|| "only what the feature's mod.rs exports may be named".to_owned())
}

fn refusal_to_room(room: &str, target: &[String]) -> Option<String> {
    let Some((_, allowed)) = ROOMS.iter().find(|(name, _)| *name == room) else {
        return Some(format!("the room {room} is not in the table"));
    };
    let is_own = target.first().is_none_or(|first| first == room);
    (!is_own && !allowed.iter().any(|head| starts_with(target, head))).then(|| format!("{room} may not name it"))
}

fn complaints_about(source: &Source) -> Vec<String> {
    let module = module_of(&source.path);
    let room = module.first().map_or("lib", String::as_str);
    let feature = feature_file(&module, &source.path);
    let code = Code::of(source).code;
    let mut all = Vec::new();
    if !JOINERS.contains(&room) {
        for Named { line, segments } in named(source) {
            let target = settled(segments);
            let refusal = match &feature {
                Some((feature, row)) => refusal_to_feature(feature, row, &target),
                None => refusal_to_room(room, &target),
            };
            all.extend(refusal.map(|why| format!("{}:{line}: crate::{}: {why}", source.path, target.join("::"))));
        }
    }
    for (at, word) in words(&code) {
        let home = CRATES.iter().find(|(name, _)| *name == word).map(|(_, home)| *home);
        all.extend(home.filter(|home| *home != room).map(|home| source.complain(at, format!("{word} only in {home}"))));
    }
    if room == "kernel" || feature.is_some_and(|(_, row)| row == "pure" || row == "views") {
        let found = IMPURE.iter().flat_map(|word| code.match_indices(word));
        all.extend(found.map(|(at, word)| source.complain(at, format!("{word} in a file of values"))));
    }
    all
}

/// Follows the edges from a feature; whether they come back to it.
fn comes_back(edges: &[(&str, &str)], from: &str) -> bool {
    let mut reached: Vec<&str> = vec![from];
    let mut next = 0;
    while let Some(here) = reached.get(next).copied() {
        for (_, to) in edges.iter().filter(|(a, _)| *a == here) {
            if *to == from {
                return true;
            }
            if !reached.contains(to) {
                reached.push(to);
            }
        }
        next += 1;
    }
    false
}

/// Edges that no file goes along; a feature that is not there yet is waited for.
fn idle(edges: &[(&str, &str)], sources: &[Source]) -> Vec<String> {
    let mut all = Vec::new();
    for (from, to) in edges {
        let folder = format!("src/features/{from}/");
        let mut own = sources.iter().filter(|s| s.path.starts_with(&folder)).peekable();
        let is_absent = own.peek().is_none();
        if !is_absent && !own.flat_map(named).any(|n| starts_with(&n.segments, &format!("features::{to}"))) {
            all.push(format!("{from} does not use {to} any more"));
        }
    }
    all
}

#[test]
fn every_file_imports_only_what_its_room_may() {
    let all: Vec<String> = tree("src", "rs").iter().flat_map(complaints_about).collect();
    nothing_to_complain_of(&all);
}

#[test]
fn features_use_each_other_without_a_circle() {
    assert!(!EDGES.iter().any(|(from, _)| comes_back(&EDGES, from)));
    assert!(comes_back(&[("a", "b"), ("b", "c"), ("c", "a")], "b"), "a planted circle is seen");
}

#[test]
fn every_edge_between_features_is_used() {
    nothing_to_complain_of(&idle(&EDGES, &tree("src/features", "rs")));
}

#[test]
fn planted_imports_are_caught() {
    let planted = [
        ("src/kernel/x.rs", "use crate::store::Tx;", "kernel may not name it"),
        ("src/kernel/x.rs", "pub async fn wait() {}", "async fn in a file of values"),
        ("src/store/x.rs", "use teloxide::Bot;", "teloxide only in telegram"),
        ("src/bot/x.rs", "use crate::features::survey;", "bot may not name it"),
        ("src/emulator/x.rs", "fn x(a: crate::kernel::time::At) {}", "emulator may not name it"),
        ("src/telegram/x.rs", "use crate::i18n::{Catalogue, Form};", "crate::i18n::Catalogue: telegram may not"),
        ("src/parlour/x.rs", "use crate::kernel::ids::RunId;", "parlour is not in the table"),
        ("src/features/survey/rules.rs", "use super::queries;", "only the pure files"),
        (
            "src/features/survey/rules/x.rs",
            "use crate::t;\nuse crate::exec;",
            "x.rs:2: crate::store::query: pure files",
        ),
        ("src/features/survey/flow/x.rs", "use super::super::super::directory::School;", "survey → directory is not"),
        ("src/features/survey/views.rs", "use crate::i18n::Form;", "views files may not name it"),
        ("src/features/survey/service.rs", "use crate::features::privacy::queries::all;", "only what the feature's"),
        ("src/features/survey/mod.rs", "use crate::store::Tx;", "mod files may not name it"),
    ];
    for (path, text, complaint) in planted {
        is_caught(&complaints_about(&Source::new(path, text)), &[complaint]);
    }
}

#[test]
fn a_planted_idle_edge_is_caught() {
    let tea = Source::new("src/features/tea/service.rs", "use crate::features::milk;");
    is_caught(&idle(&[("tea", "milk"), ("tea", "jam"), ("cake", "jam")], &[tea]), &["tea does not use jam"]);
}
