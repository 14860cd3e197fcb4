// Presentation: one deck a language and theme, all fetched ahead; slides turned by keys, controls and swipes.
(function () {
  "use strict";
  const root = document.documentElement;
  const body = document.body;
  const one = (id) => document.getElementById(id);
  const { phone, measure, shapes, draw, fit } = window.gba.slides;
  const SWIPE = 50; // px
  const RESTS = 2500; // ms after which the controls go quiet
  const decks = new Map(); // "lang theme" -> promise of {answer, element}
  let lang = body.dataset.lang;
  let at = 0;
  let shown = null; // the deck on the screen

  const theme = () => root.dataset.theme;
  const small = phone(); // charts are made for the window as it was at the start
  const languages = () => [...document.querySelectorAll("#bar [data-lang]")];

  // Decks

  function address(language, shade) {
    const found = new URL(body.dataset.deck, window.location.href);
    found.searchParams.set("lang", language);
    found.searchParams.set("theme", shade);
    if (small) found.searchParams.set("narrow", "1");
    return found;
  }

  function deck(language, shade) {
    const key = language + " " + shade;
    if (!decks.has(key)) {
      const promise = window.fetch(address(language, shade)).then((response) => {
        if (!response.ok) throw new Error("no deck");
        return response.json();
      }).then((answer) => ({ answer, element: null }));
      promise.catch(() => decks.delete(key)); // asked again when it is wanted again
      decks.set(key, promise);
    }
    return decks.get(key);
  }

  function build(made) {
    if (made.element) return made.element;
    const element = document.createElement("div");
    element.className = "deck";
    element.lang = made.answer.html_lang;
    element.innerHTML = made.answer.slides.map((slide) => slide.html).join("");
    made.element = element;
    return element;
  }

  function idle() {
    return new Promise((resolve) => (window.requestIdleCallback || window.setTimeout)(resolve, { timeout: 400 }));
  }

  async function drawAll(made) {
    await shapes(made.answer.shapes).catch(() => {});
    await draw(made, at);
    for (let number = 0; number < made.answer.slides.length && shown === made; number += 1) {
      if (!made.answer.slides[number].chart) continue;
      await idle();
      await draw(made, number);
    }
    if (shown === made) root.dataset.drawn = lang + " " + theme();
  }

  async function show(language, shade) {
    const made = await deck(language, shade);
    if (language !== lang || shade !== theme()) return; // another was wanted meanwhile
    const element = build(made);
    shown = made;
    one("decks").replaceChildren(element);
    root.lang = made.answer.html_lang;
    document.title = made.answer.title;
    speak(made.answer.said);
    [...element.children].forEach(fit);
    go(at, true);
    await drawAll(made);
  }

  async function ahead() {
    const others = languages().map((link) => link.dataset.lang).filter((one) => one !== lang);
    const shades = [theme(), theme() === "dark" ? "light" : "dark"];
    for (const shade of shades) {
      for (const language of [lang, ...others]) await deck(language, shade).catch(() => {});
    }
    root.dataset.ahead = String([...decks.keys()].length);
  }

  // Turning

  function total() {
    return shown ? shown.answer.slides.length : document.querySelectorAll(".slide").length;
  }

  function fromHash() {
    const number = Number.parseInt(window.location.hash.slice(1), 10);
    return Number.isFinite(number) ? Math.min(Math.max(number, 1), total()) - 1 : 0;
  }

  function go(number, silently) {
    at = Math.min(Math.max(number, 0), total() - 1);
    const slides = [...document.querySelectorAll(".deck > .slide")];
    slides.forEach((slide, place) => {
      slide.classList.toggle("current", place === at);
      slide.inert = place !== at;
    });
    const query = window.location.search;
    window.history.replaceState(null, "", window.location.pathname + query + "#" + (at + 1));
    one("number").textContent = at + 1 + " / " + total();
    one("previous").disabled = at === 0;
    one("next").disabled = at === total() - 1;
    if (!shown) return;
    draw(shown, at);
    notes();
    if (silently !== true) {
      slides[at].focus({ preventScroll: true });
      slides[at].scrollTop = 0;
      one("announcer").textContent = shown.answer.slides[at].told;
    }
  }

  function notes() {
    const place = one("notes");
    const note = shown.answer.slides[at].note || shown.answer.said.no_notes;
    place.replaceChildren(...note.split("\n").map((line) => {
      const part = document.createElement("p");
      part.textContent = line;
      return part;
    }));
  }

  function toggleNotes() {
    const place = one("notes");
    place.hidden = !place.hidden;
    one("show-notes").setAttribute("aria-pressed", String(!place.hidden));
    if (!place.hidden) one("announcer").textContent = place.textContent;
    measure();
  }

  function speak(said) {
    for (const name of ["close", "previous", "next"]) {
      one(name).title = said[name];
      one(name).setAttribute("aria-label", said[name]);
    }
    one("shade").title = said.dark;
    one("shade").setAttribute("aria-label", said.dark);
    one("shade").setAttribute("aria-pressed", String(theme() === "dark"));
    for (const [name, text] of [["show-notes", said.notes], ["full", said.full]]) {
      one(name).textContent = text;
      one(name).title = text;
    }
    for (const name of ["decks", "bar"]) one(name).setAttribute("aria-label", said.slides);
    one("notes").setAttribute("aria-label", said.notes);
    one("key-help").textContent = said.key_help;
  }

  function speakIn(language) {
    if (language === lang) return;
    lang = language;
    const query = new URLSearchParams(window.location.search);
    query.set("lang", lang);
    window.history.replaceState(null, "", "?" + query + window.location.hash);
    const home = new URL(one("close").href);
    home.searchParams.set("lang", lang);
    one("close").href = home.href;
    for (const link of languages()) {
      if (link.dataset.lang === lang) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    show(lang, theme()).catch(lost);
  }

  function nextLanguage() {
    const all = languages().map((link) => link.dataset.lang);
    speakIn(all[(all.indexOf(lang) + 1) % all.length]);
  }

  function shade() {
    const other = theme() === "dark" ? "light" : "dark";
    root.dataset.theme = other;
    try {
      window.localStorage.setItem("gba-theme", other);
    } catch {
      // without storage the choice holds for this presentation
    }
    show(lang, other).catch(lost);
  }

  function lost() {
    one("announcer").textContent = body.dataset.lost;
  }

  function full() {
    if (document.fullscreenElement) document.exitFullscreen();
    else if (root.requestFullscreen) root.requestFullscreen().catch(() => {});
  }

  function leave() {
    if (document.fullscreenElement) document.exitFullscreen();
    else window.location.assign(one("close").href);
  }

  const KEYS = {
    ArrowRight: () => go(at + 1), ArrowDown: () => go(at + 1), PageDown: () => go(at + 1),
    ArrowLeft: () => go(at - 1), ArrowUp: () => go(at - 1), PageUp: () => go(at - 1),
    Home: () => go(0), End: () => go(total() - 1), Escape: leave,
    f: full, F: full, n: toggleNotes, N: toggleNotes, l: nextLanguage, L: nextLanguage,
  };

  function pressed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const button = event.target.closest && event.target.closest("a, button");
    if (event.key === " " && !button) {
      event.preventDefault();
      go(at + (event.shiftKey ? -1 : 1));
      return;
    }
    const act = KEYS[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  let touch = null;
  function touched(event) {
    touch = event.touches.length === 1 ? { x: event.touches[0].clientX, y: event.touches[0].clientY } : null;
  }
  function lifted(event) {
    if (!touch) return;
    const x = event.changedTouches[0].clientX - touch.x;
    const y = event.changedTouches[0].clientY - touch.y;
    touch = null;
    if (Math.abs(x) > SWIPE && Math.abs(x) > 2 * Math.abs(y)) go(at + (x < 0 ? 1 : -1));
  }

  let resting = 0;
  function awake() {
    root.classList.remove("at-rest");
    window.clearTimeout(resting);
    resting = window.setTimeout(() => root.classList.add("at-rest"), RESTS);
  }

  let resizing = 0;
  function resized() {
    measure();
    window.clearTimeout(resizing);
    resizing = window.setTimeout(() => {
      if (!shown) return;
      [...shown.element.children].forEach(fit);
      drawAll(shown);
    }, 150);
  }

  function start() {
    measure();
    at = fromHash();
    go(at, true);
    one("previous").addEventListener("click", () => go(at - 1));
    one("next").addEventListener("click", () => go(at + 1));
    one("shade").addEventListener("click", shade);
    one("show-notes").addEventListener("click", toggleNotes);
    one("full").addEventListener("click", full);
    for (const link of languages()) {
      link.addEventListener("click", (event) => {
        event.preventDefault();
        speakIn(link.dataset.lang);
      });
    }
    document.addEventListener("keydown", pressed);
    document.addEventListener("touchstart", touched, { passive: true });
    document.addEventListener("touchend", lifted, { passive: true });
    for (const sign of ["pointermove", "keydown", "focusin", "touchstart"]) {
      document.addEventListener(sign, awake, { passive: true });
    }
    window.addEventListener("resize", resized);
    window.addEventListener("hashchange", () => go(fromHash()));
    awake();
    show(lang, theme()).then(ahead, lost);
  }

  start();
})();
