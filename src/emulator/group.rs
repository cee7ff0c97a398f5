//! A group: several people and perhaps the bot, which hears only what is meant for it.
//!
//! Telegram's privacy mode is on for a bot that `getMe` shows with `can_read_all_group_messages: false`: of the
//! talk in a group it receives commands (its own or without a name) and mentions of it. Nobody answers here to a
//! certain message, which it would receive too.

use std::sync::Arc;

use super::Shared;
use super::chats::{Chat, Place, Standing, Stored};
use super::text::Styled;
use super::types::Message;
use super::wire::Author;
use super::world::World;

/// A group chat. Clones show the same group.
#[derive(Clone)]
pub struct Group {
    shared: Arc<Shared>,
    id: i64,
}

impl Group {
    /// Creates the group, or finds it.
    pub(super) fn create(shared: &Arc<Shared>, id: i64, title: &str, members: &[i64]) -> Self {
        shared.with(|world| {
            let settings = Arc::clone(&world.settings);
            world.chats.entry(id).or_insert_with(|| {
                let place = Place::Group { title: title.to_owned(), members: members.to_vec() };
                Chat::new(id, place, Standing::Outside, &settings.limits, settings.record)
            });
        });
        Self { shared: Arc::clone(shared), id }
    }

    /// The group's id, a negative number.
    pub fn id(&self) -> i64 {
        self.id
    }

    /// The ids of its people.
    pub fn members(&self) -> Vec<i64> {
        self.shared.with(|world| match world.chats.get(&self.id).map(|chat| &chat.place) {
            Some(Place::Group { members, .. }) => members.clone(),
            _ => Vec::new(),
        })
    }

    /// A member says something. The update's id, if the bot is there and hears it.
    pub fn say(&self, user_id: i64, text: &str) -> Option<i64> {
        self.shared.with(|world| {
            let author = author(world, user_id)?;
            let (id, now) = (world.message_id(), world.now());
            let message = Stored::new(id, now, author, Styled::own(text));
            let heard = hears(world, text);
            let chat = world.chats.get_mut(&self.id)?;
            if heard && chat.standing == Standing::Open {
                return Some(world.say(self.id, message, "message"));
            }
            chat.add(message);
            world.seen = true;
            None
        })
    }

    /// A member presses a button of a message, whether it is there or not. The update's id.
    pub fn press(&self, user_id: i64, message_id: i64, data: &str) -> Option<i64> {
        self.shared.with(|world| {
            let author = author(world, user_id)?;
            Some(world.press(self.id, &author, message_id, data))
        })
    }

    /// All messages, the oldest first, without deleted ones.
    pub fn messages(&self) -> Vec<Message> {
        self.shared.with(|world| world.chats.get(&self.id).map(Chat::seen).unwrap_or_default())
    }

    /// The first member adds the bot.
    pub fn add_bot(&self) {
        self.turn(Standing::Open);
    }

    /// The first member throws the bot out.
    pub fn remove_bot(&self) {
        self.turn(Standing::Kicked);
    }

    fn turn(&self, standing: Standing) {
        let first = self.members().first().copied();
        self.shared.with(|world| {
            if let Some(author) = first.and_then(|id| author(world, id)) {
                world.turn(self.id, &author, standing);
            } else if let Some(chat) = world.chats.get_mut(&self.id) {
                chat.standing = standing;
            }
        });
    }
}

fn author(world: &World, user_id: i64) -> Option<Arc<Author>> {
    match &world.chats.get(&user_id)?.place {
        Place::Private(author) => Some(Arc::clone(author)),
        Place::Group { .. } => None,
    }
}

/// Whether privacy mode lets the bot hear this text.
fn hears(world: &World, text: &str) -> bool {
    let name = world.settings.bot_username.to_lowercase();
    let text = text.to_lowercase();
    if text.contains(&format!("@{name}")) {
        return true;
    }
    let word = text.split_whitespace().next().unwrap_or_default();
    word.len() > 1 && word.starts_with('/') && !word.contains('@')
}
