//! The screens that belong to everybody.

use crate::support::Town;
use crate::{assert_chat, bot_test};

bot_test!(a_stranger_gets_help, async |town: &mut Town| {
    let phone = town.phone(1, "Анна", None);
    phone.start().await;
    assert_chat!(phone, @"");
});
