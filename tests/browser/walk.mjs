// A walk through the playground with a real browser, as a person would do it.
//
//     npm ci --prefix tests/browser            (once)
//     node tests/browser/walk.mjs http://127.0.0.1:PORT/ DIRECTORY_FOR_PICTURES
//
// The caller starts the playground. CHROMIUM names the browser if it is not /usr/bin/chromium. Each step is a plain
// sentence; the first that does not hold ends the walk with code 1. What the bot says may change: the walk knows it
// only through the table below.

import { mkdirSync } from "node:fs";
import { chromium } from "playwright-core";
import { readableFaults } from "./readable.mjs";

/** What the walk knows of the bot. */
const BOT = {
  /** A registration by a school's link: one press each, nothing typed. */
  registration: [/^Даю согласие$/, /^Да, верно$/, /^Учитель$/, /^Математика$/, /^20\d\d$/, /^Пропустить$/, /^Всё верно$/],
  /** What a registered person reads and can press. */
  registered: { text: /Вы зарегистрированы/, button: /^На главную$/ },
  /** A questionnaire: what leads on, and what stands under its result. */
  questionnaire: { open: /^Продолжить анкету$/, answer: /^Иногда$/, onward: /^Продолжить$/, done: /^Спрятать$/, most: 20 },
};
const PATIENCE = 20_000;
const BROWSER = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

const [, , address, pictures] = process.argv;
if (!address || !pictures) {
  console.error("Usage: node walk.mjs ADDRESS_OF_THE_PLAYGROUND DIRECTORY_FOR_PICTURES");
  process.exit(2);
}
mkdirSync(pictures, { recursive: true });
const origin = new URL(address).origin;
const wrong = [];
let number = 0;

class Broken extends Error {}
const must = (holds, sentence) => { if (!holds) throw new Broken(sentence); };

/** Waits until `look` gives something true. */
async function until(look, sentence, patience = PATIENCE) {
  const end = Date.now() + patience;
  for (;;) {
    const found = await look();
    if (found) return found;
    must(Date.now() < end, sentence);
    await new Promise((go) => { setTimeout(go, 60); });
  }
}

async function open(browser, options) {
  const context = await browser.newContext({ locale: "ru-RU", ...options });
  const page = await context.newPage();
  page.on("console", (message) => { if (["error", "warning"].includes(message.type())) wrong.push(`The console says: ${message.text()}`); });
  page.on("pageerror", (error) => wrong.push(`A script failed: ${error.message}`));
  page.on("request", (request) => { if (!request.url().startsWith(`${origin}/`) && !request.url().startsWith("data:")) wrong.push(`A request left the page: ${request.url()}`); });
  page.on("response", (response) => { if (response.status() >= 400) wrong.push(`${response.status()} for ${response.url()}`); });
  await page.goto(address);
  await page.waitForSelector("section.person", { timeout: PATIENCE });
  return page;
}

const picture = async (page, name) => {
  await page.waitForTimeout(600); // animations come to rest
  await page.screenshot({ path: `${pictures}/${String(++number).padStart(2, "0")}-${name}.png` });
};
const talk = (page, phone) => page.locator(`#phone-${phone} .talk`);
const words = (page, phone) => talk(page, phone).innerText();
const phones = (page) => page.locator("section.person").evaluateAll((nodes) => nodes.map((node) => Number(node.dataset.phone)));

/** The buttons of the newest message that has some: {label, at}. */
async function buttons(page, phone) {
  const keys = page.locator(`#phone-${phone} .msg:has(.keys)`).last().locator("button.key");
  const labels = await keys.allInnerTexts();
  return labels.map((label, at) => ({ label: label.trim().replace(/\s+/gu, " "), press: () => keys.nth(at).click() }));
}

async function type(page, phone, text) {
  const field = page.locator(`#phone-${phone} textarea`);
  await field.fill(text);
  await field.press("Enter");
}

const still = (page, phone) => until(async () => (await page.locator(`#phone-${phone} .key[aria-busy]`).count()) === 0, "A button went on spinning.");

