//! Telegram's HTML mode: tags in, plain text and entities out, with the server's own error texts.
//!
//! Offsets in errors are bytes of the given text; offsets of entities are UTF-16 units of the plain text. What the
//! server drops in silence (a link with a bad address, a quotation in a quotation, code inside bold) is reported as
//! a warning, since the reader will not see what the bot meant.

use std::borrow::Cow;

use super::entities::{Entity, decode, is_link, reference, tail_utf16, utf16_len};

/// What came out of a parse.
#[derive(Debug, Default)]
pub(super) struct Parsed {
    /// The text without tags.
    pub(super) text: String,
    /// Its styles, by offset, longer ones first.
    pub(super) entities: Vec<Entity>,
    /// What the server would drop in silence.
    pub(super) warnings: Vec<String>,
}

/// A start tag that waits for its end.
struct Open {
    tag: String,
    argument: Option<String>,
    offset: usize,
}

struct Parser<'a> {
    source: &'a str,
    at: usize,
    out: Parsed,
    utf16: usize,
    open: Vec<Open>,
}

/// Parses a text in HTML mode; the error is what follows `can't parse entities: `.
pub(super) fn parse(source: &str) -> Result<Parsed, String> {
    let mut parser = Parser { source, at: 0, out: Parsed::default(), utf16: 0, open: Vec::new() };
    parser.out.text.reserve(source.len());
    parser.run()?;
    let mut out = parser.out;
    out.entities.sort_by(|a, b| a.offset.cmp(&b.offset).then(b.length.cmp(&a.length)));
    Ok(out)
}

