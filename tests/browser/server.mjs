// The real server on a folder of its own, with local accounts: the people of the demonstration can sign in, its
// councils are loaded, and one call has gone its whole road.
import { execFile, spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { openSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";

const BIN = process.env.CCFA_BIN;
const DEMO = process.env.CCFA_DEMO;
const PATIENCE_MS = 30_000;
const run = promisify(execFile);

// What the log says of an event, once it says it.
async function said(log, event, process) {
  const until = Date.now() + PATIENCE_MS;
  while (Date.now() < until && process.exitCode === null) {
    const lines = (await readFile(log, "utf8")).split("\n").filter(Boolean).map((line) => JSON.parse(line));
    const found = lines.find((line) => line.event === event);
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`ccfa-all did not say ${event}: ${await readFile(log, "utf8")}`);
}

export async function startServer() {
  const scratch = await mkdtemp(join(tmpdir(), "ccfa-browser-"));
  const data = join(scratch, "data");
  const log = join(scratch, "log");
  const server = spawn(join(BIN, "ccfa-all"), [
    "--data", data, "--listen", "127.0.0.1:0", "--http", "127.0.0.1:0",
    "--bank-holidays", join(DEMO, "bank-holidays.json"),
  ], { stdio: ["ignore", "ignore", openSync(log, "w")] });
  const { port } = await said(log, "started", server);
  const { port: httpPort } = await said(log, "http_started", server);
  const people = `${data}-people`;
  const environment = {
    ...process.env, PATH: BIN + delimiter + process.env.PATH, CCFA_SERVER: `127.0.0.1:${port}`,
    CCFA_PEOPLE: people, XDG_RUNTIME_DIR: join(people, "demo"),
  };
  // Runs a script of the demonstration, or ccfactl as its administrator; what it printed.
  const play = async (program, ...words) => (await run(program, words, { env: environment })).stdout;
  return {
    url: `http://127.0.0.1:${httpPort}`,
    ctl: (...words) => play(join(BIN, "ccfactl"), ...words),
    async load() {
      await play(join(DEMO, "people"), data);
      await play(join(DEMO, "load"));
      const road = await play(join(DEMO, "road"));
      return {
        password: (await readFile(join(people, "password"), "utf8")).trim(),
        call: road.match(/councils\/E08900001\/calls\/[\d-]+/)[0],
      };
    },
    async stop() {
      server.kill();
      await rm(scratch, { recursive: true, force: true });
    },
  };
}
