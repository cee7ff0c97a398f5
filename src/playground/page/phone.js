// One phone: its bars, its talk and its composer. It is built once; every new state is shown by changing what differs.

import { post, Refusal } from "./api.js";
import { Composer, choice } from "./composer.js";
import { calm, h, icon } from "./dom.js";
import { Message, kindName } from "./message.js";
import { toggle } from "./popup.js";
import { clockTime, dayKey, dayLine, t } from "./words.js";

/** The letters in a person's round picture. */
const initials = (name) => name.split(/\s+/).slice(0, 2).map((word) => word[0] ?? "").join("").toUpperCase();

export class Phone {
  /** `page`: say(text) for screen readers, enlarge(address, name, alt) for pictures, refresh() for the state. */
  constructor(data, page) {
    Object.assign(this, { id: data.id, page, known: new Map(), days: new Map(), toasts: null, unseen: 0, pressing: [], sticking: true, lastTop: 0, data });
    this.build(data);
  }

  build(data) {
    const heading = `who-${data.id}`;
    const face = h("span", { class: "face", "aria-hidden": "true" }, initials(data.name));
    face.style.setProperty("--hue", String((data.id * 67 + 150) % 360));
    this.role = h("p");
    this.statusTime = h("span");
    this.moreButton = h("button", { type: "button", class: "icon", "aria-haspopup": "menu", "aria-expanded": "false", onclick: () => this.more() }, icon("more"));
    this.talk = h("div", { class: "talk", role: "log", tabindex: "0", "aria-live": "off", onscroll: () => this.scrolled() });
    this.endCount = h("b", { hidden: true });
    this.endButton = h("button", { type: "button", class: "icon to-end", hidden: true, onclick: () => this.toEnd() }, icon("down"), this.endCount);
    this.foot = h("div");
    this.composer = new Composer(this);
    this.node = h("section", { class: "person", id: `phone-${data.id}`, "aria-labelledby": heading, dataset: { phone: data.id } },
      h("header", {}, face, h("div", { class: "who" }, h("h2", { id: heading }, data.name), this.role)),
      h("div", { class: "phone" },
        h("div", { class: "status", "aria-hidden": "true" }, this.statusTime, icon("M1 9h3v3H1zM6 6h3v6H6zM11 3h3v9h-3zM20 2.500h17a2 2 0 0 1 2 2v6a2 2 0 0 1-2 2H20a2 2 0 0 1-2-2v-6a2 2 0 0 1 2-2zM40 6v3", "0 0 42 14")),
        h("div", { class: "chat-bar" }, h("img", { src: "/mark.svg", alt: "" }),
          h("div", {}, h("strong", { dataset: { t: "bot_name" } }, t("bot_name")), this.sub = h("small")), this.moreButton),
        h("div", { class: "room" }, this.talk, this.endButton),
        this.foot));
    this.growth = new ResizeObserver(() => this.keepEnd());
    this.growth.observe(this.talk);
    this.talk.append(this.emptyCard = h("div", { class: "empty", hidden: true }));
  }

  /** Shows a new state. `shared` is what all phones have in common: the time, the invitation. */
  show(data, shared) {
    const first = this.toasts === null;
    const atEnd = this.sticking;
    this.data = data;
    this.shared = shared;
    this.label(data, shared);
    const news = this.showMessages(data, shared, first);
    this.showFoot(data);
    this.spin();
    this.showToasts(data, first);
    if (news.own || (atEnd && (news.fresh || news.changed || first))) this.toEnd(first);
    else this.unseen += news.bot;
    this.scrolled();
  }

  label(data, shared) {
    this.role.textContent = data.role || t(data.messages.some((message) => message.bot) ? "beginner" : "newcomer");
    this.sub.textContent = data.blocked ? t("blocked") : t("bot_sub");
    for (const [node, key] of [[this.talk, "talk_of"], [this.moreButton, "more"], [this.endButton, "down"]]) node.setAttribute("aria-label", t(key, { name: data.name }));
    this.composer.label();
  }

