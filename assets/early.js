// Runs first: sets the theme before anything is painted and starts asking for the page while scripts load.
(function () {
  "use strict";
  const THEMES = ["light", "dark"];
  const device = window.matchMedia("(prefers-color-scheme: dark)");
  const here = document.currentScript;

  function kept() {
    try {
      return window.localStorage.getItem("gba-theme");
    } catch {
      return null; // storage may be closed to us; the device's own choice then holds
    }
  }

  function theme() {
    const asked = new URLSearchParams(window.location.search).get("theme");
    if (THEMES.includes(asked)) return asked;
    if (THEMES.includes(kept())) return kept();
    return device.matches ? "dark" : "light";
  }

  function answerAddress() {
    const query = new URLSearchParams(window.location.search);
    const asked = new URLSearchParams({ path: window.location.pathname });
    for (const [name, value] of query) if (name !== "path" && name !== "theme") asked.append(name, value);
    asked.set("theme", theme());
    return "/_page?" + asked.toString();
  }

  // An answer asked for before the page takes it up: {address, promise, stop}.
  function askFirst(address) {
    const controller = new AbortController();
    const promise = window.fetch(address, { signal: controller.signal }).then(async (response) => ({
      response,
      answer: response.status < 500 && response.status !== 429 ? await response.json() : null,
    }));
    promise.catch(() => {}); // told when the page takes it up
    if (window.gba.first) window.gba.first.stop();
    window.gba.first = { address, promise, stop: () => controller.abort() };
  }

  document.documentElement.dataset.theme = theme();
  window.gba = { theme, device, answerAddress, askFirst, plotly: here.dataset.plotly, grid: here.dataset.grid };
  if (here.dataset.plotly) askFirst(answerAddress());
})();
