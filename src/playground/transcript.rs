//! All talks in one file: as a page to read or as plain text.

use std::fmt::Write as _;
use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use chrono_tz::Tz;
use serde::Deserialize;

use super::files::disposition;
use super::room::Room;
use super::words::{escape, word};
use crate::emulator::{Media, Message};
use crate::kernel::time::At;

const STYLE: &str = "body{max-width:46em;margin:2em auto;padding:0 1em;font:16px/1.45 -apple-system,'Segoe UI',Roboto,'Noto Sans',sans-serif;\
color:#20262a;background:#f3f1ec}h2{margin:2em 0 .2em}h2+p,small,header p{color:#636a6e}article{width:fit-content;max-width:85%;margin:8px 0;padding:8px 13px;\
border-radius:14px;background:#fff;white-space:pre-wrap;overflow-wrap:anywhere}article.own{margin-left:auto;background:#e4f6d5}small{display:block}\
kbd{display:inline-block;margin:5px 5px 0 0;padding:3px 10px;border-radius:8px;background:#3b5f52;color:#fff;font:inherit;font-size:.9em}";

#[derive(Deserialize)]
pub(super) struct Form {
    /// `html` or `txt`.
    #[serde(rename = "as", default)]
    form: String,
    #[serde(default)]
    lang: String,
}

/// One person's talk.
struct Talk {
    name: String,
    role: String,
    messages: Vec<Message>,
}

/// How the transcript is written: language and zone.
struct Writer<'a> {
    language: &'a str,
    zone: Tz,
}

/// `GET /api/transcript?as=html|txt&lang=ru|en`: a file to save.
pub(super) async fn download(State(room): State<Arc<Room>>, Query(form): Query<Form>) -> Response {
    let writer = Writer { language: if form.lang == "en" { "en" } else { "ru" }, zone: room.stage.zone };
    let talks: Vec<Talk> = room
        .cast()
        .into_iter()
        .filter_map(|actor| {
            let messages = room.stage.emulator.phone(actor.user_id)?.messages();
            Some(Talk { name: actor.name, role: actor.role, messages })
        })
        .collect();
    let now = room.stage.clock.now();
    let (kind, end, body) = if form.form == "txt" {
        ("text/plain; charset=utf-8", "txt", writer.text(&room.stage.district, now, &talks))
    } else {
        ("text/html; charset=utf-8", "html", writer.html(&room.stage.district, now, &talks))
    };
    let name = format!("{} {}.{end}", word(writer.language, "transcript_title"), now.day(room.stage.zone));
    ([(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, disposition("attachment", &name))], body)
        .into_response()
}

