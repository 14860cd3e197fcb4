// Charts are drawn one by one, those in view first, so that the page answers between them; none is drawn twice.
(function () {
  "use strict";
  const waiting = []; // {draw, chart, done, failed}
  let drawing = false;

  const away = (chart) => {
    const { top, bottom } = chart.getBoundingClientRect();
    return Math.max(0, top - window.innerHeight, -bottom);
  };
  const breath = () =>
    new Promise((go) => (window.scheduler && window.scheduler.yield ? window.scheduler.yield().then(go) : window.setTimeout(go)));
  window.gba.breath = breath;

  async function drawAll() {
    drawing = true;
    document.documentElement.dataset.drawing = "yes";
    if (!waiting[0].chart._fullLayout) await breath(); // the page was made anew just now, and is to answer first
    while (waiting.length) {
      waiting.sort((one, other) => away(one.chart) - away(other.chart));
      const { draw, chart, done, failed } = waiting.shift();
      if (!chart.isConnected) continue; // its page has gone
      try {
        done(await draw());
      } catch (error) {
        failed(error);
      }
      await breath();
    }
    drawing = false;
    delete document.documentElement.dataset.drawing;
  }

  function queued(draw) {
    return (chart, ...said) =>
      new Promise((done, failed) => {
        waiting.push({ draw: () => draw(chart, ...said), chart, done, failed });
        if (!drawing) drawAll();
      });
  }

  // A chart that has the size of its place is not laid out again.
  function resized(resize) {
    return (chart) => {
      const layout = chart && chart._fullLayout;
      const fits = layout && layout.width === chart.clientWidth && layout.height === chart.clientHeight;
      return fits ? Promise.resolve(chart) : resize(chart);
    };
  }

  function taken(library) {
    library.react = queued(library.react);
    library.newPlot = queued(library.newPlot);
    library.Plots.resize = resized(library.Plots.resize);
    return library;
  }

  // The library comes with the first page that has a chart.
  Object.defineProperty(window, "Plotly", {
    configurable: true,
    get: () => undefined,
    set: (library) =>
      Object.defineProperty(window, "Plotly", { value: taken(library), writable: true, configurable: true }),
  });
})();
