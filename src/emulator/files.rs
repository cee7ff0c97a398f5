//! Uploaded files: found by their id, downloaded by their path, and looked into for a picture's size.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use bytes::Bytes;
use serde_json::{Value, json};

use super::types::Media;

/// Files kept when nothing is recorded.
const KEPT: usize = 2_000;

/// A file on the server.
#[derive(Clone, Debug)]
pub(super) struct StoredFile {
    /// The content with its names.
    pub(super) media: Media,
    /// The same for every bot.
    unique_id: String,
    /// What `getFile` answers.
    pub(super) path: String,
    /// Width and height of a picture.
    pixels: (u32, u32),
}

impl StoredFile {
    /// The field of the message object that shows this file.
    pub(super) fn field(&self) -> (&'static str, Value) {
        let (id, unique, size) = (&self.media.file_id, &self.unique_id, self.media.bytes.len());
        let (name, mime) = (&self.media.name, &self.media.mime);
        match self.media.kind.as_str() {
            "photo" => {
                let (width, height) = self.pixels;
                let size = json!({"file_id": id, "file_unique_id": unique, "file_size": size,
                    "width": width, "height": height});
                ("photo", json!([size]))
            }
            "voice" => {
                let voice = json!({"file_id": id, "file_unique_id": unique, "file_size": size,
                    "duration": 3, "mime_type": mime});
                ("voice", voice)
            }
            "sticker" => {
                let sticker = json!({"file_id": id, "file_unique_id": unique, "file_size": size,
                    "type": "regular", "width": 512, "height": 512, "is_animated": false, "is_video": false,
                    "emoji": "👍"});
                ("sticker", sticker)
            }
            _ => {
                let document = json!({"file_id": id, "file_unique_id": unique, "file_size": size,
                    "file_name": name, "mime_type": mime});
                ("document", document)
            }
        }
    }

    /// What `getFile` answers.
    pub(super) fn json(&self) -> Value {
        json!({"file_id": self.media.file_id, "file_unique_id": self.unique_id,
            "file_size": self.media.bytes.len(), "file_path": self.path})
    }
}

/// All files.
pub(super) struct Files {
    by_id: HashMap<String, Arc<StoredFile>>,
    by_path: HashMap<String, String>,
    order: VecDeque<String>,
    next: u64,
    everything: bool,
}

impl Files {
    /// No files; `everything` keeps all that come.
    pub(super) fn new(everything: bool) -> Self {
        Self { by_id: HashMap::new(), by_path: HashMap::new(), order: VecDeque::new(), next: 1, everything }
    }

    /// Keeps a file under a new id.
    pub(super) fn add(&mut self, kind: &str, name: &str, bytes: Bytes) -> Arc<StoredFile> {
        let number = self.next;
        self.next += 1;
        let (id, ending) = (format!("EMU{}{number:08}", kind.to_ascii_uppercase()), ending(kind, name));
        let media = Media {
            kind: kind.to_owned(),
            file_id: id.clone(),
            name: if kind == "document" { name.to_owned() } else { String::new() },
            mime: mime(&ending).to_owned(),
            bytes,
        };
        let file = Arc::new(StoredFile {
            pixels: size(&media.bytes).unwrap_or((512, 512)),
            media,
            unique_id: format!("u{number:08}"),
            path: format!("{kind}s/file_{number}.{ending}"),
        });
        if !self.everything && self.order.len() >= KEPT {
            self.drop_oldest();
        }
        self.by_path.insert(file.path.clone(), id.clone());
        self.order.push_back(id.clone());
        self.by_id.insert(id, Arc::clone(&file));
        file
    }

    fn drop_oldest(&mut self) {
        let oldest = self.order.pop_front().and_then(|id| self.by_id.remove(&id));
        if let Some(file) = oldest {
            self.by_path.remove(&file.path);
        }
    }

    /// A file by its id.
    pub(super) fn find(&self, id: &str) -> Option<Arc<StoredFile>> {
        self.by_id.get(id).cloned()
    }

    /// A file by its path.
    pub(super) fn at(&self, path: &str) -> Option<Arc<StoredFile>> {
        self.find(self.by_path.get(path)?)
    }
}

fn ending(kind: &str, name: &str) -> String {
    match kind {
        "photo" => "jpg".to_owned(),
        "voice" => "oga".to_owned(),
        "sticker" => "webp".to_owned(),
        _ => {
            let tail = name.rsplit_once('.').map_or("bin", |(_, tail)| tail);
            if tail.chars().all(|symbol| symbol.is_ascii_alphanumeric()) {
                tail.to_ascii_lowercase()
            } else {
                "bin".to_owned()
            }
        }
    }
}

fn mime(ending: &str) -> &'static str {
    match ending {
        "jpg" | "jpeg" => "image/jpeg",
        "png" => "image/png",
        "webp" => "image/webp",
        "oga" | "ogg" => "audio/ogg",
        "pdf" => "application/pdf",
        "txt" => "text/plain",
        "csv" => "text/csv",
        "ics" => "text/calendar",
        "json" => "application/json",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "zip" => "application/zip",
        _ => "application/octet-stream",
    }
}

/// Width and height of a PNG, GIF or JPEG; `None` when it is none of them.
pub(super) fn size(bytes: &[u8]) -> Option<(u32, u32)> {
    let be16 = |at: usize| Some(u32::from(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?)));
    let be32 = |at: usize| Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
    let le16 = |at: usize| Some(u32::from(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?)));
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        return Some((be32(16)?, be32(20)?));
    }
    if bytes.starts_with(b"GIF8") {
        return Some((le16(6)?, le16(8)?));
    }
    if !bytes.starts_with(&[0xFF, 0xD8]) {
        return None;
    }
    let mut at = 2;
    loop {
        let marker = *bytes.get(at + 1)?;
        // The frame headers carry the size; C4, C8 and CC are other things in the same range.
        if (0xC0..=0xCF).contains(&marker) && ![0xC4, 0xC8, 0xCC].contains(&marker) {
            return Some((be16(at + 7)?, be16(at + 5)?));
        }
        at += 2 + usize::try_from(be16(at + 2)?).ok()?;
    }
}
