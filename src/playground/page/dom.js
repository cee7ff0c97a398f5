// Making elements. Text always goes in as text: nothing here can turn a string into markup.

const SVG = "http://www.w3.org/2000/svg";

/** Strokes of the icons, drawn in a 24 by 24 square (ticks: 16 by 11). */
const ICONS = {
  plus: "M12 5v14M5 12h14",
  close: "M6 6l12 12M18 6 6 18",
  more: "M12 5v.6M12 11.700v.6M12 18.400v.6",
  list: "M5 7h14M5 12h14M5 17h9",
  clip: "M18.500 11.500 12 18a4.200 4.200 0 0 1-6-6l7-7a2.900 2.900 0 0 1 4.100 4.100l-7 6.900a1.400 1.400 0 0 1-2-2l6-5.900",
  send: "M4 12 3.500 5 21 12 3.500 19z",
  down: "M6 9.500l6 6 6-6",
  moon: "M19.500 14A8 8 0 0 1 10 4.500a8 8 0 1 0 9.500 9.500z",
  sun: "M12 8a4 4 0 1 0 .01 0M12 2.500v2M12 19.500v2M2.500 12h2M19.500 12h2M5.300 5.300l1.400 1.400M17.300 17.300l1.400 1.400M18.700 5.300l-1.400 1.400M6.700 17.300l-1.400 1.400",
  sticker: "M12 3.500a8.500 8.500 0 1 0 8.500 8.500c-4 0-8.500-3.500-8.500-8.500zM8.500 14.500c1.500 2.500 5 2.700 6.500.5M8.500 10v.01",
  voice: "M12 4a2.500 2.500 0 0 1 2.500 2.500v5a2.500 2.500 0 0 1-5 0v-5A2.500 2.500 0 0 1 12 4zM6 11.500a6 6 0 0 0 12 0M12 17.500V21",
  photo: "M4 7.500h4l1.500-2.500h5L16 7.500h4v11H4zM12 10a3 3 0 1 0 .01 0",
  document: "M7 3.500h7l4 4v13H7zM14 3.500v4h4M10 12.500h5M10 16h5",
  contact: "M12 4.500a3.700 3.700 0 1 0 .01 0M5 20c.6-4.500 3.500-6 7-6s6.400 1.500 7 6",
  location: "M12 21c-4-4.500-6.500-7.800-6.500-11a6.500 6.500 0 0 1 13 0c0 3.200-2.500 6.500-6.500 11zM12 7.500a2.500 2.500 0 1 0 .01 0",
  forward: "M13 6l7 6-7 6v-3.700c-4 0-7 1-9 4 .5-5.500 4-8.300 9-8.600z",
  upload: "M12 16V5M8 9l4-4 4 4M5 15.500v4h14v-4",
  block: "M12 3.500a8.500 8.500 0 1 0 .01 0M6 6l12 12",
  out: "M4 8 8 4M4.500 3.500h4v4",
};

/** An icon as an SVG element, invisible to screen readers. */
export function icon(name, box = "0 0 24 24") {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", box);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", ICONS[name] ?? name);
  svg.append(path);
  return svg;
}

/** Ticks of a sent message: one when Telegram has it, two when the bot took it. */
export function ticks(read) {
  return icon(read ? "M1 6l3 3 5.500-7M7.500 8.500l.7.5L14 2" : "M3 6l3 3 5.500-7", "0 0 16 11");
}

/** An element. `props`: attributes; functions under `onX` listen; `class` and `dataset` as one expects; null is left out. */
export function h(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "dataset") Object.assign(node.dataset, value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** Whether this person asked their system for less motion. */
export const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
