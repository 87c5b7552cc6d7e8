// Parts of a drawing to shade, or a place on a number line: drawn here from plain data, in the theme's colours.

const SVG = "http://www.w3.org/2000/svg";

const svg = (tag, attributes = {}, ...children) => {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value !== undefined && value !== null) node.setAttribute(name, value);
  }
  node.append(...children.flat(Infinity));
  return node;
};

const counted = (count, word) => `${count} ${word}${count === 1 ? "" : "s"}`;

/** One whole of each shape: the drawing, and a node for each part, in the order in which they are counted. */
const wholes = {
  bar: (sizes) => {
    const all = sizes.reduce((sum, size) => sum + size, 0);
    let from = 0;
    const nodes = sizes.map((size) => {
      const node = svg("rect", { x: `${(100 * from) / all}%`, width: `${(100 * size) / all}%`, y: 0, height: "100%" });
      from += size;
      return node;
    });
    return { nodes, look: { class: "cw-drawing cw-bar" } };
  },
  grid: (sizes, columns) => {
    const rows = sizes.length / columns;
    const nodes = sizes.map((_, n) => svg("rect", { x: n % columns, y: Math.floor(n / columns), width: 1, height: 1 }));
    const look = { class: "cw-drawing cw-grid", viewBox: `0 0 ${columns} ${rows}`, style: `--cw-columns: ${columns}` };
    return { nodes, look };
  },
  circle: (sizes) => {
    const all = sizes.reduce((sum, size) => sum + size, 0);
    const at = (turn) => [Math.sin(turn * 2 * Math.PI), -Math.cos(turn * 2 * Math.PI)].map((x) => x.toFixed(5)).join(" ");
    let from = 0;
    const nodes = sizes.map((size) => {
      const to = from + size / all;
      const shape = sizes.length === 1
        ? svg("circle", { r: 1 })
        : svg("path", { d: `M0 0L${at(from)}A1 1 0 ${to - from > 0.5 ? 1 : 0} 1 ${at(to)}Z` });
      from = to;
      return shape;
    });
    return { nodes, look: { class: "cw-drawing cw-circle", viewBox: "-1.02 -1.02 2.04 2.04" } };
  },
};

const shadeParts = (ask, { response, changed, labelledby, name, submit }) => {
  const each = ask.sizes.length;
  const count = each * ask.wholes;
  const equal = new Set(ask.sizes).size === 1;
  const shaded = new Set(Array.isArray(response) ? response : []);
  const live = h("p", { class: "cw-aside", "aria-live": "polite" });
  const nodes = [];
  let here = 0;
  let locked = false;
  let painting = null; // what dragging the mouse does: shade, or take away

  const draw = (part) => nodes[part].setAttribute("aria-checked", String(shaded.has(part + 1)));
  const set = (part, on) => {
    if (locked || shaded.has(part + 1) === on) return;
    if (on) shaded.add(part + 1);
    else shaded.delete(part + 1);
    draw(part);
    live.textContent = `${shaded.size} of ${count} shaded`;
    changed();
  };
  const go = (part) => {
    nodes[here].setAttribute("tabindex", "-1");
    here = part;
    nodes[here].setAttribute("tabindex", "0");
    nodes[here].focus({ preventScroll: true });
  };
  // Parts beside the one in focus would cover half of its outline: this one is drawn over them.
  const rings = ["cw-ring-edge", "cw-ring-core"].map((look) => svg("g", { class: look, "aria-hidden": "true" }));
  const ring = () => rings.forEach((one) => {
    const shape = nodes[here].cloneNode();
    for (const name of ["class", "role", "tabindex", "aria-label", "aria-checked", "aria-disabled", "data-part"]) shape.removeAttribute(name);
    one.replaceChildren(shape);
    nodes[here].parentNode.append(one);
  });
  const across = ask.shape === "grid" ? ask.columns : 1;
  const STEPS = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: across, ArrowUp: -across };
  const keys = (event) => {
    const to = event.key in STEPS ? here + STEPS[event.key] : { Home: 0, End: count - 1 }[event.key];
    if (to !== undefined) go(Math.min(count - 1, Math.max(0, to)) === to ? to : here);
    else if (event.key === " ") set(here, !shaded.has(here + 1));
    else if (event.key === "Enter") submit();
    else return;
    event.preventDefault();
  };
  const size = (part) => (equal ? "" : `, of size ${ask.sizes[part % each]}`);
  const label = (part) => {
    const place = ask.shape === "grid"
      ? `Row ${Math.floor((part % each) / across) + 1}, column ${(part % across) + 1}`
      : `Part ${(part % each) + 1} of ${each}`;
    return `${place}${size(part)}${ask.wholes > 1 ? `, ${ask.shape} ${Math.floor(part / each) + 1}` : ""}`;
  };

  const drawings = Array.from({ length: ask.wholes }, (_, whole) => {
    const made = wholes[ask.shape](ask.sizes, ask.columns);
    made.nodes.forEach((node, n) => {
      const part = whole * each + n;
      nodes.push(node);
      for (const [key, value] of Object.entries({
        class: "cw-part", role: "checkbox", tabindex: part === 0 ? 0 : -1, "aria-label": label(part), "data-part": part + 1,
      })) node.setAttribute(key, value);
      draw(part);
      node.addEventListener("pointerdown", (event) => {
        if (event.button !== 0 || locked) return;
        event.preventDefault();
        go(part);
        if (event.pointerType !== "mouse") return;
        painting = !shaded.has(part + 1);
        set(part, painting);
        window.addEventListener("pointerup", () => (painting = null), { once: true });
      });
      node.addEventListener("pointerenter", (event) => event.buttons && painting !== null && set(part, painting));
      // A touch shades when it is lifted where it began, so that a page can be scrolled from here; so does a screen reader's click.
      node.addEventListener("click", (event) => event.pointerType !== "mouse" && set(part, !shaded.has(part + 1)));
    });
    return svg("svg", { ...made.look, focusable: "false", role: "presentation" }, made.nodes);
  });
  const whole = `${{ bar: "A bar", circle: "A circle", grid: "A grid" }[ask.shape]} of ${counted(each, equal ? "equal part" : "part")}`;
  const what = h("p", { class: "cw-aside", id: `${name}-what` }, ask.wholes > 1 ? `${ask.wholes} times: ${whole}` : whole);
  const node = h("div", { class: "cw-shade", role: "group", "aria-labelledby": labelledby, "aria-describedby": `${name}-what ${name}-how`, onkeydown: keys, onfocusin: ring },
    what,
    h("div", { class: `cw-drawings cw-of-${ask.shape}` }, drawings),
    h("p", { class: "cw-hint-line", id: `${name}-how` }, "Click or touch a part to shade it. Keys: the arrows go from part to part, Space shades."),
    live);
  return {
    node,
    value: () => [...shaded].sort((one, other) => one - other),
    focus: () => nodes[here].focus({ preventScroll: true }),
    lock: (on) => {
      locked = on;
      node.classList.toggle("cw-locked", on);
      nodes.forEach((one) => (on ? one.setAttribute("aria-disabled", "true") : one.removeAttribute("aria-disabled")));
    },
  };
};

