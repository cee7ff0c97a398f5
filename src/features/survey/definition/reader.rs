//! Taking a parsed TOML table apart, field by field, with faults that know their line.
//!
//! Each `take` removes a field; what is left at [`Table::finish`] is unknown and therefore a fault. A
//! field of the wrong type is reported where it is taken, and the reading goes on.

use std::cell::RefCell;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::Fault;
use crate::kernel::language::Language;

/// More faults than this help nobody.
const MAX_FAULTS: usize = 100;

/// The file being read and what was found wrong with it.
pub(super) struct Source<'s> {
    file: &'s str,
    line_starts: Vec<usize>,
    faults: RefCell<Vec<Fault>>,
    advice: RefCell<Vec<Fault>>,
}

impl<'s> Source<'s> {
    pub(super) fn new(file: &'s str, text: &str) -> Source<'s> {
        let breaks = text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(i, _)| i + 1);
        let line_starts = std::iter::once(0).chain(breaks).collect();
        Source { file, line_starts, faults: RefCell::default(), advice: RefCell::default() }
    }

    /// The line of a byte, from 1.
    pub(super) fn line(&self, offset: usize) -> usize {
        self.line_starts.partition_point(|start| *start <= offset)
    }

    pub(super) fn fault(&self, line: usize, reason: impl Into<String>) {
        let mut faults = self.faults.borrow_mut();
        if faults.len() < MAX_FAULTS {
            faults.push(Fault { file: self.file.to_owned(), line, reason: reason.into() });
        }
    }

    pub(super) fn advise(&self, line: usize, reason: impl Into<String>) {
        self.advice.borrow_mut().push(Fault { file: self.file.to_owned(), line, reason: reason.into() });
    }

    pub(super) fn is_clean(&self) -> bool {
        self.faults.borrow().is_empty()
    }

    pub(super) fn faults(&self) -> Vec<Fault> {
        sorted(self.faults.borrow().clone())
    }

    pub(super) fn advice(&self) -> Vec<Fault> {
        sorted(self.advice.borrow().clone())
    }
}

fn sorted(mut list: Vec<Fault>) -> Vec<Fault> {
    list.sort();
    list.dedup();
    list
}

/// A value and the line it stands on.
#[derive(Clone, Debug)]
pub(super) struct Found<T> {
    pub(super) line: usize,
    pub(super) value: T,
}

/// A table of the file with the fields that were not taken yet.
pub(super) struct Table<'s> {
    pub(super) source: &'s Source<'s>,
    pub(super) line: usize,
    what: String,
    fields: DeTable<'s>,
}

impl<'s> Table<'s> {
    pub(super) fn root(source: &'s Source<'s>, fields: DeTable<'s>) -> Table<'s> {
        Table { source, line: 1, what: "the file".to_owned(), fields }
    }

    /// Reports something about this table as a whole.
    pub(super) fn fault(&self, reason: impl AsRef<str>) {
        self.source.fault(self.line, format!("{}: {}", self.what, reason.as_ref()));
    }

    /// Calls the table by its id in later faults.
    pub(super) fn name(&mut self, what: String) {
        self.what = what;
    }

    /// The names of the fields that are left.
    pub(super) fn keys(&self) -> Vec<String> {
        self.fields.keys().map(|k| k.get_ref().to_string()).collect()
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.fields.contains_key(key)
    }

    /// A field as it is; the line is that of its name.
    pub(super) fn take(&mut self, key: &str) -> Option<Found<Spanned<DeValue<'s>>>> {
        let (name, value) = self.fields.remove_entry(key)?;
        Some(Found { line: self.source.line(name.span().start), value })
    }

