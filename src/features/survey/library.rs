//! The loaded questionnaires: those in the binary, the centre's own, and older versions that unfinished runs keep.
//!
//! Each version stands in `questionnaire_versions` with its hash; the same version with other bytes is an error that
//! stops the start, because answers would silently change their meaning.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use include_dir::{Dir, include_dir};

use super::definition;
use super::model::{Definition, Fault};
use super::queries;
use crate::kernel::ids::VersionId;
use crate::kernel::time::At;
use crate::store::{self, Store};

static SHIPPED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/questionnaires");

/// A questionnaire file, read and proved.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// What it says.
    pub definition: Arc<Definition>,
    /// Its bytes, as text.
    pub body: String,
}

/// What runs are made of, by version; on the shelf of every turn.
#[derive(Clone, Debug, Default)]
pub struct Library {
    /// In the order they are offered; the newest version of each.
    pub offered: Vec<VersionId>,
    versions: HashMap<VersionId, Arc<Definition>>,
}

impl Library {
    /// The definition of a version.
    pub fn get(&self, version: VersionId) -> Option<&Arc<Definition>> {
        self.versions.get(&version)
    }
}

/// Reads every file: those in the binary and the `*.toml` of `folder`.
///
/// # Errors
/// All faults of all files; a questionnaire that stands twice.
pub fn read(folder: Option<&Path>) -> Result<Vec<Loaded>, Vec<Fault>> {
    let mut sources: Vec<(String, Vec<u8>)> = SHIPPED
        .files()
        .filter(|f| f.path().extension().is_some_and(|e| e == "toml"))
        .map(|f| (f.path().display().to_string(), f.contents().to_vec()))
        .collect();
    let mut faults = Vec::new();
    if let Some(folder) = folder {
        match own_files(folder) {
            Ok(own) => sources.extend(own),
            Err(e) => faults.push(Fault { file: folder.display().to_string(), line: 0, reason: e.to_string() }),
        }
    }
    sources.sort();
    let mut all: Vec<Loaded> = Vec::new();
    for (name, bytes) in sources {
        match definition::parse(&name, &bytes) {
            Ok(d) if all.iter().any(|l| l.definition.id == d.id) => {
                faults.push(Fault {
                    file: name,
                    line: 1,
                    reason: format!("another file has the id «{}» already", d.id),
                });
            }
            Ok(d) => all.push(Loaded { definition: Arc::new(d), body: String::from_utf8_lossy(&bytes).into_owned() }),
            Err(more) => faults.extend(more),
        }
    }
    if faults.is_empty() { Ok(all) } else { Err(faults) }
}

fn own_files(folder: &Path) -> std::io::Result<Vec<(String, Vec<u8>)>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|e| e == "toml") {
            files.push((path.display().to_string(), std::fs::read(&path)?));
        }
    }
    Ok(files)
}

/// Notes the versions in the database and adds the older ones that runs still keep.
///
/// # Errors
/// The database's own; a version whose bytes changed; an older version that no longer reads.
pub async fn register(store: &Store, loaded: Vec<Loaded>, now: At) -> store::Result<Library> {
    let mut library = Library::default();
    for one in loaded {
        let (definition, body) = (one.definition.clone(), one.body);
        let id = store
            .transact(move |tx| {
                let (definition, body) = (definition.clone(), body.clone());
                Box::pin(async move { queries::register_version(tx, &definition, &body, now).await })
            })
            .await?;
        library.offered.push(id);
        library.versions.insert(id, one.definition);
    }
    let kept = store.read(|tx| Box::pin(queries::versions_of_runs(tx))).await?;
    for (id, body) in kept {
        if let std::collections::hash_map::Entry::Vacant(free) = library.versions.entry(id) {
            let definition = definition::parse("a kept version", body.as_bytes())
                .map_err(|f| store::Error::Form(f.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")))?;
            free.insert(Arc::new(definition));
        }
    }
    Ok(library)
}
