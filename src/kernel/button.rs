//! The codec of what a button carries back: at most 64 bytes, versioned, and treated as hostile.
//!
//! Every feature declares its buttons with [`buttons!`](crate::buttons); the macro gives the enum, its wire form
//! `1<feature>.<name>.<field>.<field>…` and samples that a house test sends around the circle. A payload that
//! does not read back exactly is a stale or forged button: the router answers it kindly and changes nothing.

/// Telegram's limit for `callback_data`, in bytes.
pub const MAX_BYTES: usize = 64;

/// The version every payload begins with. A new layout gets a new digit, and old buttons become stale, not wrong.
pub const VERSION: char = '1';

/// A typed payload.
pub trait Payload: Sized {
    /// The feature's code in the payload: a few lower-case letters, unique (house test).
    const FEATURE: &'static str;
    /// The wire form.
    fn encode(&self) -> String;
    /// Reads the part after `1<feature>.`; nothing when it is not exactly ours.
    fn decode(rest: &str) -> Option<Self>;
    /// One value of each variant, with the largest fields, for the round-trip test.
    fn samples() -> Vec<Self>;
}

/// Splits a payload into the feature's code and the rest. Nothing for another version or a foreign form.
pub fn split(data: &str) -> Option<(&str, &str)> {
    if data.len() > MAX_BYTES {
        return None;
    }
    data.strip_prefix(VERSION)?.split_once('.')
}

/// A value that can stand in a payload: no dots, and read back exactly.
pub trait Field: Sized {
    /// Appends `.` and the value.
    fn put(&self, out: &mut String);
    /// Reads one part.
    fn take(part: &str) -> Option<Self>;
    /// The longest value, for the round-trip and length tests.
    fn largest() -> Self;
}

macro_rules! numbers {
    ($($t:ty),*) => {$(
        impl Field for $t {
            fn put(&self, out: &mut String) {
                use std::fmt::Write;
                let _ = write!(out, ".{self}");
            }
            fn take(part: &str) -> Option<Self> {
                let value: $t = part.parse().ok()?;
                (value.to_string() == part).then_some(value)
            }
            fn largest() -> Self {
                <$t>::MAX
            }
        }
    )*};
}
numbers!(i64, i32, u16, u8);

macro_rules! id_fields {
    ($($t:ty),*) => {$(
        impl Field for $t {
            fn put(&self, out: &mut String) {
                self.0.put(out);
            }
            fn take(part: &str) -> Option<Self> {
                i64::take(part).map(Self)
            }
            fn largest() -> Self {
                Self(i64::MAX)
            }
        }
    )*};
}
id_fields!(
    super::ids::RunId,
    super::ids::SchoolId,
    super::ids::AssociationId,
    super::ids::MunicipalityId,
    super::ids::PersonId,
    super::ids::VersionId
);

macro_rules! code_fields {
    ($($t:ty),*) => {$(
        impl Field for $t {
            fn put(&self, out: &mut String) {
                out.push('.');
                out.push_str(self.code());
            }
            fn take(part: &str) -> Option<Self> {
                Self::from_code(part)
            }
            fn largest() -> Self {
                // A list of codes is never empty: each is written out in `kernel::person`.
                *Self::ALL.iter().max_by_key(|x| x.code().len()).unwrap_or(&Self::ALL[0])
            }
        }
    )*};
}
code_fields!(super::person::Post, super::person::Subject);

impl Field for super::language::Language {
    fn put(&self, out: &mut String) {
        out.push('.');
        out.push_str(self.code());
    }
    fn take(part: &str) -> Option<Self> {
        Self::from_code(part)
    }
    fn largest() -> Self {
        Self::Ru
    }
}

/// Declares a feature's buttons.
///
/// ```
/// use uchitelskaya::{buttons, kernel::button::Payload};
/// buttons! {
///     /// Buttons of the tea room.
///     pub enum Tea as "tea" {
///         /// Pours `cups`.
///         Pour "p" { cups: u8 },
///         /// Leaves.
///         Leave "l" {},
///     }
/// }
/// assert_eq!(Tea::Pour { cups: 2 }.encode(), "1tea.p.2");
/// assert_eq!(Tea::decode("p.2"), Some(Tea::Pour { cups: 2 }));
/// assert_eq!(Tea::decode("p.2.3"), None);
/// ```
#[macro_export]
macro_rules! buttons {
    ($(#[$doc:meta])* pub enum $name:ident as $feature:literal {
        $($(#[$vdoc:meta])* $variant:ident $code:literal { $($field:ident : $ty:ty),* $(,)? }),* $(,)?
    }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq)]
        pub enum $name { $($(#[$vdoc])* $variant { $(
            #[allow(missing_docs, reason = "the variant says what its fields are")]
            $field: $ty
        ),* }),* }

        impl $crate::kernel::button::Payload for $name {
            const FEATURE: &'static str = $feature;

            fn encode(&self) -> String {
                let mut out = String::with_capacity(32);
                out.push($crate::kernel::button::VERSION);
                out.push_str($feature);
                match self { $($name::$variant { $($field),* } => {
                    out.push_str(concat!(".", $code));
                    $($crate::kernel::button::Field::put($field, &mut out);)*
                })* }
                out
            }

            fn decode(rest: &str) -> Option<Self> {
                let mut parts = rest.split('.');
                let found = match parts.next()? {
                    $($code => $name::$variant { $($field: $crate::kernel::button::Field::take(parts.next()?)?),* },)*
                    _ => return None,
                };
                parts.next().is_none().then_some(found)
            }

            fn samples() -> Vec<Self> {
                vec![$($name::$variant { $($field: <$ty as $crate::kernel::button::Field>::largest()),* }),*]
            }
        }
    };
}
