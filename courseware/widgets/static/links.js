// Links to notebooks: JupyterLab opens them in a tab of its own; elsewhere they are plain links.

const jupyterConfig = () => {
  try {
    return JSON.parse(document.getElementById("jupyter-config-data")?.textContent || "{}");
  } catch {
    return {};
  }
};

/** Whether the page is one of the app's, where each lesson has an address of its own. */
const inApp = () => Boolean(document.body.dataset.lesson);

/** The address of a notebook on this server, in the view that the page itself is in. */
const notebookAddress = (path) => {
  const base = jupyterConfig().baseUrl ?? "/";
  if (inApp()) return `${base}lesson/${encodeURIComponent(path.split("/").at(-1).replace(/\.ipynb$/, ""))}`;
  const encoded = path.split("/").map(encodeURIComponent).join("/");
  const view = location.pathname.includes("/notebooks/") ? "notebooks" : "lab/tree";
  return `${base}${view}/${encoded}`;
};

const pointAt = (link, path) => {
  link.href = notebookAddress(path);
  if (inApp()) return link;
  link.setAttribute("data-commandlinker-command", "docmanager:open");
  link.setAttribute("data-commandlinker-args", JSON.stringify({ path }));
  return link;
};

const notebookLink = (path, look, ...children) => pointAt(h("a", { class: look }, ...children), path);

/** Other ways on, each in a sentence, with a link where there is something to open. */
const offerList = (offers) => h("ul", { class: "cw-offers", "aria-label": "Other ways on" }, offers.map((offer) =>
  h("li", { class: "cw-offer", "data-kind": offer.kind },
    h("span", {}, offer.text), offer.path && notebookLink(offer.path, "cw-button", offer.label || "Open it"))));

/** Links in an author's text: notebooks open in JupyterLab, other pages in another tab. */
const mendLinks = (node, folder) => {
  for (const link of node.querySelectorAll("a[href]:not([data-commandlinker-command])")) {
    const href = link.getAttribute("href");
    if (/^https?:/i.test(href)) link.target = "_blank";
    else if (/\.ipynb$/i.test(href)) pointAt(link, (folder ? `${folder}/` : "") + decodeURIComponent(href).replace(/^\.\//, ""));
  }
  return node;
};
