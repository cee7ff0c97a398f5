//! Finds every path of this crate that a file names: `crate::…`, `super::…`, `self::…`, in `use` lists and in code.

use super::reading::{Code, closing, words};
use super::{Source, line_of};

/// A path from the crate's top: `crate::kernel::ids` is `[kernel, ids]`.
#[derive(Clone, Debug, PartialEq)]
pub struct Named {
    pub line: usize,
    pub segments: Vec<String>,
}

/// The module a file is: `src/features/survey/flow/mod.rs` is `[features, survey, flow]`.
pub fn module_of(path: &str) -> Vec<String> {
    let path = path.strip_prefix("src/").unwrap_or(path);
    let path = path.strip_suffix(".rs").unwrap_or(path);
    let mut parts: Vec<String> = path.split('/').map(str::to_owned).collect();
    let last = parts.last().map(String::as_str);
    if matches!(last, Some("mod" | "lib" | "main")) && (parts.len() > 1 || last == Some("lib")) {
        parts.pop();
    }
    parts
}

/// All paths of our own that a file names, its tests included.
pub fn named(source: &Source) -> Vec<Named> {
    let code = Code::of(source).code;
    let modules = inline_modules(&code);
    let home = module_of(&source.path);
    let mut all = Vec::new();
    for (at, word) in words(&code) {
        let after = at + word.len();
        if !code[after..].starts_with("::") || code[..at].ends_with("::") {
            continue;
        }
        let here = || {
            let inner =
                modules.iter().filter(|(from, to, _)| (*from..*to).contains(&at)).map(|(.., name)| name.clone());
            home.iter().cloned().chain(inner).collect::<Vec<String>>()
        };
        let base = match word {
            "crate" => Vec::new(),
            "self" => here(),
            "super" => parent(here()),
            _ => continue,
        };
        let mut found = Vec::new();
        branch(&code, after + 2, base, &mut found);
        let line = line_of(&code, at);
        all.extend(found.into_iter().map(|segments| Named { line, segments }));
    }
    all
}

/// `mod name { … }` within a file: from, to, name.
fn inline_modules(code: &str) -> Vec<(usize, usize, String)> {
    let all: Vec<(usize, &str)> = words(code).collect();
    all.windows(2)
        .filter(|pair| pair[0].1 == "mod")
        .filter_map(|pair| {
            let after = pair[1].0 + pair[1].1.len();
            let open = after + code[after..].find(|c: char| !c.is_whitespace())?;
            code[open..].starts_with('{').then(|| (open, closing(code, open), pair[1].1.to_owned()))
        })
        .collect()
}

fn parent(mut module: Vec<String>) -> Vec<String> {
    module.pop();
    module
}

/// Reads what follows `::` into whole paths; returns where it ends.
fn branch(code: &str, at: usize, mut base: Vec<String>, found: &mut Vec<Vec<String>>) -> usize {
    let at = at + (code[at..].len() - code[at..].trim_start().len());
    if code[at..].starts_with('{') {
        let end = closing(code, at);
        let mut item = at + 1;
        while item < end {
            item = branch(code, item, base.clone(), found);
            let next = code[item..end].find(',').map_or(end, |i| item + i);
            item = next + 1;
            if code[item.min(end)..end].trim().is_empty() {
                break;
            }
        }
        return end + 1;
    }
    let end = at + code[at..].find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(code.len() - at);
    match &code[at..end] {
        // `*`, `<`: what is named is the module or type before it.
        "" | "self" => {}
        "super" => base = parent(base),
        name => base.push(name.to_owned()),
    }
    if code[end..].starts_with("::") && end > at {
        return branch(code, end + 2, base, found);
    }
    found.push(base);
    end
}

#[test]
fn paths_are_read_as_the_compiler_reads_them() {
    let text = "use crate::a::{self, b::{C, d as e}, f};\nuse super::super::g;\nfn x() -> self::h::I { crate::j::<u8>() }\n\
                mod inner {\n    use super::k::*;\n}\nlet s = \"crate::no\"; // crate::no\npub(in super::super) fn y() {}\n";
    let shown = |path: &str| -> Vec<String> {
        named(&Source::new(path, text)).iter().map(|n| format!("{} {}", n.line, n.segments.join("::"))).collect()
    };
    let wanted = ["1 a", "1 a::b::C", "1 a::b::d", "1 a::f", "2 r::g", "3 r::s::t::h::I", "3 j", "5 r::s::t::k", "8 r"];
    assert_eq!(shown("src/r/s/t.rs"), wanted);
    assert_eq!(shown("src/r/s/t/mod.rs"), wanted);
}

#[test]
fn a_file_is_its_module() {
    assert_eq!(module_of("src/kernel/mod.rs"), ["kernel"]);
    assert_eq!(module_of("src/app.rs"), ["app"]);
    assert_eq!(module_of("src/main.rs"), ["main"]);
    assert!(module_of("src/lib.rs").is_empty());
}
