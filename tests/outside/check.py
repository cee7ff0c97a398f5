"""Looks at what the bot said to Telegram in the chat tests through somebody else's eyes: aiogram's types of the Bot API.

    RECORD_CALLS_TO=FOLDER cargo test
    python -m venv ENV && ENV/bin/pip install -r tests/outside/requirements.txt
    ENV/bin/python tests/outside/check.py FOLDER
    ENV/bin/python tests/outside/check.py --planted

Each file of the folder is the walk of one test: a line a call, in order, then a line a press. With --planted the checker
is checked: every file of planted/ breaks the one rule it is named after (up to the first dot), none.jsonl breaks none.
"""

import json
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

import aiogram
from aiogram import methods
from aiogram.methods.base import TelegramMethod
from pydantic import BaseModel, TypeAdapter, ValidationError

from markup import length, read

METHODS = {
    found.__api_method__: found
    for found in vars(methods).values()
    if isinstance(found, type) and issubclass(found, TelegramMethod) and found is not TelegramMethod
}
REPLIES = {}
TEXT_MOST, CAPTION_MOST, TOAST_MOST = 4096, 1024, 200
IN_CHATS = ("send", "edit", "delete", "copy", "forward", "pin", "unpin", "stop")
ACTIONS = {
    "url", "callback_data", "web_app", "login_url", "switch_inline_query", "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat", "copy_text", "callback_game", "pay",
}


def strangers(value, path=""):
    """Fields that the published type does not have; the models keep them aside."""
    if isinstance(value, BaseModel):
        for name in value.model_extra or {}:
            yield f"{path}{name}"
        for name in value.model_fields_set:
            yield from strangers(getattr(value, name, None), f"{path}{name}.")
    elif isinstance(value, (list, tuple)):
        for at, item in enumerate(value):
            yield from strangers(item, f"{path}{at}.")


def first(problem):
    error = problem.errors()[0]
    return f"{'.'.join(map(str, error['loc']))}: {error['msg']}"


# One call by itself.


def method(call):
    if call["method"] not in METHODS:
        yield "there is no such method"


def parameters(call):
    known = METHODS.get(call["method"])
    if known is None:
        return
    try:
        read_as = known.model_validate_json(json.dumps(call["params"]), strict=True)
    except ValidationError as problem:
        yield first(problem)
        return
    for name in strangers(read_as):
        yield f"the parameter {name} is not published"
    for name in call["params"]:
        field = known.model_fields.get(name)
        if field and (field.json_schema_extra or {}).get("deprecated"):
            yield f"the parameter {name} is out of date"


def reply(call):
    """What the emulator answered must be what the library would take from the real server."""
    known = METHODS.get(call["method"])
    if known is None or not call["ok"]:
        return
    if known not in REPLIES:
        REPLIES[known] = TypeAdapter(known.__returning__)
    try:
        read_as = REPLIES[known].validate_json(json.dumps(call["result"]))
    except ValidationError as problem:
        yield first(problem)
        return
    for name in strangers(read_as):
        yield f"the field {name} is not published"


def shown(call):
    """Each text a person is to read: name, words, faults of its markup, the most it may hold."""
    params = call["params"]
    for name, most in (("text", TEXT_MOST), ("caption", CAPTION_MOST)):
        if name not in params:
            continue
        if call["method"] == "answerCallbackQuery":
            yield name, params[name], [], TOAST_MOST
        elif params.get("parse_mode", "").lower() == "html":
            yield name, *read(params[name]), most
        else:
            yield name, params[name], [], most


def html(call):
    for name, _, faults, _ in shown(call):
        for fault in faults:
            yield f"{name}: {fault}"
    if call["params"].get("parse_mode") not in (None, "HTML"):
        yield "a parse mode that this bot does not write"


def text(call):
    for name, words, _, most in shown(call):
        if length(words) > most:
            yield f"{name} has {length(words)} characters, {most} are allowed"
        if name == "text" and call["method"] != "answerCallbackQuery" and not words.strip():
            yield "an empty message"


