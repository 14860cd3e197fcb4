// Names that are drawn by lot are the same on every sheet, so that a chart drawn again is the same to the byte.
(function () {
  "use strict";
  const MOST = 2147483647;
  let lot = 20240328;
  Math.random = function () {
    lot = (lot * 48271) % MOST;
    return lot / MOST;
  };
})();
