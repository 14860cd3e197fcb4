// The one callback: asks for the page that the address names and hands its components to the shell.
(function () {
  "use strict";
  const gba = window.gba;
  const root = document.documentElement;
  const clientside = (window.dash_clientside = window.dash_clientside || {});
  const SLOW = 250; // ms until the page says that it is asking
  let asking = null; // the request under way: {address, controller, result}
  let shown = { address: "", path: "", tag: "", main: "" };
  let spoken = "";
  let times = 0;

  const nothing = () => Array(3).fill(clientside.no_update);
  const one = (id) => document.getElementById(id);

  function page() {
    const address = gba.answerAddress();
    if (asking && asking.address === address) return asking.result;
    if (asking) asking.controller.abort();
    const again = gba.renewal.taken() && shown.address === address;
    if (shown.address === address && !again) {
      return same(); // gone away and come back before the answer, or from an address that could not be had
    }
    const controller = new AbortController();
    const mine = (asking = { address, controller, again });
    mine.result = fetched(mine).then(
      (answer) => (mine !== asking ? nothing() : answer ? taken(mine, answer) : same()),
      () => {
        if (mine === asking) (again && gba.renewal.heard(false) ? same : lost)();
        return nothing();
      }
    );
    return mine.result;
  }

  async function fetched(mine) {
    const { address, controller, again } = mine;
    const slow = window.setTimeout(() => root.classList.toggle("asking", !again), SLOW);
    try {
      const early = gba.first && gba.first.address === address ? gba.first : null;
      gba.first = null;
      if (early) controller.signal.addEventListener("abort", early.stop);
      const asked = early ? early.promise : window.fetch(address, { signal: controller.signal }).then((response) => ({ response }));
      const { response, answer: read } = await asked;
      if (response.status >= 500 || response.status === 429) throw new Error("no answer");
      mine.tag = response.headers.get("ETag") || "";
      if (again) gba.renewal.heard(true);
      if (again && mine.tag && mine.tag === shown.tag) return null;
      const answer = read || (await response.json());
      await libraries(answer);
      return answer;
    } finally {
      window.clearTimeout(slow);
    }
  }

  // Scripts that only some pages need: fetched with the first page that does.
  const THERE = "there";
  const loading = new Map();
  function fetchOnce(address, there) {
    if (there()) return Promise.resolve(THERE);
    if (!loading.has(address)) {
      loading.set(
        address,
        new Promise((resolve, reject) => {
          const script = document.createElement("script");
          script.src = address;
          script.onload = resolve;
          script.onerror = () => {
            loading.delete(address);
            script.remove();
            reject(new Error("no script"));
          };
          document.head.append(script);
        })
      );
    }
    return loading.get(address);
  }

  // One after the other and a breath after each, so that the page answers between them.
  async function libraries({ charts, grids }) {
    const wanted = [
      charts && fetchOnce(gba.plotly, () => window.Plotly),
      grids && fetchOnce(gba.grid, () => window.dash_ag_grid),
    ];
    for (const one of wanted) {
      if (one && (await one) !== THERE) await gba.breath();
    }
  }

  function taken(mine, answer) {
    asking = null;
    const path = window.location.pathname;
    const moved = shown.path !== "" && shown.path !== path;
    const main = answer.renew ? JSON.stringify(answer.main) : "";
    const anew = !mine.again || main !== shown.main;
    const held = mine.again && anew ? gba.renewal.holding() : null;
    shown = { address: mine.address, path, tag: mine.tag, main };
    document.title = answer.title;
    dress(answer);
    document.body.dataset.lost = answer.lost;
    document.body.dataset.retry = answer.retry;
    delete root.dataset.offline;
    quiet();
    gba.renewal.plan(answer.renew || 0);
    gba.state = answer.state;
    const [top, laid, foot] = gba.panels.lay(path, answer);
    gba.panels.follow();
    if (!anew) return [top, clientside.no_update, foot];
    const after = held ? () => renewed(answer, held) : () => settled(answer, moved);
    // Parts put in by themselves are there with the next frame; a page that Dash makes whole takes one more.
    const whole = laid !== clientside.no_update;
    window.requestAnimationFrame(() => (whole ? window.requestAnimationFrame(after) : window.setTimeout(after)));
    return [top, laid, foot];
  }

  // What styles go by. A word set again, even the same, would have the style of the whole page worked out anew.
  function dress({ lang }) {
    const page = gba.pageName();
    if (root.lang !== lang) root.lang = lang;
    if (root.dataset.theme !== gba.theme()) root.dataset.theme = gba.theme(); // another window may have changed it
    if (one("main").dataset.page !== page) one("main").dataset.page = page;
  }

  // Nothing is new: what is shown stays, and no word is said.
  function same() {
    asking = null;
    delete root.dataset.offline;
    quiet();
    return nothing();
  }

  function renewed(answer, held) {
    gba.renewal.restore(held);
    one("announcer").textContent = answer.renewed;
  }

  function settled(answer, moved) {
    if (moved || spoken !== root.lang) gba.before.reveal(one("top"));
    spoken = root.lang;
    gba.before.away();
    if (moved) {
      const place = (window.history.state && window.history.state.y) || 0;
      window.scrollTo(0, place);
      one("main").focus({ preventScroll: true });
    }
    if (window.location.hash.length > 1) {
      const target = one(decodeURIComponent(window.location.hash.slice(1)));
      if (target && (moved || times === 0)) target.scrollIntoView();
    }
    one("announcer").textContent = answer.ready;
    times += 1;
    root.dataset.shown = shown.address;
  }

  function quiet() {
    root.classList.remove("asking");
    one("notice").replaceChildren();
  }

  function lost() {
    asking = null;
    gba.before.away();
    quiet();
    root.dataset.offline = "true";
    const text = document.createElement("span");
    const retry = document.createElement("button");
    text.textContent = document.body.dataset.lost;
    retry.textContent = document.body.dataset.retry;
    retry.type = "button";
    retry.addEventListener("click", again);
    one("notice").replaceChildren(text, retry);
  }

  function again() {
    clientside.set_props("again", { data: Date.now() });
  }

  // An address is asked for as soon as it changes, while Dash still tells its own parts of it.
  function ahead() {
    const address = gba.answerAddress();
    const mine = (one) => one && one.address === address;
    if (mine(asking) || mine(gba.first)) return;
    if (!mine(shown)) gba.askFirst(address);
    else if (gba.first) gba.first = gba.first.stop() || null; // come back from where nothing is wanted any more
  }
  window.addEventListener("_dashprivate_pushstate", ahead);
  window.addEventListener("popstate", ahead);

  // The first page's charts need their library: it is fetched while the rest of the page still starts. That of tables
  // needs Dash, which is not there yet.
  const early = ({ answer }) => answer && libraries({ charts: answer.charts });
  if (gba.first) gba.first.promise.then(early).catch(() => {}); // told when the page takes it up

  window.addEventListener("online", () => root.dataset.offline && again());
  gba.again = again;
  // The address says more of what is shown already (a mark): nothing need be asked.
  gba.kept = () => {
    shown.address = gba.answerAddress();
    root.dataset.shown = shown.address;
  };
  clientside.gba = { page };
})();
