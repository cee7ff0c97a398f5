//! Files: uploads in several parts, downloads, ids used again, sizes and shapes.

use serde_json::{Value, json};
use uchitelskaya::emulator::{Limits, Other};

use super::client::{Answer, Bot, TOKEN, get, request};

/// A call with fields and one file.
async fn upload(bot: &Bot, method: &str, fields: &[(&str, &str)], part: &str, name: &str, bytes: &[u8]) -> Answer {
    let mut body = Vec::new();
    for (field, value) in fields {
        let text = format!("--B\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n");
        body.extend_from_slice(text.as_bytes());
    }
    let head = format!(
        "--B\r\nContent-Disposition: form-data; name=\"{part}\"; filename=\"{name}\"\r\nContent-Type: application/octet-stream\r\n\r\n"
    );
    body.extend_from_slice(head.as_bytes());
    body.extend_from_slice(bytes);
    body.extend_from_slice(b"\r\n--B--\r\n");
    let path = format!("/bot{TOKEN}/{method}");
    request(&bot.address, &path, "multipart/form-data; boundary=B", &body).await.expect("a reply")
}

fn refused(answer: &Answer, code: u16, text: &str) {
    assert_eq!((answer.status, answer.json()["description"].clone()), (code, json!(text)));
}

/// The head of a PNG of this size.
fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    bytes.extend(width.to_be_bytes());
    bytes.extend(height.to_be_bytes());
    bytes.extend([8, 0, 0, 0, 0, 0, 0, 0, 0]);
    bytes
}

#[tokio::test]
async fn a_document_goes_up_and_comes_down() {
    let bot = Bot::new().await;
    let anna = bot.anna();
    let fields = [("chat_id", "11"), ("caption", "<b>c</b>"), ("parse_mode", "HTML"), ("protect_content", "true")];
    let sent = upload(&bot, "sendDocument", &fields, "document", "отчёт.csv", b"a;b").await;
    let document = sent.json()["result"]["document"].clone();
    assert_eq!((&document["file_name"], &document["mime_type"]), (&json!("отчёт.csv"), &json!("text/csv")));
    let seen = anna.last().expect("a message");
    let media = seen.media.expect("a file");
    assert_eq!((seen.text.as_str(), seen.html.as_str(), seen.protected), ("c", "<b>c</b>", true));
    assert_eq!((media.kind.as_str(), media.name.as_str(), &media.bytes[..]), ("document", "отчёт.csv", &b"a;b"[..]));
    let file = bot.ok("getFile", json!({"file_id": document["file_id"]})).await;
    let path = format!("/file/bot{TOKEN}/{}", file["file_path"].as_str().expect("a path"));
    assert_eq!(get(&bot.address, &path).await.body, b"a;b");
    let again = bot.ok("sendDocument", json!({"chat_id": 11, "document": document["file_id"]})).await;
    assert_eq!(again["document"], document);
    let recorded = &bot.emulator.calls()[0].params["document"];
    assert_eq!(recorded, "<отчёт.csv, 3 bytes>");
    bot.clean();
}

