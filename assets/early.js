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

  document.documentElement.dataset.theme = theme();
  window.gba = { theme, device, answerAddress, plotly: here.dataset.plotly, grid: here.dataset.grid };
  if (here.dataset.plotly) {
    const address = answerAddress();
    const promise = window.fetch(address).then(async (response) => ({
      response,
      answer: response.status < 500 && response.status !== 429 ? await response.json() : null,
    }));
    promise.catch(() => {}); // told when the page takes it up
    window.gba.first = { address, promise };
  }
})();
