// What all tests share: one server, one browser, and who has signed in.
import { execFileSync } from "node:child_process";
import { chromium } from "playwright-core";
import { startServer } from "./server.mjs";
import { watch } from "./check.mjs";

export const COUNCIL = "councils/E08900001";
export const PEOPLE = {
  councillor: "e05900011-1",
  coordinator: "lee",
  analyst: "wu",
  scrutiny: "hart",
  officer: "quill",
  administrator: "demo",
};
export const DESKTOP = { width: 1000, height: 800 };
export const PHONE = { width: 360, height: 740 };

export const world = { server: null, browser: null, password: "", call: "", sessions: new Map() };

export async function open() {
  const executablePath = execFileSync("sh", ["-c", "command -v chromium"], { encoding: "utf8" }).trim();
  [world.server, world.browser] = await Promise.all([
    startServer(),
    // Chromium's own sandbox does not work for root.
    chromium.launch({ executablePath, chromiumSandbox: process.getuid() !== 0 }),
  ]);
  Object.assign(world, await world.server.load());
}

export async function close() {
  await world.browser?.close();
  await world.server?.stop();
}

// A page of somebody's, signed in where `who` is one of PEOPLE; whatever goes wrong on it is kept for checkPage.
export async function pageOf(who, { javaScript = true, viewport = DESKTOP } = {}) {
  const context = await world.browser.newContext({
    baseURL: world.server.url,
    javaScriptEnabled: javaScript,
    viewport,
    locale: "en-GB",
    timezoneId: "Europe/London",
    reducedMotion: "reduce",
    storageState: who ? await sessionOf(who) : undefined,
  });
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  await watch(page, world.server.url);
  return page;
}

export async function signIn(page, who) {
  await page.goto("/sign-in");
  await page.fill('[name="name"]', PEOPLE[who]);
  await page.fill('[name="password"]', world.password);
  await page.click('main button[type="submit"]');
}

async function sessionOf(who) {
  if (!world.sessions.has(who)) {
    const page = await pageOf(null);
    await signIn(page, who);
    world.sessions.set(who, await page.context().storageState());
    await page.context().close();
  }
  return world.sessions.get(who);
}
