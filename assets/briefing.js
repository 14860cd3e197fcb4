// "Add to briefing" in the menus: remembered in this browser until the briefing is opened.
(function () {
  "use strict";
  const ADDED = "gba-briefing-add";
  const MOST = 60;

  function remembered() {
    try {
      const found = JSON.parse(window.localStorage.getItem(ADDED) || "[]");
      return Array.isArray(found) ? found : [];
    } catch {
      return [];
    }
  }

  // A panel is named by its page in the state at hand; one with a moment of its own brings its page along.
  const panel = (button) => (button.dataset.brief.startsWith("#") ? window.gba.state.brief : "") + button.dataset.brief;

  function add(button) {
    const added = panel(button);
    const all = [...new Set([...remembered(), added])].slice(-MOST);
    try {
      window.localStorage.setItem(ADDED, JSON.stringify(all));
    } catch {
      // without storage the panel goes into a briefing of its own at once
      window.location.assign(button.dataset.compose + "&" + new URLSearchParams({ add: added }));
      return;
    }
    const link = document.createElement("a");
    link.className = "menu-item";
    link.href = button.dataset.compose;
    link.textContent = button.dataset.open;
    button.textContent = button.dataset.briefed;
    if (!button.nextElementSibling || button.nextElementSibling.getAttribute("href") !== button.dataset.compose) {
      button.after(link);
    }
    document.getElementById("announcer").textContent = button.dataset.briefed;
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest("[data-brief]");
    if (button) add(button);
  });
})();
