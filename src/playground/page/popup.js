// Small menus inside a phone: arrows, Escape and a press elsewhere behave as people expect.

import { h } from "./dom.js";

let open = null;

/** Closes the open menu, if there is one; `back` returns the focus to the button it came from. */
export function close(back = false) {
  if (!open) return;
  const { menu, anchor } = open;
  open = null;
  menu.remove();
  anchor.setAttribute("aria-expanded", "false");
  if (back) anchor.focus();
}

/** Opens (or closes) a menu at a button. `items`: {content, act}; `empty`: what to say when there are none. */
export function toggle(anchor, place, items, empty = "") {
  const mine = open?.anchor === anchor;
  close();
  if (mine) return;
  const buttons = items.map(({ content, act }) =>
    h("button", { type: "button", role: "menuitem", onclick: () => { close(true); act(); } }, content));
  const menu = h("div", { class: `pop ${place}`, role: "menu", "aria-label": anchor.getAttribute("aria-label") }, buttons, buttons.length ? null : h("p", {}, empty));
  menu.addEventListener("keydown", (event) => move(event, buttons));
  anchor.closest(".phone").append(menu);
  anchor.setAttribute("aria-expanded", "true");
  open = { menu, anchor };
  buttons[0]?.focus({ preventScroll: true });
}

function move(event, buttons) {
  const at = buttons.indexOf(document.activeElement);
  const steps = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 };
  if (event.key in steps) buttons[(steps[event.key] + buttons.length) % buttons.length]?.focus();
  else if (event.key === "Tab") return close();
  else return undefined;
  return event.preventDefault();
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && open) { event.stopPropagation(); close(true); }
}, true);
document.addEventListener("pointerdown", (event) => {
  if (open && !open.menu.contains(event.target) && !open.anchor.contains(event.target)) close();
});
