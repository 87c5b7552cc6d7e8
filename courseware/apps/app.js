// A lesson's page beside its cells: the head follows what was recorded, and a page whose kernel has gone says so.

const base = document.body?.dataset.baseUrl?.replace(/voila\/$/, "") ?? "/";
const lost = document.getElementById("cw-lost");

/** The first checks are in the page: they are drawn at once, and their widgets join them when they are there. */
const drawEarly = async ({ script, views }) => {
  document.getElementById("loading")?.remove();
  document.getElementById("rendered_cells").style.display = "";
  const { default: widget } = await import(base + script);
  for (const view of views) {
    const place = document.querySelector(`.cw-early[data-target="${CSS.escape(view.target)}"]:empty`);
    if (place) widget.early(place, view);
  }
};

const early = document.getElementById("cw-early");
if (early) drawEarly(JSON.parse(early.textContent));

const renew = async (part) => {
  try {
    const address = `${base}courseware/${part}/${encodeURIComponent(document.body.dataset.lesson)}`;
    const answer = await fetch(address, { redirect: "error" });
    if (answer.ok) document.getElementById(`cw-${part}`).innerHTML = await answer.text();
  } catch {
    // The part stays as it was; whether the lesson can be reached, its cards say.
  }
};

window.addEventListener("courseware:recorded", ({ detail }) => {
  renew("top");
  if (detail?.opened?.length) renew("end");
});
window.addEventListener("courseware:lost", () => (lost.hidden = false));
window.addEventListener("courseware:back", () => (lost.hidden = true));
lost?.querySelector("button").addEventListener("click", () => location.reload());

// What outputs bring along: headers of tables without a word in them, and what scrolls and no key could reach.
const mend = () => {
  for (const empty of document.querySelectorAll("#rendered_cells th:empty")) empty.replaceWith(document.createElement("td"));
  for (const node of document.querySelectorAll("#rendered_cells :is(pre, .jp-OutputArea-output, .jp-RenderedHTMLCommon)")) {
    if (node.scrollWidth > node.clientWidth && !node.hasAttribute("tabindex")) node.tabIndex = 0;
  }
};
let due = 0;
const mendSoon = () => {
  clearTimeout(due);
  due = setTimeout(mend, 100);
};
const cells = document.getElementById("rendered_cells");
if (cells) {
  new MutationObserver(mendSoon).observe(cells, { childList: true, subtree: true });
  window.addEventListener("resize", mendSoon);
  mendSoon();
}

// Whoever leaves the page needs its kernel no more, also where Voila's own script has not come up yet.
window.addEventListener("pagehide", () => {
  const { kernelId } = JSON.parse(document.getElementById("jupyter-config-data")?.textContent || "{}");
  if (kernelId) navigator.sendBeacon(`${base}voila/api/shutdown/${kernelId}`);
});
