// One call's whole road through the console, by the kinds of people who take it: without a script in the browser, since
// whatever can be done can be done by plain forms; and, where it is loaded as road_test.mjs?scripts, with them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { checkPlainPage } from "./check.mjs";
import { COUNCIL, PEOPLE, pageOf, world } from "./world.mjs";

const javaScript = import.meta.url.endsWith("?scripts");
// A second call of a kind would bring the first one's problem back, and a day has one meeting.
const [category, meetingInDays] = javaScript ? ["graffiti", 28] : ["noise", 21];
const people = {};
for (const who of Object.keys(PEOPLE)) people[who] = await pageOf(who, { javaScript });
const road = { call: "", problem: "", action: "", referral: "", recommendation: "" };

const inDays = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

// Fills what is there by the fields' names: a text, a choice, or one of several buttons.
async function fill(page, fields) {
  for (const [name, value] of Object.entries(fields)) {
    const input = page.locator(`[name="${name}"]`);
    const kind = await input.first().evaluate((element) => element.type);
    if (kind === "select-one") await input.selectOption(value);
    else if (kind === "radio") await page.locator(`[name="${name}"][value="${value}"]`).check();
    else await input.fill(value);
  }
}

async function send(page) {
  await checkPlainPage(page);
  await page.locator("#main-content form").getByRole("button").click();
}

// Somebody gives a command where it is offered to them, and is told that it is done.
async function give(who, thing, title, fields = {}) {
  const page = people[who];
  await page.goto(`/${thing}`);
  await page.getByRole("link", { name: title, exact: true }).click();
  await fill(page, fields);
  await send(page);
  assert.equal(await page.locator(".govuk-notification-banner--success").count(), 1,
    `${title}: ${await page.innerText("main")}`);
  await checkPlainPage(page);
  return decodeURI(new URL(page.url()).pathname).slice(1);
}

// What stands beside a word on somebody's page of a thing.
async function told(who, thing, word) {
  const page = people[who];
  await page.goto(`/${thing}`);
  const value = page.locator(".govuk-summary-list__row", { has: page.getByText(word, { exact: true }) }).first();
  return value.locator("dd");
}

async function linkOf(who, thing, word) {
  return (await (await told(who, thing, word)).locator("a").getAttribute("href")).slice(1);
}

test("a councillor logs a call, and is told what is missing first", async () => {
  const page = people.councillor;
  await page.goto(`/${COUNCIL}/calls/new`);
  const words = { "details.summary": "Quad bikes on the common behind the school every weekend" };
  await fill(page, words);
  await send(page);
  assert.ok(await page.locator(".govuk-error-summary").count() > 0, "the form is refused");
  assert.equal(await page.inputValue('[name="details.summary"]'), words["details.summary"], "what was typed is kept");
  await fill(page, {
    "details.category": category, "details.affected": "The school and forty households",
    "details.tried[0].contacted": "Police", "details.tried[0].date": "2026-10-02", "details.tried[0].answer": "nobody came",
    "details.outcome_sought": "Quiet weekends", "details.place.point.lat": "52.631314",
    "details.place.point.lon": "2.170547", "details.happened": "2026-09", "details.source": "SOURCE_SURGERY",
    "details.regime": "REGIME_CRIME_AND_DISORDER", "details.standing": "STANDING_LIVES_IN_WARD",
  });
  await send(page);
  assert.equal(await page.locator(".govuk-notification-banner--success").count(), 1, await page.innerText("main"));
  road.call = new URL(page.url()).pathname.slice(1);
  assert.match(road.call, /^councils\/E08900001\/calls\/2026-\d{6}$/);
  assert.match(await (await told("councillor", road.call, "Where it stands")).innerText(), /Logged/);
});

test("a coordinator takes it on, and its team has it", async () => {
  await give("coordinator", road.call, "Acknowledge the call", { message: "Received; we will say by Friday" });
  await give("coordinator", road.call, "Accept the call",
    { reason: "Persistent, and needs more than one agency", "multi_agency.services": "police\nRiverton Homes" });
  await world.server.ctl("settle");
  road.problem = await linkOf("coordinator", road.call, "Problem");
  await give("coordinator", road.problem, "Take it up");
});

test("the team and its analyst find out what it is and why it happens", async () => {
  await give("coordinator", road.problem, "Record the scan", {
    "scan.community": "The school", "scan.harm": "Near misses", "scan.expectation": "They asked twice",
    "scan.events": "12 reports", "scan.recurring": "Each weekend", "scan.similarity": "The same bikes",
    "scan.consequences": "Nobody plays there", "scan.frequency": "each weekend", "scan.since": "2026-09",
    "scan.community_answer": "ANSWER_YES", "scan.harm_answer": "ANSWER_YES", "scan.expectation_answer": "ANSWER_YES",
    "scan.events_answer": "ANSWER_YES", "scan.recurring_answer": "ANSWER_YES", "scan.similarity_answer": "ANSWER_YES",
  });
  await give("coordinator", road.problem, "Go to a stage", { stage: "STAGE_ANALYSIS" });
  for (const [title, kind] of [["Police log", "police-recorded"], ["Walk with residents", "site-visit"]]) {
    await give("analyst", road.problem, "Add a source", {
      "source.title": title, "source.kind": kind, "source.grade": "GRADE_RELIABLE",
      "source.known_gaps": "One month only",
    });
  }
  await give("analyst", road.problem, "Record the analysis", {
    "analysis.offender": "Four riders", "analysis.handler": "Youth service", "analysis.target": "Pupils",
    "analysis.guardian": "The caretaker", "analysis.place": "The common", "analysis.manager": "Riverton Homes",
    "analysis.current_response": "A patrol", "analysis.current_limits": "Gone before it arrives",
  });
  await give("analyst", road.problem, "Add a hypothesis", { text: "The gate to the common stands open" });
  await give("coordinator", road.problem, "Set an objective", {
    "objective.metric": "reports a month", "objective.baseline": "12", "objective.baseline_date": inDays(-1),
    "objective.target": "2", "objective.date": inDays(200), "objective.outcome": "Children play there again",
    "objective.measured_by": "The analyst",
  });
  await give("coordinator", road.problem, "Plan the assessment", {
    "plan.method": "Before and after", "plan.data": "Calls by month", "plan.exit_strategy": "Wardens keep watch",
  });
});

