// Where the server cannot draw, the browser does: the same picture, title, source and as-of inside, from the same values.
(function () {
  "use strict";
  const keep = async (button) => {
    const answer = await fetch(button.dataset.draws, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(`${answer.status}`);
    const { figure, width, height, scale } = await answer.json();
    const format = button.dataset.form;
    const image = await window.Plotly.toImage(figure, { format, width, height, scale: format === "svg" ? 1 : scale });
    const named = /filename\*=UTF-8''([^;]+)/.exec(answer.headers.get("Content-Disposition") || "");
    const name = named ? decodeURIComponent(named[1]) : "chart.json";
    const link = document.createElement("a");
    link.href = image;
    link.download = name.replace(/\.json$/, `.${format}`);
    link.click();
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest("button[data-draws]");
    if (!button || button.disabled) return;
    button.disabled = true;
    keep(button)
      .catch(() => button.setAttribute("aria-invalid", "true"))
      .finally(() => {
        button.disabled = false;
      });
  });
})();
