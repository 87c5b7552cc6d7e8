// Lines to put in order, and to indent: dragged, or moved by keys and buttons. Lines left out stay on the tray.

const DEEPEST = 6;
const STEP = 4; // spaces a level, in the response

controls.ordering = (ask, { response, changed, labelledby, name }) => {
  const texts = ask.blocks;
  const indents = Boolean(ask.indent);
  const help = ask.help ?? [];
  const code = ask.code !== false; // else short texts, which are spoken of as such
  const words = code
    ? { tray: "Lines", program: "Your program", bring: "Bring lines here, in order.", used: "All lines are in use.", one: "Line" }
    : { tray: "To place", program: "Your order", bring: "Bring them here, in order.", used: "All are in place.", one: "Place" };
  const spare = code ? " Some lines may not be needed." : ask.spare ? " Some may not be needed." : "";
  let locked = false;
  let dragged = null;

  // Each line is its place in `texts`, so that two lines may read the same.
  const start = () => {
    const free = texts.map((_, index) => index);
    const used = [];
    const lines = Array.isArray(response) ? response.map(String) : [];
    for (let at = 0; at < lines.length; at += 1) {
      // A block may hold several lines; one whose lines stood apart goes back to the tray.
      const fits = (index) => texts[index].split("\n").every((line, n) => line.trim() === lines[at + n]?.trim());
      const found = free.findIndex(fits);
      if (found < 0) continue;
      const line = free.splice(found, 1)[0];
      const indent = Math.round((lines[at].length - lines[at].trimStart().length) / STEP);
      used.push({ line, indent: indents ? indent : 0 });
      at += texts[line].split("\n").length - 1;
    }
    return { used, free };
  };
  const { used, free } = start();

  const tray = h("ul", { class: "cw-lines cw-tray", "aria-labelledby": `${name}-tray` });
  const program = h("ol", { class: "cw-lines cw-program", "aria-labelledby": `${name}-program` });
  const live = h("p", { class: "cw-aside", "aria-live": "polite" });
  const mark = h("li", { class: "cw-drop", "aria-hidden": "true" });

  const where = (line) => used.findIndex((one) => one.line === line);
  const tell = (line) => {
    const at = where(line);
    if (at < 0) live.textContent = `Taken out: ${texts[line]}`;
    else {
      const deep = used[at].indent;
      live.textContent = `${words.one} ${at + 1} of ${used.length}${indents ? `, indented ${deep} ${deep === 1 ? "step" : "steps"}` : ""}: ${texts[line]}`;
    }
  };
  const done = (line, focus = true) => {
    show();
    tell(line);
    changed();
    if (focus) [...program.children, ...tray.children].find((row) => row.line === line)?.querySelector(".cw-line-of-code").focus();
  };

  const put = (line, at, indent = 0) => {
    const before = where(line);
    if (before >= 0) used.splice(before, 1);
    else free.splice(free.indexOf(line), 1);
    used.splice(before >= 0 && before < at ? at - 1 : at, 0, { line, indent: Math.min(DEEPEST, Math.max(0, indent)) });
  };
  const takeOut = (line) => {
    if (where(line) < 0) return;
    used.splice(where(line), 1);
    free.push(line);
  };
  const moves = {
    toggle: (line) => (where(line) < 0 ? put(line, used.length, used.at(-1)?.indent ?? 0) : takeOut(line)),
    up: (line) => where(line) > 0 && put(line, where(line) - 1, used[where(line)].indent),
    down: (line) => where(line) >= 0 && where(line) < used.length - 1 && put(line, where(line) + 2, used[where(line)].indent),
    in: (line) => indents && where(line) >= 0 && (used[where(line)].indent = Math.min(DEEPEST, used[where(line)].indent + 1)),
    out: (line) => indents && where(line) >= 0 && (used[where(line)].indent = Math.max(0, used[where(line)].indent - 1)),
  };
  const move = (what, line) => {
    if (locked) return;
    moves[what](line);
    done(line);
  };
  const KEYS = { ArrowUp: "up", ArrowDown: "down", ArrowLeft: "out", ArrowRight: "in" };

  const tool = (what, glyph, label, line) =>
    h("button", { type: "button", class: "cw-tool", "aria-label": `${label}: ${texts[line]}`, title: label, onclick: () => move(what, line) }, glyph);

  const row = (line, indent, inProgram) => {
    const handle = h("button", {
      type: "button",
      class: "cw-line-of-code",
      "aria-describedby": `${name}-how`,
      onclick: () => !inProgram && move("toggle", line),
      onkeydown: (event) => {
        const what = inProgram && KEYS[event.key];
        const out = inProgram && ["Delete", "Backspace", "Enter", " "].includes(event.key);
        if (!what && !out) return;
        event.preventDefault();
        move(what || "toggle", line);
      },
    }, h(code ? "code" : "span", {}, texts[line]));
    const tools = inProgram
      ? [
          tool("up", "↑", "Move up", line),
          tool("down", "↓", "Move down", line),
          indents && tool("out", "⇤", "Indent less", line),
          indents && tool("in", "⇥", "Indent more", line),
          tool("toggle", "×", "Take out", line),
        ]
      : [tool("toggle", "+", "Use", line)];
    const node = h("li", { class: "cw-row", draggable: "true" }, handle, h("span", { class: "cw-tools" }, tools));
    node.line = line;
    node.style.setProperty("--cw-indent", indent);
    node.addEventListener("dragstart", (event) => {
      if (locked) return event.preventDefault();
      dragged = { line, grip: event.clientX - handle.getBoundingClientRect().left };
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", texts[line]);
      event.stopPropagation();
      return undefined;
    });
    node.addEventListener("dragend", () => {
      dragged = null;
      mark.remove();
    });
    return node;
  };

  const place = (event) => {
    const rows = [...program.querySelectorAll(".cw-row")];
    const at = rows.findIndex((one) => {
      const box = one.getBoundingClientRect();
      return event.clientY < box.top + box.height / 2;
    });
    const left = event.clientX - dragged.grip - program.getBoundingClientRect().left;
    const step = parseFloat(getComputedStyle(program).getPropertyValue("--cw-indent-step")) || 28;
    return { at: at < 0 ? used.length : at, rows, indent: indents ? Math.round((left - 8) / step) : 0 };
  };
  program.addEventListener("dragover", (event) => {
    if (!dragged) return;
    event.preventDefault();
    const { at, rows, indent } = place(event);
    mark.style.setProperty("--cw-indent", Math.min(DEEPEST, Math.max(0, indent)));
    program.insertBefore(mark, rows[at] ?? null);
  });
  program.addEventListener("drop", (event) => {
    if (!dragged) return;
    event.preventDefault();
    event.stopPropagation();
    const { at, indent } = place(event);
    const { line } = dragged;
    put(line, at, indent);
    done(line);
  });
  tray.addEventListener("dragover", (event) => dragged && event.preventDefault());
  tray.addEventListener("drop", (event) => {
    if (!dragged) return;
    event.preventDefault();
    event.stopPropagation();
    const { line } = dragged;
    takeOut(line);
    done(line);
  });

  const show = () => {
    mark.remove();
    program.replaceChildren(...used.map((one) => row(one.line, one.indent, true)));
    tray.replaceChildren(...free.map((line) => row(line, 0, false)));
    if (!used.length) program.append(h("li", { class: "cw-empty" }, words.bring));
    if (!free.length) tray.append(h("li", { class: "cw-empty" }, words.used));
  };
  show();
  // Help that has come with an answer is read out; the list above the lines is there to stay.
  if (help.length) setTimeout(() => (live.textContent = help.at(-1)), 100);

  const node = h("div", { class: `cw-ordering ${code ? "" : "cw-of-texts"}`, role: "group", "aria-labelledby": labelledby },
    help.length > 0 && h("ul", { class: "cw-help" }, help.map((step) => h("li", {}, step))),
    h("div", {}, h("p", { class: "cw-lines-title", id: `${name}-tray` }, words.tray), tray),
    h("div", {}, h("p", { class: "cw-lines-title", id: `${name}-program` }, words.program), program),
    h("p", { class: "cw-hint-line", id: `${name}-how` },
      indents
        ? "Drag lines, or use keys: Enter takes a line in or out, ↑ ↓ move it, ← → indent it. Some lines may not be needed."
        : `Drag ${code ? "lines" : "them"}, or use keys: Enter takes ${code ? "a line" : "one"} in or out, ↑ ↓ move it.${help.length ? "" : spare}`),
    live);
  return {
    node,
    value: () => used.flatMap(({ line, indent }) => texts[line].split("\n").map((text) => " ".repeat(indent * STEP) + text)),
    focus: () => node.querySelector(".cw-line-of-code")?.focus({ preventScroll: true }),
    lock: (on) => {
      locked = on;
      node.classList.toggle("cw-locked", on);
      for (const one of node.querySelectorAll("button")) one.disabled = on;
      for (const one of node.querySelectorAll(".cw-row")) one.draggable = !on;
    },
  };
};
