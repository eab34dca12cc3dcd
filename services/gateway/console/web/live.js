// Says politely that what a page shows has changed since. The reader decides when to see it: a page that reloads
// by itself loses what is being typed.
export function listen(element) {
  const changes = new EventSource(element.dataset.events);
  element.setAttribute("role", "status");
  element.textContent = "";
  element.hidden = false;
  changes.addEventListener("message", () => {
    changes.close();
    const refresh = document.createElement("a");
    refresh.className = "govuk-link";
    refresh.href = location.href;
    refresh.textContent = "Refresh";
    element.append("Something on this page has changed. ", refresh);
  });
}
