// What stays where it is while a page is made anew: the reader's focus, and controls that are held in their place.
(function () {
  "use strict";
  const gba = window.gba;
  let last = null; // the element that had the focus, and how to find the one that took its place

  const area = (element) => element.closest("[id]:not(a):not(button):not(input)");
  const label = (element) =>
    element.id || element.name || element.getAttribute("aria-label") || element.textContent.trim().slice(0, 80);
  const alike = (element) => [...area(element).querySelectorAll(element.tagName)];

  function remember(event) {
    const element = event.target;
    const within = area(element);
    if (!within || element.id === "main") return void (last = null);
    const all = alike(element);
    const named = all.filter((other) => label(other) === label(element));
    last = {
      element, area: within.id, tag: element.tagName, label: label(element), look: element.className,
      nth: named.indexOf(element), place: all.filter((o) => o.className === element.className).indexOf(element),
    };
  }

  function heir({ area: id, tag, label: said, look, nth, place }) {
    const within = document.getElementById(id);
    if (!within) return null;
    const all = [...within.querySelectorAll(tag)];
    const named = all.filter((other) => label(other) === said);
    return named[nth] || named[0] || all.filter((other) => other.className === look)[place] || null;
  }

  // A page made anew takes the focused element away: its heir gets the focus, unless the reader has moved on.
  function refocus() {
    if (!last || last.element.isConnected || document.activeElement !== document.body) return;
    const found = heir(last);
    if (found) found.focus({ preventScroll: true });
  }

  function attributes(old, made) {
    for (const { name } of [...old.attributes]) if (!made.hasAttribute(name)) old.removeAttribute(name);
    for (const { name, value } of made.attributes) {
      if (old.getAttribute(name) === value) continue;
      if (name === "style") old.style.cssText = value; // as an attribute the policy would refuse it
      else old.setAttribute(name, value);
    }
  }

  // Bring *old* to what *made* is, keeping its elements; what scripts put into a field stays.
  function follow(old, made) {
    if (old.nodeType === Node.TEXT_NODE) {
      if (old.data !== made.data) old.data = made.data;
      return;
    }
    attributes(old, made);
    if (old.classList.contains("field")) return;
    const [mine, theirs] = [[...old.childNodes], [...made.childNodes]];
    const same = mine.length === theirs.length && mine.every((node, n) => node.nodeName === theirs[n].nodeName);
    if (same) mine.forEach((node, n) => follow(node, theirs[n]));
    else old.replaceChildren(...theirs.map((node) => node.cloneNode(true)));
  }

  // A control in a [data-hold] is shown in the place of that name, where it outlives the pages that bring it.
  function hold() {
    const brought = document.querySelector("[data-hold=replay]");
    const before = brought && brought.closest(".before"); // what is shown while Dash starts has a place of its own
    const place = before ? before.querySelector("#replay") : document.getElementById("replay");
    if (!place) return;
    if (!brought) {
      if (document.documentElement.dataset.shown && document.getElementById("top").firstElementChild) place.replaceChildren();
      return;
    }
    if (brought.dataset.taken) return;
    brought.dataset.taken = "yes";
    const made = brought.firstElementChild.cloneNode(true);
    made.querySelectorAll("[data-html]").forEach((element) => element.removeAttribute("data-html")); // it is put in
    if (place.firstElementChild) follow(place.firstElementChild, made);
    else place.append(made);
  }

  document.addEventListener("focusin", remember);
  gba.held = { hold, refocus };
})();
