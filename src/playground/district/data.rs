//! The files beside this one: names, institutions, the cast. A slip in them is told with its place, by a test first.

use serde::Deserialize;

use crate::kernel::person::{Post, Role, SchoolKind, Subject};
use crate::store::{Error, Result};

static NAMES: &str = include_str!("names.toml");
static INSTITUTIONS: &str = include_str!("institutions.tsv");

/// `names.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Names {
    pub(super) district: String,
    pub(super) zone: String,
    pub(super) consent: String,
    /// A man's and a woman's form.
    pub(super) patronymics: Vec<[String; 2]>,
    /// A man's and a woman's form.
    pub(super) families: Vec<[String; 2]>,
    pub(super) women: Vec<String>,
    pub(super) men: Vec<String>,
    pub(super) cast: Vec<Cast>,
}

/// Somebody on the table.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Cast {
    pub(super) key: String,
    pub(super) family: String,
    pub(super) given: String,
    pub(super) patronymic: String,
    /// An institution's short name.
    pub(super) school: String,
    pub(super) post: Post,
    pub(super) subjects: Vec<Subject>,
    /// In whole years at the start.
    pub(super) age: i32,
    /// Since teaching began, at the start.
    pub(super) years: i32,
    /// Held in the municipality.
    pub(super) role: Option<Role>,
    #[serde(default)]
    pub(super) is_newcomer: bool,
}

/// A line of `institutions.tsv`.
pub(super) struct Institution {
    pub(super) kind: SchoolKind,
    pub(super) number: Option<&'static str>,
    pub(super) name: &'static str,
    pub(super) full_name: &'static str,
}

/// Everything the district is made of.
pub(super) struct Data {
    pub(super) names: Names,
    pub(super) institutions: Vec<Institution>,
}

impl Data {
    /// Reads the files.
    pub(super) fn read() -> Result<Data> {
        let names = toml::from_str(NAMES).map_err(|e| Error::Form(format!("names.toml: {e}")))?;
        let lines = INSTITUTIONS.lines().filter(|l| !l.is_empty() && !l.starts_with('#'));
        let institutions = lines.map(|l| institution(l).ok_or_else(|| Error::Form(format!("institutions.tsv: {l}"))));
        Ok(Data { names, institutions: institutions.collect::<Result<_>>()? })
    }
}

fn institution(line: &'static str) -> Option<Institution> {
    let mut parts = line.split('\t');
    let kind = SchoolKind::from_code(parts.next()?)?;
    let number = Some(parts.next()?).filter(|n| *n != "-");
    Some(Institution { kind, number, name: parts.next()?, full_name: parts.next()? })
}
