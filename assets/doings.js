// What readers do: follow links, choose a day, change the theme, open a menu, copy a link.
(function () {
  "use strict";
  const gba = window.gba;
  const root = document.documentElement;
  const ELSEWHERE = /^\/(api|assets|geo|embed|exports|present|briefings\/|plain|sign-|saved-views|admin|metrics|catalog|livez|readyz)/;
  const SVG = "http://www.w3.org/2000/svg";
  const TYPING = 700; // ms after the last change of a date being typed

  window.history.scrollRestoration = "manual";

  // What moves by many small steps (a slider) takes the place of its own last step in the history.
  function go(address, { replace = false } = {}) {
    const target = new URL(address, window.location.href);
    if (target.href === window.location.href) return;
    const held = window.history.state || {};
    const mine = { y: replace ? window.scrollY : 0, steps: replace };
    if (replace && held.steps) window.history.replaceState(mine, "", target);
    else window.history.pushState(mine, "", target);
    window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
  }

  function follow(event) {
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.target.closest("a[href]");
    if (!link || link.target || link.hasAttribute("download") || link.origin !== window.location.origin) return;
    const here = window.location;
    const within = link.hash && link.pathname === here.pathname && link.search === here.search;
    if (within || ELSEWHERE.test(link.pathname)) return;
    event.preventDefault();
    go(link.href);
  }

  let remember = 0;
  function scrolled() {
    window.clearTimeout(remember);
    remember = window.setTimeout(() => {
      window.history.replaceState({ ...window.history.state, y: window.scrollY }, "");
    }, 120);
  }

  // Fields: Dash has no native date input, so the page leaves a place for one and it is put there.
  function dress(place) {
    if (place.dataset.kind === "range") return gba.slider.dress(place);
    const { field, kind, value = "", min, max, choices } = place.dataset;
    let input = place.firstElementChild;
    if (!input) {
      input = document.createElement(kind === "select" ? "select" : "input");
      if (kind !== "select") input.type = kind;
      input.name = field;
      place.append(input);
    }
    if (min) input.min = min;
    if (max) input.max = max;
    if (choices && place.dataset.drawn !== choices) {
      input.replaceChildren(...JSON.parse(choices).map(([option, text]) => new Option(text, option)));
      place.dataset.drawn = choices;
    }
    if (place.dataset.set !== value) {
      input.value = value;
      place.dataset.set = value;
    }
  }

  // The policy allows no style in text: it comes as values, and is set here.
  function styled(element) {
    for (const [name, value] of Object.entries(JSON.parse(element.dataset.style))) element.style[name] = value;
    delete element.dataset.style;
  }

  // Markup comes as text: a page of two thousand components takes seconds to make, the same text a moment.
  const put = new Map(); // element -> what was put into it: {html, nodes}
  function fill() {
    for (const [place, { nodes }] of put) {
      if (place.isConnected && place.dataset.html !== undefined) continue;
      nodes.forEach((node) => node.remove());
      put.delete(place);
    }
    for (const place of document.querySelectorAll("[data-html]")) {
      const html = place.dataset.html;
      const held = put.get(place);
      if (held && held.html === html) continue;
      if (held) held.nodes.forEach((node) => node.remove());
      const made = document.createElement("template");
      made.innerHTML = html;
      for (const one of made.content.querySelectorAll("[data-style]")) styled(one);
      const nodes = [...made.content.childNodes];
      place.append(...nodes);
      put.set(place, { html, nodes });
    }
  }

  function submit(form, how) {
    const query = new URLSearchParams(form.dataset.keep);
    for (const input of form.querySelectorAll("input, select")) {
      if (!input.checkValidity()) return;
      const value = gba.slider.valueOf(input);
      if (value) query.set(input.name, value);
      else query.delete(input.name);
    }
    const said = query.toString();
    go(form.getAttribute("action") + (said ? "?" + said : ""), how);
  }
  gba.submit = submit;

  let typing = 0;
  function changed(event) {
    const form = event.target.closest("form.asking");
    if (!form || event.target.type === "range") return;
    window.clearTimeout(typing);
    typing = window.setTimeout(() => submit(form), event.target.type === "date" ? TYPING : 0);
  }

  function asked(event) {
    const form = event.target.closest("form.asking");
    if (!form) return;
    event.preventDefault();
    window.clearTimeout(typing);
    submit(form);
  }

  function retheme() {
    root.dataset.theme = gba.theme();
    if (gba.again) gba.again();
  }

  function otherTheme() {
    const other = gba.theme() === "dark" ? "light" : "dark";
    const query = new URLSearchParams(window.location.search);
    try {
      window.localStorage.setItem("gba-theme", other);
    } catch {
      query.set("theme", other); // without storage the address keeps the choice
    }
    if (query.has("theme")) {
      query.set("theme", other);
      window.history.replaceState(window.history.state, "", "?" + query.toString());
    }
    retheme();
  }

  const copy = (button) => copyText(new URL(button.dataset.copyLink, window.location.href).href, button);

  async function copyText(said, button) {
    try {
      await window.navigator.clipboard.writeText(said);
    } catch {
      const text = document.createElement("textarea");
      text.value = said;
      button.after(text);
      text.select();
      document.execCommand("copy"); // the clipboard is closed to pages without https
      text.remove();
    }
    const before = button.textContent;
    if (before === button.dataset.copied) return;
    button.textContent = button.dataset.copied;
    document.getElementById("announcer").textContent = button.dataset.copied;
    window.setTimeout(() => (button.textContent = before), 2000);
  }

  gba.copyText = copyText;

  function cite(button) {
    const page = gba.state ? gba.state.frozen : "";
    copyText(button.dataset.copyText.replace("{origin}", window.location.origin).replace("{page}", () => page), button);
  }

  function pressed(event) {
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
    if (event.target.closest("[data-theme-button]")) otherTheme();
    const button = event.target.closest("[data-copy-link]");
    if (button) copy(button);
    const cited = event.target.closest("[data-copy-text]");
    if (cited) cite(cited);
  }

  function escaped(event) {
    if (event.key !== "Escape") return;
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  }

  document.addEventListener("click", pressed);
  document.addEventListener("click", follow);
  document.addEventListener("keydown", escaped);
  document.addEventListener("change", changed);
  document.addEventListener("submit", asked);
  window.addEventListener("scroll", scrolled, { passive: true });
  gba.device.addEventListener("change", retheme);
  window.addEventListener("storage", ({ key }) => key === "gba-theme" && retheme()); // chosen in another window
  const drawn = ({ target }) => target.namespaceURI === SVG || target.classList.contains("svg-container");
  function settle(changes) {
    if (changes.every(drawn)) return; // a chart is being drawn
    fill();
    gba.panels.follow();
    gba.held.hold();
    document.querySelectorAll("[data-field]").forEach((place) => place.closest("[data-hold]") || dress(place));
    gba.marking.dress();
    gba.held.refocus();
  }
  new MutationObserver(settle).observe(root, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: ["data-html", "data-value", "data-min", "data-max", "data-choices", "data-stops", "data-days"],
  });
})();
