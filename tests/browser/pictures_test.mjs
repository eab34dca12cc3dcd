// Pictures of the console for the documentation, into docs/screenshots, where CCFA_SCREENSHOTS is set.
import { mkdir } from "node:fs/promises";
import { test } from "node:test";
import { COUNCIL, PHONE, pageOf, world } from "./world.mjs";

const WARD = `${COUNCIL}/wards/E05900011`;
const FOLDER = new URL("../../docs/screenshots/", import.meta.url).pathname;
const skip = !process.env.CCFA_SCREENSHOTS;

async function take(name, who, path, { viewport, ready = "h1" } = {}) {
  const page = await pageOf(who, viewport ? { viewport } : {});
  await page.goto(path);
  await page.waitForSelector(ready);
  await page.screenshot({ path: `${FOLDER}${name}.png` });
  await page.context().close();
}

// A ward's team has something to do: some problems wait, others are in hand.
async function workIn(ward) {
  const { ctl } = world.server;
  const listed = await ctl("--json", "calls", "list", "--council", "E08900001", "--ward", ward.split("/").at(-1));
  const calls = listed.trim().split("\n").map((line) => JSON.parse(line)).filter(({ state }) => state.endsWith("LOGGED"));
  for (const { name } of calls.slice(0, 8)) {
    await ctl("calls", "standing", name, "--standing", "lives-in-ward");
    await ctl("calls", "accept", name, "--reason", "It persists", "--services", "police", "--services", "Riverton Homes");
  }
  await ctl("settle");
  for (const { name } of calls.slice(0, 4)) {
    const { problem } = JSON.parse(await ctl("--json", "calls", "show", name));
    await ctl("problems", "take-up", problem);
  }
}

test("pictures are taken", { skip }, async () => {
  await mkdir(FOLDER, { recursive: true });
  await workIn(WARD);
  const story = JSON.parse(await world.server.ctl("--json", "calls", "show", world.call));
  const number = world.call.split("/").at(-1);
  await take("start", null, "/");
  await take("where-a-call-stands", null, `/track?council=E08900001&number=${number}`);
  await take("what-to-do", "coordinator", `/${COUNCIL}`);
  await take("log-a-call", "councillor", `/${COUNCIL}/calls/new`, { ready: ".app-map .leaflet-interactive" });
  await take("a-call", "councillor", `/${world.call}`);
  await take("a-call-on-a-phone", "councillor", `/${world.call}`, { viewport: PHONE });
  await take("a-ward", "councillor", `/${WARD}`);
  await take("the-board-of-a-team", "coordinator", `/${story.team}`);
  await take("a-problem", "coordinator", `/${story.problem}`);
  await take("scrutiny", "scrutiny", `/${story.referral}`);
  await take("figures", "analyst", `/${COUNCIL}/figures`, { ready: "svg.app-chart" });
});
