//! Nothing grows over one's head: a file has at most 500 lines, a function at most 70 from `fn` to its brace.

use super::reading::{Code, closing, words};
use super::{Source, is_caught, line_of, nothing_to_complain_of, tree};

const FILE_LINES: usize = 500;
const FUNCTION_LINES: usize = 70;

fn complaints_about(source: &Source) -> Vec<String> {
    let code = Code::of(source).code;
    let lines = code.lines().count();
    let mut all = Vec::new();
    if lines > FILE_LINES {
        all.push(format!("{}: {lines} lines, at most {FILE_LINES}", source.path));
    }
    for (at, name, end) in functions(&code) {
        let lines = line_of(&code, end) - line_of(&code, at) + 1;
        if lines > FUNCTION_LINES {
            all.push(source.complain(at, format!("fn {name} has {lines} lines, at most {FUNCTION_LINES}")));
        }
    }
    all
}

/// Functions with bodies: where each begins, its name, where its body ends.
fn functions(code: &str) -> Vec<(usize, &str, usize)> {
    let all: Vec<(usize, &str)> = words(code).collect();
    let named = all.windows(2).filter(|pair| pair[0].1 == "fn" && code[pair[0].0 + 2..pair[1].0].trim().is_empty());
    named.filter_map(|pair| Some((pair[0].0, pair[1].1, body_end(code, pair[1].0)?))).collect()
}

/// The end of the body that follows; nothing for a function without one.
fn body_end(code: &str, from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        at += code[at..].find(['(', '[', '{', ';'])?;
        match code.as_bytes()[at] {
            b'{' => return Some(closing(code, at)),
            b';' => return None,
            _ => at = closing(code, at) + 1,
        }
    }
}

#[test]
fn files_and_functions_stay_small() {
    let all = ["src", "tests", "benches"].into_iter().flat_map(|folder| tree(folder, "rs"));
    let all: Vec<String> = all.flat_map(|source| complaints_about(&source)).collect();
    nothing_to_complain_of(&all);
}

#[test]
fn a_planted_long_file_is_caught() {
    let source = Source::new("src/x.rs", &"// a\n".repeat(FILE_LINES + 1));
    is_caught(&complaints_about(&source), &["src/x.rs: 501 lines"]);
    assert!(complaints_about(&Source::new("src/x.rs", &"// a\n".repeat(FILE_LINES))).is_empty());
}

#[test]
fn a_planted_long_function_is_caught() {
    let function = |lines: usize| {
        format!(
            "trait T {{\n    fn a(&self);\n}}\nfn b<T>(x: [u8; 4]) -> T\nwhere\n    T: Copy,\n{{\n{}}}\n",
            "    x(\"}\", '{');\n".repeat(lines)
        )
    };
    let long = Source::new("src/x.rs", &function(66));
    is_caught(&complaints_about(&long), &["src/x.rs:4: fn b has 71 lines"]);
    assert!(complaints_about(&Source::new("src/x.rs", &function(65))).is_empty());
}