  showClock(now) {
    const line = clockTime(now);
    if (this.statusTime.textContent !== line) this.statusTime.textContent = line;
  }

  showMessages(data, shared, first) {
    const news = { fresh: 0, bot: 0, own: false, changed: false };
    const stay = new Set();
    let place = this.emptyCard;
    let day = null;
    for (const [at, message] of data.messages.entries()) {
      const key = dayKey(message.date);
      if (key !== day) { day = key; place = this.after(place, this.dayNode(key, message.date, shared.now)); stay.add(key); }
      stay.add(message.id);
      const shown = this.known.get(message.id);
      place = this.after(place, shown ? this.again(shown, message, news) : this.fresh(message, news, first));
      const next = data.messages[at + 1];
      place.classList.toggle("last", !next || next.bot !== message.bot || dayKey(next.date) !== key);
      this.known.get(message.id).tick(data.read);
    }
    for (const store of [this.known, this.days]) {
      for (const [key, shown] of store) if (!stay.has(key)) { (shown.node ?? shown).remove(); store.delete(key); }
    }
    this.showEmpty(data.messages.length === 0, shared);
    return news;
  }

  after(place, node) {
    if (place.nextSibling !== node) place.after(node);
    return node;
  }

  dayNode(key, date, now) {
    if (!this.days.has(key)) this.days.set(key, h("div", { class: "day" }));
    const node = this.days.get(key);
    const line = dayLine(date, now);
    if (node.textContent !== line) node.textContent = line;
    return node;
  }

  fresh(message, news, first) {
    const shown = new Message(message, this);
    this.known.set(message.id, shown);
    this.growth.observe(shown.node);
    news.fresh += 1;
    if (message.bot) news.bot += 1; else news.own = !first;
    if (!first) {
      shown.node.classList.add("new");
      if (message.bot) this.announce(shown, message);
    }
    return shown.node;
  }

  again(shown, message, news) {
    if (shown.show(message)) {
      news.changed = true;
      shown.node.classList.remove("new", "touched");
      void shown.node.offsetWidth; // lets the calm flash begin anew
      shown.node.classList.add("touched");
      this.announce(shown, message);
    }
    return shown.node;
  }

  announce(shown, message) {
    const words = shown.node.querySelector(".text")?.textContent ?? kindName(message.media?.kind);
    this.page.say(t("new_in", { name: this.data.name, text: words.slice(0, 300) }));
    this.page.news(this.id);
  }

  showEmpty(empty, shared) {
    this.emptyCard.hidden = !empty;
    if (!empty) return;
    const invite = shared.invitation
      ? h("button", { type: "button", class: "invite", dataset: { act: "invite" }, onclick: () => this.start(shared.invitation) },
        t("invited"), h("span", {}, t("open_link")))
      : null;
    this.emptyCard.replaceChildren(h("img", { src: "/mark.svg", alt: "" }), h("strong", {}, t("empty_title")), h("p", {}, t("empty_text")), ...(invite ? [invite] : []));
  }

  /** Below the talk: the composer, or one big button for somebody who has not begun or has blocked the bot. */
  showFoot(data) {
    const want = data.blocked ? "restart" : data.messages.length ? "composer" : "start";
    if (want === this.footKind && (want === "composer" || this.foot.textContent === t(want))) return;
    const held = this.foot.contains(document.activeElement);
    this.footKind = want;
    const fresh = want === "composer" ? this.composer.node
      : h("button", { type: "button", class: "big", dataset: { act: want }, onclick: () => this.start(null) }, t(want));
    this.foot.replaceChildren(fresh);
    if (held) (want === "composer" ? this.composer.field : fresh).focus({ preventScroll: true });
  }

  spin() {
    for (const [id, shown] of this.known) {
      const waits = [...this.data.pending, ...this.pressing].filter((press) => press.message === id).map((press) => press.data);
      shown.spin(new Set(waits));
    }
  }

