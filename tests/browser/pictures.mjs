// Takes the pictures of README.md from a freshly started playground.
//
//     node tests/browser/pictures.mjs http://127.0.0.1:PORT/ docs/pictures
//     pngquant --ext .png --force --strip docs/pictures/*.png
//
// The newcomer opens a school's link and stops at the summary, so that the phones show what the bot is for.

import { chromium } from "playwright-core";

const [, , address, folder] = process.argv;
if (!address || !folder) {
  console.error("Usage: node pictures.mjs ADDRESS_OF_THE_PLAYGROUND DIRECTORY");
  process.exit(2);
}
const BROWSER = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const STEPS = ["Даю согласие", "Да, верно", "Учитель", "Математика", /^20\d\d$/, "Пропустить"];

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: BROWSER, chromiumSandbox: false });

async function open(options) {
  const context = await browser.newContext({ locale: "ru-RU", ...options });
  const page = await context.newPage();
  await page.goto(address);
  await page.waitForSelector("section.person .msg");
  return page;
}

async function take(page, name) {
  await page.mouse.move(0, 0);
  await page.waitForTimeout(2000); // flashes of fresh messages fade
  await page.screenshot({ path: `${folder}/${name}.png` });
}

try {
  const page = await open({ viewport: { width: 1280, height: 800 }, colorScheme: "light" });
  const newcomer = page.locator("section.person").nth(1);
  await newcomer.locator("[data-act=invite]").click();
  for (const label of STEPS) {
    const key = newcomer.locator(".msg:has(.keys)").last().getByRole("button", { name: label, exact: true }).first();
    await key.click();
    await key.waitFor({ state: "detached" });
  }
  await newcomer.getByRole("button", { name: "Всё верно" }).waitFor();
  const mentor = page.locator("section.person").nth(2);
  await mentor.getByRole("button", { name: "Мой профиль" }).click();
  await mentor.getByRole("button", { name: "Исправить" }).waitFor();
  await page.evaluate(() => document.activeElement?.blur());
  await take(page, "playground-light");
  await page.locator("#theme").click();
  await page.evaluate(() => document.activeElement?.blur());
  await take(page, "playground-dark");
  await take(await open({ viewport: { width: 390, height: 780 }, hasTouch: true, isMobile: true, deviceScaleFactor: 1.5, colorScheme: "light" }), "phone");
} finally {
  await browser.close();
}
