// The explorer's own doings: folded parts stay as they were, tables are copied, this browser keeps views by itself.
(function () {
  "use strict";
  const gba = window.gba;
  const KEPT = "gba-views";
  const MOST = 100;
  const WIDE = 1180; // px from which the controls stand beside the charts

  // Folded parts: a page made anew opens and closes them as the reader last had them.
  const open = new Map();
  function folded(event) {
    const part = event.target;
    if (part.dataset && part.dataset.stay && part.dataset.seen && part.isConnected) open.set(part.dataset.stay, part.open);
  }
  function refold() {
    for (const part of document.querySelectorAll("details[data-stay]")) {
      if (part.dataset.seen) continue;
      part.dataset.seen = "yes";
      const wide = part.dataset.fold !== "narrow" || window.innerWidth >= WIDE;
      const wanted = open.has(part.dataset.stay) ? open.get(part.dataset.stay) : wide ? undefined : false;
      if (wanted !== undefined && part.open !== wanted) part.open = wanted;
    }
  }

  // Tables: what is copied is what is seen, in the order and with the filters at hand.
  const inert = (text) => (/^[=+\-@\t\r]/.test(text) && !/^[-+]?[\d.,\u2212%]+$/.test(text) ? "'" + text : text);
  const cell = (text) => inert(String(text === null || text === undefined ? "" : text).replace(/[\t\r\n]+/g, " "));
  async function copyGrid(button) {
    const api = window.dash_ag_grid && (await window.dash_ag_grid.getApiAsync(button.dataset.copyGrid));
    if (!api) return;
    const columns = api.getAllDisplayedColumns();
    const lines = [columns.map((one) => cell(one.getColDef().headerName)).join("\t")];
    api.forEachNodeAfterFilterAndSort(({ data }) => {
      const told = (id) => (`${id}_said` in data ? data[`${id}_said`] : data[id]);
      lines.push(columns.map((one) => cell(told(one.getColId()))).join("\t"));
    });
    gba.copyText(lines.join("\n"), button);
  }

  // Within a table arrows walk the cells; Tab leaves it, as it leaves any other control.
  function leaveGrid(event) {
    const grid = event.key === "Tab" && event.target.closest && event.target.closest(".grid .ag-root");
    if (!grid) return;
    event.stopPropagation();
    const stops = [...grid.parentElement.querySelectorAll('[tabindex="0"], [class*="-viewport"]')];
    const before = stops.map((stop) => stop.getAttribute("tabindex"));
    for (const stop of stops) stop.tabIndex = -1;
    window.setTimeout(() =>
      stops.forEach((stop, n) => (before[n] === null ? stop.removeAttribute("tabindex") : stop.setAttribute("tabindex", before[n])))
    );
  }

  // Views kept by this browser alone.
  function kept() {
    try {
      const found = JSON.parse(window.localStorage.getItem(KEPT) || "[]");
      return Array.isArray(found) ? found.filter((one) => one && one.name && typeof one.query === "string") : [];
    } catch {
      return [];
    }
  }
  function keep(list) {
    try {
      window.localStorage.setItem(KEPT, JSON.stringify(list));
      return true;
    } catch {
      return false; // storage may be full, or closed to us
    }
  }
  const say = (text) => (document.getElementById("announcer").textContent = text);
  const button = (text, does, label) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "quiet";
    made.textContent = text;
    made.setAttribute("aria-label", label);
    made.addEventListener("click", does);
    return made;
  };
  function line(place, view, at) {
    const { open: opens, rename, delete: away, deleted } = place.dataset;
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = `${window.location.pathname}?${view.query}`;
    link.textContent = view.name;
    link.title = opens;
    const renames = () => {
      const field = document.createElement("input");
      field.value = view.name;
      field.maxLength = 80;
      field.setAttribute("aria-label", rename);
      const done = (taken) => {
        const name = field.value.trim();
        if (taken && name) keep(kept().map((one, n) => (n === at ? { ...one, name } : one)));
        draw(place);
      };
      field.addEventListener("keydown", (event) => {
        if (event.key === "Enter") done(true);
        if (event.key === "Escape") done(false);
      });
      field.addEventListener("blur", () => field.isConnected && done(true));
      link.replaceWith(field);
      field.select();
    };
    const deletes = () => {
      keep(kept().filter((_, n) => n !== at));
      draw(place);
      say(deleted);
      place.querySelector("input").focus();
    };
    item.append(link, button(rename, renames, `${rename}: ${view.name}`), button(away, deletes, `${away}: ${view.name}`));
    return item;
  }
  function draw(place) {
    const { name, save, none, saved, full } = place.dataset;
    const form = document.createElement("form");
    const field = document.createElement("input");
    field.maxLength = 80;
    field.required = true;
    field.setAttribute("aria-label", name);
    field.placeholder = name;
    const button = document.createElement("button");
    button.textContent = save;
    form.append(field, button);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const query = new URLSearchParams(window.location.search);
      query.delete("q");
      const views = [...kept(), { name: field.value.trim(), query: query.toString() }];
      if (!field.value.trim()) return;
      const done = views.length <= MOST && keep(views);
      draw(place);
      say(done ? saved : full);
      place.querySelector("input").focus();
    });
    const views = kept();
    const list = document.createElement("ul");
    views.forEach((view, at) => list.append(line(place, view, at)));
    const empty = document.createElement("p");
    empty.className = "soft";
    empty.textContent = none;
    place.replaceChildren(form, views.length ? list : empty);
    place.dataset.drawn = "yes";
  }

  function settle() {
    refold();
    const place = document.getElementById("own-views");
    if (place && !place.dataset.drawn) draw(place);
  }
  document.addEventListener("toggle", folded, true);
  document.addEventListener("keydown", leaveGrid, true);
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-copy-grid]");
    if (button) copyGrid(button);
  });
  new MutationObserver(settle).observe(document.documentElement, { subtree: true, childList: true });
})();