const markPlace = (ask, { response, changed, labelledby, name, submit }) => {
  const last = ask.steps * ask.wholes;
  let mark = Number.isInteger(response) ? response : null;
  let locked = false;
  const at = (step) => `${(100 * step) / last}%`;

  const ticks = Array.from({ length: last + 1 }, (_, step) => {
    const whole = step % ask.steps === 0;
    return [
      svg("line", { x1: at(step), x2: at(step), y1: whole ? 22 : 28, y2: whole ? 50 : 44, class: whole ? "cw-whole" : "cw-tick" }),
      whole ? svg("text", { x: at(step), y: 70, "text-anchor": "middle" }, String(step / ask.steps)) : [],
    ];
  });
  const ring = svg("circle", { r: 13, cy: 36, class: "cw-ring" });
  const dot = svg("circle", { r: 8, cy: 36, class: "cw-dot" });
  const pin = svg("g", { class: "cw-pin" }, ring, dot);
  const line = svg("svg", { class: "cw-number-line", height: 78, "aria-hidden": "true", focusable: "false" },
    svg("line", { x1: 0, x2: "100%", y1: 36, y2: 36, class: "cw-axis" }), ticks, pin);
  const node = h("div", {
    class: "cw-slider", role: "slider", tabindex: "0", "aria-labelledby": labelledby, "aria-describedby": `${name}-what ${name}-how`,
    "aria-valuemin": "0", "aria-valuemax": String(last),
    onkeydown: (event) => {
      const now = mark ?? 0;
      const to = { ArrowRight: now + 1, ArrowUp: now + 1, ArrowLeft: now - 1, ArrowDown: now - 1, Home: 0, End: last,
        PageUp: now + ask.steps, PageDown: now - ask.steps }[event.key];
      if (to !== undefined) set(to);
      else if (event.key === "Enter") submit();
      else return;
      event.preventDefault();
    },
  }, line);
  const show = () => {
    pin.style.display = mark === null ? "none" : "";
    ring.setAttribute("cx", at(mark ?? 0));
    dot.setAttribute("cx", at(mark ?? 0));
    node.setAttribute("aria-valuenow", String(mark ?? 0));
    node.setAttribute("aria-valuetext", mark === null ? "nothing marked yet" : mark % ask.steps ? `${counted(mark, "step")} from 0` : `at ${mark / ask.steps}`);
  };
  const set = (to) => {
    if (locked) return;
    mark = Math.min(last, Math.max(0, to));
    show();
    changed();
  };
  const nearest = (event) => {
    const box = line.getBoundingClientRect();
    set(Math.round(((event.clientX - box.left) / box.width) * last));
  };
  node.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || locked) return;
    event.preventDefault();
    node.focus({ preventScroll: true });
    node.setPointerCapture(event.pointerId);
    nearest(event);
  });
  node.addEventListener("pointermove", (event) => node.hasPointerCapture(event.pointerId) && nearest(event));
  show();
  return {
    node: h("div", { class: "cw-shade" },
      h("p", { class: "cw-aside", id: `${name}-what` }, `A number line from 0 to ${ask.wholes}; ${counted(ask.steps, "step")} to each whole`),
      node,
      h("p", { class: "cw-hint-line", id: `${name}-how` }, "Click, touch or drag to mark a place. Keys: ← and → go step by step.")),
    value: () => mark,
    focus: () => node.focus({ preventScroll: true }),
    lock: (on) => {
      locked = on;
      node.classList.toggle("cw-locked", on);
      if (on) node.setAttribute("aria-disabled", "true");
      else node.removeAttribute("aria-disabled");
    },
  };
};

controls.shade = (ask, context) => (ask.shape === "line" ? markPlace : shadeParts)(ask, context);
