//! Reads the catalogue's files and says plainly what is wrong with one.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentResource, FluentValue};
use include_dir::{Dir, include_dir};
use unic_langid::LanguageIdentifier;

use super::Catalogue;
use crate::kernel::language::Language;

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/locales");

/// One file of sentences.
#[derive(Clone, Debug)]
pub struct Source {
    /// Whose language it is.
    pub language: Language,
    /// `<feature>.ftl`.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// What is wrong with a file, in one sentence.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{file}, line {line}: {reason}")]
pub struct Fault {
    /// `ru/menu.ftl`.
    pub file: String,
    /// Counted from 1.
    pub line: usize,
    /// What to mend.
    pub reason: String,
}

/// The files in the binary.
pub fn shipped() -> Vec<Source> {
    Language::ALL
        .into_iter()
        .flat_map(|language| {
            let files = FILES.get_dir(language.code()).into_iter().flat_map(|d| d.files());
            files.filter_map(move |f| {
                Some(Source {
                    language,
                    name: f.path().file_name()?.to_str()?.to_owned(),
                    text: f.contents_utf8()?.to_owned(),
                })
            })
        })
        .collect()
}

impl Catalogue {
    /// The sentences in the binary, with files of `folder` (`ru/…`, `en/…`) in the place of those of the same name.
    ///
    /// # Errors
    /// Every file that cannot be read, with its line.
    pub fn open(folder: Option<&Path>) -> Result<Catalogue, Vec<Fault>> {
        let mut sources = shipped();
        let mut faults = Vec::new();
        for language in folder.iter().flat_map(|_| Language::ALL) {
            let own = folder.map(|f| f.join(language.code())).unwrap_or_default();
            for entry in std::fs::read_dir(&own).into_iter().flatten().flatten() {
                let name = entry.file_name().to_string_lossy().into_owned();
                match std::fs::read_to_string(entry.path()) {
                    Ok(text) => {
                        sources.retain(|s| s.language != language || s.name != name);
                        sources.push(Source { language, name, text });
                    }
                    Err(e) => faults.push(Fault {
                        file: format!("{}/{name}", language.code()),
                        line: 0,
                        reason: e.to_string(),
                    }),
                }
            }
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        Catalogue::from_sources(&sources)
    }

    /// Builds the catalogue of given files.
    ///
    /// # Errors
    /// A file that is not Fluent, or a key that stands twice.
    pub fn from_sources(sources: &[Source]) -> Result<Catalogue, Vec<Fault>> {
        let mut faults = Vec::new();
        let mut bundles = BTreeMap::new();
        for language in Language::ALL {
            // Both codes are well-formed language tags.
            let tag: LanguageIdentifier = language.code().parse().unwrap_or_default();
            let mut bundle = FluentBundle::new_concurrent(vec![tag]);
            bundle.set_use_isolating(false);
            // A name begins a button with a capital, and the same name stands within a sentence without one.
            let _ = bundle.add_function("CAPITAL", |args, _| args.first().map_or(FluentValue::Error, capital));
            for source in sources.iter().filter(|s| s.language == language) {
                add(&mut bundle, source, &mut faults);
            }
            bundles.insert(language, bundle);
        }
        if faults.is_empty() { Ok(Catalogue { bundles: Arc::new(bundles) }) } else { Err(faults) }
    }
}

fn capital<'a>(value: &FluentValue<'a>) -> FluentValue<'a> {
    let FluentValue::String(words) = value else { return value.clone() };
    let mut rest = words.chars();
    rest.next().map_or_else(|| value.clone(), |c| c.to_uppercase().chain(rest).collect::<String>().into())
}

fn add(bundle: &mut FluentBundle<FluentResource>, source: &Source, faults: &mut Vec<Fault>) {
    let file = format!("{}/{}", source.language.code(), source.name);
    let line_of = |at: usize| source.text.get(..at).map_or(1, |before| before.matches('\n').count() + 1);
    match FluentResource::try_new(source.text.clone()) {
        Err((_, errors)) => faults.extend(errors.into_iter().map(|e| Fault {
            file: file.clone(),
            line: line_of(e.pos.start),
            reason: format!("this is not a Fluent sentence ({})", e.kind),
        })),
        Ok(resource) => {
            if let Err(errors) = bundle.add_resource(resource) {
                faults.extend(errors.into_iter().map(|e| Fault {
                    file: file.clone(),
                    line: 1,
                    reason: format!("a key stands twice: {e}"),
                }));
            }
        }
    }
}
