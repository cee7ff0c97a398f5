// The page: shows the state it came with, fetches it after every change, hands each phone its part, drives the clock, the faults and the drawer.

import { listen, post, state as fetchState, Refusal } from "./api.js";
import { calm, h, icon } from "./dom.js";
import { alive, attempt, buildPanel, showFaults, showTime } from "./panel.js";
import { Phone } from "./phone.js";
import { choose, inZone, language, load } from "./words.js";

const $ = (id) => document.getElementById(id);
const phones = new Map();
const chips = new Map();
let state = null;
let receivedAt = 0;
let running = null;
let again = false;

/** Fetches the state; calls that come meanwhile are joined into one more fetch. When the program is away, the stream says so. */
function refresh() {
  again = true;
  running ??= (async () => {
    while (again) {
      again = false;
      try { show(await fetchState()); } catch (problem) { if (!(problem instanceof Refusal)) throw problem; }
    }
  })().finally(() => { running = null; });
  return running;
}

const page = { say, enlarge, refresh, news };
const now = () => state.now + (performance.now() - receivedAt);

function show(fresh) {
  state = fresh;
  receivedAt = performance.now();
  inZone(state.zone);
  $("district").textContent = state.district;
  for (const id of phones.keys()) if (!state.phones.some((data) => data.id === id)) drop(id);
  for (const data of state.phones) {
    if (!phones.has(data.id)) add(data);
    phones.get(data.id).show(data, { now: state.now, invitation: state.invitation });
    chips.get(data.id).name.textContent = data.name.split(" ").slice(0, 2).join(" ");
  }
  tell();
}

function tell() {
  showTime(now(), state.next_job);
  showFaults(state.faults);
  for (const phone of phones.values()) phone.showClock(now());
}

function add(data) {
  const phone = new Phone(data, page);
  const later = phones.size > 0 && document.body.classList.contains("ready");
  phones.set(data.id, phone);
  $("add").before(phone.node);
  const chip = { name: h("span"), news: h("span", { class: "news", hidden: true }) };
  chip.button = h("button", { type: "button", onclick: () => reveal(data.id) }, chip.name, chip.news);
  chips.set(data.id, chip);
  $("people").insertBefore(h("li", {}, chip.button), $("people").querySelector(".extra"));
  watcher.observe(phone.node);
  if (later) requestAnimationFrame(() => reveal(data.id));
}

/** A phone that is no longer on the table: the program was started anew. */
function drop(id) {
  watcher.unobserve(phones.get(id).node);
  phones.get(id).node.remove();
  chips.get(id).button.parentElement.remove();
  phones.delete(id);
  chips.delete(id);
}

function reveal(id) {
  phones.get(id)?.node.scrollIntoView({ inline: "nearest", block: "nearest", behavior: calm() ? "auto" : "smooth" });
}

/** On a narrow window: which phone is in sight, and whose has news. */
const watcher = new IntersectionObserver((entries) => {
  for (const entry of entries) {
    const chip = chips.get(Number(entry.target.dataset.phone));
    chip.seen = entry.intersectionRatio > 0.6;
    if (chip.seen) chip.news.hidden = true;
    chip.button.setAttribute("aria-current", String(chip.seen));
    if (chip.seen && chip.button.offsetParent) chip.button.scrollIntoView({ inline: "center", block: "nearest" });
  }
}, { threshold: [0.3, 0.61, 0.9] });

function news(id) {
  const chip = chips.get(id);
  if (chip && !chip.seen) chip.news.hidden = false;
}

/** Says a line to screen readers; several at once stay apart. */
function say(text) {
  const line = h("p", {}, text);
  $("live").append(line);
  setTimeout(() => line.remove(), 8000);
}

function enlarge(address, name, alt) {
  const dialog = $("picture");
  dialog.querySelector("img").src = address;
  dialog.querySelector("img").alt = alt;
  const save = dialog.querySelector("a");
  save.href = address;
  save.download = name || "photo";
  dialog.showModal();
}

function wire() {
  $("add").prepend(icon("plus"));
  $("people").append(h("li", { class: "extra" }, h("button", { type: "button", dataset: { tLabel: "add_phone" }, onclick: addPhone }, icon("plus"))));
  $("add").addEventListener("click", addPhone);
  $("language").addEventListener("click", () => { choose(language() === "ru" ? "en" : "ru"); if (state) show(state); });
  buildPanel({ now, say, refresh });
}

function addPhone() {
  return attempt(async () => {
    const { id } = await post("/api/phone");
    await refresh();
    requestAnimationFrame(() => { reveal(id); phones.get(id)?.node.querySelector(".invite, .big")?.focus({ preventScroll: true }); });
  });
}

function begin() {
  const first = JSON.parse($("first").textContent);
  wire();
  load(first.words);
  show(first.state);
  document.body.classList.add("ready");
  listen(refresh, alive);
  setInterval(() => state && tell(), 5000);
}

begin();
