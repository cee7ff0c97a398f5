//! Questionnaire files: TOML that a psychologist writes, read into a [`Definition`] and proved.
//!
//! The file is read by hand over the parsed table and not by derived deserialisation: all faults are
//! reported at once, each with its line and one plain sentence, and an unknown field is a fault. A file
//! is either wholly right or refused. The format is described in docs/questionnaires.md.

mod bands;
mod conditions;
mod golden;
mod header;
mod items;
mod kinds;
mod proof;
mod reader;
mod results;
mod scales;

use sha2::{Digest, Sha256};
use toml::de::DeTable;

pub use super::model::Fault;
use super::model::{Definition, Words};
use reader::{Source, Table};

/// The largest file that is read, in bytes.
pub const MAX_BYTES: usize = 256 * 1024;
/// The most items of a questionnaire.
pub const MAX_ITEMS: usize = 200;
/// The longest id of an option, in bytes: it may stand in a button's payload.
pub const MAX_OPTION_ID: usize = 16;
/// The longest id of anything else, in bytes.
pub const MAX_ID: usize = 32;
/// The longest text of an item, in characters.
pub const MAX_ITEM_CHARS: usize = 300;
/// From how many words on a statement is called long.
pub const MANY_WORDS: usize = 12;
/// The longest introduction or assembled result, in UTF-16 units (Telegram takes 4096 with the frame).
pub const MAX_SCREEN_UNITS: usize = 3500;
/// The room kept for `{contacts}` in a result, in UTF-16 units.
pub const CONTACTS_UNITS: usize = 600;

/// Reads and proves a questionnaire file. All faults that can be told apart are returned, in the order of
/// lines; golden cases are tried only when everything else is right.
pub fn parse(file_name: &str, bytes: &[u8]) -> Result<Definition, Vec<Fault>> {
    let refuse = |line, reason: &str| Err(vec![Fault { file: file_name.to_owned(), line, reason: reason.to_owned() }]);
    if bytes.len() > MAX_BYTES {
        return refuse(1, &format!("the file has {} bytes; at most {MAX_BYTES} are read", bytes.len()));
    }
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.strip_prefix('\u{feff}').unwrap_or(text),
        Err(error) => {
            let line = 1 + bytes[..error.valid_up_to()].iter().filter(|b| **b == b'\n').count();
            return refuse(line, "the file is not in UTF-8 here; save it again with the encoding UTF-8");
        }
    };
    let source = Source::new(file_name, text);
    let (root, errors) = DeTable::parse_recoverable(text);
    for error in &errors {
        let offset = error.span().map_or(0, |span| span.start);
        source.fault(source.line(offset), format!("this is not TOML: {}", error.message()));
    }
    if errors.is_empty() {
        let draft = read(&source, root.into_inner(), hex(&Sha256::digest(bytes)));
        if let Some(mut definition) = draft.filter(|_| source.is_clean()) {
            definition.advice = source.advice();
            return Ok(definition);
        }
    }
    Err(source.faults())
}

fn read<'s>(source: &'s Source<'s>, root: DeTable<'s>, sha256: String) -> Option<Definition> {
    let mut root = Table::root(source, root);
    let mut draft = header::read(&mut root)?;
    draft.sha256 = sha256;
    let item_lines = items::read(&mut root, &mut draft);
    let scale_lines = scales::read(&mut root, &mut draft);
    results::read(&mut root, &mut draft);
    proof::every_item_counts(source, &draft, &item_lines);
    golden::read(&mut root, &mut draft, &scale_lines);
    root.finish();
    Some(draft)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

/// Length in UTF-16 units, the way Telegram counts.
fn units(words: &str) -> usize {
    words.encode_utf16().count()
}

/// The longest of a text's languages, in UTF-16 units.
fn longest(words: &Words) -> usize {
    words.0.iter().map(|(_, text)| units(text)).max().unwrap_or(0)
}
