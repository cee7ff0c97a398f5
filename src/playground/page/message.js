// One message: bubble, picture or document, time and ticks, inline keyboard. A message that was edited keeps its place;
// only what changed is built again, so scrolling, focus and running spinners stay.

import { h, icon, ticks } from "./dom.js";
import { rich, link, target } from "./rich.js";
import { clockTime, language, sizeName, t } from "./words.js";

const NAMED = ["sticker", "voice", "photo", "video", "document", "contact", "location"];

/** What a medium is called in the page's language. */
export const kindName = (kind) => t(NAMED.includes(kind) ? `k_${kind}` : "k_other");

const address = (media) => `/api/file/${encodeURIComponent(media.file)}`;

function photo(media, talk) {
  const img = h("img", { src: address(media), alt: t("photo_of", { name: media.name || t("k_photo") }), loading: "eager", decoding: "async" });
  const frame = h("button", { type: "button", class: "photo", "aria-label": t("open_photo"), onclick: () => talk.enlarge(address(media), media.name, img.alt) }, img);
  img.addEventListener("error", () => img.replaceWith(h("span", { class: "lost" }, icon("photo"), kindName("photo"))));
  return frame;
}

function file(media) {
  const body = [h("i", {}, icon("document")), h("span", {}, h("b", {}, media.name || kindName("document")), h("small", {}, sizeName(media.size)))];
  const named = { class: "file", "aria-label": t("download", { name: media.name }) };
  return media.mime === "application/pdf"
    ? h("a", { ...named, href: address(media), target: "_blank", rel: "noopener" }, body)
    : h("a", { ...named, href: address(media), download: media.name }, body);
}

function voice() {
  const heights = [6, 11, 16, 9, 14, 19, 12, 7, 15, 20, 13, 8, 17, 10, 14, 6, 11, 8, 4];
  const bars = heights.map((height) => { const bar = h("u"); bar.style.height = `${height}px`; return bar; });
  return h("div", { class: "file", role: "img", "aria-label": kindName("voice") }, h("i", {}, icon("voice")), h("span", {}, h("span", { class: "wave" }, bars), h("small", {}, "0:07")));
}

function medium(media, talk) {
  if (media.kind === "photo") return photo(media, talk);
  if (media.kind === "document") return file(media);
  if (media.kind === "voice" || media.kind === "audio") return voice();
  if (media.kind === "sticker") return h("div", { class: "sticker", role: "img", "aria-label": kindName("sticker") }, "🦉");
  return h("div", { class: "file" }, h("i", {}, icon(NAMED.includes(media.kind) ? media.kind : "document")), h("span", {}, h("b", {}, media.name || kindName(media.kind))));
}

/** Apps hide what a link carries behind /start. */
const wording = (message) => (message.bot ? message.html : message.html.replace(/^\/start [\w-]+$/, "/start"));

function bubble(message, talk) {
  const parts = [h("span", { class: "unseen" }, t(message.bot ? "bot_says" : "you_say"), " ")];
  if (message.media) parts.push(medium(message.media, talk));
  if (message.html) parts.push(h("div", { class: "text", dir: "auto" }, rich(wording(message), (goal) => talk.follow(goal))));
  const text = parts.at(-1);
  const meta = h("span", { class: "meta" }, h("span", {}, clockTime(message.date)));
  if (!message.bot) meta.append(h("span", { class: "ticks", role: "img", "aria-label": t("sent") }, ticks(false)));
  if (message.media && !message.html) parts[1].classList.add("alone");
  if (message.html) text.append(meta); else parts.push(meta);
  return h("div", { class: "bubble" }, parts, h("div", { class: "clear" }));
}

function key(entry, message, talk) {
  const goal = entry.url ? target(entry.url) : null;
  if (goal?.kind === "outside") {
    const out = link(entry.url, entry.label, () => {});
    out.className = "key";
    out.append(icon("out", "0 0 12 12"));
    out.lastChild.setAttribute("class", "out");
    return out;
  }
  const act = goal ? () => talk.follow(goal) : () => talk.press(message.id, entry.data ?? "");
  const label = entry.label.replace(/^(\S{1,2}) /u, "$1\u00a0"); // an arrow or a sign stays with its word
  return h("button", { type: "button", class: "key", dataset: { data: entry.data ?? "" }, onclick: act }, label);
}

function keyboard(message, talk) {
  if (!message.keyboard.length) return null;
  return h("div", { class: "keys" }, message.keyboard.map((row) => h("div", { class: row.length > 2 ? "many" : null }, row.map((entry) => key(entry, message, talk)))));
}

/** A message on the page; `show` brings it to a new state and tells whether its body changed. */
export class Message {
  constructor(message, talk) {
    this.talk = talk;
    this.node = h("div", { class: `msg${message.bot ? "" : " own"}`, dataset: { id: message.id, from: message.bot ? "bot" : "person" } });
    this.body = this.keys = null;
    this.read = false;
    this.show(message);
  }

  show(message) {
    const body = JSON.stringify([message.html, message.media, message.date, language()]);
    const keys = JSON.stringify([message.keyboard, language()]);
    const first = this.body === null;
    const changed = body !== this.body;
    if (changed) {
      const fresh = bubble(message, this.talk);
      if (first) this.node.append(fresh); else this.node.firstChild.replaceWith(fresh);
      this.read = false;
    }
    if (keys !== this.keys) this.replaceKeys(message);
    this.node.classList.toggle("wide", message.keyboard.length > 0);
    this.node.classList.toggle("bare", message.media?.kind === "sticker");
    this.body = body;
    this.keys = keys;
    return changed && !first;
  }

  replaceKeys(message) {
    const old = this.node.querySelector(".keys");
    const held = old?.contains(document.activeElement);
    old?.remove();
    const fresh = keyboard(message, this.talk);
    if (fresh) this.node.append(fresh);
    if (held) this.talk.lostFocus(fresh);
  }

  /** Two ticks once the bot took the message; they never go back to one. */
  tick(read) {
    if (!read || this.read) return;
    const place = this.node.querySelector(".ticks");
    if (!place) return;
    place.replaceChildren(ticks(true));
    place.setAttribute("aria-label", t("read"));
    this.read = true;
  }

  /** Spinners on exactly the buttons that wait for an answer. */
  spin(waiting) {
    for (const button of this.node.querySelectorAll("button.key")) {
      if (waiting.has(button.dataset.data) && button.dataset.data) button.setAttribute("aria-busy", "true");
      else button.removeAttribute("aria-busy");
    }
  }
}