def keyboard(call):
    markup = call["params"].get("reply_markup")
    rows = (markup or {}).get("inline_keyboard", []) if isinstance(markup, dict) else []
    if sum(map(len, rows)) > 100:
        yield f"{sum(map(len, rows))} buttons, 100 are allowed"
    for row in rows:
        if not 1 <= len(row) <= 8:
            yield f"a row of {len(row)} buttons, 1 to 8 are allowed"
        for key in row:
            if not key.get("text", "").strip():
                yield "a button without words"
            if len(ACTIONS & key.keys()) != 1:
                yield f"the button {key.get('text')} does {sorted(ACTIONS & key.keys()) or 'nothing'}"


def callback_data(call):
    markup = call["params"].get("reply_markup")
    rows = (markup or {}).get("inline_keyboard", []) if isinstance(markup, dict) else []
    for key in (key for row in rows for key in row if "callback_data" in key):
        if not 1 <= len(key["callback_data"].encode()) <= 64:
            yield f"the button {key['text']} carries {len(key['callback_data'].encode())} bytes, 1 to 64 are allowed"


def commands(call):
    if call["method"] != "setMyCommands":
        return
    given = call["params"].get("commands", [])
    if len(given) > 100:
        yield f"{len(given)} commands, 100 are allowed"
    for entry in given:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", entry["command"]):
            yield f"/{entry['command']} is no name for a command"
        if not 1 <= len(entry["description"]) <= 256:
            yield f"/{entry['command']} is described in {len(entry['description'])} characters, 1 to 256 are allowed"
    for name, times in Counter(entry["command"] for entry in given).items():
        if times > 1:
            yield f"/{name} stands twice"


# The whole walk.


def chat_of(update):
    for name, body in update.items():
        if name == "callback_query":
            return body.get("message", {}).get("chat", {}).get("id")
        if name in ("message", "edited_message"):
            return body["chat"]["id"]
        if name == "my_chat_member" and body["new_chat_member"]["status"] == "member":
            return body["chat"]["id"]
    return None


def updates(call):
    return call["result"] if call["method"] == "getUpdates" and call["ok"] else []


def reaches(call):
    """The chat that a call writes to; a number may come as a text."""
    chat = str(call["params"].get("chat_id")) if call["method"].startswith(IN_CHATS) else ""
    return int(chat) if re.fullmatch(r"-?\d+", chat) else None


def blocked(calls, _):
    """After a 403 nothing goes to a chat until its person is heard of again."""
    closed = set()
    for number, call in enumerate(calls, 1):
        for update in updates(call):
            closed.discard(chat_of(update))
        chat = reaches(call)
        if chat in closed:
            yield number, f"chat {chat} had refused the bot, and nothing was heard from it since"
        if chat is not None and (call["error"] or "").startswith("Forbidden"):
            closed.add(chat)


def too_fast(calls, _):
    """After a 429 nothing goes to that chat before its time. A reply that was lost tells the bot nothing."""
    until = {}
    for number, call in enumerate(calls, 1):
        chat = reaches(call)
        if chat is not None and call["real_ms"] < until.get(chat, 0):
            yield number, f"chat {chat} was to be left alone for {until[chat] - call['real_ms']} ms more"
        wait = re.search(r"retry after (\d+)", call["error"] or "")
        if chat is not None and wait and not call["lost"]:
            until[chat] = call["real_ms"] + 1000 * int(wait[1])


def answers(calls):
    """For each press that reached the bot: its deliveries, and its answers as (number, call)."""
    seen = defaultdict(lambda: (Counter(), []))
    for number, call in enumerate(calls, 1):
        for update in updates(call):
            if "callback_query" in update:
                seen[update["callback_query"]["id"]][0]["times"] += 1
        if call["method"] == "answerCallbackQuery":
            seen[call["params"].get("callback_query_id")][1].append((number, call))
    return seen


