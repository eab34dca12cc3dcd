// Says politely that what a page shows has changed since. The reader decides when to see it: a page that reloads
// by itself loses what is being typed.
const TRY_AGAIN_MS = 15000;

// Whether an event came before the stream ended: lines of a comment keep it open, those of data tell.
async function changed(url) {
  const answer = await fetch(url, { headers: { Accept: "text/event-stream" } });
  if (!answer.ok) return false;
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  for (let came = await reader.read(); !came.done; came = await reader.read()) {
    if (/^data:/m.test(came.value)) {
      reader.cancel();
      return true;
    }
  }
  return false;
}

function say(element) {
  const refresh = document.createElement("a");
  refresh.className = "govuk-link";
  refresh.href = location.href;
  refresh.textContent = "Refresh";
  element.append("Something on this page has changed. ", refresh);
}

export async function listen(element) {
  element.setAttribute("role", "status");
  element.textContent = "";
  element.hidden = false;
  while (!(await changed(element.dataset.events).catch(() => false))) {
    await new Promise((resolve) => setTimeout(resolve, TRY_AGAIN_MS));
  }
  say(element);
}
