"""Telegram's HTML as its page describes it, read by a parser that knows nothing of the bot's or the emulator's."""

import re
from html.parser import HTMLParser

PLAIN = {"b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "tg-spoiler", "pre", "code"}
ATTRIBUTES = {"a": {"href"}, "span": {"class"}, "tg-emoji": {"emoji-id"}, "code": {"class"}, "blockquote": {"expandable"}}
ENTITY = re.compile(r"&(?:lt|gt|amp|quot|#\d{1,7}|#x[0-9a-fA-F]{1,6});")


class Reader(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open, self.faults, self.text = [], [], []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag not in PLAIN | ATTRIBUTES.keys():
            self.faults.append(f"the tag <{tag}> is not Telegram's")
        elif set(given) - ATTRIBUTES.get(tag, set()):
            self.faults.append(f"<{tag}> has attributes it may not have: {sorted(given)}")
        elif tag == "a" and not given.get("href"):
            self.faults.append("a link leads nowhere")
        elif tag == "span" and given.get("class") != "tg-spoiler":
            self.faults.append("a <span> that is no spoiler")
        elif tag == "code" and given and self.open[-1:] != ["pre"]:
            self.faults.append("a language outside <pre>")
        if tag in ("a", "blockquote") and tag in self.open:
            self.faults.append(f"<{tag}> inside <{tag}>")
        self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.faults.append(f"<{tag}/> closes itself")

    def handle_endtag(self, tag):
        if self.open[-1:] == [tag]:
            self.open.pop()
        else:
            self.faults.append(f"</{tag}> closes {self.open[-1:] or 'nothing'}")

    def handle_data(self, data):
        self.text.append(data)

    def handle_comment(self, data):
        self.faults.append("a comment")

    handle_decl = handle_pi = unknown_decl = handle_comment


def read(html):
    """What a person sees, and what is wrong with the markup."""
    reader = Reader()
    reader.feed(html)
    reader.close()
    faults = reader.faults + [f"<{tag}> stays open" for tag in reader.open]
    bare = re.sub(r"</?[a-zA-Z][^<>]*>", "", html)
    if re.search(r"[<>]", bare):
        faults.append("a bare < or >")
    if "&" in ENTITY.sub("", html):
        faults.append("a bare & or an entity that Telegram does not know")
    return "".join(reader.text), faults


def length(text):
    """Characters as Telegram counts them: UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2
