//! `sendPhoto`, `sendDocument`, `editMessageMedia`: files uploaded with the call or known by their id.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::super::files::{self, StoredFile};
use super::super::markup;
use super::super::params::Kind::{Bool, Chat, File, Int, List, Object, Text};
use super::super::params::{Param, Params, Upload, opt, req};
use super::super::refusal::Refusal;
use super::super::text;
use super::super::world::World;
use super::common::{NO_CHAT, deliver};
use super::edits::{change, same, target};

/// The published parameters of `sendPhoto`.
pub(super) const PHOTO: &[Param] = &[
    req("chat_id", Chat, NO_CHAT),
    req("photo", File, "there is no photo in the request"),
    opt("business_connection_id", Text),
    opt("message_thread_id", Int),
    opt("direct_messages_topic_id", Int),
    opt("ephemeral_message_parameters", Object),
    opt("caption", Text),
    opt("parse_mode", Text),
    opt("caption_entities", List),
    opt("show_caption_above_media", Bool),
    opt("has_spoiler", Bool),
    opt("disable_notification", Bool),
    opt("protect_content", Bool),
    opt("allow_paid_broadcast", Bool),
    opt("message_effect_id", Text),
    opt("suggested_post_parameters", Object),
    opt("reply_parameters", Object),
    opt("reply_markup", Object),
];

/// The published parameters of `sendDocument`.
pub(super) const DOCUMENT: &[Param] = &[
    req("chat_id", Chat, NO_CHAT),
    req("document", File, "there is no document in the request"),
    opt("business_connection_id", Text),
    opt("message_thread_id", Int),
    opt("direct_messages_topic_id", Int),
    opt("ephemeral_message_parameters", Object),
    opt("thumbnail", File),
    opt("caption", Text),
    opt("parse_mode", Text),
    opt("caption_entities", List),
    opt("disable_content_type_detection", Bool),
    opt("disable_notification", Bool),
    opt("protect_content", Bool),
    opt("allow_paid_broadcast", Bool),
    opt("message_effect_id", Text),
    opt("suggested_post_parameters", Object),
    opt("reply_parameters", Object),
    opt("reply_markup", Object),
];

const NO_MEDIA: &str = "media is not specified";

/// The published parameters of `editMessageMedia`.
pub(super) const EDIT: &[Param] = &[
    opt("chat_id", Chat),
    opt("message_id", Int),
    req("media", Object, NO_MEDIA),
    opt("reply_markup", Object),
    opt("business_connection_id", Text),
    opt("inline_message_id", Text),
];

/// The published fields of `InputMediaPhoto` and `InputMediaDocument`.
const INPUT: &[Param] = &[
    req("type", Text, "media type is not specified"),
    req("media", File, NO_MEDIA),
    opt("caption", Text),
    opt("parse_mode", Text),
    opt("caption_entities", List),
    opt("show_caption_above_media", Bool),
    opt("has_spoiler", Bool),
    opt("thumbnail", Text),
    opt("disable_content_type_detection", Bool),
];

/// Sends a picture.
pub(super) fn photo(world: &mut World, params: &Params) -> Result<String, Refusal> {
    send(world, "sendPhoto", "photo", params)
}

/// Sends a file.
pub(super) fn document(world: &mut World, params: &Params) -> Result<String, Refusal> {
    send(world, "sendDocument", "document", params)
}

fn send(world: &mut World, method: &str, kind: &str, params: &Params) -> Result<String, Refusal> {
    let caption = text::caption(params)?;
    let source = source(world, params, params, kind, kind)?;
    deliver(world, method, params, caption, |world| Some(keep(world, source)))
}

