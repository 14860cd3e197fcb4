// Pages that show what comes in: asked for again now and then, while somebody looks. Where nothing is new the
// answer is a 304 and nothing moves; where something is, the reader stays where they are.
(function () {
  "use strict";
  const gba = window.gba;
  const PATIENT = 10000; // ms for which a page is left alone while somebody types or selects in it
  const SCROLLS = ".table-wrap, .chips, .nav, [data-scrolls], [tabindex]";
  const TYPED = "input, select, textarea";
  let every = 0; // seconds after which the page is asked for again, 0 for never
  let due = 0;
  let timer = 0;
  let pressed = false;
  let wanted = false; // the next question is the timer's, not the reader's
  let missed = 0;

  const inside = (element) => element && element.closest("#top, #main");

  function plan(seconds) {
    window.clearTimeout(timer);
    every = seconds;
    if (!every) return;
    const wait = every * 1000 * (0.9 + Math.random() * 0.2); // so that not all screens ask at once
    due = Date.now() + wait;
    timer = window.setTimeout(now, wait);
  }

  function now() {
    window.clearTimeout(timer);
    if (!every || document.hidden) return; // taken up when it is looked at again
    if (occupied()) {
      timer = window.setTimeout(now, PATIENT);
      return;
    }
    wanted = true;
    gba.again();
  }

  // Somebody types, chooses, selects or drags: nothing is put in their way.
  function occupied() {
    const active = document.activeElement;
    const typing = active && active.matches(TYPED);
    const selected = !window.getSelection().isCollapsed;
    return pressed || typing || selected || document.querySelector("dialog[open]") !== null;
  }

  // The one callback asks whether this question is the timer's; it is told once.
  function taken() {
    const mine = wanted;
    wanted = false;
    return mine;
  }

  // The first answer that does not come is let pass: a page is not called lost for one dropped packet.
  function heard(well) {
    missed = well ? 0 : missed + 1;
    plan(every);
    return missed < 2;
  }

  // Where the reader is: what has the focus, which folds are open, how far each part is scrolled.
  function holding() {
    const active = document.activeElement;
    return {
      active: inside(active) && active.id !== "main" ? wayTo(active) : null,
      open: [...document.querySelectorAll("#top details[open], #main details[open]")].map(wayTo),
      scrolled: [...document.querySelectorAll(SCROLLS)]
        .filter((place) => inside(place) && (place.scrollLeft || place.scrollTop))
        .map((place) => ({ way: wayTo(place), left: place.scrollLeft, top: place.scrollTop })),
      y: window.scrollY,
    };
  }

  function restore(held) {
    for (const place of held.open.map(found)) if (place && place.tagName === "DETAILS") place.open = true;
    for (const { way, left, top } of held.scrolled) {
      const place = found(way);
      if (place) place.scrollTo(left, top);
    }
    const active = held.active && found(held.active);
    if (active && active !== document.activeElement) active.focus({ preventScroll: true });
    window.scrollTo(window.scrollX, held.y);
  }

  function wayTo(element) {
    const steps = [];
    let at = element;
    for (; !at.id && at.parentElement; at = at.parentElement) {
      steps.unshift([...at.parentElement.children].indexOf(at));
    }
    return { id: at.id, steps };
  }

  function found({ id, steps }) {
    return steps.reduce((at, step) => at && at.children[step], document.getElementById(id));
  }

  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && every && Date.now() >= due) now();
  });
  document.addEventListener("pointerdown", () => (pressed = true), true);
  for (const end of ["pointerup", "pointercancel"]) {
    window.addEventListener(end, () => (pressed = false), true);
  }
  gba.renewal = { plan, now, taken, heard, holding, restore };
})();
