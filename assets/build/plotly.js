// The charts of the monitor use these traces alone; scatter comes with the core.
const Plotly = require("plotly.js/lib/core");

Plotly.register([
  require("plotly.js/lib/bar"),
  require("plotly.js/lib/heatmap"),
  require("plotly.js/lib/choropleth"),
  require("plotly.js/lib/scattergeo"),
  require("plotly.js/lib/locales/zh-cn"),
  require("plotly.js/lib/locales/zh-hk"),
]);

module.exports = Plotly;
