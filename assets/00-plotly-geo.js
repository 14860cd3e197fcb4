// Maps draw our own shapes only: an empty world keeps plotly from asking elsewhere for one.
(function () {
  "use strict";
  const layers = ["coastlines", "land", "ocean", "lakes", "rivers", "countries", "subunits"];
  const empty = () => ({
    type: "Topology",
    arcs: [],
    objects: Object.fromEntries(layers.map((name) => [name, { type: "GeometryCollection", geometries: [] }])),
  });
  window.PlotlyGeoAssets = { topojson: { world_110m: empty(), world_50m: empty() } };
})();