  showToasts(data, first) {
    const { count, last } = data.toasts;
    const fresh = first || count <= this.toasts ? 0 : Math.min(count - this.toasts, last.length);
    this.toasts = count;
    if (fresh) for (const toast of last.slice(-fresh)) this.toast(toast.text, toast.alert);
  }

  /** A short word over the talk; an alert waits for its button, as in Telegram. */
  toast(text, alert = false) {
    if (alert) return this.alert(text);
    const room = this.node.querySelector(".room");
    room.querySelector(".toast")?.remove();
    const node = h("div", { class: "toast" }, text);
    room.append(node);
    this.page.say(text);
    return setTimeout(() => node.remove(), 4200);
  }

  alert(text) {
    const before = document.activeElement;
    const shut = () => { node.remove(); before?.focus?.({ preventScroll: true }); };
    const ok = h("button", { type: "button", onclick: shut }, t("ok"));
    const node = h("div", { class: "alert", role: "alertdialog", "aria-label": text, onkeydown: (event) => event.key === "Escape" && shut() }, h("div", {}, h("p", {}, text), ok));
    this.node.querySelector(".phone").append(node);
    ok.focus({ preventScroll: true });
  }

  async ask(path, body) {
    try {
      const said = await post(path, { phone: this.id, ...body });
      this.page.refresh();
      return said;
    } catch (refusal) {
      this.toast(t(refusal instanceof Refusal ? refusal.message : "e_other"));
      this.page.refresh();
      return null;
    }
  }

  async press(message, data) {
    const press = { message, data };
    this.pressing.push(press);
    this.spin();
    await this.ask("/api/press", press);
    await this.page.refresh();
    this.pressing = this.pressing.filter((other) => other !== press);
    this.spin();
  }

  start(payload) { return this.ask("/api/start", { payload }); }

  /** Follows what a link or a command in a message means. */
  follow(goal) {
    if (goal.kind === "start") this.start(goal.payload || null);
    else if (goal.kind === "command") this.ask("/api/send", { text: goal.text });
    else if (goal.kind === "share") this.toast(t("link_share"));
    else if (goal.kind === "chat") this.toast(t("link_other", { name: goal.name }));
  }

  more() {
    const { blocked } = this.data;
    toggle(this.moreButton, "high", [{ content: choice("block", blocked ? "unblock" : "block"), act: () => this.ask("/api/block", { blocked: !blocked }) }]);
  }

  enlarge(address, name, alt) { this.page.enlarge(address, name, alt); }

  /** The buttons that had the focus are gone: go on with the new ones, or with the newest in the talk. */
  lostFocus(fresh) {
    queueMicrotask(() => {
      const all = this.talk.querySelectorAll(".keys");
      const keys = fresh?.isConnected ? fresh : all[all.length - 1];
      (keys?.querySelector(".key") ?? this.talk).focus({ preventScroll: true });
    });
  }

  nearEnd() { return this.talk.scrollHeight - this.talk.scrollTop - this.talk.clientHeight < 70; }

  toEnd(instant = false) {
    this.sticking = true;
    this.unseen = 0;
    this.talk.scrollTo({ top: this.talk.scrollHeight, behavior: instant || calm() ? "auto" : "smooth" });
  }

  /** A message has grown, or the window changed: a talk that stood at its end stays there. */
  keepEnd() { if (this.sticking) this.talk.scrollTop = this.talk.scrollHeight; }

  /** Only a person scrolls upwards; new messages and pictures never do, so they do not loosen the talk from its end. */
  scrolled() {
    const near = this.nearEnd();
    if (near) { this.sticking = true; this.unseen = 0; } else if (this.talk.scrollTop < this.lastTop - 2) this.sticking = false;
    this.lastTop = this.talk.scrollTop;
    this.endButton.hidden = near || this.sticking;
    this.endCount.hidden = this.unseen === 0;
    this.endCount.textContent = String(this.unseen);
  }
}
