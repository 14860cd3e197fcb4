// Writes assets/plotly.min.js: the traces of plotly.js that the charts use, with no address of another host in it.
import { readFile } from "node:fs/promises";
import { build } from "esbuild";

const ELSEWHERE = /(https:\/\/)?cdn\.plot\.ly(\/un\/)?/g;

const stayHome = {
  name: "stay-home",
  setup(it) {
    it.onLoad({ filter: /plotly\.js\/src\/.*\.js$/ }, async ({ path }) => ({
      contents: (await readFile(path, "utf8")).replace(ELSEWHERE, "/assets/world/"),
      loader: "js",
    }));
  },
};

await build({
  entryPoints: ["plotly.js"],
  outfile: "../plotly.min.js",
  bundle: true,
  minify: true,
  format: "iife",
  globalName: "Plotly",
  target: "es2020",
  define: { global: "globalThis" },
  legalComments: "none",
  loader: { ".css": "empty" },
  plugins: [stayHome],
  banner: {
    js: "/* plotly.js 4.1.1, (c) Plotly, Inc., MIT licence: scatter, bar, heatmap, choropleth, scattergeo */",
  },
});
