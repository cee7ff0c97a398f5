//! The house's rules about itself: who imports whom, how long a file may be, whether texts are complete.
//!
//! Each rule is a function from files to complaints (`path:line: what is wrong`). One test gives it the tree and wants
//! none; another gives it a planted violation and wants it caught, so that a rule cannot fall silent.

mod buttons;
mod coverage;
mod docs;
mod imports;
mod jobs;
mod locales;
mod migrations;
mod paths;
mod reading;
mod sizes;
mod texts;
mod wording;

use std::fmt::Display;
use std::fs;
use std::path::{Path, PathBuf};

/// A file of the repository with its text.
#[derive(Clone, Debug)]
struct Source {
    /// From the top folder, with `/`.
    path: String,
    text: String,
}

impl Source {
    fn new(path: &str, text: &str) -> Source {
        Source { path: path.to_owned(), text: text.to_owned() }
    }

    /// A complaint about the place `at` (in bytes).
    fn complain(&self, at: usize, what: impl Display) -> String {
        format!("{}:{}: {what}", self.path, line_of(&self.text, at))
    }
}

/// The line of a place, counted from 1.
fn line_of(text: &str, at: usize) -> usize {
    text.as_bytes()[..at.min(text.len())].iter().filter(|b| **b == b'\n').count() + 1
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The file at this place, if there is one.
fn file(path: &str) -> Option<Source> {
    fs::read_to_string(root().join(path)).ok().map(|text| Source { path: path.to_owned(), text })
}

/// All files below `folder` with this ending, sorted by path.
fn tree(folder: &str, ending: &str) -> Vec<Source> {
    let mut paths = Vec::new();
    walk(&root().join(folder), ending, &mut paths);
    paths.sort();
    let relative = |path: &PathBuf| path.strip_prefix(root()).unwrap_or(path).to_string_lossy().replace('\\', "/");
    paths.iter().filter_map(|path| file(&relative(path))).collect()
}

fn walk(folder: &Path, ending: &str, paths: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            if entry.file_name() != "node_modules" {
                walk(&path, ending, paths);
            }
        } else if path.extension().is_some_and(|e| e == ending) {
            paths.push(path);
        }
    }
}

/// Fails with all complaints, one a line.
#[track_caller]
fn nothing_to_complain_of(complaints: &[String]) {
    assert!(complaints.is_empty(), "{} complaints:\n{}", complaints.len(), complaints.join("\n"));
}

/// The planted violation is found, and nothing else.
#[track_caller]
fn is_caught(complaints: &[String], planted: &[&str]) {
    let found = complaints.iter().zip(planted).all(|(complaint, planted)| complaint.contains(planted));
    assert!(found && complaints.len() == planted.len(), "wanted {planted:#?}\nfound {complaints:#?}");
}

#[test]
fn the_tree_is_read() {
    let paths: Vec<String> = tree("src", "rs").into_iter().map(|s| s.path).collect();
    assert!(paths.iter().any(|p| p == "src/kernel/button.rs"), "{paths:?}");
    assert!(!tree("locales", "ftl").is_empty() && file("no such file").is_none());
}