/// Puts another picture or file into an own message, or adds one to a text.
pub(super) fn edit(world: &mut World, params: &Params) -> Result<String, Refusal> {
    let fields = params.get("media").and_then(Value::as_object).cloned();
    let input = input(fields.ok_or_else(|| Refusal::bad(NO_MEDIA))?)?;
    let mut caption = text::caption(&input)?;
    let keyboard = markup::parse_inline(params.get("reply_markup"), &mut caption.warnings)?;
    let kind = input.text("type").unwrap_or_default().to_owned();
    let source = source(world, params, &input, "media", &kind)?;
    let (chat_id, old) = target(world, "editMessageMedia", params)?;
    let old_file = old.media.as_ref().map(|media| media.file_id.as_str());
    let same_file = matches!(&source, Source::Known(file) if old_file == Some(&file.media.file_id));
    if same_file && old.body.looks_like(&caption.styled) && old.markup == keyboard {
        return Err(same());
    }
    let id = old.id;
    world.warn("editMessageMedia", caption.warnings);
    let file = keep(world, source);
    change(world, chat_id, id, |message| {
        message.extra = vec![file.field()];
        message.media = Some(file.media.clone());
        message.body = caption.styled;
        message.markup = keyboard;
    })
}

fn input(fields: Map<String, Value>) -> Result<Params, Refusal> {
    let mut input = Params::typed(fields);
    input.check("InputMedia", INPUT)?;
    match input.text("type") {
        Some("photo" | "document") => Ok(input),
        kind => Err(Refusal::strict(format!("media of type {:?} is not built", kind.unwrap_or_default()))),
    }
}

/// Where the content comes from.
enum Source {
    Known(Arc<StoredFile>),
    Fresh { kind: String, upload: Upload },
}

fn keep(world: &mut World, source: Source) -> Arc<StoredFile> {
    match source {
        Source::Known(file) => file,
        Source::Fresh { kind, upload } => world.files.add(&kind, &upload.name, upload.bytes),
    }
}

/// Finds the content that `fields[name]` means: a part of the body, `attach://part`, or a file's id.
fn source(world: &World, parts: &Params, fields: &Params, name: &str, kind: &str) -> Result<Source, Refusal> {
    let given = fields.text(name).unwrap_or_default();
    let upload = match given.strip_prefix("attach://") {
        Some(part) => Some(parts.file(part).ok_or_else(|| Refusal::bad(format!("there is no {kind} in the request")))?),
        None => parts.file(name),
    };
    if let Some(upload) = upload {
        check(world, kind, upload)?;
        return Ok(Source::Fresh { kind: kind.to_owned(), upload: upload.clone() });
    }
    if given.starts_with("http://") || given.starts_with("https://") {
        return Err(Refusal::bad("failed to get HTTP URL content"));
    }
    let file = world.files.find(given).ok_or_else(|| Refusal::bad("wrong file identifier/HTTP URL specified"))?;
    if file.media.kind != kind {
        return Err(Refusal::bad(format!("can't use file of type {} as {}", title(&file.media.kind), title(kind))));
    }
    Ok(Source::Known(file))
}

fn title(kind: &str) -> String {
    let (head, tail) = kind.split_at(kind.len().min(1));
    head.to_ascii_uppercase() + tail
}

fn check(world: &World, kind: &str, upload: &Upload) -> Result<(), Refusal> {
    let (size, limits) = (upload.bytes.len(), &world.settings.limits);
    if size == 0 {
        return Err(Refusal::bad("file must be non-empty"));
    }
    if kind != "photo" {
        return Ok(());
    }
    if size > limits.photo_bytes {
        let most = limits.photo_bytes;
        return Err(Refusal::bad(format!(
            "file of size {size} bytes is too big for a photo; the maximum size is {most} bytes"
        )));
    }
    let (width, height) = files::size(&upload.bytes).ok_or_else(|| Refusal::bad("IMAGE_PROCESS_FAILED"))?;
    let (long, short) = (width.max(height), width.min(height));
    if short == 0 || width.saturating_add(height) > 10_000 || long > short.saturating_mul(20) {
        return Err(Refusal::bad("PHOTO_INVALID_DIMENSIONS"));
    }
    Ok(())
}
