//! The catalogue is whole: both languages have the same files, keys and arguments; code names what is there, with the
//! arguments it wants; and nothing lies there unused.

use std::collections::{BTreeMap, BTreeSet};

use fluent_syntax::ast::{CallArguments, Entry, Expression, InlineExpression, Pattern, PatternElement};
use fluent_syntax::parser;

use super::reading::{Code, Literal, closing};
use super::{Source, is_caught, line_of, nothing_to_complain_of, tree};

/// Rooms that say nothing to people through the catalogue.
const SILENT: [&str; 2] = ["src/emulator/", "src/playground/"];
/// Sentences made with fewer arguments than they want: the operator's are filled in where they are shown.
const FILLED_LATER: &str = "consent-";

/// A sentence of the catalogue.
#[derive(Default)]
pub struct Sentence<'a> {
    pub file: &'a str,
    /// `path:line`.
    pub place: String,
    /// What it wants to be given.
    pub args: BTreeSet<&'a str>,
    /// Other sentences it is made of.
    names: BTreeSet<&'a str>,
    /// Its words, choices and all.
    pub words: String,
    /// For each choice: what it chooses by, and its variants' names (a number's as digits).
    pub choices: Vec<(String, Vec<String>)>,
}

/// All sentences of one language, and what is no sentence.
pub fn sentences(sources: &[Source]) -> (BTreeMap<&str, Sentence<'_>>, Vec<String>) {
    let (mut all, mut faults) = (BTreeMap::new(), Vec::new());
    for source in sources {
        let resource = parser::parse(source.text.as_str()).unwrap_or_else(|(resource, errors)| {
            faults.extend(errors.iter().map(|e| source.complain(e.pos.start, &e.kind)));
            resource
        });
        for entry in resource.body {
            let Entry::Message(message) = entry else { continue };
            let key = message.id.name;
            let file = source.path.rsplit('/').next().unwrap_or_default();
            let at = source.text.find(&format!("\n{key} =")).map_or(0, |i| i + 1);
            let place = format!("{}:{}", source.path, line_of(&source.text, at));
            let mut sentence = Sentence { file, place, ..Sentence::default() };
            message.value.iter().for_each(|pattern| sentence.take(pattern));
            if all.insert(key, sentence).is_some() {
                faults.push(source.complain(at, format!("{key} stands twice")));
            }
        }
    }
    (all, faults)
}

impl<'a> Sentence<'a> {
    fn take(&mut self, pattern: &Pattern<&'a str>) {
        for element in &pattern.elements {
            match element {
                PatternElement::TextElement { value } => self.words.push_str(value),
                PatternElement::Placeable { expression } => self.expression(expression),
            }
        }
    }

    fn expression(&mut self, expression: &Expression<&'a str>) {
        match expression {
            Expression::Inline(inline) => {
                self.words.push('…');
                self.inline(inline);
            }
            Expression::Select { selector, variants } => {
                self.inline(selector);
                let names = variants.iter().map(|v| match &v.key {
                    fluent_syntax::ast::VariantKey::Identifier { name } => (*name).to_owned(),
                    fluent_syntax::ast::VariantKey::NumberLiteral { value } => (*value).to_owned(),
                });
                self.choices.push((format!("{selector:?}"), names.collect()));
                for variant in variants {
                    self.words.push('\n');
                    self.take(&variant.value);
                }
            }
        }
    }

    fn inline(&mut self, inline: &InlineExpression<&'a str>) {
        match inline {
            InlineExpression::VariableReference { id } => drop(self.args.insert(id.name)),
            InlineExpression::MessageReference { id, .. } => drop(self.names.insert(id.name)),
            InlineExpression::StringLiteral { value } => self.words.push_str(value),
            InlineExpression::Placeable { expression } => self.expression(expression),
            InlineExpression::FunctionReference { arguments: CallArguments { positional, .. }, .. } => {
                positional.iter().for_each(|argument| self.inline(argument));
            }
            _ => {}
        }
    }
}

/// What one language has and the other lacks.
fn differences(ru: &[Source], en: &[Source]) -> Vec<String> {
    let ((ru, mut faults), (en, more)) = (sentences(ru), sentences(en));
    faults.extend(more);
    let lacking = |what: &str, has: &BTreeMap<&str, Sentence<'_>>, other: &BTreeMap<&str, Sentence<'_>>| {
        let lost = has.iter().filter(|(key, _)| !other.contains_key(*key));
        lost.map(|(key, s)| format!("{}: {key} is missing in {what}", s.place)).collect::<Vec<_>>()
    };
    faults.extend(lacking("en", &ru, &en));
    faults.extend(lacking("ru", &en, &ru));
    for (key, (a, b)) in ru.iter().filter_map(|(key, a)| Some((key, (a, en.get(key)?)))) {
        if a.file != b.file {
            faults.push(format!("{key} stands in ru/{} and en/{}", a.file, b.file));
        }
        if a.args != b.args {
            faults.push(format!("{}: {key} wants {:?} in ru and {:?} in en", a.place, a.args, b.args));
        }
    }
    faults
}

/// A key that code names, with the arguments it gives in a `t!`.
struct Used<'a> {
    source: &'a Source,
    literal: Literal,
    /// Nothing where the place does not tell.
    args: Option<BTreeSet<String>>,
    /// It can only be a key: `t!("…")`, `Text::of("…")`.
    is_certain: bool,
}

