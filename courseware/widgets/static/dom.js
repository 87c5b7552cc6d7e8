// Nodes, and what every part needs. The files here are joined into one module: no import, no export but the last.

const VERSION = 1;

/** A node with attributes and children. `html` takes only what the kernel has sanitised. */
const h = (tag, attributes = {}, ...children) => {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "html") node.innerHTML = value;
    else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
};

const button = (label, look, act) => h("button", { type: "button", class: `cw-button ${look}`, onclick: act }, label);

/** An id that becomes the event's: a UUID that sorts by time (version 7), also where the page is not served securely. */
const uuid = () => {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  for (let at = 5, time = Date.now(); at >= 0; at -= 1, time = Math.floor(time / 256)) bytes[at] = time % 256;
  bytes[6] = (bytes[6] & 0x0f) | 0x70;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
};

const SIGNS = {
  good: "M6.2 10.4l2.6 2.6 5-5.6",
  near: "M10 5.5v5.5M10 14.2v.1",
  note: "M10 9.2v5M10 5.9v.1",
};

const sign = (tone) => {
  const node = h("span", { class: "cw-sign", "aria-hidden": "true" });
  node.innerHTML =
    '<svg viewBox="0 0 20 20" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" ' +
    `stroke-linejoin="round"><circle cx="10" cy="10" r="8"/><path d="${SIGNS[tone] ?? SIGNS.note}"/></svg>`;
  return node;
};

/** Builds a part of a widget anew only when what it shows has changed. */
const parts = () => {
  const shown = new Map();
  return (place, data, build) => {
    const key = JSON.stringify(data ?? null);
    if (shown.get(place) === key) return false;
    shown.set(place, key);
    place.replaceChildren(...[build()].flat().filter(Boolean));
    return true;
  };
};

/** What the page keeps while it is open, for all widgets on it: drafts by variant, who was greeted. */
const kept = (name, make) => (globalThis[Symbol.for(`courseware.${name}`)] ??= make());

/** Keys pressed in a card are the card's and not the notebook's, but saving is everybody's, and so are the course
 * map's shortcuts (Alt+Shift): those go through. */
const QUIET = "data-lm-suppress-shortcuts";
kept("saving", () => {
  window.addEventListener("keydown", (event) => {
    const saves = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s";
    const card = (saves || (event.altKey && event.shiftKey)) && event.target.closest?.(`.cw-root [${QUIET}]`);
    if (!card) return;
    card.removeAttribute(QUIET);
    setTimeout(() => card.setAttribute(QUIET, "true"));
  }, true);
  return true;
});

/** A widget that cannot be drawn says so in a sentence; it never leaves an empty cell. */
const guarded = (draw) => (context) => {
  try {
    context.el.classList.add("cw-root");
    return draw(context);
  } catch (error) {
    console.error("courseware:", error);
    context.el.replaceChildren(
      h("p", { class: "cw-note" }, "This check could not be drawn. Reload the page, then run this cell again.")
    );
    return undefined;
  }
};
