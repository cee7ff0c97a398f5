// Looks at the page as somebody with a screen reader or weak eyes would: names, labels, landmarks, contrast.

/** Runs inside the page; returns what is wrong, in words. */
export function readableFaults() {
  const found = [];
  const shown = (node) => node.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && node.getClientRects().length > 0;
  const named = (node) => {
    const by = node.getAttribute("aria-labelledby");
    const label = node.getAttribute("aria-label") || (by && document.getElementById(by)?.textContent) || node.labels?.[0]?.textContent;
    return Boolean((label || node.textContent || node.getAttribute("alt") || "").trim());
  };
  for (const node of document.querySelectorAll("button, a[href], input:not([hidden]), textarea, [role=log], [role=menu], nav, section, aside, dialog")) {
    const needs = !node.matches("nav, section, aside, dialog") || node.hasAttribute("aria-label") || node.hasAttribute("aria-labelledby");
    if (!needs || !named(node)) found.push(`<${node.localName} class="${node.className}"> has no name`);
  }
  for (const image of document.querySelectorAll("img:not([alt])")) found.push(`the picture ${image.src} has no alt`);
  const ids = [...document.querySelectorAll("[id]")].map((node) => node.id);
  for (const id of new Set(ids.filter((id, at) => ids.indexOf(id) !== at))) found.push(`two elements are called ${id}`);
  for (const one of ["main", "h1", "[aria-live=polite]"]) if (document.querySelectorAll(one).length !== 1) found.push(`there is not exactly one ${one}`);
  if (!document.documentElement.lang) found.push("the page has no language");

  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const paint = (color, under) => {
    canvas.fillStyle = `rgb(${under.join(" ")})`;
    canvas.fillRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data.slice(0, 3)];
  };
  const back = (node) => {
    if (!node) return [255, 255, 255];
    const style = getComputedStyle(node);
    const under = back(node.parentElement);
    const gradient = /gradient\(.*?(rgba?\([^)]*\)|color\([^)]*\))/.exec(style.backgroundImage)?.[1];
    return paint(gradient ?? style.backgroundColor, under);
  };
  const light = (color) => {
    const [r, g, b] = color.map((part) => part / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const weak = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    const node = text.parentElement;
    if (!text.data.trim() || node.closest(".unseen, noscript, script, [disabled], .toast, .skip") || !shown(node)) continue;
    const under = back(node);
    const [one, two] = [light(paint(getComputedStyle(node).color, under)), light(under)].sort((a, b) => b - a);
    const ratio = (one + 0.05) / (two + 0.05);
    const large = parseFloat(getComputedStyle(node).fontSize) >= 24;
    if (ratio < (large ? 3 : 4.5) - 0.05) weak.add(`«${text.data.trim().slice(0, 24)}» (${node.className || node.localName}) has a contrast of ${ratio.toFixed(1)}`);
  }
  return [...found, ...weak];
}
