// Pictures of the console for the documentation, into docs/screenshots, where CCFA_SCREENSHOTS is set.
import { mkdir } from "node:fs/promises";
import { test } from "node:test";
import { COUNCIL, PHONE, pageOf, world } from "./world.mjs";

const FOLDER = new URL("../../docs/screenshots/", import.meta.url).pathname;
const skip = !process.env.CCFA_SCREENSHOTS;

async function take(name, who, path, { viewport, ready = "h1" } = {}) {
  const page = await pageOf(who, viewport ? { viewport } : {});
  await page.goto(path);
  await page.waitForSelector(ready);
  await page.screenshot({ path: `${FOLDER}${name}.png` });
  await page.context().close();
}

test("pictures are taken", { skip }, async () => {
  await mkdir(FOLDER, { recursive: true });
  const story = JSON.parse(await world.server.ctl("--json", "calls", "show", world.call));
  const number = world.call.split("/").at(-1);
  await take("start", null, "/");
  await take("where-a-call-stands", null, `/track?council=E08900001&number=${number}`);
  await take("what-to-do", "coordinator", `/${COUNCIL}`);
  await take("log-a-call", "councillor", `/${COUNCIL}/calls/new`, { ready: ".app-map .leaflet-interactive" });
  await take("a-call", "councillor", `/${world.call}`);
  await take("a-call-on-a-phone", "councillor", `/${world.call}`, { viewport: PHONE });
  await take("a-ward", "councillor", `/${COUNCIL}/wards/E05900011`);
  await take("the-board-of-a-team", "coordinator", `/${story.team}`);
  await take("a-problem", "coordinator", `/${story.problem}`);
  await take("scrutiny", "scrutiny", `/${story.referral}`);
  await take("figures", "analyst", `/${COUNCIL}/figures`, { ready: ".app-chart svg" });
});
