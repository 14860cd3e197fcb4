// On paper a chart has another width than on the screen, and no time to be drawn anew: it is made smaller as a whole.
(function () {
  "use strict";
  const drawings = () => document.querySelectorAll(".chart .main-svg");

  window.addEventListener("beforeprint", () => {
    for (const one of drawings()) {
      const [wide, high] = ["width", "height"].map((side) => Number(one.getAttribute(side)));
      if (!wide || !high) continue;
      one.setAttribute("viewBox", [0, 0, wide, high].join(" "));
      one.setAttribute("preserveAspectRatio", "xMinYMin meet");
    }
  });

  window.addEventListener("afterprint", () => {
    for (const one of drawings()) {
      one.removeAttribute("viewBox");
      one.removeAttribute("preserveAspectRatio");
    }
  });
})();
