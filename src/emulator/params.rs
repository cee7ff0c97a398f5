//! The parameters of a call and the published table they are checked against.
//!
//! The real server ignores a parameter it does not know and takes a number for a text; this one refuses both, so
//! that a slip of the pen in the bot is seen. Texts from a form or a query are read as the type the table names,
//! and a nested object may come as JSON or as a text of JSON.

use std::collections::HashMap;

use bytes::Bytes;
use serde_json::{Map, Number, Value};

use super::refusal::Refusal;

/// Published parameters whose effect the emulator does not have: to take them would be to pretend.
const UNBUILT: [&str; 7] = [
    "business_connection_id",
    "message_thread_id",
    "direct_messages_topic_id",
    "ephemeral_message_parameters",
    "suggested_post_parameters",
    "rich_message",
    "certificate",
];

/// The type of a parameter in the published Bot API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Integer.
    Int,
    /// Boolean.
    Bool,
    /// String.
    Text,
    /// Integer or String.
    Chat,
    /// A JSON object.
    Object,
    /// A JSON array.
    List,
    /// InputFile or String.
    File,
}

/// One row of a method's table.
#[derive(Clone, Copy, Debug)]
pub(super) struct Param {
    /// The name.
    pub(super) name: &'static str,
    kind: Kind,
    /// What the server says when it is missing; `None` for an optional one.
    missing: Option<&'static str>,
}

/// A parameter that may be left out.
pub(super) const fn opt(name: &'static str, kind: Kind) -> Param {
    Param { name, kind, missing: None }
}

/// A parameter that must be there, and the refusal if it is not.
pub(super) const fn req(name: &'static str, kind: Kind, missing: &'static str) -> Param {
    Param { name, kind, missing: Some(missing) }
}

/// A file that came in a multipart body.
#[derive(Clone, Debug)]
pub(super) struct Upload {
    /// The name it was sent with.
    pub(super) name: String,
    /// The content.
    pub(super) bytes: Bytes,
}

/// The decoded parameters of one call.
#[derive(Debug, Default)]
pub(super) struct Params {
    fields: Map<String, Value>,
    files: HashMap<String, Upload>,
    /// Came as texts (form, query, multipart), whose types are still to be read.
    loose: bool,
}

impl Params {
    /// Parameters of a JSON body, or of a nested object.
    pub(super) fn typed(fields: Map<String, Value>) -> Self {
        Self { fields, files: HashMap::new(), loose: false }
    }

    /// An empty set to be filled by `add` and `attach`.
    pub(super) fn loose() -> Self {
        Self { loose: true, ..Self::default() }
    }

    /// Adds a text of a form, a query or a multipart body.
    pub(super) fn add(&mut self, name: String, value: String) {
        self.fields.entry(name).or_insert(Value::String(value));
    }

    /// Reads the values as texts from now on.
    pub(super) fn loosen(&mut self) {
        self.loose = true;
    }

    /// Adds an uploaded file.
    pub(super) fn attach(&mut self, name: String, upload: Upload) {
        self.files.insert(name, upload);
    }

    /// Any parameter.
    pub(super) fn get(&self, name: &str) -> Option<&Value> {
        self.fields.get(name)
    }

