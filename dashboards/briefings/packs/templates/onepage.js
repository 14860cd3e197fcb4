// The slides of a pack: turned by keys, controls and swipes; every chart drawn, so that print has them all.
(function () {
  "use strict";
  const root = document.documentElement;
  const one = (id) => document.getElementById(id);
  const { measure, draw, fit } = window.gba.slides;
  const answer = JSON.parse(one("deck-data").textContent);
  const made = { answer, element: one("deck") };
  const pages = [...made.element.children];
  const SWIPE = 50; // px
  let at = 0;

  Object.assign(window.PlotlyGeoAssets, answer.shapes);

  async function drawAll() {
    delete root.dataset.drawn;
    for (let number = 0; number < pages.length; number += 1) {
      if (answer.slides[number].chart) await draw(made, number);
    }
    root.dataset.drawn = String(document.querySelectorAll(".slide-plot .main-svg:first-child").length);
  }

  function notes() {
    const text = answer.slides[at].note || one("notes").dataset.none;
    one("notes").replaceChildren(...text.split("\n").map((line) => {
      const part = document.createElement("p");
      part.textContent = line;
      return part;
    }));
  }

  function go(number, silently) {
    at = Math.min(Math.max(number, 0), pages.length - 1);
    pages.forEach((page, place) => {
      page.classList.toggle("current", place === at);
      page.inert = place !== at;
    });
    one("number").textContent = at + 1 + " / " + pages.length;
    one("previous").disabled = at === 0;
    one("next").disabled = at === pages.length - 1;
    notes();
    if (window.location.hash !== "#" + (at + 1)) window.location.replace("#" + (at + 1));
    if (silently) return;
    pages[at].scrollTop = 0;
    pages[at].firstElementChild.focus({ preventScroll: true });
    one("announcer").textContent = answer.slides[at].told;
  }

  function toggleNotes() {
    one("notes").hidden = !one("notes").hidden;
    one("show-notes").setAttribute("aria-pressed", String(!one("notes").hidden));
  }

  function toFigures() {
    const table = pages[at].querySelector(".pack-figures");
    if (table) table.scrollIntoView();
  }

  const KEYS = {
    ArrowRight: () => go(at + 1), PageDown: () => go(at + 1), ArrowLeft: () => go(at - 1), PageUp: () => go(at - 1),
    Home: () => go(0), End: () => go(pages.length - 1), n: toggleNotes, N: toggleNotes, t: toFigures, T: toFigures,
  };

  function pressed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === " " && !event.target.closest("a, button")) {
      event.preventDefault();
      go(at + (event.shiftKey ? -1 : 1));
      return;
    }
    if (!KEYS[event.key]) return;
    event.preventDefault();
    KEYS[event.key]();
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

  let resizing = 0;
  function resized() {
    measure();
    window.clearTimeout(resizing);
    resizing = window.setTimeout(() => {
      pages.forEach((page) => fit(page.firstElementChild));
      drawAll();
    }, 150);
  }

  measure();
  pages.forEach((page) => fit(page.firstElementChild));
  go((Number.parseInt(window.location.hash.slice(1), 10) || 1) - 1, true);
  one("previous").addEventListener("click", () => go(at - 1));
  one("next").addEventListener("click", () => go(at + 1));
  one("show-notes").addEventListener("click", toggleNotes);
  one("to-figures").addEventListener("click", toFigures);
  one("print").addEventListener("click", () => window.print());
  document.addEventListener("keydown", pressed);
  document.addEventListener("touchstart", touched, { passive: true });
  document.addEventListener("touchend", lifted, { passive: true });
  window.addEventListener("resize", resized);
  window.addEventListener("hashchange", () => go((Number.parseInt(window.location.hash.slice(1), 10) || 1) - 1));
  drawAll();
})();
