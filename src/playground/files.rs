//! Pictures and documents of the talks. They come from the bot, so they are never shown as a page of this origin:
//! pictures and PDF open, everything else is saved.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};

use super::room::{Problem, Room};
use crate::emulator::Media;

/// What a browser may open by itself.
const OPENS: [&str; 5] = ["image/png", "image/jpeg", "image/webp", "image/gif", "application/pdf"];
/// A file may load nothing and do nothing.
const POLICY: &str = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/// `GET /api/file/{id}`: the content of a picture or document that some phone on the table shows.
pub(super) async fn file(State(room): State<Arc<Room>>, Path(id): Path<String>) -> Result<Response, Problem> {
    let media = find(&room, &id).ok_or(Problem::NoFile)?;
    let opens = OPENS.contains(&media.mime.as_str());
    let kind = if opens { media.mime.as_str() } else { "application/octet-stream" };
    let mut response = media.bytes.clone().into_response();
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_SECURITY_POLICY, POLICY.to_owned()),
        (header::CONTENT_DISPOSITION, disposition(if opens { "inline" } else { "attachment" }, &media.name)),
    ] {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(name, value);
        }
    }
    Ok(response)
}

fn find(room: &Room, id: &str) -> Option<Media> {
    let phones = room.cast().into_iter().filter_map(|actor| room.stage.emulator.phone(actor.user_id));
    phones.flat_map(|phone| phone.messages()).filter_map(|message| message.media).find(|media| media.file_id == id)
}

/// A `Content-Disposition` with a name in any alphabet (RFC 6266: `filename*`, percent-encoded UTF-8).
pub(super) fn disposition(how: &str, name: &str) -> String {
    let mut coded = String::new();
    for byte in name.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' | b'_' => coded.push(char::from(byte)),
            _ => coded.push_str(&format!("%{byte:02X}")),
        }
    }
    if coded.is_empty() { how.to_owned() } else { format!("{how}; filename*=UTF-8''{coded}") }
}

#[cfg(test)]
mod tests {
    use super::disposition;

    #[test]
    fn file_names_survive_any_alphabet_and_break_no_header() {
        assert_eq!(disposition("inline", ""), "inline");
        assert_eq!(disposition("attachment", "a b.txt"), "attachment; filename*=UTF-8''a%20b.txt");
        assert_eq!(disposition("attachment", "Ж\r\n\""), "attachment; filename*=UTF-8''%D0%96%0D%0A%22");
    }
}