def answered_twice(calls, _):
    """A second delivery of the press, or a reply that was lost, excuses one more answer; a refusal for rates is none."""
    for query, (delivered, given) in answers(calls).items():
        heard = [(number, call) for number, call in given if call["ok"] or "too old" in (call["error"] or "")]
        if len(heard) > max(1, delivered["times"]) + sum(call["lost"] for _, call in heard):
            yield heard[-1][0], f"the press {query} was answered {len(heard)} times"


def unanswered(calls, presses):
    told = answers(calls)
    for press in presses:
        delivered, given = told[press["query_id"]]
        if delivered["times"] and not given:
            yield len(calls), f"the button {press['data']} spins for ever"


def answered_unasked(calls, presses):
    known = {press["query_id"] for press in presses}
    for query, (_, given) in answers(calls).items():
        if given and query not in known:
            yield given[0][0], f"the press {query} was never made"


def strange_message(calls, _):
    """Only messages that the bot sent to this chat can be edited; a late button may name one of its own from before."""
    own = set()
    for number, call in enumerate(calls, 1):
        chat, result = reaches(call), call["result"]
        message = call["params"].get("message_id")
        if chat is not None and call["method"].startswith("edit") and call["ok"] and (chat, message) not in own:
            yield number, f"message {message} in chat {chat} is not the bot's"
        if chat is not None and call["ok"] and call["method"].startswith("send") and isinstance(result, dict):
            own.add((chat, result["message_id"]))


ONE_CALL = [method, parameters, reply, html, text, keyboard, callback_data, commands]
WALK = [blocked, too_fast, answered_twice, unanswered, answered_unasked, strange_message]


def faults(lines):
    """Everything wrong in one walk: (rule, sentence)."""
    calls = [line for line in lines if line["kind"] == "call"]
    presses = [line for line in lines if line["kind"] == "press"]
    for number, call in enumerate(calls, 1):
        for rule in ONE_CALL:
            found = list(rule(call))
            yield from ((rule.__name__, f"call {number}, {call['method']}: {words}") for words in found)
            if found and rule in (method, parameters):
                break  # the rules that follow rely on the published form
    for rule in WALK:
        for number, words in rule(calls, presses):
            yield rule.__name__, f"call {number}: {words}"


def load(path):
    return [json.loads(line) for line in path.read_text().splitlines() if line]


def planted():
    folder = Path(__file__).parent / "planted"
    wanted = {rule.__name__ for rule in ONE_CALL + WALK} | {"none"}
    files = {path: path.name.split(".")[0] for path in sorted(folder.glob("*.jsonl"))}
    wrong = [f"{name}: no violation of it is planted" for name in sorted(wanted - set(files.values()))]
    wrong += [f"{name}: there is no such rule" for name in sorted(set(files.values()) - wanted)]
    for path, name in files.items():
        found = {rule for rule, _ in faults(load(path))}
        if found != {name} - {"none"}:
            wrong.append(f"{path.name}: found {sorted(found) or 'nothing'} instead")
    for line in wrong:
        print(f"NOT ok  {line}")
    if not wrong:
        print(f"ok  each of {len(files) - 1} violations planted against {len(wanted) - 1} rules is found, and none where none is")
    return not wrong


def walks(folder):
    files = sorted(Path(folder).glob("*.jsonl"))
    made, presses, wrong = Counter(), 0, 0
    for path in files:
        lines = load(path)
        made.update(line["method"] for line in lines if line["kind"] == "call")
        presses += sum(line["kind"] == "press" for line in lines)
        for rule, words in faults(lines):
            wrong += 1
            print(f"NOT ok  {path.stem}: {rule}: {words}")
    if not presses:
        print(f"NOT ok  no walk with a press was found in {folder}")
        return False
    if not wrong:
        print(
            f"ok  {made.total()} calls of {len(made)} methods and {presses} presses in {len(files)} walks "
            f"are as aiogram {aiogram.__version__} (Bot API {aiogram.__api_version__}) has them"
        )
    return not wrong


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(0 if (planted() if sys.argv[1] == "--planted" else walks(sys.argv[1])) else 1)
