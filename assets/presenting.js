// Slides on the screen: how large they are, their charts, and words as large as there is room for.
(function () {
  "use strict";
  const root = document.documentElement;
  const one = (id) => document.getElementById(id);
  const WIDE = 64; // a slide is 64 by 36 of its own type size
  const BASE = 30; // px of that type size at 1080p
  const LARGEST = 2.3; // how much larger than on a page a chart is drawn at 1080p
  const phone = () => window.matchMedia("screen and (max-aspect-ratio: 1/1), screen and (max-width: 700px)").matches;

  function measure() {
    const notes = one("notes").hidden || phone() ? 0 : one("notes").offsetHeight;
    root.style.setProperty("--notes", notes + "px");
    const high = window.innerHeight - notes;
    const wide = phone() ? 0 : Math.min(window.innerWidth / WIDE, high / (WIDE * 9 / 16));
    if (wide) root.style.setProperty("--em", wide + "px");
    else root.style.removeProperty("--em");
    root.style.setProperty("--k", String(wide ? wide / BASE : 1));
  }

  const plotly = new Promise((resolve) => {
    if (window.Plotly) resolve();
    else window.addEventListener("load", resolve, { once: true });
  });

  async function shapes(addresses) {
    const held = (window.PlotlyGeoAssets = window.PlotlyGeoAssets || {});
    await Promise.all(addresses.filter((one) => !held[one]).map(async (one) => {
      const answer = await window.fetch(one);
      held[one] = await answer.json();
    }));
  }

  async function draw(made, number) {
    const slide = made.answer.slides[number];
    const section = made.element.children[number];
    const plot = section && section.querySelector(".slide-plot");
    if (!slide || !slide.chart || !plot) return;
    const box = plot.parentElement;
    const k = Number(root.style.getPropertyValue("--k")) || 1;
    const flowing = phone();
    const height = slide.chart.height;
    const room = { wide: box.clientWidth / k, high: box.clientHeight / k };
    let scale = flowing ? 1 : LARGEST;
    if (!flowing && height) scale = Math.min(LARGEST, room.high / height);
    if (!flowing && !height) scale = 1.75;
    const least = flowing && slide.least ? slide.least : 0; // drawn for a wide room alone: to be scrolled
    const wide = Math.max(room.wide / scale, least);
    const high = height && (flowing || scale < LARGEST) ? height : room.high / scale;
    const size = [wide, high, scale].map((part) => part.toFixed(2)).join(" ");
    if (plot.dataset.size === size) return;
    plot.dataset.size = size;
    plot.style.width = wide + "px";
    plot.style.height = high + "px";
    plot.style.setProperty("--s", String(scale));
    if (flowing) box.style.minHeight = high + "px";
    if (wide > room.wide / scale) box.tabIndex = 0;
    const layout = { ...slide.chart.layout, width: wide, height: high, autosize: false };
    const config = { displayModeBar: false, displaylogo: false, showSendToCloud: false, showTips: false,
      locale: made.answer.locale };
    await plotly;
    await window.Plotly.react(plot, slide.chart.data, layout, config);
  }

  // Words are set as large as the slide has room for; what is too much is set smaller, never cut.
  function fit(section) {
    const body = section.querySelector(".slide-body");
    const columns = [...body.querySelectorAll(":scope > .slide-main, :scope > .slide-side")];
    for (const part of columns.length ? columns : [body]) fill(part, section);
  }
  function fill(part, section) {
    part.style.removeProperty("--fit");
    if (phone() || section.matches(".slide-title, .slide-chart")) return;
    const most = part.matches(".slide-side") ? 1 : 1.36; // beside words a chart keeps its room
    for (let share = most; share > 0.48; share -= 0.04) {
      part.style.setProperty("--fit", share.toFixed(2));
      if (!over(part)) return;
    }
  }
  function over(part) {
    const spills = (one) => one.scrollHeight > one.clientHeight + 2 || one.scrollWidth > one.clientWidth + 2;
    return [part, ...part.querySelectorAll(".slide-rows")].some(spills);
  }

  window.gba.slides = { phone, measure, shapes, draw, fit };
})();
