// Composing: takes up what the menus of panels added, and keeps the address of the briefing under way in this browser.
(function () {
  "use strict";
  const here = document.currentScript;
  const ADDED = "gba-briefing-add";
  const KEPT = "gba-briefing";

  function stored(name) {
    try {
      return window.localStorage.getItem(name) || "";
    } catch {
      return ""; // storage may be closed to us: the address then holds everything alone
    }
  }
  function store(name, text) {
    try {
      if (text) window.localStorage.setItem(name, text);
      else window.localStorage.removeItem(name);
    } catch {
      // as above
    }
  }
  function list(text) {
    try {
      const found = JSON.parse(text || "[]");
      return Array.isArray(found) ? found.filter((one) => typeof one === "string").slice(0, 60) : [];
    } catch {
      return [];
    }
  }

  const query = new URLSearchParams(window.location.search);
  const added = list(stored(ADDED));
  const begun = query.has("b") || query.has("from") || query.has("new") || query.has("add");
  store(ADDED, "");
  if (added.length || (!begun && stored(KEPT))) {
    const next = new URLSearchParams(query);
    if (!begun && stored(KEPT)) next.set("b", stored(KEPT));
    added.forEach((one) => next.append("add", one));
    window.location.replace(window.location.pathname + "?" + next);
    return;
  }
  store(KEPT, here.dataset.state);

  const copy = document.getElementById("copy-address");
  if (copy && window.navigator.clipboard) {
    copy.hidden = false;
    copy.addEventListener("click", async () => {
      await window.navigator.clipboard.writeText(new URL(copy.dataset.address, window.location.href).href);
      copy.textContent = here.dataset.copied;
    });
  }
  document.querySelector(".compose").addEventListener("submit", (event) => {
    if (event.submitter && event.submitter.value === "delete") store(KEPT, "");
  });
})();
