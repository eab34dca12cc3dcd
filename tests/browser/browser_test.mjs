// The console in a real browser: `tests/browser/run`. One server and one browser for all of it.
import { after } from "node:test";
import { close, open } from "./world.mjs";

after(close);
await open();
await import("./visitor_test.mjs");
await import("./every_page_test.mjs");
await import("./road_test.mjs");
await import("./road_test.mjs?scripts");
await import("./hands_test.mjs");
await import("./pictures_test.mjs");