test("a gate says what it lacks, and lets through when it lacks nothing", async () => {
  const page = people.coordinator;
  await page.goto(`/${road.problem}`);
  assert.equal(await page.locator("#gates").count(), 1);
  await give("coordinator", road.problem, "Go to a stage", { stage: "STAGE_RESPONSE" });
  await page.goto(`/${road.problem}/do/enter-stage`);
  await fill(page, { stage: "STAGE_ASSESSMENT" });
  await send(page);
  assert.ok(await page.locator(".govuk-error-summary li").count() > 0, "nothing has been done yet");
});

test("an officer who is asked declines in their own words", async () => {
  road.action = await give("coordinator", road.problem, "Ask an agency for an action", {
    "action.description": "Lock the gate at dusk", "action.hypothesis": "1", "action.measure": "reports a month",
    "action.agency": `${COUNCIL}/agencies/riverton-homes`, "action.officer": PEOPLE.officer,
    "action.due_date": inDays(60),
  });
  const page = people.officer;
  await page.goto(`/${COUNCIL}/actions`);
  await page.getByRole("link", { name: "Lock the gate at dusk" }).click();
  road.action = new URL(page.url()).pathname.slice(1);
  await give("officer", road.action, "Decline the action", { reason: "No money for gates this year" });
  await world.server.ctl("settle");
});

test("the councillor takes it to overview and scrutiny, which recommends", async () => {
  await give("councillor", road.problem, "Raise it",
    { to: "RUNG_SCRUTINY", reason: "Nobody will close the gate" });
  await world.server.ctl("settle");
  const day = inDays(meetingInDays);
  await give("scrutiny", `${COUNCIL}/scrutiny`, "Set a committee meeting", { date: day, committee: "Safer Riverton" });
  road.referral = await linkOf("scrutiny", road.call, "Referral to scrutiny");
  const page = people.scrutiny;
  await page.goto(`/${road.referral}`);
  if (await page.getByRole("link", { name: "Place it on an agenda", exact: true }).count() > 0)
    await give("scrutiny", road.referral, "Place it on an agenda", { meeting: day });
  await page.goto(`/${road.referral}/pack`);
  assert.match(await page.innerText("main"), /No money for gates this year/, "the pack tells who tried what");
  await give("scrutiny", road.referral, "Decide on it", {
    "decision.kind": "DECISION_KIND_ACCEPT_FOR_REVIEW", "decision.reasons": "The team has tried what it can",
    "decision.criteria.attempts_made": "One action, declined",
    "decision.criteria.partner_informed_and_given_time": "In October",
  });
  road.recommendation = await give("scrutiny", road.referral, "Make a recommendation", {
    text: "Lock the gate at dusk", regime: "REGIME_CRIME_AND_DISORDER",
    "recipients[0]": `${COUNCIL}/agencies/riverton-homes`,
  });
});

test("the agency answers, and the committee closes it", async () => {
  await give("officer", road.recommendation, "Answer the recommendation", {
    recipient: `${COUNCIL}/agencies/riverton-homes`, answer: "ANSWER_ACCEPTED", action: "A lock and a warden",
    owner: "Head of estates", due_date: inDays(90),
  });
  await give("scrutiny", road.recommendation, "Say how it goes", { rag: "RAG_GREEN", note: "The lock is on" });
  await give("scrutiny", road.recommendation, "Say that it was carried out", { outcome: "Locked each dusk" });
  await give("scrutiny", road.referral, "Close the referral",
    { resolved: "true", done: "The gate is locked at dusk", why: "No bike since" });
  await world.server.ctl("settle");
});

// F79, F80
test("the call is resolved, its history tells all of it, and anybody may see that it has ended", async () => {
  assert.match(await (await told("councillor", road.call, "Where it stands")).innerText(), /Resolved/);
  const history = await people.councillor.innerText(".app-timeline");
  assert.match(history, /No money for gates this year/);
  const visitor = await pageOf(null, { javaScript });
  await visitor.goto(`/track?council=E08900001&number=${road.call.split("/").at(-1)}`);
  assert.match(await visitor.innerText("main"), /The call has ended: the problem is resolved/);
  await checkPlainPage(visitor);
  await visitor.context().close();
});
