// The lower edge of a phone: command menu, attachments, the field and its button.

import { post, upload, Refusal } from "./api.js";
import { h, icon } from "./dom.js";
import { toggle } from "./popup.js";
import { t } from "./words.js";

const ATTACH = ["sticker", "voice", "photo", "document", "contact", "location", "forward"];
const FIELD_MAX = 116;

/** One line of a menu: a sign and its words. */
export function choice(name, words) {
  const line = document.createDocumentFragment();
  line.append(icon(name), h("span", {}, t(words)));
  return line;
}

export class Composer {
  constructor(phone) {
    this.phone = phone;
    const button = (name, act, extra) => h("button", { type: "button", class: `icon ${extra}`, onclick: act }, icon(name));
    this.commandsButton = button("list", () => this.commands(), "commands");
    this.attachButton = button("clip", () => this.attach(), "attach");
    this.sendButton = button("send", () => this.send(), "send");
    for (const opener of [this.commandsButton, this.attachButton]) {
      opener.setAttribute("aria-haspopup", "menu");
      opener.setAttribute("aria-expanded", "false");
    }
    this.field = h("textarea", { rows: "1", autocomplete: "off", enterkeyhint: "send", oninput: () => this.grow(), onkeydown: (event) => this.typed(event) });
    this.picker = h("input", { type: "file", hidden: true, onchange: () => this.uploadPicked() });
    this.node = h("div", { class: "composer" }, this.commandsButton, this.attachButton, this.picker, this.field, this.sendButton);
  }

  /** Names for screen readers, in the page's language. */
  label() {
    const names = [[this.commandsButton, "commands"], [this.attachButton, "attach"], [this.sendButton, "send"], [this.field, "write"], [this.picker, "a_upload"]];
    for (const [node, key] of names) node.setAttribute("aria-label", t(key));
    this.field.placeholder = t("write");
  }

  typed(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.send();
  }

  grow() {
    this.field.style.height = "";
    if (this.field.scrollHeight > this.field.clientHeight + 2) this.field.style.height = `${Math.min(this.field.scrollHeight, FIELD_MAX)}px`;
  }

  /** Sends what is written; if that fails, the words come back into the field. */
  async send() {
    const text = this.field.value;
    if (!text.trim()) return;
    this.field.value = "";
    this.grow();
    if (!(await this.phone.ask("/api/send", { text })) && !this.field.value) this.field.value = text;
  }

  commands() {
    const say = (text) => { this.phone.ask("/api/send", { text }); this.field.focus({ preventScroll: true }); };
    const items = this.phone.data.commands.map(({ command, description }) => ({
      content: h("span", {}, h("b", {}, `/${command}`), description), act: () => say(`/${command}`),
    }));
    toggle(this.commandsButton, "low list", items, t("no_commands"));
  }

  attach() {
    const extra = { forward: { text: t("forward_text") }, document: { name: t("document_name") }, photo: { text: t("photo_caption") } };
    const items = ATTACH.map((kind) => ({ content: choice(kind, `a_${kind}`), act: () => this.phone.ask("/api/other", { kind, ...extra[kind] }) }));
    items.push({ content: choice("upload", "a_upload"), act: () => this.picker.click() });
    toggle(this.attachButton, "low", items);
  }

  async uploadPicked() {
    const [file] = this.picker.files;
    this.picker.value = "";
    if (!file) return;
    try {
      await upload(this.phone.id, file);
    } catch (refusal) {
      this.phone.toast(t(refusal instanceof Refusal ? refusal.message : "e_other"));
    }
    this.phone.page.refresh();
  }
}
