// The words of the first page are shown as soon as they are there, while Dash still starts; what Dash then puts in
// lies under them in the same places, and they go.
(function () {
  "use strict";
  const gba = window.gba;
  const MARKUP = "dash_html_components";
  const NAMES = { className: "class", htmlFor: "for" };
  let shown = null;

  function made(part) {
    if (Array.isArray(part)) return part.flatMap(made);
    if (part === null || part === undefined) return [];
    if (typeof part !== "object") return [String(part)];
    const { namespace, type, props } = part;
    const plain = namespace === MARKUP;
    const element = document.createElement(plain ? type : "div"); // a chart or a table: its place alone
    const { children, style, ...said } = props;
    Object.assign(element.style, style);
    if (!plain) {
      element.className = said.className || "";
      return [element];
    }
    for (const [name, value] of Object.entries(said)) {
      if (value === null || value === false) continue;
      element.setAttribute(NAMES[name] || name, value === true ? "" : value);
    }
    element.append(...made(children));
    return [element];
  }

  function within(id, tag, look, parts) {
    const place = document.createElement(tag);
    place.id = id;
    place.className = look;
    place.append(...made(parts));
    return place;
  }

  const taken = () => document.querySelector("#react-entry-point #main > *");

  function show({ answer }) {
    if (!answer || taken()) return;
    shown = document.createElement("div");
    shown.className = "before";
    shown.inert = true;
    shown.setAttribute("aria-hidden", "true"); // told once, by what takes its place
    const main = within("main", "main", "page", answer.main);
    main.dataset.page = gba.pageName();
    const replay = within("replay", "div", "", null);
    shown.append(within("top", "div", "", answer.top), replay, main, within("foot", "footer", "foot", answer.foot));
    document.getElementById("react-entry-point").after(shown);
    reveal(shown);
  }

  // On a narrow screen the navigation is wider than its place: it stands so that one sees where one is.
  function reveal(place) {
    const nav = place.querySelector(".nav");
    const here = nav && nav.querySelector("[aria-current]");
    if (!here || nav.scrollWidth <= nav.clientWidth) return;
    const [outer, inner] = [nav.getBoundingClientRect(), here.getBoundingClientRect()];
    nav.scrollLeft += inner.left + inner.width / 2 - (outer.left + outer.width / 2);
  }

  // Called when the page is in its place, or cannot be had.
  function away() {
    if (shown) shown.remove();
    shown = null;
  }

  gba.before = { away, reveal };
  gba.pageName = () => window.location.pathname.split("/")[1] || "overview";
  if (gba.first) gba.first.promise.then(show).catch(() => {}); // told when the page takes it up
})();
