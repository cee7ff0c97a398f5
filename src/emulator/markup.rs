//! Keyboards: what stands under a message, and every way the server refuses one.
//!
//! Beyond the refusals a keyboard over the design budget (60 buttons, 4 KB of labels and data, 8 in a row) is noted:
//! the server's own limit is not published and phones show such keyboards badly.

use serde_json::{Map, Value};

use super::entities::is_link;
use super::refusal::Refusal;
use super::types::Key;

/// Refused above this number of buttons. Folklore, not documented.
const BUTTONS_MAX: usize = 100;
/// Refused above this many bytes of labels, data and links; 99 buttons with 64 bytes each were refused.
const BYTES_MAX: usize = 6 * 1024;
/// Budgets of a good bot.
const GOOD_BUTTONS: usize = 60;
const GOOD_BYTES: usize = 4 * 1024;
const GOOD_ROW: usize = 8;
/// `callback_data`, in bytes.
const DATA_MAX: usize = 64;

/// The fields of a button that make it do something.
const ACTIONS: [&str; 11] = [
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
    "disabled",
];

/// Buttons under a message.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Inline {
    /// As a phone shows them.
    pub(super) rows: Vec<Vec<Key>>,
    /// As the bot gave them and gets them back.
    pub(super) json: String,
}

/// A `reply_markup`.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum Markup {
    /// None, or an empty inline keyboard.
    #[default]
    Nothing,
    /// Buttons under the message.
    Inline(Inline),
    /// A keyboard instead of the letters; such a message cannot be edited.
    Reply,
}

impl Markup {
    /// The rows a phone shows.
    pub(super) fn rows(&self) -> &[Vec<Key>] {
        match self {
            Self::Inline(inline) => &inline.rows,
            _ => &[],
        }
    }

    /// What goes into the message object.
    pub(super) fn json(&self) -> Option<&str> {
        match self {
            Self::Inline(inline) => Some(&inline.json),
            _ => None,
        }
    }
}

/// Reads a `reply_markup`; warnings go to the violations.
pub(super) fn parse(value: Option<&Value>, warnings: &mut Vec<String>) -> Result<Markup, Refusal> {
    let Some(value) = value else {
        return Ok(Markup::Nothing);
    };
    let Some(fields) = value.as_object() else {
        return Err(Refusal::bad("object expected as reply markup"));
    };
    if fields.contains_key("inline_keyboard") {
        return inline(fields, value, warnings);
    }
    if let Some(rows) = fields.get("keyboard") {
        let whole = rows.as_array().is_some_and(|rows| rows.iter().all(Value::is_array));
        return if whole {
            Ok(Markup::Reply)
        } else {
            Err(Refusal::bad("field \"keyboard\" of the ReplyKeyboardMarkup must be an Array of Arrays"))
        };
    }
    if fields.contains_key("remove_keyboard") || fields.contains_key("force_reply") {
        return Ok(Markup::Reply);
    }
    Err(Refusal::bad("can't parse reply keyboard markup JSON object").noting("a reply_markup of no known kind"))
}

/// Reads the `reply_markup` of an edit, where only inline keyboards are taken.
pub(super) fn parse_inline(value: Option<&Value>, warnings: &mut Vec<String>) -> Result<Markup, Refusal> {
    match parse(value, warnings)? {
        Markup::Reply => Err(Refusal::bad("inline keyboard expected")),
        markup => Ok(markup),
    }
}

fn inline(fields: &Map<String, Value>, json: &Value, warnings: &mut Vec<String>) -> Result<Markup, Refusal> {
    if let Some(name) = fields.keys().find(|name| *name != "inline_keyboard") {
        return Err(Refusal::strict(format!("unknown field `{name}` of an inline keyboard")));
    }
    let shape = "field \"inline_keyboard\" of the InlineKeyboardMarkup must be an Array of Arrays";
    let given = fields.get("inline_keyboard").and_then(Value::as_array).ok_or_else(|| Refusal::bad(shape))?;
    let mut rows = Vec::with_capacity(given.len());
    for row in given {
        let row = row.as_array().ok_or_else(|| Refusal::bad(shape))?;
        let keys: Vec<Key> = row.iter().map(button).collect::<Result<_, _>>()?;
        if keys.len() > GOOD_ROW {
            warnings.push(format!("{} buttons in a row (at most {GOOD_ROW})", keys.len()));
        }
        if !keys.is_empty() {
            rows.push(keys);
        }
    }
    if rows.is_empty() {
        return Ok(Markup::Nothing);
    }
    weigh(&rows, warnings)?;
    Ok(Markup::Inline(Inline { rows, json: json.to_string() }))
}

fn weigh(rows: &[Vec<Key>], warnings: &mut Vec<String>) -> Result<(), Refusal> {
    let size = |text: &Option<String>| text.as_ref().map_or(0, String::len);
    let count: usize = rows.iter().map(Vec::len).sum();
    let bytes: usize = rows.iter().flatten().map(|key| key.label.len() + size(&key.data) + size(&key.url)).sum();
    if count > BUTTONS_MAX || bytes > BYTES_MAX {
        return Err(Refusal::bad("reply markup is too long"));
    }
    if count > GOOD_BUTTONS {
        warnings.push(format!("{count} buttons (at most {GOOD_BUTTONS})"));
    }
    if bytes > GOOD_BYTES {
        warnings.push(format!("{bytes} bytes of labels and data (at most {GOOD_BYTES})"));
    }
    Ok(())
}

fn button(value: &Value) -> Result<Key, Refusal> {
    let wrong = |text: &str| Refusal::bad(format!("can't parse inline keyboard button: {text}"));
    let fields = value.as_object().ok_or_else(|| wrong("InlineKeyboardButton must be an Object"))?;
    let known = |name: &str| ["text", "style", "icon_custom_emoji_id"].contains(&name) || ACTIONS.contains(&name);
    if let Some(name) = fields.keys().find(|name| !known(name)) {
        return Err(Refusal::strict(format!("unknown field `{name}` of a button")));
    }
    let word = |name: &str| match fields.get(name) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(_) => Err(wrong(&format!("Field \"{name}\" must be of type String"))),
    };
    let label = word("text")?.ok_or_else(|| wrong("Can't find field \"text\""))?;
    if label.trim().is_empty() {
        return Err(Refusal::bad("inline keyboard button text must be non-empty"));
    }
    let (data, url) = (word("callback_data")?, word("url")?);
    let actions = fields.keys().filter(|name| ACTIONS.contains(&name.as_str())).count();
    if actions == 0 || data.as_deref() == Some("") {
        return Err(wrong("Text buttons are unallowed in the inline keyboard"));
    }
    if actions > 1 {
        return Err(Refusal::strict(format!("a button with {actions} actions")));
    }
    if data.as_ref().is_some_and(|data| data.len() > DATA_MAX) {
        return Err(Refusal::bad("BUTTON_DATA_INVALID"));
    }
    if let Some(url) = url.as_ref().filter(|url| !is_link(url)) {
        return Err(Refusal::bad(format!("inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")));
    }
    Ok(Key { label, data, url })
}
