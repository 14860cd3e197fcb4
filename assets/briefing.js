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

  function add(button) {
    const all = [...new Set([...remembered(), button.dataset.brief])].slice(-MOST);
    try {
      window.localStorage.setItem(ADDED, JSON.stringify(all));
    } catch {
      // without storage the panel goes into a briefing of its own at once
      window.location.assign(button.dataset.compose + "&" + new URLSearchParams({ add: button.dataset.brief }));
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
