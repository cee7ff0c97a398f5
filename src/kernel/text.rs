//! A sentence before it has a language: a key of `locales/` and what to put into it.

use serde::{Deserialize, Serialize};

/// What a key's placeholder receives.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Arg {
    /// Somebody's words (a name, a title). Escaped for HTML where it is rendered.
    Words(String),
    /// A number: chooses the plural form.
    Number(i64),
    /// Another sentence in the same language.
    Text(Box<Text>),
}

impl From<&str> for Arg {
    fn from(s: &str) -> Arg {
        Arg::Words(s.to_owned())
    }
}
impl From<String> for Arg {
    fn from(s: String) -> Arg {
        Arg::Words(s)
    }
}
impl From<i64> for Arg {
    fn from(n: i64) -> Arg {
        Arg::Number(n)
    }
}
impl From<i32> for Arg {
    fn from(n: i32) -> Arg {
        Arg::Number(n.into())
    }
}
impl From<usize> for Arg {
    fn from(n: usize) -> Arg {
        Arg::Number(i64::try_from(n).unwrap_or(i64::MAX))
    }
}
impl From<Text> for Arg {
    fn from(t: Text) -> Arg {
        Arg::Text(Box::new(t))
    }
}

/// A key of the Fluent catalogue with its arguments.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Text {
    /// The message id in `locales/<language>/<feature>.ftl`.
    pub key: std::borrow::Cow<'static, str>,
    /// Placeholder name and value.
    pub args: Vec<(std::borrow::Cow<'static, str>, Arg)>,
}

impl Text {
    /// A sentence without placeholders.
    pub fn of(key: &'static str) -> Text {
        Text { key: key.into(), args: Vec::new() }
    }

    /// The same sentence with one more placeholder filled.
    pub fn with(mut self, name: &'static str, value: impl Into<Arg>) -> Text {
        self.args.push((name.into(), value.into()));
        self
    }
}

/// Shorthand for a [`Text`]: `t!("key")` or `t!("key", name = value, …)`.
#[macro_export]
macro_rules! t {
    ($key:literal $(, $name:ident = $value:expr)* $(,)?) => {
        $crate::kernel::text::Text::of($key)$(.with(stringify!($name), $value))*
    };
}
