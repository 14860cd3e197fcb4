// A page that is shown already is not made anew: only the panels that say something else are replaced, and the files
// in their menus follow the state of the page.
(function () {
  "use strict";
  const gba = window.gba;
  const HEAD = "page-head";
  let shown = null; // {path, parts: id -> {type, props, text}}

  // The head and the panels of a page by id, or nothing where the answer is of another form.
  function parts(main) {
    const [head, body] = Array.isArray(main) ? main : [];
    const panels = body && body.props && body.props.className === "panels" ? body.props.children : null;
    if (!head || !Array.isArray(panels) || !panels.length) return null;
    const found = new Map();
    for (const part of [head, ...panels]) {
      if (!part.props || !part.props.id) return null;
      found.set(part.props.id, { type: part.type, props: part.props, text: JSON.stringify(part) });
    }
    return found.has(HEAD) && found.size === panels.length + 1 ? found : null;
  }

  const same = (one, other) =>
    one.size === other.size &&
    [...one].every(([id, { type }], at) => id === [...other.keys()][at] && type === other.get(id).type) &&
    [...one.keys()].every((id) => document.getElementById(id));

  // What a part no longer says is taken back.
  const changed = (before, props) => ({ ...Object.fromEntries(Object.keys(before).map((name) => [name, undefined])), ...props });

  // Return what Dash is to put into the page: the whole of it, or nothing where the parts that differ were replaced.
  function lay(path, main) {
    const clientside = window.dash_clientside;
    const made = parts(main);
    const before = shown;
    shown = made && { path, parts: made };
    if (!made || !before || before.path !== path || !same(before.parts, made)) return main;
    for (const [id, { props, text }] of made) {
      const old = before.parts.get(id);
      if (old.text !== text) clientside.set_props(id, changed(old.props, props));
    }
    return clientside.no_update;
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
