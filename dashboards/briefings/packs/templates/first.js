// Runs first: a pack is light, like paper, until its reader chooses otherwise.
(function () {
  "use strict";
  document.documentElement.dataset.theme = "light";
  window.gba = {};
})();
