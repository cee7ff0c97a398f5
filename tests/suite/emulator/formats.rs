//! HTML mode: every error text with its offset, what becomes an entity, and what is dropped in silence.

use serde_json::{Value, json};

use super::client::Bot;

#[tokio::test]
async fn broken_html_is_refused_with_the_byte_offset() {
    let bot = Bot::new().await;
    bot.anna();
    let wrong = [
        ("я <br>", "Unsupported start tag \"br\" at byte offset 3"),
        ("a < b", "Unsupported start tag \"\" at byte offset 2"),
        ("a <b", "Unclosed start tag at byte offset 2"),
        ("<a href=\"x.y\"", "Unclosed start tag \"a\" at byte offset 0"),
        ("<a href=", "Unclosed start tag \"a\" at byte offset 0"),
        ("<a href=\"x", "Unclosed start tag \"a\" at byte offset 0"),
        ("<a href", "Unclosed start tag \"a\" at byte offset 0"),
        ("<a =x>t</a>", "Empty attribute name in the tag \"a\" at byte offset 0"),
        ("<a href=x/y>t</a>", "Unexpected end of name token at byte offset 8"),
        ("t</b>", "Unexpected end tag at byte offset 1"),
        ("<b>t</b", "Unclosed end tag at byte offset 4"),
        ("<b>t</b x>", "Unclosed end tag at byte offset 4"),
        ("<b>t</i>", "Unmatched end tag at byte offset 4, expected \"</b>\", found \"</i>\""),
        ("<b>t", "Can't find end tag corresponding to start tag \"b\""),
        ("<span>t</span>", "Tag \"span\" must have class \"tg-spoiler\" at byte offset 0"),
        ("<tg-emoji emoji-id=\"x\">🙂</tg-emoji>", "Invalid custom emoji identifier specified"),
    ];
    for (text, error) in wrong {
        let body = json!({"chat_id": 11, "text": text, "parse_mode": "HTML"});
        bot.no("sendMessage", body, 400, &format!("Bad Request: can't parse entities: {error}")).await;
    }
    bot.clean();
}

#[tokio::test]
async fn tags_become_entities_in_utf16() {
    let bot = Bot::with(uchitelskaya::emulator::Limits::without_rates()).await;
    bot.anna();
    let fine = [
        ("🙂<b>я</b>", "🙂я", json!([{"type": "bold", "offset": 2, "length": 1}])),
        ("<B>a</>", "a", json!([{"type": "bold", "offset": 0, "length": 1}])),
        ("a &lt;&gt;&amp;&quot;&#33;&#x41; & &nbsp; >", "a <>&\"!A & &nbsp; >", Value::Null),
        (
            "<a href=\"https://a.ru/?x=1&amp;y=2\">l</a>",
            "l",
            json!([{"type": "text_link", "offset": 0, "length": 1, "url": "https://a.ru/?x=1&y=2"}]),
        ),
        (
            "<blockquote expandable>q</blockquote>",
            "q",
            json!([{"type": "expandable_blockquote", "offset": 0, "length": 1}]),
        ),
        (
            "<pre><code class=\"language-rust\">f</code></pre>",
            "f",
            json!([{"type": "pre", "offset": 0, "length": 1, "language": "rust"}]),
        ),
        (
            "<span class=\"tg-spoiler\">s</span><tg-spoiler>t</tg-spoiler>",
            "st",
            json!([{"type": "spoiler", "offset": 0, "length": 1}, {"type": "spoiler", "offset": 1, "length": 1}]),
        ),
        (
            "<i><b>x</b>y</i><u>z</u><s>w</s>",
            "xyzw",
            json!([
                {"type": "italic", "offset": 0, "length": 2},
                {"type": "bold", "offset": 0, "length": 1},
                {"type": "underline", "offset": 2, "length": 1},
                {"type": "strikethrough", "offset": 3, "length": 1},
            ]),
        ),
        (
            "<tg-emoji emoji-id=\"5368324170671202286\">👍</tg-emoji>",
            "👍",
            json!([{"type": "custom_emoji", "offset": 0, "length": 2, "custom_emoji_id": "5368324170671202286"}]),
        ),
    ];
    for (html, text, entities) in fine {
        let body = json!({"chat_id": 11, "text": html, "parse_mode": "HTML"});
        let sent = bot.ok("sendMessage", body).await;
        assert_eq!((&sent["text"], &sent["entities"]), (&json!(text), &entities), "{html}");
    }
    bot.clean();
}

#[tokio::test]
async fn what_telegram_drops_in_silence_is_noted() {
    for (html, note) in [
        ("<b><code>x</code></b>", "<code> inside <b> is dropped in silence"),
        ("<pre><b>x</b></pre>", "<b> inside <pre> is dropped in silence"),
        (
            "<blockquote>a<blockquote>b</blockquote></blockquote>",
            "<blockquote> inside <blockquote> is dropped in silence",
        ),
        ("<a href=\"nowhere\">x</a>", "a link to \"nowhere\" is dropped in silence"),
    ] {
        let bot = Bot::new().await;
        bot.anna();
        bot.ok("sendMessage", json!({"chat_id": 11, "text": html, "parse_mode": "HTML"})).await;
        bot.caught(note);
    }
}
