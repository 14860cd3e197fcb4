// A page that is shown already is not made anew: only the parts that say something else (header, band, panels) are
// replaced, and the files in their menus follow the state of the page.
(function () {
  "use strict";
  const gba = window.gba;
  const HEAD = "page-head";
  let shown = {}; // {path, top, main, foot}: parts by id -> {type, props, text}

  // Parts by id, or nothing where one has none.
  function parts(list) {
    const found = new Map();
    for (const part of Array.isArray(list) ? list : []) {
      if (!part || !part.props || !part.props.id) return null;
      found.set(part.props.id, { type: part.type, props: part.props, text: JSON.stringify(part) });
    }
    return found.size && found.size === list.length ? found : null;
  }

  // The head and the panels of a page, or nothing where the answer is of another form.
  function panels(main) {
    const [head, body] = Array.isArray(main) ? main : [];
    const made = body && body.props && body.props.className === "panels" ? body.props.children : null;
    const found = Array.isArray(made) && made.length ? parts([head, ...made]) : null;
    return found && found.has(HEAD) ? found : null;
  }

  const same = (one, other) =>
    one.size === other.size &&
    [...one].every(([id, { type }], at) => id === [...other.keys()][at] && type === other.get(id).type) &&
    [...one.keys()].every((id) => document.getElementById(id));

  // What a part no longer says is taken back.
  const changed = (before, props) => ({ ...Object.fromEntries(Object.keys(before).map((name) => [name, undefined])), ...props });

  // Replace the parts that differ; say whether that was all there was to do.
  function replaced(before, made) {
    if (!before || !made || !same(before, made)) return false;
    for (const [id, { props, text }] of made) {
      const old = before.get(id);
      if (old.text !== text) window.dash_clientside.set_props(id, changed(old.props, props));
    }
    return true;
  }

  // Return what Dash is to put in: top, main and foot, each whole, or nothing where its parts were replaced.
  function lay(path, { top, main, foot }) {
    const nothing = window.dash_clientside.no_update;
    const before = shown;
    shown = { path, top: parts(top), main: panels(main), foot: JSON.stringify(foot) };
    return [
      replaced(before.top, shown.top) ? nothing : top,
      before.path === path && replaced(before.main, shown.main) ? nothing : main,
      before.foot === shown.foot ? nothing : foot,
    ];
  }

  // Files are of the state at hand: their addresses end with it.
  function follow() {
    const state = gba.state;
    if (!state) return;
    for (const item of document.querySelectorAll("[data-asks]")) {
      const to = item.dataset.asks + state.asked;
      const name = item.tagName === "A" ? "href" : "data-draws";
      if (item.getAttribute(name) !== to) item.setAttribute(name, to);
    }
  }

  gba.panels = { lay, follow };
})();
