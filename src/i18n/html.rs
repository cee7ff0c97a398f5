//! The one place that makes somebody's words safe inside Telegram's HTML.

use std::borrow::Cow;

/// Escapes `&`, `<` and `>`; nothing else is special in the text of a message.
pub fn escape(words: &str) -> Cow<'_, str> {
    if !words.contains(['&', '<', '>']) {
        return Cow::Borrowed(words);
    }
    let mut out = String::with_capacity(words.len() + 16);
    for c in words.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            other => out.push(other),
        }
    }
    Cow::Owned(out)
}

/// How long Telegram counts a text: UTF-16 units, the stricter of its two readings. Tags do not count, entities
/// count as one.
pub fn visible_units(html: &str) -> usize {
    let mut units = 0;
    let mut rest = html;
    while let Some(c) = rest.chars().next() {
        let skip = match c {
            '<' => rest.find('>').map(|i| i + 1),
            '&' => rest.find(';').filter(|i| *i <= 8).map(|i| i + 1),
            _ => None,
        };
        if c != '<' || skip.is_none() {
            units += c.len_utf16();
        }
        rest = &rest[skip.unwrap_or(c.len_utf8())..];
    }
    units
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_cannot_become_tags() {
        assert_eq!(escape("Иванов <b>&"), "Иванов &lt;b&gt;&amp;");
        assert_eq!(escape("Анна"), "Анна");
    }

    #[test]
    fn length_is_counted_as_telegram_counts_it() {
        assert_eq!(visible_units("<b>Да</b>"), 2);
        assert_eq!(visible_units("&lt;&amp;"), 2);
        assert_eq!(visible_units("📋 a"), 4);
        assert_eq!(visible_units("a & b < c"), 9);
    }
}
