//! The driver of the tests: `town` is an emulator, a bot and a clock that stands still until it is moved.

pub mod databases;
pub mod dump;
pub mod errors;
pub mod people;
pub mod phone;
pub mod places;
pub mod record;
pub mod town;

pub use phone::Hand;
pub use town::Town;

/// A chat test on both databases: `bot_test!(name, async |town: &mut Town| { … });`
#[macro_export]
macro_rules! bot_test {
    ($name:ident, $body:expr) => {
        mod $name {
            #[allow(unused_imports, reason = "a short test may need little of its file")]
            use super::*;

            #[test]
            fn sqlite() {
                $crate::support::town::run($crate::support::databases::Engine::Sqlite, $body);
            }

            #[test]
            fn postgres() {
                $crate::support::town::run($crate::support::databases::Engine::Postgres, $body);
            }
        }
    };
}

/// Compares what a phone shows with an inline snapshot.
#[macro_export]
macro_rules! assert_chat {
    ($phone:expr, @$shown:literal) => {
        insta::assert_snapshot!($phone.screen(), @$shown)
    };
}
