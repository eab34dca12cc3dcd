// Those who have no mouse, a small screen, or want to see where.
import assert from "node:assert/strict";
import { test } from "node:test";
import { checkPage } from "./check.mjs";
import { COUNCIL, PEOPLE, PHONE, pageOf, world } from "./world.mjs";

const focused = (page) => page.evaluate(() => {
  const element = document.activeElement;
  return { name: element.getAttribute("name"), id: element.id, text: element.textContent.trim(), tag: element.tagName };
});

// Presses Tab until the focus is where it is wanted; so that everything on the way can be passed.
async function tabTo(page, wanted) {
  for (let pressed = 0; pressed < 100; ++pressed) {
    await page.keyboard.press("Tab");
    const at = await focused(page);
    if (wanted(at)) return at;
  }
  throw new Error(`${page.url()}: the keyboard does not lead there`);
}

// F80
test("by the keyboard alone one signs in, finds the calls, and is led to what is wrong in a form", async () => {
  const page = await pageOf(null);
  await page.goto(`/${COUNCIL}`);
  await page.keyboard.press("Tab");
  assert.match((await focused(page)).text, /Skip to main content/);
  await page.keyboard.press("Enter");
  assert.equal((await focused(page)).id, "main-content");
  await tabTo(page, ({ name }) => name === "name");
  await page.keyboard.type(PEOPLE.coordinator);
  await tabTo(page, ({ name }) => name === "password");
  await page.keyboard.type(world.password);
  await page.keyboard.press("Enter");
  await page.waitForURL(`**/${COUNCIL}`);
  await tabTo(page, ({ text, tag }) => tag === "A" && text === "Calls");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/calls");
  await tabTo(page, ({ text }) => text === "Log a call");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/calls/new");
  await tabTo(page, ({ tag, text }) => tag === "BUTTON" && text === "Log a call");
  await page.keyboard.press("Enter");
  await page.waitForSelector(".govuk-error-summary");
  assert.match(await page.evaluate(() => document.activeElement.className), /govuk-error-summary/,
    "the summary of what is wrong has the focus");
  await tabTo(page, ({ tag }) => tag === "A");
  await page.keyboard.press("Enter");
  assert.match((await focused(page)).name ?? "", /^details\./, "a link there leads to the field");
  await page.context().close();
});

test("a click on the map fills the form, Enter does, and what is typed moves the mark", async () => {
  const page = await pageOf("councillor");
  await page.goto(`/${COUNCIL}/calls/new`);
  await page.waitForSelector(".app-map .leaflet-interactive");
  const lat = page.locator('[name="details.place.point.lat"]');
  const lon = page.locator('[name="details.place.point.lon"]');
  await page.locator(".app-map").click({ position: { x: 200, y: 150 } });
  const clicked = [await lat.inputValue(), await lon.inputValue()];
  assert.match(clicked.join(), /^52\.\d{6},\d\.\d{6}$/);
  await page.locator(".app-map").focus();
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  assert.notEqual(await lat.inputValue(), clicked[0]);
  assert.match(await page.innerText('[role="status"]:near(.app-map)'), /Point set/);
  await lat.fill("52.631314");
  await lon.fill("2.170547");
  await lon.press("Tab");
  assert.equal(await page.locator(".app-map__point--picked").count(), 1);
  await checkPage(page);
  await page.context().close();
});

// F8
test("who is about to log what was called about is shown that first, and decides", async () => {
  const [lat, lon] = ["52.64", "2.18"];
  await world.server.ctl("calls", "log", "--council", "E08900001", "--category", "quad-bikes", "--summary",
    "Quad bikes on the common", "--source", "phone", "--lat", lat, "--lon", lon);
  const page = await pageOf("councillor");
  await page.goto(`/${COUNCIL}/calls/new`);
  assert.ok(await page.locator('datalist option[value="quad-bikes"]').count(), "the category is offered");
  for (const [name, value] of Object.entries({ category: "quad-bikes", summary: "Bikes by the school", "place.point.lat": lat,
    "place.point.lon": lon })) await page.locator(`[name="details.${name}"]`).fill(value);
  await page.locator('[name="details.source"]').selectOption("SOURCE_SURGERY");
  await page.getByRole("button", { name: "Log a call" }).click();
  await page.getByText("Look first").waitFor();
  assert.equal(await page.getByRole("row", { name: "Quad bikes on the common" }).count(), 1);
  assert.equal(await page.locator('[name="details.summary"]').inputValue(), "Bikes by the school");
  await page.waitForSelector(".app-map__point--picked");
  await checkPage(page);
  await page.getByRole("button", { name: "Log it as a new call" }).click();
  await page.locator(".govuk-notification-banner--success").waitFor();
  await page.context().close();
});

test("a page says that what it shows has changed, and its reader decides when to look", async () => {
  const page = await pageOf("coordinator");
  const opened = page.waitForResponse((response) => response.url().endsWith("/live"));
  await page.goto(`/${COUNCIL}/calls`);
  await opened;
  await world.server.ctl("calls", "log", "--council", "E08900001", "--category", "noise", "--summary", "Drums at night",
    "--source", "phone");
  await page.getByText("Something on this page has changed").waitFor();
  await checkPage(page);
  await page.getByRole("link", { name: "Refresh" }).click();
  assert.equal(new URL(page.url()).pathname, `/${COUNCIL}/calls`);
  await page.context().close();
});

// F80
test("on a phone everything is there, one below the other", async () => {
  const page = await pageOf("coordinator", { viewport: PHONE });
  for (const path of [`/${COUNCIL}`, `/${COUNCIL}/calls`, `/${world.call}`, `/${COUNCIL}/figures`]) {
    await page.goto(path);
    const wide = await page.evaluate(() => document.scrollingElement.scrollWidth);
    assert.ok(wide <= PHONE.width, `${path} is ${wide} wide`);
    const small = await page.locator("main a:visible, main button:visible").evaluateAll((elements) =>
      elements.filter((element) => element.getBoundingClientRect().height < 16).map((element) => element.outerHTML));
    assert.deepEqual(small, [], path);
  }
  await page.context().close();
});
