// Every kind of page that each kind of person can reach by links, and every form, is held to checkPage.
import assert from "node:assert/strict";
import { test } from "node:test";
import { checkPage } from "./check.mjs";
import { COUNCIL, PEOPLE, pageOf, world } from "./world.mjs";

// Everybody looks at a page of each kind; of all of them together another is looked at, which may have what the first
// lacks. A form is the same whoever looks at it.
const OF_A_KIND = 2;
const seenByAll = new Map();
const oneMore = (counts, kind) => counts.set(kind, (counts.get(kind) ?? 0) + 1);

// "councils/*/calls/*": what kind of page a path leads to.
function kindOf(pathname) {
  const parts = pathname.split("/").filter(Boolean);
  const command = parts.indexOf("do");
  return parts.map((part, at) => {
    const isId = at % 2 === 1 && (command < 0 || at < command) && part !== "new";
    return isId && !["calls", "teams", "wards"].includes(part) ? "*" : part;
  }).join("/").replace(/^councils\/\*$/, "councils/*");
}

async function linksOn(page) {
  const hrefs = await page.locator("a[href]").evaluateAll((links) => links.map((link) => link.href));
  return hrefs.map((href) => new URL(href)).filter(({ origin, pathname }) => origin === world.server.url && !pathname.startsWith("/assets/"))
    .map(({ pathname, search }) => pathname + search);
}

async function lookAround(who) {
  const page = await pageOf(who);
  const start = await world.server.ctl("--json", "calls", "show", world.call);
  const { problem, referral } = JSON.parse(start);
  const waiting = [`/${COUNCIL}`, `/${world.call}`, `/${problem}`, `/${referral}`, `/${referral}/pack`];
  const known = new Set(waiting);
  const seen = new Map();
  const wrong = [];
  while (waiting.length > 0) {
    const path = waiting.shift();
    const kind = kindOf(path.split("?")[0]);
    const enough = kind.includes("/do/") ? 1 : OF_A_KIND;
    if ((seen.has(kind) || enough === 1) && (seenByAll.get(kind) ?? 0) >= enough) continue;
    oneMore(seen, kind);
    oneMore(seenByAll, kind);
    const response = await page.goto(path);
    if (response.status() !== 200) wrong.push(`${response.status()}: a link led to ${path}`);
    await checkPage(page).catch((error) => wrong.push(error.message));
    for (const link of await linksOn(page)) {
      if (!known.has(link)) waiting.push(link);
      known.add(link);
    }
  }
  await page.context().close();
  assert.deepEqual(wrong, []);
  return seen;
}

for (const who of Object.keys(PEOPLE)) {
  test(`every kind of page that links lead the ${who} to`, { timeout: 120_000 }, async () => {
    const seen = await lookAround(who);
    for (const kind of ["calls", "calls/*", "problems/*", "wards/*", "teams/*", "referrals/*", "figures"])
      assert.ok(seen.has(`councils/*/${kind}`), `${kind} among ${[...seen.keys()].join(", ")}`);
  });
}

test("what somebody may not see is refused on a page of its own", async () => {
  const page = await pageOf("officer");
  for (const [path, status] of [[`/${COUNCIL}/calls/2026-999999`, 404], ["/councils/E07900001/calls", 403],
    [`/${COUNCIL}/nonsense`, 404], ["/councils/E08900001/admin", 403]]) {
    const response = await page.goto(path);
    assert.equal(response.status(), status, path);
    await checkPage(page);
  }
});