impl Parser<'_> {
    fn run(&mut self) -> Result<(), String> {
        while let Some(next) = self.source[self.at..].find(['<', '&']) {
            self.copy(next);
            if self.peek() == Some(b'&') {
                self.decode_one();
            } else if self.source.as_bytes().get(self.at + 1) == Some(&b'/') {
                self.end_tag()?;
            } else {
                self.start_tag()?;
            }
        }
        self.copy(self.source.len() - self.at);
        match self.open.last() {
            Some(open) => Err(format!("Can't find end tag corresponding to start tag \"{}\"", open.tag)),
            None => Ok(()),
        }
    }

    fn peek(&self) -> Option<u8> {
        self.source.as_bytes().get(self.at).copied()
    }

    /// Takes the next `length` bytes over as they are.
    fn copy(&mut self, length: usize) {
        let piece = &self.source[self.at..self.at + length];
        self.out.text.push_str(piece);
        self.utf16 += utf16_len(piece);
        self.at += length;
    }

    fn push(&mut self, symbol: char) {
        self.out.text.push(symbol);
        self.utf16 += symbol.len_utf16();
    }

    /// At an ampersand: a known entity becomes its symbol, anything else stays.
    fn decode_one(&mut self) {
        match reference(&self.source[self.at..]) {
            Some((symbol, length)) => {
                self.push(symbol);
                self.at += length;
            }
            None => self.copy(1),
        }
    }

    fn skip_spaces(&mut self) {
        while self.peek().is_some_and(|byte| byte.is_ascii_whitespace()) {
            self.at += 1;
        }
    }

    /// Reads up to a byte that `stop` names and returns it in lower case.
    fn word(&mut self, stop: impl Fn(u8) -> bool) -> String {
        let from = self.at;
        while self.peek().is_some_and(|byte| !stop(byte)) {
            self.at += 1;
        }
        self.source[from..self.at].to_ascii_lowercase()
    }

    fn start_tag(&mut self) -> Result<(), String> {
        let begin = self.at;
        self.at += 1;
        let tag = self.word(|byte| byte.is_ascii_whitespace() || byte == b'>');
        if self.peek().is_none() {
            return Err(format!("Unclosed start tag at byte offset {begin}"));
        }
        if kind_of(&tag).is_none() {
            return Err(format!("Unsupported start tag \"{tag}\" at byte offset {begin}"));
        }
        let mut argument = None;
        loop {
            self.skip_spaces();
            match self.peek() {
                Some(b'>') => break,
                None => return Err(format!("Unclosed start tag \"{tag}\" at byte offset {begin}")),
                Some(_) => {
                    let (name, value) = self.attribute(&tag, begin)?;
                    if wanted(&tag, &name, &value) {
                        argument = Some(value);
                    }
                }
            }
        }
        self.at += 1;
        if tag == "span" && argument.as_deref() != Some("tg-spoiler") {
            return Err(format!("Tag \"span\" must have class \"tg-spoiler\" at byte offset {begin}"));
        }
        if tag == "tg-emoji" && argument.as_deref().is_none_or(|id| id.parse::<u64>().is_err()) {
            return Err("Invalid custom emoji identifier specified".to_owned());
        }
        self.nesting(&tag);
        self.open.push(Open { tag, argument, offset: self.utf16 });
        Ok(())
    }

    /// One `name`, `name=value` or `name="value"` of a start tag.
    fn attribute(&mut self, tag: &str, begin: usize) -> Result<(String, String), String> {
        let unclosed = || format!("Unclosed start tag \"{tag}\" at byte offset {begin}");
        let name = self.word(|byte| byte.is_ascii_whitespace() || byte == b'=' || byte == b'>');
        if name.is_empty() {
            return Err(format!("Empty attribute name in the tag \"{tag}\" at byte offset {begin}"));
        }
        self.skip_spaces();
        if self.peek() != Some(b'=') {
            return if self.peek().is_some() { Ok((name, String::new())) } else { Err(unclosed()) };
        }
        self.at += 1;
        self.skip_spaces();
        let value = match self.peek() {
            None => return Err(unclosed()),
            Some(quote @ (b'"' | b'\'')) => {
                self.at += 1;
                let length = self.source[self.at..].find(char::from(quote)).ok_or_else(unclosed)?;
                let raw = &self.source[self.at..self.at + length];
                self.at += length + 1;
                decode(raw)
            }
            Some(_) => {
                let from = self.at;
                let value = self.word(|byte| !(byte.is_ascii_alphanumeric() || byte == b'.' || byte == b'-'));
                match self.peek() {
                    Some(byte) if byte.is_ascii_whitespace() || byte == b'>' => value,
                    Some(_) => return Err(format!("Unexpected end of name token at byte offset {from}")),
                    None => return Err(unclosed()),
                }
            }
        };
        if self.peek().is_none() { Err(unclosed()) } else { Ok((name, value)) }
    }

    fn end_tag(&mut self) -> Result<(), String> {
        let begin = self.at;
        let Some(open) = self.open.pop() else {
            return Err(format!("Unexpected end tag at byte offset {begin}"));
        };
        self.at += 2;
        let tag = self.word(|byte| byte.is_ascii_whitespace() || byte == b'>');
        self.skip_spaces();
        if self.peek() != Some(b'>') {
            return Err(format!("Unclosed end tag at byte offset {begin}"));
        }
        self.at += 1;
        if !tag.is_empty() && tag != open.tag {
            return Err(format!(
                "Unmatched end tag at byte offset {begin}, expected \"</{}>\", found \"</{tag}>\"",
                open.tag
            ));
        }
        self.close(open);
        Ok(())
    }

    /// Turns a closed tag into an entity, unless it is empty.
    fn close(&mut self, open: Open) {
        let length = self.utf16 - open.offset;
        let Some(kind) = kind_of(&open.tag).filter(|_| length > 0) else {
            return;
        };
        let mut entity = Entity::plain(kind, open.offset, length);
        match open.tag.as_str() {
            "a" => {
                let url = open.argument.unwrap_or_else(|| tail_utf16(&self.out.text, length).to_owned());
                if !is_link(&url) {
                    self.out.warnings.push(format!("a link to {url:?} is dropped in silence"));
                    return;
                }
                entity.url = Some(url);
            }
            "tg-emoji" => entity.custom_emoji_id = open.argument,
            "blockquote" if open.argument.is_some() => entity.kind = Cow::Borrowed("expandable_blockquote"),
            "code" if self.open.last().is_some_and(|outer| outer.tag == "pre") => {
                // <pre><code class="language-x"> is one entity: the outer one, with the language.
                if let (Some(outer), Some(class)) = (self.open.last_mut(), open.argument) {
                    outer.argument = class.strip_prefix("language-").map(str::to_owned);
                }
                return;
            }
            "pre" => entity.language = open.argument,
            _ => {}
        }
        self.out.entities.push(entity);
    }

    /// Notes a nesting that the server quietly undoes.
    fn nesting(&mut self, tag: &str) {
        let code = |name: &str| name == "pre" || name == "code";
        let language = tag == "code" && self.open.last().is_some_and(|outer| outer.tag == "pre");
        let inside_code = !language && self.open.iter().any(|outer| code(&outer.tag));
        let styled = code(tag) && !language && self.open.iter().any(|outer| outer.tag != "blockquote");
        let quotes = tag == "blockquote" && self.open.iter().any(|outer| outer.tag == "blockquote");
        if inside_code || styled || quotes {
            self.out.warnings.push(format!("<{tag}> inside <{}> is dropped in silence", self.open[0].tag));
        }
    }
}

/// The entity a tag makes.
fn kind_of(tag: &str) -> Option<&'static str> {
    Some(match tag {
        "b" | "strong" => "bold",
        "i" | "em" => "italic",
        "s" | "strike" | "del" => "strikethrough",
        "u" | "ins" => "underline",
        "span" | "tg-spoiler" => "spoiler",
        "a" => "text_link",
        "tg-emoji" => "custom_emoji",
        "tg-time" => "date_time",
        "pre" => "pre",
        "code" => "code",
        "blockquote" => "blockquote",
        _ => return None,
    })
}

/// Whether an attribute means something in this tag.
fn wanted(tag: &str, name: &str, value: &str) -> bool {
    match (tag, name) {
        ("a", "href") | ("span", "class") | ("tg-emoji", "emoji-id") | ("blockquote", "expandable") => true,
        ("code", "class") => value.starts_with("language-"),
        _ => false,
    }
}
