// Moves the three clocks on, and says so when the page is not live. Loaded before HTMX, so that not
// even the first failure of a stream goes unheard. Nothing on a page depends on it.

(() => {
  // 1. Clocks count on from the instant the server wrote; this machine's own clock is never asked.
  const clocks = document.querySelector("[data-rg-now]");
  const began = performance.now();

  function instant() {
    return Number(clocks.dataset.rgNow) * 1000 + (performance.now() - began);
  }

  function face(minutes) {
    return new Date(instant() + minutes * 60000).toISOString().slice(11, 16);
  }

  function tick() {
    for (const hand of clocks.querySelectorAll("[data-rg-minutes]")) {
      const shown = hand.firstElementChild ?? hand;
      const now = face(Number(hand.dataset.rgMinutes));
      if (shown.textContent !== now) shown.textContent = now;
    }
  }

  if (clocks) setInterval(tick, 1000);

  // 2. When the stream or the poll fails, the old value stays and the words say since when.
  const live = document.getElementById("rg-live");

  function stale(isStale) {
    const words = document.getElementById("rg-live-stale");
    const text = document.getElementById("rg-live-text");
    if (!words || !text || words.hidden === !isStale) return;
    const own = clocks?.querySelector("[data-rg-minutes]");
    if (isStale && own) words.querySelector("[data-rg-since]").textContent = face(Number(own.dataset.rgMinutes));
    words.hidden = !isStale;
    text.hidden = isStale;
  }

  if (live) {
    for (const name of ["htmx:sse:error", "htmx:error", "htmx:response:error"]) {
      document.body.addEventListener(name, (event) => live.contains(event.target) && stale(true));
    }
    for (const name of ["htmx:sse:after:connection", "htmx:after:swap"]) {
      document.body.addEventListener(name, (event) => {
        const refused = event.detail?.ctx?.response?.status >= 400;  // A refusal ends in an empty swap too.
        if (live.contains(event.target) && !refused) stale(false);
      });
    }
    addEventListener("offline", () => stale(true));
  }
})();