/// Every string of the code that is, or may be, a key.
fn used(sources: &[Source]) -> Vec<Used<'_>> {
    let mut all = Vec::new();
    for source in sources.iter().filter(|s| !SILENT.iter().any(|room| s.path.starts_with(room))) {
        let code = Code::without_tests(source);
        for literal in &code.literals {
            let before = code.code[..literal.at].trim_end();
            let is_macro = before.ends_with("t!(") && !before.ends_with("_t!(") && is_word_end(before, "t!(");
            let open = before.len().saturating_sub(1);
            let args = is_macro.then(|| names_given(&code.code[open..closing(&code.code, open)]));
            let is_certain = is_macro || before.ends_with("Text::of(") || before.ends_with("about:");
            all.push(Used { source, literal: literal.clone(), args, is_certain });
        }
    }
    all
}

fn is_word_end(before: &str, end: &str) -> bool {
    !before[..before.len() - end.len()].ends_with(|c: char| c.is_alphanumeric() || c == '_')
}

/// The `name =` of a macro's arguments at its own depth.
fn names_given(call: &str) -> BTreeSet<String> {
    let (mut names, mut depth) = (BTreeSet::new(), 0i32);
    let mut from = None;
    for (i, c) in call.char_indices() {
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth -= 1,
            ',' if depth == 1 => from = Some(i + 1),
            '=' if depth == 1 => names.extend(from.take().map(|f| call[f..i].trim().to_owned())),
            _ => {}
        }
    }
    names
}

/// Keys nobody names, names of no key, and sentences given other arguments than they want.
fn misuses(ru: &[Source], sources: &[Source]) -> Vec<String> {
    let (known, mut faults) = sentences(ru);
    let families: BTreeSet<&str> = known.keys().filter_map(|key| key.split_once('-')).map(|(head, _)| head).collect();
    let mut named: BTreeSet<&str> = known.values().flat_map(|s| s.names.iter().copied()).collect();
    for Used { source, literal, args, is_certain } in used(sources) {
        let Some((key, sentence)) = known.get_key_value(literal.text.as_str()) else {
            let may_be_key = literal.text.split_once('-').is_some_and(|(head, rest)| {
                families.contains(head)
                    && rest.chars().all(|c| c.is_ascii_lowercase() || c == '-' || c.is_ascii_digit())
            });
            if is_certain || may_be_key {
                faults.push(source.complain(literal.at, format!("there is no sentence {}", literal.text)));
            }
            continue;
        };
        named.insert(key);
        let Some(args) = args else { continue };
        let given: BTreeSet<&str> = args.iter().map(String::as_str).collect();
        let is_short = given.is_subset(&sentence.args) && key.starts_with(FILLED_LATER);
        if given != sentence.args && !is_short {
            faults.push(source.complain(literal.at, format!("{key} wants {:?}, gets {given:?}", sentence.args)));
        }
    }
    let idle = known.iter().filter(|(key, _)| !named.contains(*key));
    faults.extend(idle.map(|(key, s)| format!("{}: {key} is used nowhere", s.place)));
    faults
}

#[test]
fn both_languages_say_the_same() {
    nothing_to_complain_of(&differences(&tree("locales/ru", "ftl"), &tree("locales/en", "ftl")));
}

#[test]
fn code_and_catalogue_name_each_other() {
    nothing_to_complain_of(&misuses(&tree("locales/ru", "ftl"), &tree("src", "rs")));
}

#[test]
fn a_planted_difference_is_caught() {
    let ru = [Source::new("locales/ru/tea.ftl", "a = Чай { $cup }\nb = Да\nc = { $n ->\n   *[other] { $who }\n}\nd\n")];
    let en = [Source::new("locales/en/tea.ftl", "a = Tea { $mug }\nc = { $n } { $who }\ne = No\n")];
    let wanted =
        ["tea.ftl:6", "b is missing in en", "e is missing in ru", r#"a wants {"cup"} in ru and {"mug"} in en"#];
    is_caught(&differences(&ru, &en), &wanted);
    let moved = [Source::new("locales/en/milk.ftl", "a = Tea { $cup }\n")];
    is_caught(
        &differences(&[Source::new("locales/ru/tea.ftl", "a = Чай { $cup }\n")], &moved),
        &["tea.ftl and en/milk.ftl"],
    );
}

#[test]
fn a_planted_misuse_is_caught() {
    let ru =
        [Source::new("locales/ru/tea.ftl", "tea-a = Чай\ntea-b = { $cup } { $lid }\ntea-c = Да\ntea-d = { tea-c }\n")];
    let code = "fn x() { t!(\"tea-a\"); t!(\"tea-b\", cup = f(a, b == 1), mug = 2); t!(\"milk\"); y(&[\"tea-z\", \"Tea-a\"]); }\n\
                #[cfg(test)]\nmod tests {\n    fn x() { \"tea-d\" }\n}\n";
    let wanted = [
        r#"tea-b wants {"cup", "lid"}, gets {"cup", "mug"}"#,
        "no sentence milk",
        "no sentence tea-z",
        "tea-d is used",
    ];
    is_caught(&misuses(&ru, &[Source::new("src/bot/x.rs", code)]), &wanted);
}
