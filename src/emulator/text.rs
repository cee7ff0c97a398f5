//! Texts and captions as the server takes them: parsed, trimmed, measured.
//!
//! The server counts code points (4096 for a text, 1024 for a caption) after parsing; phones count UTF-16 units.
//! A text between the two counts is taken, but noted as a violation.

use std::borrow::Cow;

use serde_json::Value;

use super::entities::{Entity, escape, utf16_len};
use super::html;
use super::params::Params;
use super::refusal::Refusal;

/// The longest text, in code points.
const TEXT_MAX: usize = 4096;
/// The longest caption, in code points.
const CAPTION_MAX: usize = 1024;
/// The longest raw input, in bytes.
const RAW_MAX: usize = 32_768;

/// A text with its styles.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Styled {
    /// Without markup.
    pub(super) text: String,
    /// The styles.
    pub(super) entities: Vec<Entity>,
    /// As it was given.
    pub(super) html: String,
}

impl Styled {
    /// A person's own words.
    pub(super) fn own(text: &str) -> Self {
        let command = text.split_whitespace().next().filter(|word| word.len() > 1 && word.starts_with('/'));
        let entities = command.map(|word| Entity::plain("bot_command", 0, utf16_len(word)));
        Self { text: text.to_owned(), entities: entities.into_iter().collect(), html: escape(text) }
    }

    /// Whether a phone would show the same.
    pub(super) fn looks_like(&self, other: &Self) -> bool {
        self.text == other.text && self.entities == other.entities
    }
}

/// What a call's text became, with what the server lets pass and a good bot does not write.
pub(super) struct Checked {
    /// The text.
    pub(super) styled: Styled,
    /// What goes to the violations.
    pub(super) warnings: Vec<String>,
}

/// The text of a message; `too_long` is the description for a text over the limit.
pub(super) fn message(params: &Params, too_long: &str) -> Result<Checked, Refusal> {
    let raw = params.text("text").unwrap_or_default();
    if raw.is_empty() {
        return Err(Refusal::bad("message text is empty"));
    }
    let checked = styled(params, raw, "entities", TEXT_MAX, too_long)?;
    if checked.styled.text.is_empty() {
        return Err(Refusal::bad("text must be non-empty"));
    }
    Ok(checked)
}

/// The caption of a message, which may be empty. `params` may be a call or an `InputMedia`.
pub(super) fn caption(params: &Params) -> Result<Checked, Refusal> {
    let raw = params.text("caption").unwrap_or_default();
    styled(params, raw, "caption_entities", CAPTION_MAX, "message caption is too long")
}

fn styled(params: &Params, raw: &str, list: &str, most: usize, too_long: &str) -> Result<Checked, Refusal> {
    if raw.len() > RAW_MAX {
        return Err(Refusal::bad("text is too long"));
    }
    let mode = params.text("parse_mode").unwrap_or_default();
    let (text, entities, mut warnings) = if mode.is_empty() {
        (raw.to_owned(), given_entities(params.get(list), raw)?, Vec::new())
    } else if mode.eq_ignore_ascii_case("html") {
        let parsed = html::parse(raw).map_err(|text| Refusal::bad(format!("can't parse entities: {text}")))?;
        (parsed.text, parsed.entities, parsed.warnings)
    } else if mode.eq_ignore_ascii_case("markdown") || mode.eq_ignore_ascii_case("markdownv2") {
        return Err(Refusal::strict(format!("parse_mode {mode} is not built, use HTML")));
    } else {
        return Err(Refusal::bad("unsupported parse_mode"));
    };
    let (text, entities) = trim(text, entities);
    // Bytes bound code points, so the usual short text is not counted at all.
    if text.len() > most {
        if text.chars().count() > most {
            return Err(Refusal::bad(too_long));
        }
        let units = utf16_len(&text);
        if units > most {
            warnings.push(format!("a text of {units} UTF-16 units (phones count {most})"));
        }
    }
    let html = if mode.is_empty() { escape(raw) } else { raw.to_owned() };
    Ok(Checked { styled: Styled { text, entities, html }, warnings })
}

/// Cuts the white space at both ends, as the server does, and moves the styles along.
fn trim(text: String, entities: Vec<Entity>) -> (String, Vec<Entity>) {
    let kept = text.trim();
    if kept.len() == text.len() {
        return (text, entities);
    }
    let head = utf16_len(&text[..text.len() - text.trim_start().len()]);
    let size = utf16_len(kept);
    let moved = entities.into_iter().filter_map(|mut entity| {
        let end = (entity.offset + entity.length).saturating_sub(head).min(size);
        entity.offset = entity.offset.saturating_sub(head);
        entity.length = end.saturating_sub(entity.offset);
        (entity.length > 0).then_some(entity)
    });
    (kept.to_owned(), moved.collect())
}

/// Entities given as a list instead of tags.
fn given_entities(list: Option<&Value>, text: &str) -> Result<Vec<Entity>, Refusal> {
    let Some(list) = list.and_then(Value::as_array) else {
        return Ok(Vec::new());
    };
    let size = utf16_len(text);
    let parsed: Option<Vec<Entity>> = list.iter().map(|item| given_entity(item, size)).collect();
    parsed.ok_or_else(|| Refusal::bad("can't parse MessageEntity: wrong entity"))
}

fn given_entity(item: &Value, size: usize) -> Option<Entity> {
    let number = |name: &str| item.get(name)?.as_u64().and_then(|value| usize::try_from(value).ok());
    let word = |name: &str| item.get(name).and_then(Value::as_str).map(str::to_owned);
    let (offset, length) = (number("offset")?, number("length")?);
    (offset.checked_add(length)? <= size && length > 0).then_some(())?;
    Some(Entity {
        kind: Cow::Owned(word("type")?),
        offset,
        length,
        url: word("url"),
        language: word("language"),
        custom_emoji_id: word("custom_emoji_id"),
    })
}
