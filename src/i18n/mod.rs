//! The catalogue: every sentence the bot says, in Fluent, one folder a language and one file a feature.
//!
//! The files stand in the binary; a folder given by `UCHITELSKAYA_LOCALES` may replace files of the same name (an
//! operator's own consent texts, say). A sentence missing in a language falls back to Russian; a house test keeps
//! the languages equal, so that it never happens in what we ship.

pub mod html;
mod load;

use std::collections::BTreeMap;
use std::sync::Arc;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};

use crate::kernel::language::Language;
use crate::kernel::text::{Arg, Text};

pub use load::{Fault, Source, shipped};

/// All sentences in all languages. Cheap to clone.
#[derive(Clone)]
pub struct Catalogue {
    bundles: Arc<BTreeMap<Language, FluentBundle<FluentResource>>>,
}

/// How somebody's words are put into a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// For a message in Telegram's HTML: `& < >` become entities.
    Html,
    /// For a button's label or a toast: as they are.
    Plain,
}

impl Catalogue {
    /// The sentence in a language. A missing key gives the key itself in brackets: visible, harmless, and caught by tests.
    pub fn text(&self, language: Language, text: &Text, form: Form) -> String {
        self.find(language, text, form)
            .or_else(|| self.find(Language::Ru, text, form))
            .unwrap_or_else(|| format!("[{}]", text.key))
    }

    /// Whether the catalogue has this key in this language.
    pub fn has(&self, language: Language, key: &str) -> bool {
        self.bundles.get(&language).is_some_and(|b| b.has_message(key))
    }

    fn find(&self, language: Language, text: &Text, form: Form) -> Option<String> {
        let bundle = self.bundles.get(&language)?;
        let pattern = bundle.get_message(&text.key)?.value()?;
        let args = (!text.args.is_empty()).then(|| self.arguments(language, &text.args, form));
        let mut errors = Vec::new();
        let found = bundle.format_pattern(pattern, args.as_ref(), &mut errors).into_owned();
        if !errors.is_empty() {
            tracing::warn!(key = %text.key, "a sentence was rendered with something missing: {errors:?}");
        }
        Some(found)
    }

    fn arguments<'a>(
        &self,
        language: Language,
        args: &'a [(std::borrow::Cow<'static, str>, Arg)],
        form: Form,
    ) -> FluentArgs<'a> {
        let mut out = FluentArgs::with_capacity(args.len());
        for (name, value) in args {
            let value = match value {
                Arg::Number(n) => FluentValue::from(*n),
                Arg::Words(words) if form == Form::Html => FluentValue::from(html::escape(words).into_owned()),
                Arg::Words(words) => FluentValue::from(words.as_str()),
                Arg::Text(inner) => FluentValue::from(self.text(language, inner, form)),
            };
            out.set(name.as_ref(), value);
        }
        out
    }
}