const STEPS = {
  "The page opens with four phones and names above them": async (page) => {
    must((await phones(page)).length >= 4, "There are fewer than four phones.");
    must((await page.locator("h1").innerText()).trim().length > 3, "The district has no name.");
    for (const name of await page.locator("section.person h2").allInnerTexts()) must(name.trim().includes(" "), `A phone is called only "${name}".`);
    for (const width of [1280, 1440]) {
      await page.setViewportSize({ width, height: 820 });
      const edge = await page.locator("section.person").nth(3).evaluate((node) => node.getBoundingClientRect().right);
      must(edge <= width, `The fourth phone does not fit at ${width} px.`);
    }
  },

  "Something is alive before anybody touches a phone": async (page) => {
    await until(async () => (await page.locator(".msg[data-from=bot]").count()) > 0, "No phone shows a message of the bot.");
    await picture(page, "start");
  },

  "Somebody presses a button and the screen changes": async (page) => {
    const phone = await firstWithButtons(page);
    const before = await words(page, phone);
    const [chosen] = await buttons(page, phone);
    await chosen.press();
    await until(async () => (await words(page, phone)) !== before, `Nothing changed after «${chosen.label}».`);
    await still(page, phone);
    await picture(page, "pressed");
  },

  "Somebody types, and the bot answers": async (page) => {
    const [phone] = await phones(page);
    const own = page.locator(`#phone-${phone} .msg.own`);
    const said = page.locator(`#phone-${phone} .msg[data-from=bot]`);
    const count = await own.count();
    const last = await said.last().getAttribute("data-id").catch(() => null);
    await type(page, phone, "/menu");
    await until(async () => (await own.count()) === count + 1, "The text does not stand in the talk.");
    await until(async () => (await said.last().getAttribute("data-id").catch(() => null)) !== last, "The bot did not answer a text.");
    await until(async () => (await own.last().locator(".ticks").getAttribute("aria-label")) === "прочитано", "The message kept one tick.");
    must((await page.locator(`#phone-${phone} textarea`).inputValue()) === "", "The field was not emptied.");
  },

  "A sticker, a voice message and HTML are answered too": async (page) => {
    const [phone] = await phones(page);
    const said = page.locator(`#phone-${phone} .msg[data-from=bot]`);
    for (const sent of ["Стикер", "Голосовое"]) {
      const last = await said.last().getAttribute("data-id");
      await page.locator(`#phone-${phone} .attach`).click();
      await page.getByRole("menuitem", { name: sent }).click();
      await until(async () => (await said.last().getAttribute("data-id")) !== last, `No answer to: ${sent}.`);
    }
    await type(page, phone, "<img src=x onerror=alert(1)><b>жирно</b>");
    await until(async () => (await words(page, phone)).includes("<b>жирно</b>"), "A person's HTML is not shown as they typed it.");
    must((await talk(page, phone).locator("img[src=x]").count()) === 0, "A person's HTML became a picture.");
  },

  "A picture is sent, opens and closes": async (page) => {
    const [phone] = await phones(page);
    await page.locator(`#phone-${phone} .attach`).click();
    await page.getByRole("menuitem", { name: "Фото" }).click();
    await page.locator(`#phone-${phone} .msg.own .photo`).last().click({ timeout: PATIENCE });
    must(await page.locator("#picture").evaluate((dialog) => dialog.open), "The picture did not open.");
    await page.locator("#picture button").click();
    must(await page.locator("#picture").evaluate((dialog) => !dialog.open), "The picture did not close.");
  },

  "The teacher goes on with the questionnaire, to its result": async (page) => {
    const [phone] = await phones(page);
    const { open, answer, onward, done, most } = BOT.questionnaire;
    for (let step = 0; step < most; step += 1) {
      await still(page, phone);
      const all = await buttons(page, phone);
      if (all.some(({ label }) => done.test(label))) {
        await picture(page, "result");
        return;
      }
      const next = [answer, onward, open].map((wanted) => all.find(({ label }) => wanted.test(label))).find(Boolean);
      must(next, `The questionnaire stands still at: ${all.map(({ label }) => label).join(", ")}`);
      const before = await words(page, phone);
      await next.press();
      await until(async () => (await words(page, phone)) !== before, `Nothing changed after «${next.label}».`);
    }
    throw new Broken(`The questionnaire is not over after ${most} presses.`);
  },

  "The newcomer on the table registers by a school's link": async (page) => {
    const phone = await page.locator("section.person:has([data-act=invite])").first().getAttribute("data-phone");
    await registerByLink(page, phone);
  },

  "A phone is added and registers too": async (page) => {
    const before = await phones(page);
    await page.locator("#add").click();
    const phone = await until(async () => (await phones(page)).find((id) => !before.includes(id)), "No phone was added.");
    await picture(page, "added");
    await registerByLink(page, phone);
    await picture(page, "registered");
  },

  "The clock goes forward": async (page) => {
    const moment = () => page.locator("#now").getAttribute("datetime").then((text) => Date.parse(text));
    const start = await moment();
    await page.locator("[data-clock=hour]").click();
    await until(async () => (await moment()) - start >= 3_600_000, "An hour did not pass.");
    await page.locator("[data-clock=day]").click();
    await until(async () => (await moment()) - start >= 90_000_000, "A day did not pass.");
    await until(async () => (await page.locator("[data-clock][aria-busy]").count()) === 0, "The clock never came to rest.");
    if (await page.locator("[data-clock=next]").isEnabled()) {
      const late = await moment();
      await page.locator("[data-clock=next]").click();
      await until(async () => (await page.locator("[data-clock][aria-busy]").count()) === 0 && (await moment()) >= late, "The next job never came.");
    }
  },

  "Telegram goes away and comes back, and nothing is lost": async (page) => {
    const phone = await firstWithButtons(page);
    await page.locator("#open-drawer").click();
    await page.getByRole("switch", { name: "Не отвечает" }).click();
    await until(() => page.locator("#open-drawer.on").count(), "The page does not say that Telegram is away.");
    await picture(page, "fault");
    await page.locator("#close-drawer").click();
    const said = page.locator(`#phone-${phone} .msg[data-from=bot]`);
    const last = await said.last().getAttribute("data-id");
    await type(page, phone, "/menu");
    await page.waitForTimeout(1500);
    must((await said.last().getAttribute("data-id")) === last, "The bot answered though Telegram was away.");
    await page.locator("#open-drawer").click();
    await page.getByRole("switch", { name: "Не отвечает" }).click();
    await until(async () => (await page.locator("#open-drawer.on").count()) === 0, "The fault stayed on.");
    await page.keyboard.press("Escape");
    await until(async () => (await said.last().getAttribute("data-id")) !== last, "What was written while Telegram was away got lost.", 90_000);
  },

  "A person blocks the bot and comes back": async (page) => {
    const phone = (await phones(page)).at(-1);
    await page.locator(`#phone-${phone} .chat-bar .icon`).click();
    await page.getByRole("menuitem").click();
    const back = page.locator(`#phone-${phone} [data-act=restart]`);
    await back.waitFor({ timeout: PATIENCE });
    await back.click();
    await page.locator(`#phone-${phone} textarea`).waitFor({ timeout: PATIENCE });
  },

  "The talks can be saved": async (page) => {
    await page.locator("#open-drawer").click();
    for (const kind of ["html", "txt"]) {
      const [saved] = await Promise.all([page.waitForEvent("download", { timeout: PATIENCE }), page.locator(`#save-${kind}`).click()]);
      must(saved.suggestedFilename().endsWith(`.${kind}`), `The transcript is called ${saved.suggestedFilename()}.`);
      await saved.saveAs(`${pictures}/transcript.${kind}`);
    }
    await page.keyboard.press("Escape");
  },

  "The keyboard alone is enough": async (page) => {
    const phone = await firstWithButtons(page);
    const before = await words(page, phone);
    await page.locator(`#phone-${phone} .msg:has(.keys)`).last().locator("button.key").first().focus();
    await page.keyboard.press("Enter");
    await until(async () => (await words(page, phone)) !== before, "Enter on a button did nothing.");
    await still(page, phone);
    must(await page.evaluate((id) => document.querySelector(`#phone-${id}`).contains(document.activeElement), phone), "After an edit the focus left the phone.");
    await page.locator(`#phone-${phone} .commands`).focus();
    await page.keyboard.press("Enter");
    await page.locator(".pop").waitFor({ timeout: PATIENCE });
    await page.keyboard.press("Escape");
    must((await page.locator(".pop").count()) === 0, "Escape does not close the menu.");
  },

  "Everything has a name and can be read, light and dark, in both languages": async (page) => {
    for (const theme of ["light", "dark"]) {
      if ((await page.locator("html").getAttribute("data-theme")) !== theme) await page.locator("#theme").click();
      must((await page.locator("html").getAttribute("data-theme")) === theme, `The page did not become ${theme}.`);
      await page.waitForTimeout(2000);
      const found = await page.evaluate(readableFaults);
      must(found.length === 0, `In the ${theme} theme: ${found.slice(0, 6).join("; ")}.`);
    }
    await picture(page, "dark");
    await page.locator("#language").click();
    must((await page.locator("html").getAttribute("lang")) === "en" && /hour/.test(await page.locator("[data-clock=hour]").innerText()), "English did not come.");
    await page.locator("#language").click();
  },
};

