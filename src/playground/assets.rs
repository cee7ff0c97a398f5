//! The page's files, from the program itself. The first bytes already carry the Russian words, so that the page is
//! readable before its script runs.

use axum::Router;
use axum::http::header;
use axum::routing::get;

use super::words::{self, escape};

const JS: &str = "text/javascript; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";
const SVG: &str = "image/svg+xml";

/// Address, type, content.
const FILES: [(&str, &str, &str); 16] = [
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
    ("/words.json", "application/json", words::TABLE),
    ("/mark.svg", SVG, include_str!("page/mark.svg")),
    ("/wallpaper.svg", SVG, include_str!("page/wallpaper.svg")),
];

/// The page at `/` and its files beside it.
pub(super) fn routes() -> Router {
    let page = page();
    let mut router = Router::new().route(
        "/",
        get(move || std::future::ready(([(header::CONTENT_TYPE, "text/html; charset=utf-8")], page.clone()))),
    );
    for (address, kind, content) in FILES {
        router = router.route(address, get(move || std::future::ready(([(header::CONTENT_TYPE, kind)], content))));
    }
    router
}

/// The page with its Russian words in place of `{{key}}`.
fn page() -> String {
    let bare = include_str!("page/page.html").to_owned();
    words::words("ru").fold(bare, |page, (key, text)| page.replace(&format!("{{{{{key}}}}}"), &escape(text)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_has_no_word_left_open() {
        let page = page();
        assert!(!page.contains("{{"), "a key of page.html is missing in words.json");
        assert!(page.contains("Добавить телефон"));
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
        for (address, _, content) in FILES.iter().filter(|(address, _, _)| *address != "/words.json") {
            for (at, found) in content.match_indices("//") {
                let rest = content[at + found.len()..].split(['"', '\'', ')', ' ', '`']).next().unwrap();
                let before = &content[at.saturating_sub(6)..at];
                let loads = before.ends_with("http:") || before.ends_with("https:");
                assert!(!loads || rest.starts_with("www.w3.org/"), "{address} names http…//{rest}");
            }
        }
    }
}
