//! Styled stretches of a text, and the small change of HTML: references, links, lengths in UTF-16.

use std::borrow::Cow;

use serde::Serialize;

/// A styled stretch of a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Entity {
    /// Telegram's name of the style.
    #[serde(rename = "type")]
    pub(super) kind: Cow<'static, str>,
    /// Where it begins, in UTF-16 units.
    pub(super) offset: usize,
    /// How long it is, in UTF-16 units.
    pub(super) length: usize,
    /// The address of a `text_link`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) url: Option<String>,
    /// The language of a `pre`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) language: Option<String>,
    /// The emoji of a `custom_emoji`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) custom_emoji_id: Option<String>,
}

impl Entity {
    /// A style without arguments.
    pub(super) fn plain(kind: &'static str, offset: usize, length: usize) -> Self {
        Self { kind: Cow::Borrowed(kind), offset, length, url: None, language: None, custom_emoji_id: None }
    }
}

/// Escapes a text for HTML, as a person's own words are shown in `Message::html`.
pub(super) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// `&lt;`, `&#10;` and their kin at the head of a text: the symbol and the bytes it took.
pub(super) fn reference(text: &str) -> Option<(char, usize)> {
    for (name, symbol) in [("&lt;", '<'), ("&gt;", '>'), ("&amp;", '&'), ("&quot;", '"')] {
        if text.starts_with(name) {
            return Some((symbol, name.len()));
        }
    }
    let digits = text.strip_prefix("&#")?;
    let (digits, radix, head) = match digits.strip_prefix(['x', 'X']) {
        Some(hex) => (hex, 16, 3),
        None => (digits, 10, 2),
    };
    let length = digits.find(|symbol: char| !symbol.is_digit(radix)).unwrap_or(digits.len());
    let symbol = u32::from_str_radix(&digits[..length], radix).ok().and_then(char::from_u32)?;
    let semicolon = usize::from(digits[length..].starts_with(';'));
    (symbol != '\0').then_some((symbol, head + length + semicolon))
}

/// Decodes the references of an attribute's value.
pub(super) fn decode(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(next) = rest.find('&') {
        out.push_str(&rest[..next]);
        rest = &rest[next..];
        let (symbol, length) = reference(rest).unwrap_or(('&', 1));
        out.push(symbol);
        rest = &rest[length..];
    }
    out.push_str(rest);
    out
}

/// Whether Telegram makes a link of this address.
pub(super) fn is_link(url: &str) -> bool {
    let (scheme, rest) = url.split_once("://").unwrap_or(("http", url));
    let known = ["http", "https", "tg", "ton", "tonsite"].iter().any(|name| scheme.eq_ignore_ascii_case(name));
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let web = scheme.to_ascii_lowercase().starts_with("http");
    known
        && !host.is_empty()
        && !rest.contains(char::is_whitespace)
        && (!web || host.contains('.') || host.split(':').next() == Some("localhost"))
}

/// The length of a text in UTF-16 units.
pub(super) fn utf16_len(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.chars().map(char::len_utf16).sum() }
}

/// The last `units` UTF-16 units of a text.
pub(super) fn tail_utf16(text: &str, units: usize) -> &str {
    let mut left = units;
    for (at, symbol) in text.char_indices().rev() {
        left = left.saturating_sub(symbol.len_utf16());
        if left == 0 {
            return &text[at..];
        }
    }
    text
}
