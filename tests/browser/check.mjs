// What every page is held to: WCAG 2.2 AA as far as axe-core can tell, valid HTML, no complaint in the browser's
// console, nothing asked of another site, and no scrolling sideways on a phone.
import assert from "node:assert/strict";
import axe from "axe-core";
import { FileSystemConfigLoader, HtmlValidate } from "html-validate";

const STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const htmlValidate = new HtmlValidate(new FileSystemConfigLoader());
const records = new WeakMap();

// Notes from now on what goes wrong on a page.
export async function watch(page, origin) {
  const record = { wrong: [], html: "" };
  records.set(page, record);
  page.on("console", (message) => {
    // A status that is no success is what some pages are about.
    const ofStatus = /Failed to load resource: the server responded with a status/.test(message.text());
    if (message.type() === "error" && !ofStatus) record.wrong.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => record.wrong.push(`script: ${error}`));
  page.on("response", async (response) => {
    // A page is whole without its news.
    const isPart = !["document", "eventsource"].includes(response.request().resourceType());
    if (isPart && response.status() >= 400)
      record.wrong.push(`${response.status()} ${response.url()}`);
  });
  await page.context().route((url) => url.origin !== origin, (route) => {
    if (new URL(route.request().url()).protocol.startsWith("http"))
      record.wrong.push(`asked of another site: ${route.request().url()}`);
    return route.abort();
  });
}

// Points of a map may lie on one another: the list beside it leads to the same (2.5.8, equivalent).
const hasItsEquivalent = (id, node) => id === "target-size" && node.html.includes("leaflet-marker-icon");

async function axeOn(page) {
  await page.waitForFunction(() => document.querySelector(".app-map:not(.leaflet-container)") === null);
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(
    (values) => globalThis.axe.run(document, { runOnly: { type: "tag", values } }), STANDARDS);
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.filter((node) => !hasItsEquivalent(id, node)).map((node) => `axe ${id}: ${help}: ${node.html.slice(0, 160)}`));
}

// The bytes that were sent; what the browser made of them may be mended.
async function validate(page) {
  const response = await page.request.get(page.url());
  const report = await htmlValidate.validateString(await response.text(), new URL("./page.html", import.meta.url).pathname);
  return report.results.flatMap(({ messages }) =>
    messages.map(({ ruleId, message, line, column }) => `html ${ruleId} at ${line}:${column}: ${message}`));
}

async function tooWide(page, width) {
  const before = page.viewportSize();
  await page.setViewportSize({ width, height: before.height });
  const wide = await page.evaluate(() => document.scrollingElement.scrollWidth);
  await page.setViewportSize(before);
  return wide > width ? [`at ${width} px it is ${wide} wide`] : [];
}

const PHONE_WIDTH = 360;

export async function checkPage(page) {
  const record = records.get(page);
  await page.waitForLoadState();
  const wrong = [...await axeOn(page), ...await validate(page), ...await tooWide(page, PHONE_WIDTH)];
  wrong.push(...record.wrong.splice(0));
  assert.deepEqual(wrong, [], `${page.url()} (${await page.title()})`);
  assert.equal(await page.locator("h1").count(), 1, `${page.url()} has one h1`);
}

// Pages without scripts cannot be judged by one that is run in them.
export async function checkPlainPage(page) {
  const wrong = [...records.get(page).wrong, ...await validate(page)];
  assert.deepEqual(wrong, [], page.url());
}
