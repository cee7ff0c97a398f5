//! Reads Rust just far enough for the rules: what is code, what is a string, what is a comment, where a brace closes.
//!
//! Comments and the insides of strings become spaces of the same length, so every place keeps its offset and line.

use super::Source;

/// A string or a character as written, escapes and all.
#[derive(Clone, Debug, PartialEq)]
pub struct Literal {
    /// Where its opening quote stands.
    pub at: usize,
    pub text: String,
}

/// A file with its comments and strings taken out.
pub struct Code {
    /// As long as the file; quotes stay, what they hold is spaces.
    pub code: String,
    pub literals: Vec<Literal>,
}

impl Code {
    /// The whole file.
    pub fn of(source: &Source) -> Code {
        Reader { text: &source.text, out: source.text.clone().into_bytes(), literals: Vec::new() }.read()
    }

    /// The file without `#[cfg(test)] mod tests { … }`.
    pub fn without_tests(source: &Source) -> Code {
        let mut whole = Code::of(source);
        let mut from = 0;
        while let Some(at) = whole.code[from..].find("#[cfg(test)]").map(|i| i + from) {
            let open = whole.code[at..].find(['{', ';']).map_or(whole.code.len(), |i| i + at);
            let end = if whole.code[open..].starts_with('{') { closing(&whole.code, open) } else { open };
            let mut bytes = whole.code.into_bytes();
            blank(&mut bytes, at, end);
            whole.code = String::from_utf8(bytes).expect("spaces in the place of whole characters");
            whole.literals.retain(|l| l.at < at || l.at > end);
            from = end;
        }
        whole
    }

    /// The literal whose quote stands at this place.
    pub fn literal_at(&self, at: usize) -> Option<&Literal> {
        self.literals.iter().find(|l| l.at == at)
    }
}

/// Words (names and keywords) of code with their places.
pub fn words(code: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let mut rest = 0;
    std::iter::from_fn(move || {
        let start = code[rest..].find(is_word)? + rest;
        let end = code[start..].find(|c| !is_word(c)).map_or(code.len(), |i| i + start);
        rest = end;
        Some((start, &code[start..end]))
    })
}

/// Where the bracket that opens at `open` closes; the end of the code if it does not.
pub fn closing(code: &str, open: usize) -> usize {
    let mut depth = 0usize;
    for (i, b) in code.bytes().enumerate().skip(open) {
        match b {
            b'{' | b'(' | b'[' => depth += 1,
            b'}' | b')' | b']' => depth = depth.saturating_sub(1),
            _ => continue,
        }
        if depth == 0 {
            return i;
        }
    }
    code.len()
}

fn blank(bytes: &mut [u8], from: usize, to: usize) {
    let to = to.min(bytes.len());
    bytes[from.min(to)..to].iter_mut().filter(|b| **b != b'\n').for_each(|b| *b = b' ');
}

struct Reader<'a> {
    text: &'a str,
    out: Vec<u8>,
    literals: Vec<Literal>,
}

impl Reader<'_> {
    fn read(mut self) -> Code {
        let mut at = 0;
        while let Some(c) = self.text[at..].chars().next() {
            let rest = &self.text[at..];
            at = if rest.starts_with("//") {
                self.skip(at, rest.find('\n').map_or(self.text.len(), |i| at + i))
            } else if rest.starts_with("/*") {
                self.skip(at, at + block(rest))
            } else if c.is_alphabetic() || c == '_' {
                self.word(at)
            } else if c == '"' {
                self.literal(at, at + 1, "\"", true)
            } else if c == '\'' {
                self.quote(at)
            } else if c.is_ascii_digit() {
                // A number with its suffix, so that the `b` of `0b1` is not taken for a prefix.
                at + rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len())
            } else {
                at + c.len_utf8()
            };
        }
        Code {
            code: String::from_utf8(self.out).expect("spaces in the place of whole characters"),
            literals: self.literals,
        }
    }

    fn skip(&mut self, from: usize, to: usize) -> usize {
        blank(&mut self.out, from, to);
        to
    }

    /// A name, or the prefix of a string.
    fn word(&mut self, at: usize) -> usize {
        let rest = &self.text[at..];
        let end = at + rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        let after = &self.text[end..];
        match &self.text[at..end] {
            "r" | "br" | "cr" => {
                let hashes = after.len() - after.trim_start_matches('#').len();
                if after[hashes..].starts_with('"') {
                    let close = format!("\"{}", "#".repeat(hashes));
                    return self.literal(end + hashes, end + hashes + 1, &close, false);
                }
                end
            }
            "b" if after.starts_with('\'') => self.quote(end),
            _ => end,
        }
    }

    /// A string that opens at `quote`, its words from `from` until `close`.
    fn literal(&mut self, quote: usize, from: usize, close: &str, has_escapes: bool) -> usize {
        let mut end = from;
        while end < self.text.len() && !self.text[end..].starts_with(close) {
            let is_escape = has_escapes && self.text[end..].starts_with('\\');
            end += is_escape as usize;
            end += self.text[end..].chars().next().map_or(0, char::len_utf8);
        }
        self.literals.push(Literal { at: quote, text: self.text[from..end].to_owned() });
        self.skip(from, end);
        (end + close.len()).min(self.text.len())
    }

    /// A character, or a lifetime.
    fn quote(&mut self, at: usize) -> usize {
        let mut inside = self.text[at + 1..].chars();
        match (inside.next(), inside.next()) {
            (Some('\\'), _) | (Some(_), Some('\'')) => self.literal(at, at + 1, "'", true),
            _ => at + 1,
        }
    }
}

/// How long a block comment is; they nest.
fn block(text: &str) -> usize {
    let (mut depth, mut at) = (0usize, 0);
    while at < text.len() {
        let rest = &text[at..];
        if rest.starts_with("/*") {
            depth += 1;
            at += 2;
        } else if rest.starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    text.len()
}

#[test]
fn strings_and_comments_are_told_from_code() {
    let text = r##"let a = "x // \" {"; // } "y"
        let b = r#"{ " }"#; /* { /* " */ } */ let c: &'a str = f('"', b'\'', '{', 'ё');"##;
    let read = Code::of(&Source::new("src/x.rs", text));
    let texts: Vec<&str> = read.literals.iter().map(|l| l.text.as_str()).collect();
    assert_eq!(texts, [r#"x // \" {"#, r#"{ " }"#, "\"", "\\'", "{", "ё"]);
    assert_eq!(read.code.len(), text.len());
    assert!(!read.code.contains(['{', '}']), "{}", read.code);
    assert!(read.code.contains("&'a str = f("), "{}", read.code);
    assert_eq!(read.literal_at(8).map(|l| l.text.as_str()), Some(r#"x // \" {"#));
}

#[test]
fn test_modules_are_left_out_and_lines_stay() {
    let source = Source::new("src/x.rs", "a(\"x\");\n#[cfg(test)]\nmod tests {\n    b(\"}\");\n}\nc();\n");
    let read = Code::without_tests(&source);
    assert_eq!(read.literals.len(), 1);
    assert!(!read.code.contains("b(") && read.code.contains("c();"));
    assert_eq!(read.code.lines().count(), 6);
}
