// What whoever has no account sees, and how one signs in.
import assert from "node:assert/strict";
import { test } from "node:test";
import { checkPage } from "./check.mjs";
import { COUNCIL, PEOPLE, pageOf, signIn, world } from "./world.mjs";

// F22, F79
test("somebody with a reference number is told where their call stands, and nothing that tells whose it is", async () => {
  const page = await pageOf(null);
  await page.goto("/");
  await checkPage(page);
  await page.fill('[name="number"]', world.call.split("/").at(-1));
  await page.selectOption('[name="council"]', "E08900001");
  await page.click('main button[type="submit"]');
  const words = await page.innerText("main");
  assert.match(words, /The call has ended: the problem is resolved/);
  assert.doesNotMatch(words, /Alder|vehicle|nuisance|E0590|riverton-homes/i);
  await checkPage(page);
});

test("a number that is none is asked for again, with what was typed", async () => {
  const page = await pageOf(null);
  for (const [number, status] of [["2026-999999", 404], ["nonsense !", 400]]) {
    const response = await page.goto(`/track?council=E08900001&number=${encodeURIComponent(number)}`);
    assert.equal(response.status(), status);
    assert.equal(await page.inputValue('[name="number"]'), number);
    assert.equal(await page.locator(".govuk-error-summary a").count(), 1);
    await checkPage(page);
  }
});

test("what is published is there for everybody, and nothing else is", async () => {
  const page = await pageOf(null);
  await page.goto(`/${COUNCIL}/published`);
  await checkPage(page);
  for (const path of [`/${COUNCIL}`, `/${world.call}`, `/${COUNCIL}/calls`, "/accounts"]) {
    await page.goto(path);
    assert.equal(new URL(page.url()).pathname, "/sign-in", path);
    assert.equal(new URL(page.url()).searchParams.get("to"), path);
  }
});

test("signing in leads to where one wanted to go, and signing out ends it", async () => {
  const page = await pageOf(null);
  await page.goto(`/${COUNCIL}/calls`);
  await checkPage(page);
  await page.fill('[name="name"]', PEOPLE.coordinator);
  await page.fill('[name="password"]', world.password);
  await page.click('main button[type="submit"]');
  assert.equal(new URL(page.url()).pathname, `/${COUNCIL}/calls`);
  const [session] = (await page.context().cookies()).filter(({ name }) => name === "ccfa_session");
  assert.deepEqual([session.httpOnly, session.sameSite], [true, "Lax"]);
  await page.getByRole("button", { name: "Sign out" }).click();
  assert.equal(new URL(page.url()).pathname, "/");
  await page.goto(`/${COUNCIL}/calls`);
  assert.equal(new URL(page.url()).pathname, "/sign-in");
  await page.context().addCookies([session]);
  // It was ended, not only forgotten: within five seconds every process knows.
  const until = Date.now() + 10_000;
  do await page.goto(`/${COUNCIL}/calls`);
  while (new URL(page.url()).pathname !== "/sign-in" && Date.now() < until);
  assert.equal(new URL(page.url()).pathname, "/sign-in");
});

test("a wrong password is refused in words, without saying whether there is such a person", async () => {
  const page = await pageOf(null);
  const said = [];
  for (const name of [PEOPLE.coordinator, "nobody-of-that-name"]) {
    await page.goto("/sign-in");
    await page.fill('[name="name"]', name);
    await page.fill('[name="password"]', "not the password of anybody");
    await page.click('main button[type="submit"]');
    said.push(await page.innerText(".govuk-error-summary"));
    assert.match(await page.title(), /^Error: /);
    await checkPage(page);
  }
  assert.equal(said[0], said[1]);
});

test("no page is kept, framed, or runs what another site or a page's words may bring", async () => {
  const page = await pageOf(null);
  await signIn(page, "coordinator");
  const response = await page.goto(`/${world.call}`);
  const headers = response.headers();
  assert.equal(headers["cache-control"], "no-store");
  assert.match(headers["content-security-policy"], /default-src 'none'.*frame-ancestors 'none'/);
  assert.doesNotMatch(headers["content-security-policy"], /unsafe/);
  assert.equal(headers["x-content-type-options"], "nosniff");
});
