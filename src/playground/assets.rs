//! The page's files, from the program itself. The page already carries its words and what lies on the table, so that
//! it is readable before its script runs, and the phones are there as soon as it does.

use std::sync::LazyLock;

use axum::Router;
use axum::http::header;
use axum::routing::get;

use super::view::Table;
use super::words::{self, escape};

const JS: &str = "text/javascript; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";
const SVG: &str = "image/svg+xml";

/// Address, type, content.
const FILES: [(&str, &str, &str); 15] = [
    ("/page.css", CSS, include_str!("page/page.css")),
    ("/phone.css", CSS, include_str!("page/phone.css")),
    ("/theme.js", JS, include_str!("page/theme.js")),
    ("/page.js", JS, include_str!("page/page.js")),
    ("/panel.js", JS, include_str!("page/panel.js")),
    ("/phone.js", JS, include_str!("page/phone.js")),
    ("/message.js", JS, include_str!("page/message.js")),
    ("/composer.js", JS, include_str!("page/composer.js")),
    ("/rich.js", JS, include_str!("page/rich.js")),
    ("/popup.js", JS, include_str!("page/popup.js")),
    ("/dom.js", JS, include_str!("page/dom.js")),
    ("/api.js", JS, include_str!("page/api.js")),
    ("/words.js", JS, include_str!("page/words.js")),
    ("/mark.svg", SVG, include_str!("page/mark.svg")),
    ("/wallpaper.svg", SVG, include_str!("page/wallpaper.svg")),
];

/// Where the page's script finds its words and the first state.
const FIRST: &str = "{{first}}";

/// The files beside the page.
pub(super) fn routes() -> Router {
    let mut router = Router::new();
    for (address, kind, content) in FILES {
        router = router.route(address, get(move || std::future::ready(([(header::CONTENT_TYPE, kind)], content))));
    }
    router
}

/// The page as it is now, with its Russian words in place of `{{key}}`.
pub(super) fn page(table: &Table) -> String {
    let (head, tail) = PAGE.split_once(FIRST).unwrap_or((&PAGE, ""));
    // A table of texts and numbers can always be written.
    let state = serde_json::to_string(table).unwrap_or_default();
    [head, &inert(&format!("{{\"words\":{},\"state\":{state}}}", words::TABLE)), tail].concat()
}

static PAGE: LazyLock<String> = LazyLock::new(|| {
    let bare = include_str!("page/page.html").to_owned();
    words::words("ru").fold(bare, |page, (key, text)| page.replace(&format!("{{{{{key}}}}}"), &escape(text)))
});

/// JSON that cannot end the element it stands in, whatever a person typed.
fn inert(json: &str) -> String {
    json.replace('<', "\\u003c")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_has_no_word_left_open() {
        let page = PAGE.replace(FIRST, "");
        assert!(!page.contains("{{"), "a key of page.html is missing in words.json");
        assert!(page.contains("Добавить телефон"));
    }

    #[test]
    fn what_people_type_stays_in_its_element() {
        assert!(PAGE.contains(FIRST), "the page has no place for its first state");
        let json = inert(r#"{"html":"</script><b>"}"#);
        assert!(!json.contains('<'));
        let read: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(read["html"], "</script><b>");
    }

    #[test]
    fn scripts_name_only_words_that_exist() {
        for (address, _, content) in FILES.iter().filter(|(address, _, _)| address.ends_with(".js")) {
            for (at, _) in content.match_indices(" t(\"").chain(content.match_indices("(t(\"")) {
                let key = content[at + 4..].split('"').next().unwrap();
                assert_ne!(words::word("ru", key), key, "{address}: no word {key}");
            }
        }
    }

    #[test]
    fn nothing_is_loaded_from_elsewhere() {
        for (address, _, content) in FILES {
            for (at, found) in content.match_indices("//") {
                let rest = content[at + found.len()..].split(['"', '\'', ')', ' ', '`']).next().unwrap();
                let before = &content[at.saturating_sub(6)..at];
                let loads = before.ends_with("http:") || before.ends_with("https:");
                assert!(!loads || rest.starts_with("www.w3.org/"), "{address} names http…//{rest}");
            }
        }
    }
}
