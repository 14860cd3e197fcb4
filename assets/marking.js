// Marking: a place chosen on a map, in bars, lines, a table or the bar of names stands out in all of them.
// The bar says which parameter of the address holds the marks: its places, or a name of the page's own.
(function () {
  "use strict";
  const gba = window.gba;
  const root = document.documentElement;
  const BEFORE = ["lang", "as_of"]; // what stands before the places in an address
  let held = ""; // the places marked, as the address writes them

  const bar = () => document.querySelector("[data-marking]");
  const parameter = () => bar().dataset.marking;
  const asked = () => new URLSearchParams(window.location.search).get(parameter()) || "";

  // The address or query with *places* in it, the rest as it was.
  function withPlaces(query, places) {
    const mine = parameter();
    const pairs = [...new URLSearchParams(query)].filter(([name]) => name !== mine);
    const at = mine === "places" ? pairs.filter(([name]) => BEFORE.includes(name)).length : pairs.length;
    if (places) pairs.splice(at, 0, [mine, places]);
    return new URLSearchParams(pairs).toString().replaceAll("%2C", ",").replaceAll("%3A", ":");
  }

  // What a chart draws of which place: looked up once after each drawing.
  function drawn(chart) {
    const found = [];
    const add = (element, place) => place && found.push([element, place]);
    const datum = (element) => element.__data__;
    for (const path of chart.querySelectorAll("path.choroplethlocation")) add(path, datum(path).loc);
    for (const group of chart.querySelectorAll("g.trace.bars")) {
      const { customdata = [] } = datum(group)[0].trace;
      group.querySelectorAll("g.point").forEach((point) => add(point, customdata[datum(point).i]));
    }
    for (const group of chart.querySelectorAll("g.trace.scatter")) {
      const { customdata = [], meta } = datum(group)[0].trace;
      add(group, meta);
      group.querySelectorAll("g.textpoint").forEach((element, n) => add(element, customdata[n]));
    }
    for (const group of chart.querySelectorAll("g.trace.scattergeo")) {
      const { customdata = [], meta } = datum(group)[0].trace;
      add(group, meta);
      for (const kind of ["path.point", "text"]) {
        group.querySelectorAll(kind).forEach((element, n) => add(element, customdata[n]));
      }
    }
    const { annotations = [], shapes = [] } = chart.layout || {};
    chart.querySelectorAll("g.annotation").forEach((e) => add(e, (annotations[e.dataset.index] || {}).name));
    chart.querySelectorAll(".shapelayer path").forEach((e) => add(e, (shapes[e.dataset.index] || {}).name));
    return found;
  }

  function paint(chart, places) {
    const parts = drawn(chart);
    const some = parts.some(([, place]) => places.has(place));
    for (const [element, place] of parts) {
      element.classList.toggle("marked", places.has(place));
      element.classList.toggle("faded", some && !places.has(place));
    }
  }

  // The circles of a map, all of whose ground can be chosen: where each is, and whose it is.
  function discs(chart) {
    const found = [...chart.querySelectorAll("g.trace.scattergeo")].map((e) => [e, e.__data__[0].trace.meta]);
    return found.filter(([, place]) => place).map(([e, place]) => [e.getBoundingClientRect(), place]);
  }

  const known = new WeakSet();
  function listen(chart) {
    if (known.has(chart) || !chart.on) return;
    known.add(chart);
    chart.on("plotly_click", ({ points: [point] }) => {
      const place = point && (point.location || point.customdata || (point.data && point.data.meta));
      if (typeof place === "string" && !discs(chart).some(([, held]) => held === place)) toggle(place);
    });
    chart.addEventListener("click", ({ clientX: x, clientY: y }) => {
      const under = discs(chart).filter(([box]) => x >= box.left && x <= box.right && y >= box.top && y <= box.bottom);
      under.sort(([a], [b]) => a.width * a.height - b.width * b.height);
      if (under.length) toggle(under[0][1]);
    });
    chart.on("plotly_afterplot", () => bar() && paint(chart, new Set(held.split(","))));
  }

  function show() {
    const marks = bar();
    held = marks ? asked() : "";
    const places = new Set(held ? held.split(",") : []);
    for (const chart of document.querySelectorAll(".js-plotly-plot")) {
      if (marks) listen(chart);
      if (marks) paint(chart, places);
    }
    if (!marks) return;
    marks.dataset.dressed = "yes";
    for (const button of marks.querySelectorAll("[data-mark]")) {
      if (button.dataset.mark) button.setAttribute("aria-pressed", String(places.has(button.dataset.mark)));
      else button.hidden = places.size === 0;
    }
    for (const name of document.querySelectorAll("[data-place]")) {
      const line = name.closest("tr, li") || name;
      line.classList.toggle("marked-line", places.has(name.dataset.place));
    }
  }

  // The links and forms of the page keep the marks.
  function keep(places) {
    for (const link of document.querySelectorAll("#top a[href], #main a[href]")) {
      if (link.origin !== window.location.origin || link.pathname !== window.location.pathname) continue;
      if (link.getAttribute("href").startsWith("#")) continue;
      const said = withPlaces(link.search, places);
      link.setAttribute("href", link.pathname + (said ? "?" + said : "") + link.hash);
    }
    for (const form of document.querySelectorAll("form.asking")) form.dataset.keep = withPlaces(form.dataset.keep, places);
  }

  function mark(places) {
    const said = withPlaces(window.location.search, places);
    window.history.replaceState(window.history.state, "", window.location.pathname + (said ? "?" + said : ""));
    keep(places);
    gba.kept();
    show();
    const { marked, cleared, join } = bar().dataset;
    const names = [...bar().querySelectorAll("[aria-pressed=true]")].map((button) => button.textContent);
    document.getElementById("announcer").textContent = names.length
      ? marked.replace("{places}", names.join(join))
      : cleared;
  }

  function toggle(place) {
    const marks = bar();
    if (!marks || ![...marks.querySelectorAll("[data-mark]")].some((button) => button.dataset.mark === place)) return;
    const places = new Set(held ? held.split(",") : []);
    if (!places.delete(place)) places.add(place);
    mark([...places].join(","));
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-mark]");
    const name = event.target.closest("[data-place]");
    if (button && button.dataset.mark) toggle(button.dataset.mark);
    else if (button) {
      mark("");
      bar().querySelector("[data-mark]").focus();
    } else if (name) toggle(name.dataset.place);
  });
  new MutationObserver(show).observe(root, { attributes: true, attributeFilter: ["data-shown"] });
  // Called whenever the page changes: a bar made anew, a chart drawn.
  function dress() {
    const marks = bar();
    if (!marks) return;
    if (!marks.dataset.dressed) return show();
    for (const chart of document.querySelectorAll(".js-plotly-plot")) {
      if (known.has(chart) || !chart.on) continue;
      listen(chart);
      paint(chart, new Set(held.split(",")));
    }
  }
  gba.marking = { dress };
})();