    fn take_as<T>(
        &mut self,
        key: &str,
        expected: &str,
        read: impl FnOnce(DeValue<'s>) -> Option<T>,
    ) -> Option<Found<T>> {
        let Found { line, value } = self.take(key)?;
        let value = read(value.into_inner());
        if value.is_none() {
            self.source.fault(line, format!("{}: `{key}` must be {expected}", self.what));
        }
        value.map(|value| Found { line, value })
    }

    pub(super) fn string(&mut self, key: &str) -> Option<Found<String>> {
        self.take_as(key, "text in quotes", string)
    }

    pub(super) fn flag(&mut self, key: &str) -> Option<Found<bool>> {
        self.take_as(key, "true or false", |v| v.as_bool())
    }

    /// A whole number between two bounds.
    pub(super) fn integer(&mut self, key: &str, bounds: std::ops::RangeInclusive<i64>) -> Option<Found<i64>> {
        let expected = format!("a whole number from {} to {}", bounds.start(), bounds.end());
        self.take_as(key, &expected, |v| integer(&v).filter(|n| bounds.contains(n)))
    }

    /// A list of texts, or one text.
    pub(super) fn strings(&mut self, key: &str) -> Option<Found<Vec<String>>> {
        self.take_as(key, "a list of texts in quotes", strings)
    }

    /// A table or a list of tables; an absent field is an empty list.
    pub(super) fn tables(&mut self, key: &str) -> Vec<Table<'s>> {
        let Some(Found { line, value }) = self.take(key) else { return Vec::new() };
        let span = value.span();
        let parts: Vec<Spanned<DeValue<'s>>> = match value.into_inner() {
            DeValue::Array(list) => list.into_iter().collect(),
            single => vec![Spanned::new(span, single)],
        };
        let (source, what) = (self.source, format!("`{key}` of {}", self.what));
        let what = if self.what == "the file" { format!("[[{key}]]") } else { what };
        let table = |part: Spanned<DeValue<'s>>| {
            let own_line = source.line(part.span().start);
            match part.into_inner() {
                DeValue::Table(fields) => Some(Table { source, line: own_line, what: what.clone(), fields }),
                _ => {
                    source.fault(own_line.max(line), format!("{what} must be a table of fields"));
                    None
                }
            }
        };
        parts.into_iter().filter_map(table).collect()
    }

    /// One table; an absent field is no table.
    pub(super) fn table(&mut self, key: &str) -> Option<Table<'s>> {
        let mut tables = self.tables(key);
        if tables.len() > 1 {
            self.fault(format!("`{key}` may stand only once"));
        }
        (!tables.is_empty()).then(|| tables.swap_remove(0))
    }

    /// Reports a field that is not there.
    pub(super) fn require(&self, key: &str) {
        if !self.has(key) {
            self.fault(format!("`{key}` is missing"));
        }
    }

    /// An id: 1 to `max` bytes of `a-z 0-9 -`. Always gives something to go on with.
    pub(super) fn id(&mut self, max: usize) -> String {
        self.require("id");
        let Some(Found { line, value }) = self.string("id") else { return String::new() };
        let is_plain = value.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        if value.is_empty() || value.len() > max || !is_plain {
            let shown: String = value.chars().take(40).collect();
            let reason = format!("the id `{shown}` must be 1-{max} characters of a-z, 0-9 and the hyphen");
            self.source.fault(line, format!("{}: {reason}", self.what));
        }
        value
    }

    /// Reports every field that nobody took.
    pub(super) fn finish(self) {
        for key in self.fields.keys() {
            let line = self.source.line(key.span().start);
            self.source.fault(line, format!("{}: unknown field `{}`", self.what, key.get_ref()));
        }
    }

    /// What this table is called in faults.
    pub(super) fn what(&self) -> &str {
        &self.what
    }

    /// The language codes among the fields that are left.
    pub(super) fn languages(&self) -> Vec<Language> {
        Language::ALL.into_iter().filter(|l| self.has(l.code())).collect()
    }
}

pub(super) fn string(value: DeValue<'_>) -> Option<String> {
    value.as_str().map(str::to_owned)
}

pub(super) fn integer(value: &DeValue<'_>) -> Option<i64> {
    let number = value.as_integer()?;
    i64::from_str_radix(number.as_str(), number.radix()).ok()
}

pub(super) fn strings(value: DeValue<'_>) -> Option<Vec<String>> {
    match value {
        DeValue::String(one) => Some(vec![one.into_owned()]),
        DeValue::Array(list) => list.into_iter().map(|v| string(v.into_inner())).collect(),
        _ => None,
    }
}
