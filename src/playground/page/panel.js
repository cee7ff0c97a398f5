// What stands around the phones: clock, faults, drawer, theme, and the line that says when something went wrong.

import { post, Refusal } from "./api.js";
import { h, icon } from "./dom.js";
import { clockTime, dayName, language, t, whenName } from "./words.js";

const $ = (id) => document.getElementById(id);
const FAULTS = ["down", "slow", "too_many", "bad_gateway", "lose_replies", "duplicates"];
const NARROW = matchMedia("(max-width: 720px)");
let page = null;
let warning = 0;
let clock = Promise.resolve();
let steps = 0;

/** Shows the district's time and when the next job is due. */
export function showTime(at, nextJob) {
  const line = `${dayName(at)}, ${clockTime(at)}`;
  if ($("now").textContent !== line) $("now").textContent = line;
  $("now").dateTime = new Date(at).toISOString();
  $("next").textContent = nextJob === null ? t("next_none") : t("next_is", { when: whenName(nextJob, at) });
  document.querySelector('[data-clock="next"]').disabled = nextJob === null;
}

/** Steps pressed while an earlier one still runs follow it. */
function forward(step) {
  steps += 1;
  clock = clock.then(async () => {
    const buttons = [...document.querySelectorAll("[data-clock]")];
    for (const button of buttons) button.setAttribute("aria-busy", "true");
    await attempt(async () => {
      await post("/api/clock", { step });
      await page.refresh();
      page.say(t("moved", { when: `${dayName(page.now())}, ${clockTime(page.now())}` }));
    });
    steps -= 1;
    if (steps === 0) for (const button of buttons) button.removeAttribute("aria-busy");
  });
}

/** Does something that may be refused; the refusal is said above the phones for a while. */
export async function attempt(act) {
  try {
    await act();
  } catch (problem) {
    $("stopped").textContent = t(problem instanceof Refusal ? problem.message : "e_other");
    $("stopped").hidden = false;
    clearTimeout(warning);
    warning = setTimeout(() => { $("stopped").hidden = true; }, 6000);
  }
}

/** Whether the program is there; without it the page waits and goes on by itself later. */
export function alive(yes) {
  clearTimeout(warning);
  $("stopped").hidden = yes;
  if (!yes) $("stopped").textContent = t("stopped");
}

function buildFaults() {
  for (const name of FAULTS) {
    const input = h("input", { type: "checkbox", role: "switch", name, "aria-describedby": `note-${name}`, "aria-labelledby": `fault-${name}`, onchange: setFaults });
    $("faults").append(h("label", { class: "fault" }, h("span", { id: `fault-${name}`, dataset: { t: `f_${name}` } }), input,
      h("small", { id: `note-${name}`, dataset: { t: `f_${name}_note` } })));
  }
}

function setFaults() {
  const wanted = Object.fromEntries([...$("faults").querySelectorAll("input")].map((input) => [input.name, input.checked]));
  return attempt(async () => { await post("/api/faults", wanted); await page.refresh(); });
}

/** Sets the switches, and says on the drawer's button that Telegram is not well. */
export function showFaults(faults) {
  const inputs = [...$("faults").querySelectorAll("input")];
  for (const input of inputs) input.checked = faults[input.name];
  const on = inputs.filter((input) => input.checked).length;
  const button = $("open-drawer");
  button.classList.toggle("on", on > 0);
  button.querySelector(".dot").hidden = on === 0;
  for (const [size, calm] of [["wide", "drawer"], ["narrow", "drawer_short"]]) button.querySelector(`.${size}`).textContent = on ? t("drawer_on", { n: on }) : t(calm);
  for (const kind of ["html", "txt"]) $(`save-${kind}`).href = `/api/transcript?as=${kind}&lang=${language()}`;
}

function drawer(open) {
  $("drawer").hidden = !open;
  $("open-drawer").setAttribute("aria-expanded", String(open));
  (open ? $("drawer") : $("open-drawer")).focus({ preventScroll: true });
}

function paint(theme) {
  document.documentElement.dataset.theme = theme;
  $("theme").replaceChildren(icon(theme === "dark" ? "sun" : "moon"));
}

function switchTheme() {
  const theme = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
  try { localStorage.setItem("theme", theme); } catch { /* not kept, still painted */ }
  paint(theme);
}

/** The clock and the page's switches live in the header; in a narrow window, in the drawer. */
function arrange() {
  const place = NARROW.matches ? "narrow" : "wide";
  $(`time-${place}`).append($("time"));
  $(`tools-${place}`).append($("tools"));
}

/** Wires everything here up. `around`: now(), say(text), refresh(). */
export function buildPanel(around) {
  page = around;
  buildFaults();
  $("close-drawer").append(icon("close"));
  for (const button of document.querySelectorAll("[data-clock]")) button.addEventListener("click", () => forward(button.dataset.clock));
  $("open-drawer").addEventListener("click", () => drawer($("drawer").hidden));
  $("close-drawer").addEventListener("click", () => drawer(false));
  $("drawer").addEventListener("keydown", (event) => { if (event.key === "Escape") drawer(false); });
  $("theme").addEventListener("click", switchTheme);
  NARROW.addEventListener("change", arrange);
  arrange();
  paint(document.documentElement.dataset.theme);
}
