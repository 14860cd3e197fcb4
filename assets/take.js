// A long export under way: how far it is, asked for every second; said aloud at each quarter, not at each step.
(function () {
  "use strict";
  const here = document.currentScript;
  const EVERY = 1000; // ms
  const bar = document.getElementById("progress");
  const line = document.getElementById("told");
  const announcer = document.getElementById("announcer");
  let quarter = -1;
  let missed = 0;

  function show(told) {
    bar.max = told.all || 1;
    bar.value = told.done;
    line.textContent = told.said;
    const reached = told.all ? Math.floor((told.done / told.all) * 4) : 0;
    if (reached > quarter) {
      quarter = reached;
      announcer.textContent = told.said;
    }
  }

  async function look() {
    try {
      const answer = await fetch(here.dataset.state, { headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(String(answer.status));
      const told = await answer.json();
      if (told.over) {
        window.location.reload();
        return;
      }
      show(told);
      missed = 0;
    } catch {
      missed += 1; // the server may be restarting: ask more and more seldom, then let the page say what is
      if (missed > 5) {
        window.location.reload();
        return;
      }
    }
    window.setTimeout(look, EVERY * (1 + missed));
  }
  window.setTimeout(look, EVERY);
})();
