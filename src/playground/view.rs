//! The whole table as the page draws it: phones with their messages, the clock, the faults.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::Actor;
use super::menu::{CommandView, commands};
use super::room::Room;
use crate::emulator::{CommandSet, Faults, Key, Message, Phone, Toast};

/// How late each answer is while Telegram is slow, in milliseconds.
const SLOW_MS: u64 = 1_500;
/// What `retry_after` says while Telegram asks to slow down, in seconds.
const RETRY_AFTER_S: u64 = 3;
/// How many of the newest toasts the page is given; it shows those it has not shown yet.
const TOASTS: usize = 20;

/// Everything the page shows.
#[derive(Serialize)]
pub(super) struct Table {
    district: String,
    /// Milliseconds since 1970.
    now: i64,
    /// The name of the zone, such as `Asia/Yekaterinburg`.
    zone: &'static str,
    next_job: Option<i64>,
    invitation: Option<String>,
    faults: Weather,
    phones: Vec<PhoneView>,
}

#[derive(Serialize)]
struct PhoneView {
    id: i64,
    name: String,
    role: String,
    blocked: bool,
    /// Whether the bot took everything this person sent: two ticks instead of one.
    read: bool,
    commands: Vec<CommandView>,
    pending: Vec<Pending>,
    toasts: Toasts,
    messages: Vec<MessageView>,
}

/// A button that spins.
#[derive(Clone, Serialize)]
struct Pending {
    message: i64,
    data: String,
}

#[derive(Serialize)]
struct Toasts {
    count: usize,
    last: Vec<ToastView>,
}

#[derive(Serialize)]
struct ToastView {
    text: String,
    alert: bool,
}

#[derive(Serialize)]
struct MessageView {
    id: i64,
    date: i64,
    bot: bool,
    html: String,
    keyboard: Vec<Vec<KeyView>>,
    media: Option<MediaView>,
}

#[derive(Serialize)]
struct KeyView {
    label: String,
    data: Option<String>,
    url: Option<String>,
}

#[derive(Serialize)]
struct MediaView {
    kind: String,
    file: String,
    name: String,
    mime: String,
    size: usize,
}

/// The switches in the drawer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Weather {
    down: bool,
    slow: bool,
    too_many: bool,
    bad_gateway: bool,
    lose_replies: bool,
    duplicates: bool,
}

impl Weather {
    fn of(faults: &Faults) -> Self {
        Self {
            down: faults.down,
            slow: faults.delay_ms > 0,
            too_many: faults.too_many.is_some(),
            bad_gateway: faults.bad_gateway,
            lose_replies: faults.lose_replies,
            duplicates: faults.duplicates,
        }
    }

    /// What the emulator is told.
    pub(super) fn faults(self) -> Faults {
        Faults {
            down: self.down,
            delay_ms: if self.slow { SLOW_MS } else { 0 },
            too_many: self.too_many.then_some(RETRY_AFTER_S),
            bad_gateway: self.bad_gateway,
            duplicates: self.duplicates,
            lose_replies: self.lose_replies,
        }
    }
}

/// The table as it is now.
pub(super) fn table(room: &Room, next_job: Option<i64>) -> Table {
    let stage = &room.stage;
    let mut spinning: HashMap<i64, Vec<Pending>> = HashMap::new();
    for press in stage.emulator.presses().into_iter().filter(|press| press.answered.is_none()) {
        spinning.entry(press.user_id).or_default().push(Pending { message: press.message_id, data: press.data });
    }
    let menus = stage.emulator.commands();
    let read = stage.emulator.unconfirmed() == 0;
    let phones = room.cast().into_iter().filter_map(|actor| {
        let phone = stage.emulator.phone(actor.user_id)?;
        let pending = spinning.remove(&actor.user_id).unwrap_or_default();
        Some(phone_view(actor, &phone, &menus, pending, read))
    });
    Table {
        district: stage.district.clone(),
        now: stage.clock.now().0,
        zone: stage.zone.name(),
        next_job,
        invitation: stage.invitation.clone(),
        faults: Weather::of(&stage.emulator.faults()),
        phones: phones.collect(),
    }
}

fn phone_view(actor: Actor, phone: &Phone, menus: &[CommandSet], pending: Vec<Pending>, read: bool) -> PhoneView {
    let toasts = phone.toasts();
    let last = toasts.iter().skip(toasts.len().saturating_sub(TOASTS));
    PhoneView {
        id: actor.user_id,
        name: actor.name,
        role: actor.role,
        blocked: phone.is_blocked(),
        read,
        commands: commands(menus, actor.user_id, phone.user().language_code.as_deref()),
        pending,
        toasts: Toasts {
            count: toasts.len(),
            last: last.map(|Toast { text, alert }| ToastView { text: text.clone(), alert: *alert }).collect(),
        },
        messages: phone.messages().into_iter().map(message_view).collect(),
    }
}

fn message_view(message: Message) -> MessageView {
    let key = |Key { label, data, url }| KeyView { label, data, url };
    MessageView {
        id: message.id,
        date: message.date,
        bot: message.from_bot,
        html: message.html,
        keyboard: message.keyboard.into_iter().map(|row| row.into_iter().map(key).collect()).collect(),
        media: message.media.map(|media| MediaView {
            size: media.bytes.len(),
            kind: media.kind,
            file: media.file_id,
            name: media.name,
            mime: media.mime,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn switches_and_faults_say_the_same() {
        let all =
            Weather { down: true, slow: true, too_many: true, bad_gateway: true, lose_replies: true, duplicates: true };
        for weather in [all, Weather::default(), Weather { slow: true, ..Weather::default() }] {
            assert_eq!(Weather::of(&weather.faults()), weather);
        }
    }
}
