//! `setMyCommands`, `getMyCommands`, `deleteMyCommands`: the menu, by scope and language.

use serde_json::{Value, json};

use super::super::params::Kind::{List, Object, Text};
use super::super::params::{Param, Params, opt, req};
use super::super::refusal::Refusal;
use super::super::types::{Command, CommandSet};
use super::super::world::World;
use super::common::only;

/// The published parameters of `setMyCommands`.
pub(super) const SET: &[Param] =
    &[req("commands", List, "can't parse commands JSON object"), opt("scope", Object), opt("language_code", Text)];

/// The published parameters of the other two.
pub(super) const SCOPE: &[Param] = &[opt("scope", Object), opt("language_code", Text)];

/// Most commands in a menu.
const MOST: usize = 100;

/// Replaces the menu of a scope and a language.
pub(super) fn set(world: &mut World, params: &Params) -> Result<String, Refusal> {
    let given = params.get("commands").and_then(Value::as_array).into_iter().flatten();
    let list: Vec<Command> = given.map(command).collect::<Result<_, _>>()?;
    if list.len() > MOST {
        return Err(Refusal::bad("BOT_COMMANDS_TOO_MUCH"));
    }
    let (scope, language) = place(world, params)?;
    world.menus.retain(|menu| !(menu.scope == scope && menu.language == language));
    if !list.is_empty() {
        world.menus.push(CommandSet { scope, language, list });
    }
    world.seen = true;
    Ok("true".to_owned())
}

/// The menu of exactly this scope and language.
pub(super) fn get(world: &mut World, params: &Params) -> Result<String, Refusal> {
    let (scope, language) = place(world, params)?;
    let menu = world.menus.iter().find(|menu| menu.scope == scope && menu.language == language);
    let list = menu.map_or(&[][..], |menu| &menu.list);
    let entry = |command: &Command| json!({"command": command.command, "description": command.description});
    Ok(Value::Array(list.iter().map(entry).collect()).to_string())
}

/// Removes the menu of exactly this scope and language.
pub(super) fn delete(world: &mut World, params: &Params) -> Result<String, Refusal> {
    let (scope, language) = place(world, params)?;
    world.menus.retain(|menu| !(menu.scope == scope && menu.language == language));
    world.seen = true;
    Ok("true".to_owned())
}

fn command(value: &Value) -> Result<Command, Refusal> {
    let shape = || Refusal::bad("can't parse commands JSON object");
    only(Some(value), "a BotCommand", &["command", "description", "is_ephemeral"])?;
    let word = |name: &str| value.get(name).and_then(Value::as_str).ok_or_else(shape);
    let (name, description) = (word("command")?, word("description")?);
    // The server itself takes away a leading slash.
    let name = name.strip_prefix('/').unwrap_or(name);
    let fine = |symbol: char| symbol.is_ascii_lowercase() || symbol.is_ascii_digit() || symbol == '_';
    if name.is_empty() || name.len() > 32 || !name.chars().all(fine) {
        return Err(Refusal::bad("BOT_COMMAND_INVALID"));
    }
    if description.trim().is_empty() || description.chars().count() > 256 {
        return Err(Refusal::bad("BOT_COMMAND_DESCRIPTION_INVALID"));
    }
    Ok(Command { command: name.to_owned(), description: description.to_owned() })
}

/// The scope and the language a call names.
fn place(world: &World, params: &Params) -> Result<(Value, Option<String>), Refusal> {
    let scope = params.get("scope").cloned().unwrap_or_else(|| json!({"type": "default"}));
    let unsupported = || Refusal::bad("can't parse BotCommandScope: Unsupported type specified");
    let fields: &[&str] = match scope.get("type").and_then(Value::as_str).ok_or_else(unsupported)? {
        "default" | "all_private_chats" | "all_group_chats" | "all_chat_administrators" => &["type"],
        "chat" | "chat_administrators" => &["type", "chat_id"],
        "chat_member" => &["type", "chat_id", "user_id"],
        _ => return Err(unsupported()),
    };
    only(Some(&scope), "a BotCommandScope", fields)?;
    if fields.contains(&"chat_id") {
        let id = scope.get("chat_id").and_then(Value::as_i64);
        if !id.is_some_and(|id| world.chats.contains_key(&id)) {
            return Err(Refusal::bad("chat not found"));
        }
    }
    let language = params.text("language_code").filter(|code| !code.is_empty()).map(str::to_owned);
    match language {
        Some(code) if code.len() != 2 || !code.bytes().all(|byte| byte.is_ascii_lowercase()) => {
            Err(Refusal::bad("invalid language code specified"))
        }
        language => Ok((scope, language)),
    }
}
