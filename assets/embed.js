// A panel in somebody else's frame: draws its chart, and renews itself while it is live and in view.
(function () {
  "use strict";
  const EVERY = 5 * 60 * 1000; // ms

  function draw() {
    const place = document.getElementById("plot");
    const told = document.getElementById("figure");
    if (!place || !told) return;
    const { figure, locale } = JSON.parse(told.textContent);
    const config = {
      displayModeBar: false,
      displaylogo: false,
      showSendToCloud: false,
      modeBarButtonsToRemove: ["sendChartToCloud"],
      responsive: true,
      showTips: false,
      locale,
    };
    window.Plotly.newPlot(place, figure.data, figure.layout, config).then(() => {
      document.documentElement.dataset.drawn = "true";
    });
  }

  async function renew() {
    if (document.visibilityState !== "visible") return;
    try {
      const answer = await fetch(window.location.href, { method: "HEAD", cache: "no-cache" });
      const tag = answer.headers.get("ETag");
      if (answer.ok && renew.tag && tag !== renew.tag) window.location.reload();
      renew.tag = tag;
    } catch {
      // The panel stays as it is: what it shows says as of when.
    }
  }

  window.addEventListener("load", () => {
    draw();
    if (document.body.dataset.live) {
      renew();
      window.setInterval(renew, EVERY);
    }
  });
})();