impl Writer<'_> {
    fn word(&self, key: &str) -> String {
        word(self.language, key)
    }

    fn time(&self, at: At) -> String {
        at.utc().with_timezone(&self.zone).format("%d.%m.%Y %H:%M").to_string()
    }

    fn title(&self, district: &str, now: At) -> (String, String) {
        let saved = self.word("transcript_saved").replace("{when}", &self.time(now));
        (format!("{district} · {}", self.word("transcript_title")), saved)
    }

    /// What a picture or document is called in a text: `[Фото: график.png]`.
    fn medium(&self, media: &Media) -> String {
        let key = format!("k_{}", media.kind);
        let known = self.word(&key);
        let kind = if known == key { self.word("k_other") } else { known };
        if media.name.is_empty() { format!("[{kind}]") } else { format!("[{kind}: {}]", media.name) }
    }

    fn said(&self, message: &Message) -> String {
        let medium = message.media.as_ref().map(|media| self.medium(media));
        let text = Some(message.text.clone()).filter(|text| !text.is_empty());
        [medium, text].into_iter().flatten().collect::<Vec<_>>().join("\n")
    }

    fn text(&self, district: &str, now: At, talks: &[Talk]) -> String {
        let (title, saved) = self.title(district, now);
        let mut out = format!("{title}\n{saved}\n");
        for talk in talks {
            let role = if talk.role.is_empty() { String::new() } else { format!(" ({})", talk.role) };
            let _ = writeln!(out, "\n== {}{role} ==", talk.name);
            if talk.messages.is_empty() {
                let _ = writeln!(out, "{}", self.word("transcript_empty"));
            }
            for message in &talk.messages {
                let who = if message.from_bot { self.word("bot_name") } else { talk.name.clone() };
                let _ = writeln!(out, "\n[{}] {who}", self.time(At(message.date)));
                for line in self.said(message).lines() {
                    let _ = writeln!(out, "    {line}");
                }
                for row in &message.keyboard {
                    let labels: Vec<_> = row.iter().map(|key| format!("[{}]", key.label)).collect();
                    let _ = writeln!(out, "    {}", labels.join(" "));
                }
            }
        }
        out
    }

    fn html(&self, district: &str, now: At, talks: &[Talk]) -> String {
        let (title, saved) = self.title(district, now);
        let title = escape(&title);
        let mut out = format!(
            "<!doctype html><html lang=\"{}\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>{title}</title>\
             <style>{STYLE}</style><header><h1>{title}</h1><p>{}</p></header>\n",
            self.language,
            escape(&saved)
        );
        for talk in talks {
            let _ = writeln!(out, "<section><h2>{}</h2><p>{}</p>", escape(&talk.name), escape(&talk.role));
            if talk.messages.is_empty() {
                let _ = writeln!(out, "<p>{}</p>", escape(&self.word("transcript_empty")));
            }
            for message in &talk.messages {
                let side = if message.from_bot { "" } else { " class=\"own\"" };
                let keys: String =
                    message.keyboard.iter().flatten().map(|key| format!("<kbd>{}</kbd>", escape(&key.label))).collect();
                let keys = if keys.is_empty() { keys } else { format!("<div>{keys}</div>") };
                let _ = writeln!(
                    out,
                    "<article{side}>{}{keys}<small>{}</small></article>",
                    escape(&self.said(message)),
                    self.time(At(message.date))
                );
            }
            out.push_str("</section>\n");
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::emulator::Key;

    fn talks() -> Vec<Talk> {
        let message = |from_bot, text: &str| Message {
            id: 1,
            date: 1_764_143_040_000,
            from_bot,
            text: text.to_owned(),
            html: text.to_owned(),
            keyboard: Vec::new(),
            media: None,
            edits: 0,
            edited_at: None,
            silent: false,
            protected: false,
        };
        let mut screen = message(true, "Как дела?\n<b>Ответьте</b>");
        screen.keyboard = vec![vec![
            Key { label: "Да".to_owned(), data: Some("1".to_owned()), url: None },
            Key { label: "Нет".to_owned(), data: None, url: None },
        ]];
        vec![Talk {
            name: "Петрова Анна".to_owned(),
            role: "учитель".to_owned(),
            messages: vec![message(false, "/start"), screen],
        }]
    }

    const WRITER: Writer<'static> = Writer { language: "ru", zone: chrono_tz::Asia::Yekaterinburg };

    #[test]
    fn a_transcript_reads_like_the_talk() {
        let text = WRITER.text("Заречный район", At(1_764_143_040_000), &talks());
        assert_eq!(
            text,
            "Заречный район · Переписка\nСохранено 26.11.2025 12:44\n\n== Петрова Анна (учитель) ==\n\n\
             [26.11.2025 12:44] Петрова Анна\n    /start\n\n[26.11.2025 12:44] Учительская\n    Как дела?\n    <b>Ответьте</b>\n    [Да] [Нет]\n"
        );
    }

    #[test]
    fn a_transcript_page_carries_no_markup_of_others() {
        let page = WRITER.html("Район <1>", At(0), &talks());
        assert!(page.contains("&lt;b&gt;Ответьте&lt;/b&gt;") && page.contains("Район &lt;1&gt;"));
        assert!(!page.contains("<b>"));
    }
}
