// The page's own words in both languages (words.json), and dates as people write them.

let table = {};
let lang = "ru";
let zone = "UTC";

/** Takes the words in. The page begins in Russian unless English was chosen on it before. */
export function load(words) {
  table = words;
  let kept = null;
  try { kept = localStorage.getItem("lang"); } catch { /* a private window keeps nothing */ }
  use(kept ?? "ru");
}

export const language = () => lang;
export const inZone = (name) => { zone = name; };

/** Switches the language of everything that carries data-t or data-t-label. */
export function use(next) {
  lang = next in table ? next : "ru";
  document.documentElement.lang = lang;
  document.title = t("title");
  relabel(document);
}

export function choose(next) {
  try { localStorage.setItem("lang", next); } catch { /* not kept, still switched */ }
  use(next);
}

/** A text of the page; `{name}` is filled from `args`. */
export function t(key, args = {}) {
  const text = table[lang]?.[key] ?? table.ru?.[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in args ? String(args[name]) : whole));
}

/** Rewrites the texts of elements marked with data-t (content) and data-t-label (accessible name). */
export function relabel(root) {
  for (const node of root.querySelectorAll("[data-t]")) node.textContent = t(node.dataset.t);
  for (const node of root.querySelectorAll("[data-t-label]")) {
    node.setAttribute("aria-label", t(node.dataset.tLabel));
    if (node.matches("button")) node.title = t(node.dataset.tLabel);
  }
}

const formats = new Map();
function format(options, ms) {
  const key = lang + zone + JSON.stringify(options);
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(lang === "ru" ? "ru-RU" : "en-GB", { ...options, timeZone: zone }));
  return formats.get(key).format(ms);
}

/** 13:24 */
export const clockTime = (ms) => format({ hour: "2-digit", minute: "2-digit" }, ms);
/** A key that is equal for instants of one day. */
export const dayKey = (ms) => format({ year: "numeric", month: "2-digit", day: "2-digit" }, ms);
/** вс, 22 ноября */
export const dayName = (ms) => format({ weekday: "short", day: "numeric", month: "long" }, ms).replace(/^(\p{L}+) /u, "$1, ");

/** Today, yesterday or the date, for the line between days of a talk. */
export function dayLine(ms, now) {
  if (dayKey(ms) === dayKey(now)) return t("today");
  if (dayKey(ms) === dayKey(now - 86_400_000)) return t("yesterday");
  return format({ day: "numeric", month: "long" }, ms);
}

/** When something will be: "сегодня, 15:00", "завтра, 8:00", "ср, 25 ноября, 8:00". */
export function whenName(ms, now) {
  let day = dayName(ms);
  if (dayKey(ms) === dayKey(now)) day = t("today").toLowerCase();
  else if (dayKey(ms) === dayKey(now + 86_400_000)) day = t("tomorrow").toLowerCase();
  return `${day}, ${clockTime(ms)}`;
}

/** 12 КБ */
export function sizeName(bytes) {
  const number = (value) => new Intl.NumberFormat(lang, { maximumFractionDigits: value < 10 ? 1 : 0 }).format(value);
  if (bytes < 1024) return t("b", { n: bytes });
  return bytes < 1024 * 1024 ? t("kb", { n: number(bytes / 1024) }) : t("mb", { n: number(bytes / 1024 / 1024) });
}
