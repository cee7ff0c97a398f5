// The bot's HTML made into elements. The markup is parsed in a document that runs nothing, and only Telegram's own
// tags are built anew; everything else becomes its text. Addresses, commands and e-mails in plain text become links.

import { h } from "./dom.js";
import { t } from "./words.js";

/** Telegram's tags and what each is shown as. */
const TAGS = {
  b: "strong", strong: "strong", i: "em", em: "em", u: "u", ins: "u", s: "s", strike: "s", del: "s",
  code: "code", pre: "pre", blockquote: "blockquote", "tg-emoji": "span",
};
const FINDS = /(https?:\/\/[^\s<>"«»]+[^\s<>"«».,;:!?)\]]|\bt\.me\/[\w/+?=&%-]+|[\w.+-]+@[\w-]+\.[\w.-]*\w|(?<![\p{L}\p{N}_/.<])\/[a-z][a-z0-9_]{0,31}\b)/giu;

/** Where an address leads: to this bot (with a start payload), to a command, to the outside, or nowhere. */
export function target(address) {
  const bot = /^(?:https?:\/\/)?(?:t\.me|telegram\.me)\/([\w]+)\/?(?:\?(.*))?$/i.exec(address);
  const scheme = /^tg:\/\/resolve\?(.*)$/i.exec(address);
  const query = new URLSearchParams(scheme?.[1] ?? bot?.[2] ?? "");
  const name = scheme ? query.get("domain") : bot?.[1];
  if (/^(?:https?:\/\/)?t\.me\/share\//i.test(address) || name?.toLowerCase() === "share") return { kind: "share" };
  if (name && (query.has("start") || /bot$/i.test(name))) return { kind: "start", payload: query.get("start") };
  if (name || /^tg:/i.test(address) || /^(?:https?:\/\/)?t\.me\//i.test(address)) return { kind: "chat", name: name ? `@${name}` : address };
  if (/^(https?:|mailto:|tel:)/i.test(address)) return { kind: "outside", href: address };
  return { kind: "none" };
}

/** A link: what belongs to Telegram is followed on this phone (`follow`), the rest opens in a new tab. */
export function link(address, content, follow) {
  const goal = target(address);
  if (goal.kind === "none") return h("span", {}, content);
  if (goal.kind === "outside") return h("a", { href: goal.href, target: "_blank", rel: "noopener noreferrer" }, content);
  return h("button", { type: "button", class: "link", title: address, onclick: () => follow(goal) }, content);
}

function plain(text, follow) {
  const parts = [];
  let from = 0;
  for (const found of text.matchAll(FINDS)) {
    const [word] = found;
    parts.push(text.slice(from, found.index));
    if (word.startsWith("/")) parts.push(h("button", { type: "button", class: "link", onclick: () => follow({ kind: "command", text: word }) }, word));
    else if (word.includes("@") && !word.includes("/")) parts.push(link(`mailto:${word}`, word, follow));
    else parts.push(link(word, word, follow));
    from = found.index + word.length;
  }
  parts.push(text.slice(from));
  return parts.filter((part) => part !== "");
}

function spoiler(children) {
  const cover = h("button", { type: "button", class: "spoiler", "aria-label": t("spoiler") }, h("span", {}, ...children));
  cover.addEventListener("click", () => cover.replaceWith(...cover.firstChild.childNodes));
  return cover;
}

function build(node, follow, literal) {
  if (node.nodeType === Node.TEXT_NODE) return literal ? [node.data] : plain(node.data, follow);
  if (node.nodeType !== Node.ELEMENT_NODE) return [];
  const name = node.localName;
  if (name === "br") return ["\n"];
  const inner = [...node.childNodes].flatMap((child) => build(child, follow, literal || ["a", "code", "pre"].includes(name)));
  if (name === "a") return [link(node.getAttribute("href") ?? "", inner, follow)];
  if (name === "tg-spoiler" || (name === "span" && node.className === "tg-spoiler")) return [spoiler(inner)];
  return name in TAGS ? [h(TAGS[name], {}, ...inner)] : inner;
}

/** The elements and texts of one message body. */
export function rich(html, follow) {
  const parsed = new DOMParser().parseFromString(`<!doctype html><body><div>${html}</div>`, "text/html");
  return [...(parsed.body.firstChild?.childNodes ?? [])].flatMap((node) => build(node, follow, false));
}