async function firstWithButtons(page) {
  return until(async () => {
    for (const phone of await phones(page)) if ((await buttons(page, phone)).length) return phone;
    return null;
  }, "No phone shows a button to press.");
}

/** Opens the school's link and presses what the table above names; a step that is not there ends the walk. */
async function registerByLink(page, phone) {
  await page.locator(`#phone-${phone} [data-act=invite]`).click();
  const screen = () => page.locator(`#phone-${phone} .msg[data-from=bot]`).last().innerText();
  for (const wanted of BOT.registration) {
    const key = await until(async () => (await buttons(page, phone)).find(({ label }) => wanted.test(label)), `No button ${wanted} at: ${await screen().catch(() => "an empty talk")}`);
    await key.press();
    await still(page, phone);
  }
  const { text, button } = BOT.registered;
  await until(async () => text.test(await screen()) && (await buttons(page, phone)).some(({ label }) => button.test(label)), "The registration does not end at home.");
}

async function narrow(browser) {
  const page = await open(browser, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2, colorScheme: "dark" });
  await until(async () => (await page.locator(".msg").count()) > 0, "The narrow page stays empty.");
  must((await page.locator("html").getAttribute("data-theme")) === "dark", "The page does not follow the system's dark mode.");
  const [inner, scroll] = await page.evaluate(() => [innerWidth, document.documentElement.scrollWidth]);
  must(scroll <= inner, `At 390 px the page is ${scroll} px wide.`);
  must(await page.locator("h1").evaluate((node) => node.scrollWidth <= node.clientWidth + 1), "At 390 px the district's name is cut.");
  const cut = () => page.locator("section.person").first().locator(".talk").evaluate((talk) => talk.scrollHeight - talk.scrollTop - talk.clientHeight);
  await until(async () => (await cut()) < 2, "At 390 px the talk does not stand at its end.", 3000);
  await picture(page, "narrow");
  await page.locator("#people button").nth(1).click();
  const second = page.locator("section.person").nth(1);
  await until(() => second.evaluate((node) => Math.abs(node.getBoundingClientRect().left) < 2), "The row of people does not bring the second phone.");
  await page.locator("#open-drawer").click();
  must(await page.locator("[data-clock=day]").isVisible(), "The clock cannot be reached on a narrow window.");
  await picture(page, "narrow-drawer");
}

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: BROWSER, chromiumSandbox: false });
let doing = "The browser starts";
try {
  const page = await open(browser, { viewport: { width: 1440, height: 900 }, colorScheme: "light", acceptDownloads: true });
  for (const [sentence, step] of Object.entries(STEPS)) {
    doing = sentence;
    await step(page);
    must(wrong.length === 0, wrong[0]);
    console.log(`ok  ${sentence}`);
  }
  doing = "It works on a phone's width";
  await narrow(browser);
  must(wrong.length === 0, wrong[0]);
  console.log(`ok  ${doing}`);
} catch (problem) {
  console.error(`NOT ok  ${doing}\n        ${problem instanceof Broken ? problem.message : problem.stack}`);
  process.exitCode = 1;
} finally {
  await browser.close();
}
