// Everything the console does beyond plain pages. They work without it.
import { initAll } from "./govuk-frontend.min.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();

// Whoever has no map, or nothing that changes, does not load what draws them.
for (const element of document.querySelectorAll(".app-map")) {
  import("./map.js").then(({ draw }) => draw(element));
}
for (const element of document.querySelectorAll(".app-live[data-events]")) {
  import("./live.js").then(({ listen }) => listen(element));
}