#[tokio::test]
async fn attached_parts_are_found_by_their_name() {
    let bot = Bot::new().await;
    let anna = bot.anna();
    let fields = [("chat_id", "11"), ("photo", "attach://pic")];
    let sent = upload(&bot, "sendPhoto", &fields, "pic", "p.png", &png(64, 32)).await.json();
    assert_eq!((&sent["result"]["photo"][0]["width"], &sent["result"]["photo"][0]["height"]), (&json!(64), &json!(32)));
    let id = sent["result"]["message_id"].to_string();
    let fields = [("chat_id", "11"), ("message_id", &id), ("media", r#"{"type":"document","media":"attach://doc"}"#)];
    let edited = upload(&bot, "editMessageMedia", &fields, "doc", "d.pdf", b"%PDF").await.json();
    assert_eq!(edited["result"]["document"]["mime_type"], "application/pdf");
    assert_eq!(anna.last().and_then(|message| message.media).map(|media| media.kind).as_deref(), Some("document"));
    let fields = [("chat_id", "11"), ("photo", "attach://other")];
    let answer = upload(&bot, "sendPhoto", &fields, "photo", "p.png", &png(8, 8)).await;
    refused(&answer, 400, "Bad Request: there is no photo in the request");
    bot.clean();
}

#[tokio::test]
async fn parts_that_nothing_names_are_refused_and_noted() {
    let bot = Bot::new().await;
    bot.anna();
    let answer = upload(&bot, "sendMessage", &[("chat_id", "11"), ("text", "t")], "pic", "p.png", b"x").await;
    refused(&answer, 400, "Bad Request: [emulator] sendMessage: unknown file `pic`");
    bot.caught("unknown file `pic`");
}

#[tokio::test]
async fn photos_must_be_pictures_of_a_sane_shape() {
    let bot = Bot::with(Limits { photo_bytes: 100, ..Limits::default() }).await;
    bot.anna();
    let jpeg = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x11\x08\x00\x20\x00\x40rest";
    let gif = b"GIF89a\x40\x00\x20\x00rest";
    for bytes in [&png(5000, 5000)[..], &jpeg[..], &gif[..]] {
        assert_eq!(upload(&bot, "sendPhoto", &[("chat_id", "11")], "photo", "p", bytes).await.status, 200);
    }
    let big = "Bad Request: file of size 101 bytes is too big for a photo; the maximum size is 100 bytes";
    let wrong = [
        (png(5001, 5000), "Bad Request: PHOTO_INVALID_DIMENSIONS"),
        (png(2100, 100), "Bad Request: PHOTO_INVALID_DIMENSIONS"),
        (b"text".to_vec(), "Bad Request: IMAGE_PROCESS_FAILED"),
        (Vec::new(), "Bad Request: file must be non-empty"),
        (vec![0; 101], big),
    ];
    for (bytes, text) in wrong {
        let answer = upload(&bot, "sendPhoto", &[("chat_id", "11")], "photo", "p", &bytes).await;
        refused(&answer, 400, text);
    }
}

#[tokio::test]
async fn ids_are_checked() {
    let bot = Bot::new().await;
    let anna = bot.anna();
    anna.send_other(Other::Document { name: "a.txt".to_owned(), bytes: "x".into() });
    let id = anna.messages().pop().and_then(|message| message.media).expect("a file").file_id;
    let photo = |text: &str| json!({"chat_id": 11, "photo": text});
    let wrong = [
        (photo("nonsense"), "wrong file identifier/HTTP URL specified"),
        (photo("https://example.org/a.png"), "failed to get HTTP URL content"),
        (photo(&id), "can't use file of type Document as Photo"),
    ];
    for (body, text) in wrong {
        bot.no("sendPhoto", body, 400, &format!("Bad Request: {text}")).await;
    }
    let text = "Bad Request: wrong file_id or the file is temporarily unavailable";
    bot.no("getFile", json!({"file_id": "nonsense"}), 400, text).await;
    assert_eq!(get(&bot.address, &format!("/file/bot{TOKEN}/documents/file_9.txt")).await.status, 404);
}

#[tokio::test]
async fn large_files_are_refused_both_ways() {
    let limits = Limits { upload_bytes: 1000, download_bytes: 10, ..Limits::default() };
    let bot = Bot::with(limits).await;
    let anna = bot.anna();
    let answer = upload(&bot, "sendDocument", &[("chat_id", "11")], "document", "a.bin", &[0; 1001]).await;
    refused(&answer, 413, "Request Entity Too Large");
    let body: Value = json!({"chat_id": 11, "text": "x".repeat(2 << 20)});
    bot.no("sendMessage", body, 413, "Request Entity Too Large").await;
    anna.send_other(Other::Document { name: "a.bin".to_owned(), bytes: vec![0; 11].into() });
    let id = anna.messages().pop().and_then(|message| message.media).expect("a file").file_id;
    bot.no("getFile", json!({"file_id": id}), 400, "Bad Request: file is too big").await;
}
