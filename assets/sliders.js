// Sliders: a native range over named stops. Moving it, or playing it, writes the address.
(function () {
  "use strict";
  const gba = window.gba;
  const root = document.documentElement;
  const DAY = 86400000;
  const SETTLE = 140; // ms from the last movement to the new address
  const BEAT = 900; // ms that each picture of a replay stays
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
  const known = new WeakMap(); // input -> {told, stops: [{value, text}], place}

  function written(value) {
    const options = { day: "numeric", month: root.lang.startsWith("zh") ? "long" : "short", year: "numeric" };
    const day = new Date(value + "T00:00:00Z");
    const text = new Intl.DateTimeFormat(root.lang, { ...options, timeZone: "UTC" }).format(day);
    return text.replace("Sept ", "Sep "); // as the pages write it
  }

  function stopsOf({ stops, days, today }) {
    if (stops) return JSON.parse(stops).map(([value, text]) => ({ value, text }));
    const [first, ...steps] = days.split(" ");
    let at = Date.parse(first + "T00:00:00Z");
    const found = [{ value: first }];
    for (const step of steps) {
      at += Number(step) * DAY;
      found.push({ value: new Date(at).toISOString().slice(0, 10) });
    }
    return [...found, { value: "", text: today }];
  }

  function text(input) {
    const { stops, marks, asked } = known.get(input);
    const stop = stops[Number(input.value)];
    const value = asked && asked.at === input.value ? asked.value : stop.value;
    const said = value === stop.value && stop.text ? stop.text : written(value);
    return marks[value] ? said + " · " + marks[value] : said;
  }

  const saidBy = (input) => input.closest(".slider").querySelector(".slider-said");
  function say(input) {
    const said = text(input);
    input.setAttribute("aria-valuetext", said);
    const place = saidBy(input);
    if (place.textContent !== said) place.textContent = said;
    known.get(input).said = said;
    const share = Number(input.max) ? Number(input.value) / Number(input.max) : 0;
    input.style.setProperty("--share", (share * 100).toFixed(2) + "%");
  }

  // Called for every place of a slider whenever the page changes; only what is new is done.
  function dress(place) {
    const { field, value = "", stops, days, today, marks } = place.dataset;
    let input = place.firstElementChild;
    if (!input) {
      input = document.createElement("input");
      input.type = "range";
      input.name = field;
      input.min = "0";
      input.step = "1";
      place.append(input);
    }
    const told = [stops, days, today, marks, root.lang].join("|");
    const held = known.get(input) || {};
    face(input);
    if (held.told === told && held.value === value) {
      if (saidBy(input).textContent !== held.said) say(input); // a page made anew brings the day without its meeting
      return;
    }
    const list = held.told === told ? held.stops : stopsOf(place.dataset);
    input.max = String(list.length - 1);
    let at = list.findIndex((stop) => stop.value === value);
    let asked = null;
    if (at < 0) {
      at = Math.max(0, list.findLastIndex((stop) => stop.value && stop.value <= value));
      asked = { at: String(at), value };
    }
    known.set(input, { told, value, stops: list, marks: marks ? JSON.parse(marks) : {}, asked });
    if (!waiting && !(pressed && document.activeElement === input)) input.value = String(at);
    say(input);
  }

  let waiting = 0;
  let pressed = false; // a slider that goes with its page is let go of before the page is asked for
  function moved(event) {
    const input = event.target;
    if (input.type !== "range" || !known.has(input)) return;
    known.get(input).asked = null;
    say(input);
    window.clearTimeout(waiting);
    if (pressed && event.type === "input" && !input.closest("#replay")) return;
    waiting = window.setTimeout(() => {
      waiting = 0;
      if (input.isConnected) gba.submit(input.form, { replace: true });
    }, SETTLE);
  }

  // What the form asks for: the value of the stop.
  function valueOf(input) {
    const held = known.get(input);
    if (!held) return input.value;
    return held.asked && held.asked.at === input.value ? held.asked.value : held.stops[Number(input.value)].value;
  }

  // A replay goes from one beat to the next: the last stop of each month, the meetings, today.
  function next(input) {
    const { stops, marks } = known.get(input);
    const monthly = input.parentElement.dataset.beat === "month";
    for (let at = Number(input.value) + 1; at < stops.length; at++) {
      const { value } = stops[at];
      const after = stops[at + 1];
      const beat = !monthly || !value || marks[value] || !after || after.value.slice(0, 7) !== value.slice(0, 7);
      if (beat) return at;
    }
    return -1;
  }

  let playing = null; // {name, timer}
  const inputOf = (name) => document.querySelector(`.slider:not([hidden] *) input[name="${name}"]`);
  function face(input) {
    const button = input && input.closest(".slider").querySelector("button.play");
    if (!button) return;
    const on = Boolean(playing && playing.name === input.name);
    const said = on ? button.dataset.pause : calm.matches ? button.dataset.step : button.dataset.play;
    button.classList.toggle("playing", on);
    if (button.getAttribute("aria-label") === said) return;
    button.setAttribute("aria-label", said);
    button.title = said;
  }

  function stop() {
    if (!playing) return;
    const { name, timer } = playing;
    window.clearTimeout(timer);
    playing = null;
    face(inputOf(name));
  }

  function step(name) {
    const input = inputOf(name);
    const at = input ? next(input) : -1;
    if (at < 0) return false;
    input.value = String(at);
    known.get(input).asked = null;
    say(input);
    gba.submit(input.form, { replace: true });
    return true;
  }

  function play(button) {
    const input = button.closest(".slider").querySelector("input");
    const { name } = input;
    if (playing && playing.name === name) return stop();
    stop();
    if (next(input) < 0) input.value = "0";
    if (calm.matches) return void step(name);
    playing = { name, timer: 0 };
    face(input);
    if (!step(name)) stop();
  }

  // The next beat waits until the page shows this one.
  function shown() {
    for (const input of document.querySelectorAll(".slider input")) {
      const told = (playing && playing.name === input.name) || document.activeElement === input;
      if (told) document.getElementById("announcer").textContent = text(input);
    }
    if (!playing) return;
    window.clearTimeout(playing.timer);
    playing.timer = window.setTimeout(() => playing && (step(playing.name) || stop()), BEAT);
  }

  document.addEventListener("input", moved);
  document.addEventListener("change", moved);
  document.addEventListener("pointerdown", () => (pressed = true));
  document.addEventListener("pointerup", () => (pressed = false));
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button.play");
    if (button) play(button);
    else if (event.target.closest("a[href], .slider input")) stop();
  });
  document.addEventListener("keydown", (event) => event.key === "Escape" && stop());
  calm.addEventListener("change", stop);
  new MutationObserver(shown).observe(root, { attributes: true, attributeFilter: ["data-shown"] });
  gba.slider = { dress, valueOf };
})();