    /// A text.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.get(name).and_then(Value::as_str)
    }

    /// A whole number.
    pub(super) fn int(&self, name: &str) -> Option<i64> {
        self.get(name).and_then(Value::as_i64)
    }

    /// A truth, false when left out.
    pub(super) fn flag(&self, name: &str) -> bool {
        self.get(name).and_then(Value::as_bool).unwrap_or(false)
    }

    /// The chat of the call. A user name is of nobody the server knows: it has no public chats.
    pub(super) fn chat(&self) -> Result<i64, Refusal> {
        match self.get("chat_id") {
            None => Err(Refusal::bad("chat_id is empty")),
            Some(Value::String(text)) if text.is_empty() => Err(Refusal::bad("chat_id is empty")),
            Some(Value::String(text)) => text.parse().map_err(|_| Refusal::bad("chat not found")),
            Some(value) => value.as_i64().ok_or_else(|| Refusal::bad("chat not found")),
        }
    }

    /// The uploaded part of this name.
    pub(super) fn file(&self, name: &str) -> Option<&Upload> {
        self.files.get(name)
    }

    /// Checks every parameter against the table and reads texts as the types it names.
    pub(super) fn check(&mut self, method: &str, table: &[Param]) -> Result<(), Refusal> {
        self.fields.retain(|_, value| !value.is_null());
        for (name, value) in &mut self.fields {
            let Some(param) = table.iter().find(|param| param.name == name) else {
                return Err(Refusal::strict(format!("{method}: unknown parameter `{name}`")));
            };
            if UNBUILT.contains(&param.name) {
                return Err(Refusal::strict(format!("{method}: parameter `{name}` is not built")));
            }
            fit(param, value, self.loose).map_err(|expected| wrong(method, param, value, expected))?;
        }
        for param in table {
            let file = param.kind == Kind::File && self.files.contains_key(param.name);
            let absent = !file && !self.fields.contains_key(param.name);
            if let Some(text) = param.missing.filter(|_| absent) {
                let violation = format!("{method}: parameter `{}` is missing", param.name);
                return Err(Refusal::bad(text).noting(violation));
            }
        }
        Ok(())
    }

    /// Refuses uploaded parts that no parameter names.
    pub(super) fn check_files(&self, method: &str, table: &[Param]) -> Result<(), Refusal> {
        let named = |part: &str| {
            let link = format!("attach://{part}");
            table.iter().any(|param| param.name == part && param.kind == Kind::File)
                || self.fields.values().any(|value| mentions(value, &link))
        };
        match self.files.keys().find(|part| !named(part)) {
            Some(part) => Err(Refusal::strict(format!("{method}: unknown file `{part}`"))),
            None => Ok(()),
        }
    }

    /// The parameters for the log of calls.
    pub(super) fn recorded(&self) -> Value {
        let mut fields = self.fields.clone();
        for (name, upload) in &self.files {
            let text = format!("<{}, {} bytes>", upload.name, upload.bytes.len());
            fields.insert(name.clone(), Value::String(text));
        }
        Value::Object(fields)
    }
}

fn wrong(method: &str, param: &Param, value: &Value, expected: &str) -> Refusal {
    match param.name {
        "reply_markup" => Refusal::bad("object expected as reply markup")
            .noting(format!("{method}: parameter `reply_markup` is not {expected}")),
        "commands" => {
            let text =
                if value.is_string() { "can't parse commands JSON object" } else { "expected an Array of BotCommand" };
            Refusal::bad(text).noting(format!("{method}: parameter `commands` is not {expected}"))
        }
        name => Refusal::strict(format!("{method}: parameter `{name}` is not {expected}")),
    }
}

/// Makes a value fit its row, or names what the row expects.
fn fit(param: &Param, value: &mut Value, loose: bool) -> Result<(), &'static str> {
    let parsed = match (param.kind, &*value) {
        (Kind::Text | Kind::File | Kind::Chat, Value::String(_))
        | (Kind::Bool, Value::Bool(_))
        | (Kind::Object, Value::Object(_))
        | (Kind::List, Value::Array(_)) => return Ok(()),
        (Kind::Int | Kind::Chat, Value::Number(number)) if number.is_i64() => return Ok(()),
        (Kind::Int, Value::String(text)) if loose => text.parse().ok().map(|n: i64| Value::Number(Number::from(n))),
        (Kind::Bool, Value::String(text)) if loose => truth(text).map(Value::Bool),
        (Kind::Object, Value::String(text)) => nested(text).filter(Value::is_object),
        (Kind::List, Value::String(text)) => nested(text).filter(Value::is_array),
        _ => None,
    };
    *value = parsed.ok_or(match param.kind {
        Kind::Int => "an Integer",
        Kind::Bool => "a Boolean",
        Kind::Text => "a String",
        Kind::Chat => "an Integer or a String",
        Kind::Object => "an Object",
        Kind::List => "an Array",
        Kind::File => "a file or a String",
    })?;
    Ok(())
}

fn truth(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "yes" | "1" => Some(true),
        "false" | "no" | "0" => Some(false),
        _ => None,
    }
}

fn nested(text: &str) -> Option<Value> {
    serde_json::from_str(text).ok()
}

/// Whether a text stands anywhere inside a value.
fn mentions(value: &Value, text: &str) -> bool {
    match value {
        Value::String(found) => found == text,
        Value::Array(items) => items.iter().any(|item| mentions(item, text)),
        Value::Object(fields) => fields.values().any(|item| mentions(item, text)),
        _ => false,
    }
}
