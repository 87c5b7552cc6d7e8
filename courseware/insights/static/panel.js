// A panel of the dashboard: draws what the kernel says, sends what to sort, filter and open. All text is put in as text.

const LEVELS = ["Not started", "Attempted", "Familiar", "Proficient", "Mastered"];
const percent = (share) => (share === null || share === undefined ? "–" : `${Math.round(share * 100)}%`);
const number = (value, digits = 0) => (value === null || value === undefined ? "–" : value.toFixed(digits));
const seconds = (value) =>
  value === null || value === undefined ? "–" : value < 90 ? `${Math.round(value)} s` : `${Math.round(value / 60)} min`;
const many = (count, one) => `${count.toLocaleString("en")} ${one}${count === 1 ? "" : "s"}`;

/** Text as an author wrote it: code between backticks and fences, words between two asterisks stronger. */
const words = (text) =>
  (text ?? "").split(/```\w*\n([\s\S]*?)```/).flatMap((part, fenced) =>
    fenced % 2
      ? [h("pre", { class: "cwi-response", tabindex: "0" }, part.trimEnd())]
      : part.split("`").flatMap((piece, code) =>
          code % 2 ? [h("code", {}, piece)] : piece.split("**").map((bit, strong) => (strong % 2 ? h("b", {}, bit) : bit))));

const disc = () => h("span", { class: "cw-disc", "aria-hidden": "true" });
const levelWord = (level) => h("span", { class: `cw-level cw-l${level}` }, disc(), LEVELS[level]);

/** What a panel does: `change` what is shown, `open` something elsewhere. */
const actions = (model, status) => {
  const waiting = new Map();
  model.on("msg:custom", (message) => {
    if (!waiting.has(message?.re)) return;
    clearTimeout(waiting.get(message.re));
    waiting.delete(message.re);
    status(message.ok ? "" : message.error);
  });
  const send = (content) => {
    const id = uuid();
    waiting.set(id, setTimeout(() => status("No answer yet. If it stays so, reload the page."), 8000));
    model.send({ v: 1, id, ...content });
  };
  return {
    hello: () => send({ do: "hello" }),
    refresh: () => send({ do: "refresh" }),
    change: (state) => send({ do: "change", state }),
    open: (what, state) => send({ do: "open", what, state }),
  };
};

const link = (label, act, attributes = {}) => h("button", { type: "button", class: "cwi-link", onclick: act, ...attributes }, label);
const person = (act, row) =>
  row.learner === null ? row.name : link(row.name, () => act.open("learner", { chosen: row.learner, page: 0, objective: "" }));

/** A column's head that sorts: pressed again it turns round. */
const sorter = (act, state, by, label, title) => {
  const mine = String(state.by) === String(by);
  const down = mine && state.down;
  return h(
    "th",
    { scope: "col", "aria-sort": mine ? (down ? "descending" : "ascending") : "none" },
    link(label, () => act.change({ by, down: mine ? !down : false, page: 0 }), { title, "data-sort": by, class: "cwi-sort" }),
    h("span", { class: "cwi-arrow", "aria-hidden": "true" }, mine ? (down ? "▼" : "▲") : "")
  );
};

const choice = (label, options, value, change, name) => {
  const select = h("select", { class: "cwi-field", "data-key": name, onchange: (event) => change(event.target.value) },
    options.map(([key, text]) => h("option", { value: key, selected: String(key) === String(value) }, text)));
  return h("label", { class: "cwi-label" }, label, select);
};

const search = (label, value, change) => {
  let timer;
  const field = h("input", { class: "cwi-field", type: "search", value, "data-key": "text", autocomplete: "off",
    oninput: (event) => {
      clearTimeout(timer);
      timer = setTimeout(() => change(event.target.value), 150);
    } });
  return h("label", { class: "cwi-label" }, label, field);
};

const pager = (act, view, of) =>
  view.pages > 1 &&
  h("nav", { class: "cwi-pager", "aria-label": `Pages of ${of}` },
    button("Before", "cw-quiet", () => act.change({ page: view.page - 1 })),
    h("span", {}, `Page ${view.page + 1} of ${view.pages}`),
    button("After", "cw-quiet", () => act.change({ page: view.page + 1 })));

const scroller = (label, ...inside) => h("div", { class: "cwi-scroll", tabindex: "0", role: "region", "aria-label": label }, ...inside);

const plainTable = (label, table) =>
  scroller(label, h("table", { class: "cwi-table" },
    h("thead", {}, h("tr", {}, table.head.map((cell) => h("th", { scope: "col" }, cell)))),
    h("tbody", {}, table.rows.map((row) =>
      h("tr", {}, row.map((cell, at) => h(at ? "td" : "th", at ? {} : { scope: "row" }, String(cell))))))));

/** A picture with the table behind it one click away; which of the two is shown, the page remembers. */
const picture = (view, keep, draw) => {
  const place = h("div", { class: "cwi-picture" });
  const flip = h("button", { type: "button", class: "cw-button cw-quiet", "aria-expanded": "false" });
  const show = () => {
    flip.textContent = keep.table ? "Show the picture" : "Show the table";
    flip.setAttribute("aria-expanded", keep.table ? "true" : "false");
    place.replaceChildren(keep.table ? plainTable(view.title, view.table) : draw());
  };
  flip.addEventListener("click", () => {
    keep.table = !keep.table;
    show();
  });
  show();
  return h("figure", { class: "cwi-figure" }, h("figcaption", {}, h("span", {}, view.title), flip), place);
};

// ---- The class

const needsPanel = (view, act) => {
  if (!view.learners) return [h("p", {}, "Nothing has come in yet. As soon as somebody answers a check, it shows here.")];
  if (!view.sections.length) return [h("p", {}, "Nobody needs you just now: no one goes round in circles, is away or was one step short.")];
  const open = view.sections.map((s) => s.key);
  return view.sections.map((section) =>
    h("section", { class: "cwi-need", "data-kind": section.key },
      h("h3", {}, section.heading, h("span", { class: "cwi-count" }, section.count)),
      h("ul", {}, section.rows.map((row) =>
        h("li", {},
          h("span", { class: "cwi-who" }, person(act, row), h("span", { class: "cw-soft" }, row.since === "today" ? "today" : `since ${row.since}`)),
          h("span", { class: "cwi-evidence" }, words(row.evidence)),
          h("span", { class: "cwi-action" }, words(row.action))))),
      section.rows.length < section.count &&
        button(`Show all ${section.count}`, "cw-quiet", () => act.change({ all: [...(keptOpen.get(view.panel) ?? []), section.key] }))));
};
const keptOpen = new Map();

const heatPanel = (view, act, keep) => {
  const { state } = view;
  const change = (key) => (value) => act.change({ [key]: value, page: 0 });
  const wordy = h("label", { class: "cwi-check" },
    h("input", { type: "checkbox", checked: keep.words, onchange: (event) => {
      keep.words = event.target.checked;
      table.classList.toggle("cwi-words", keep.words);
    } }), "Levels as words");
  const needy = h("label", { class: "cwi-check" },
    h("input", { type: "checkbox", checked: state.needy, "data-key": "needy", onchange: (event) => change("needy")(event.target.checked) }), "Only who needs you");
  const filters = h("div", { class: "cwi-filters", role: "group", "aria-label": "Filter" },
    search("Name", state.text, change("text")),
    choice("Lesson", [["", "All lessons"], ...view.lessons.map((l) => [l.id, l.title])], state.lesson, change("lesson"), "lesson"),
    choice("Level", [["", "Any level"], ...LEVELS.map((word, at) => [at, word])], state.level, change("level"), "level"),
    choice("on", [["", "any objective"], ...view.objectives.map((o) => [o.id, o.can])], state.objective, change("objective"), "objective"),
    needy, wordy);
  const heads = view.columns.map((column) => {
    const head = sorter(act, state, column.id, column.name, column.can);
    head.classList.add("cwi-turned");
    return head;
  });
  const table = h("table", { class: `cwi-heat${keep.words ? " cwi-words" : ""}` },
    h("caption", { class: "cwi-hidden" }, "Levels of learners by objectives"),
    h("thead", {}, h("tr", {}, sorter(act, state, "name", "Learner"), heads, sorter(act, state, "held", "Proficient"), sorter(act, state, "last", "Last here"))),
    h("tbody", {},
      view.rows.map((row) =>
        h("tr", {},
          h("th", { scope: "row" }, person(act, row)),
          row.levels.map((level, at) =>
            h("td", { class: `cw-level cw-l${level}${row.stuck[at] ? " cwi-stuck" : ""}`,
              title: `${row.name}, “${view.columns[at].can}”: ${LEVELS[level]}${row.stuck[at] ? ", going round in circles" : ""}` },
              disc(), h("span", { class: "cwi-word" }, LEVELS[level]),
              row.stuck[at] && h("span", { class: "cwi-hidden" }, ", going round in circles"))),
          h("td", { class: "cwi-number" }, `${row.levels.filter((level) => level >= 3).length} of ${row.levels.length}`),
          h("td", { class: "cwi-number" }, row.last)))),
    h("tfoot", {}, h("tr", {},
      h("th", { scope: "row" }, "Proficient or better"),
      view.columns.map((column) => h("td", { class: "cwi-number", title: `${column.held} of ${view.total}` }, view.total ? percent(column.held / view.total) : "–")),
      h("td"), h("td"))));
  const legend = h("p", { class: "cwi-legend" },
    LEVELS.map((_, level) => levelWord(level)),
    h("span", { class: "cw-level" }, h("span", { class: "cwi-stuck cwi-sample", "aria-hidden": "true" }), "Going round in circles"));
  const told = view.total === view.everybody ? many(view.total, "learner") : `${view.total.toLocaleString("en")} of ${many(view.everybody, "learner")}`;
  return [filters, h("p", { class: "cwi-told", role: "status" }, told),
    view.rows.length ? scroller("Heat map", table) : h("p", {}, view.everybody ? "Nobody fits these filters. Take one away to see more." : "Nothing has come in yet."),
    legend, pager(act, view, "learners")];
};

const SVG = "http://www.w3.org/2000/svg";
const s = (tag, attributes, ...children) => {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children.flat(Infinity).filter(Boolean));
  return node;
};

const MARKS = [
  (x, y) => s("circle", { cx: x, cy: y, r: 3.5 }),
  (x, y) => s("rect", { x: x - 3.2, y: y - 3.2, width: 6.4, height: 6.4 }),
  (x, y) => s("path", { d: `M${x} ${y - 4.4}l4.2 7.6h-8.4z` }),
];
const DASHES = ["2 4", "7 4", ""];

/** Lines over weeks: each has its own dash, mark and label at its end. Arrow keys go from week to week. */
const linesPicture = (view) => {
  const width = 720, height = 260, left = 34, right = 104, top = 12, bottom = 30;
  const count = view.labels.length;
  const highest = Math.max(...view.series.flatMap((line) => line.values), 1);
  const most = Math.max(1, Math.min(view.most, Math.ceil(highest * 1.15)));
  const x = (at) => left + (count > 1 ? (at * (width - left - right)) / (count - 1) : (width - left - right) / 2);
  const y = (value) => top + (1 - value / most) * (height - top - bottom);
  const rules = [0, 0.25, 0.5, 0.75, 1].map((part) => Math.round(part * most)).filter((v, at, all) => all.indexOf(v) === at);
  const step = Math.ceil(count / 8);
  const ends = view.series.map((line, at) => ({ at, y: y(line.values[count - 1]) })).sort((a, b) => a.y - b.y);
  ends.forEach((end, at) => { if (at && end.y - ends[at - 1].y < 15) end.y = ends[at - 1].y + 15; });
  const cursor = s("line", { class: "cwi-cursor", y1: top, y2: height - bottom, x1: 0, x2: 0, visibility: "hidden" });
  const node = s("svg", { viewBox: `0 0 ${width} ${height}`, class: "cwi-lines", role: "slider", tabindex: "0",
    "aria-label": `${view.title}. Arrow keys go from week to week`, "aria-valuemin": 1, "aria-valuemax": count, "aria-valuenow": count },
    rules.map((v) => [s("line", { class: "cwi-rule", x1: left, x2: width - right, y1: y(v), y2: y(v) }), s("text", { class: "cwi-tick", x: left - 8, y: y(v) + 4, "text-anchor": "end" }, String(v))]),
    view.labels.map((label, at) => (at % step === 0 || at === count - 1) && (count - 1 - at === 0 || count - 1 - at >= step * 0.6) && s("text", { class: "cwi-tick", x: x(at), y: height - 8, "text-anchor": "middle" }, label)),
    view.series.map((line, at) => s("g", { class: `cwi-line cwi-line-${at}` },
      s("polyline", { points: line.values.map((v, n) => `${x(n)},${y(v)}`).join(" "), "stroke-dasharray": DASHES[at] }),
      line.values.map((v, n) => (count <= 20 || n % step === 0 || n === count - 1) && MARKS[at](x(n), y(v))))),
    ends.map((end) => s("text", { class: `cwi-end cwi-line-${end.at}`, x: x(count - 1) + 12, y: end.y + 4 }, view.series[end.at].name)),
    cursor);
  const told = h("p", { class: "cwi-readout" });
  let now = count - 1;
  const show = (at) => {
    now = Math.min(count - 1, Math.max(0, at));
    cursor.setAttribute("x1", x(now));
    cursor.setAttribute("x2", x(now));
    cursor.setAttribute("visibility", "visible");
    const text = `Week ${now + 1}, to ${view.labels[now]}: ${view.series.map((line) => `${line.name} ${line.values[now].toFixed(1)}`).join(", ")}, of ${view.most}`;
    told.textContent = text;
    node.setAttribute("aria-valuenow", now + 1);
    node.setAttribute("aria-valuetext", text);
  };
  node.addEventListener("keydown", (event) => {
    const by = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, Home: -count, End: count }[event.key];
    if (!by) return;
    event.preventDefault();
    event.stopPropagation();
    show(now + by);
  });
  node.addEventListener("pointermove", (event) => {
    const box = node.getBoundingClientRect();
    show(Math.round((((event.clientX - box.left) / box.width) * width - left) / ((width - left - right) / Math.max(1, count - 1))));
  });
  show(count - 1);
  return h("div", {}, h("div", { class: "cwi-fit cwi-scroll", tabindex: "0", role: "region", "aria-label": view.title }, node), told);
};

const progressPanel = (view, act, keep) => [
  h("div", { class: "cwi-filters" }, choice("Lesson", [["", "All lessons"], ...view.lessons.map((l) => [l.id, l.title])], view.state.lesson, (lesson) => act.change({ lesson }), "lesson")),
  picture(view, keep, () => linesPicture(view)),
];

const bar = (share, begun) =>
  h("span", { class: "cwi-bar", "aria-hidden": "true" }, h("i", { class: "cwi-begun", style: `width:${(begun ?? 0) * 100}%` }), h("i", { style: `width:${share * 100}%` }));

const pacePanel = (view, act, keep) => [
  picture(view, keep, () => h("ul", { class: "cwi-bars" }, view.bars.map((each) =>
    h("li", {}, h("span", { class: "cwi-name" }, each.name), bar(each.share, each.begun),
      h("span", { class: "cwi-says" }, each.says, each.note && h("span", { class: "cwi-plan" }, `; ${each.note}`)))))),
  h("p", { class: "cwi-legend" }, h("span", {}, h("i", { class: "cwi-swatch" }), "have all of it"), h("span", {}, h("i", { class: "cwi-swatch cwi-begun" }), "have begun")),
  view.note && h("p", { class: "cwi-soft" }, view.note),
];

const groupsPanel = (view, act) => {
  if (!view.groups.length) return [h("p", {}, "No group to suggest: no two learners here are held up by the same objective.")];
  const names = (people) => people.map((one, at) => [at ? ", " : "", person(act, one)]).flat();
  return [h("ul", { class: "cwi-groups" }, view.groups.map((group) =>
    h("li", {}, h("strong", {}, group.can), h("span", {}, names(group.people)),
      group.explains.length > 0 && h("span", { class: "cwi-soft" }, "Could explain it: ", names(group.explains)))))];
};

// ---- Objectives, items, one learner

const mistakesList = (mistakes) =>
  mistakes.length === 0
    ? h("p", { class: "cwi-soft" }, "Nothing has gone wrong here yet.")
    : h("ul", { class: "cwi-mistakes" }, mistakes.map((each) =>
        h("li", {},
          h("div", { class: "cwi-mistake" }, h("strong", {}, each.mistake ?? "wrong in no known way"), h("span", {}, `${many(each.count, "answer")}, ${percent(each.share)} of what went wrong`)),
          each.says && h("p", { class: "cwi-quote" }, h("span", { class: "cwi-soft" }, "They are told: "), words(each.says)),
          each.responses.length > 0 && h("div", {}, h("span", { class: "cwi-soft" }, "What was written: "), each.responses.map((text) => h("pre", { class: "cwi-response", tabindex: "0" }, text))),
          h("p", {}, each.then === null
            ? h("span", { class: "cwi-soft" }, `Too few answered again to say what helps (${each.again}).`)
            : [`${percent(each.then)} right at the next attempt`, h("span", { class: "cwi-soft" }, ` (of ${each.again})`)]))));

const closer = (title, ...inside) => h("section", { class: "cwi-close", tabindex: "-1" }, h("h3", {}, title), ...inside);

const objectivesPanel = (view, act, keep) => {
  const { state } = view;
  const rows = view.rows.map((row) =>
    h("tr", { "aria-current": view.close?.objective === row.id ? "true" : null },
      h("th", { scope: "row" }, link(row.can, () => act.change({ chosen: row.id }))),
      h("td", { class: "cwi-number" }, row.begun), h("td", { class: "cwi-number" }, row.held),
      h("td", {}, row.right !== null && bar(row.right), h("span", { class: "cwi-number" }, percent(row.right))),
      h("td", { class: "cwi-number" }, number(row.tries)), h("td", { class: "cwi-number" }, row.spins || "–")));
  const close = view.close && closer(view.close.can,
    h("p", {}, "Its items: ", view.close.items.map((each, at) => [at ? ", " : "", link(each.id, () => act.open("items", { chosen: each.item }))]).flat()),
    h("h4", {}, "What goes wrong, and what came after it"), mistakesList(view.close.mistakes));
  return [scroller("Objectives", h("table", { class: "cwi-table" }, h("thead", {}, h("tr", {},
    sorter(act, state, "course", "Objective"), sorter(act, state, "begun", "Begun by"), sorter(act, state, "held", "Proficient"),
    sorter(act, state, "right", "First tries right"), sorter(act, state, "tries", "Tries to Proficient", "The median number of first tries"), sorter(act, state, "spins", "In circles"))),
    h("tbody", {}, rows))), close || h("p", { class: "cwi-soft" }, "Choose an objective to see what goes wrong on it, and what helps.")];
};

const ITEMS_TITLE = "Items: how hard, and how well they tell who can from who cannot";

/** Items by how many first tries are right and by how well they tell apart; odd ones are triangles. */
const itemsPicture = (view, act) => {
  const width = 720, height = 280, left = 46, right = 16, top = 12, bottom = 40;
  const x = (share) => left + share * (width - left - right);
  const y = (tells) => top + (1 - (Math.max(-0.5, tells) + 0.5) / 1.5) * (height - top - bottom);
  const shown = view.rows.filter((row) => row.right !== null && row.tells !== null);
  const told = h("p", { class: "cwi-readout" }, "Each mark is an item; a triangle is one to look at. Point at one, or go there with the Tab key.");
  const marks = shown.map((row) => {
    const text = `${row.id}: ${percent(row.right)} of first tries right; ${percent(row.able)} of those who can do the rest, ${percent(row.unable)} of the others${row.says ? `. ${row.says}` : ""}`;
    const mark = s("g", { class: `cwi-mark${row.says ? " cwi-odd" : ""}`, tabindex: "0", role: "button", "aria-label": text },
      row.says ? s("path", { d: `M${x(row.right)} ${y(row.tells) - 7}l6.6 12h-13.2z` }) : s("circle", { cx: x(row.right), cy: y(row.tells), r: 4.5 }));
    const open = () => act.change({ chosen: row.item });
    mark.addEventListener("click", open);
    mark.addEventListener("keydown", (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); open(); } });
    for (const kind of ["pointerenter", "focus"]) mark.addEventListener(kind, () => { told.textContent = text; });
    return mark;
  });
  const node = s("svg", { viewBox: `0 0 ${width} ${height}`, class: "cwi-dots", role: "group", "aria-label": view.title },
    [-0.5, 0, 0.5, 1].map((v) => [s("line", { class: "cwi-rule", x1: left, x2: width - right, y1: y(v), y2: y(v) }), s("text", { class: "cwi-tick", x: left - 8, y: y(v) + 4, "text-anchor": "end" }, v > 0 ? `+${v * 100}%` : `${v * 100}%`.replace("-", "−"))]),
    [0, 0.25, 0.5, 0.75, 1].map((v) => s("text", { class: "cwi-tick", x: x(v), y: height - 22, "text-anchor": "middle" }, percent(v))),
    s("text", { class: "cwi-tick", x: (left + width - right) / 2, y: height - 4, "text-anchor": "middle" }, "first tries right"), marks);
  return h("div", {}, h("div", { class: "cwi-fit cwi-scroll", tabindex: "0", role: "region", "aria-label": view.title }, node), told);
};

const itemsPanel = (view, act, keep) => {
  const { state } = view;
  if (!view.rows.length && !state.text) return [h("p", {}, "No item was answered yet.")];
  const head = ["Item", "First tries", "Right", "of who can do the rest", "of who cannot", "Tells apart", "Median time", "Look at"];
  const flat = view.rows.map((row) => [row.id, row.tries, percent(row.right), percent(row.able), percent(row.unable), percent(row.tells), seconds(row.seconds), row.says]);
  const table = h("table", { class: "cwi-table" }, h("thead", {}, h("tr", {},
    sorter(act, state, "id", "Item"), sorter(act, state, "tries", "First tries"), sorter(act, state, "right", "Right"),
    h("th", { scope: "col", title: "First tries right of those who get the rest of the objective right" }, "of who can"),
    h("th", { scope: "col", title: "First tries right of those who do not" }, "of who cannot"),
    sorter(act, state, "tells", "Tells apart", "The difference between the two"), sorter(act, state, "seconds", "Median time"), sorter(act, state, "odd", "Look at"))),
    h("tbody", {}, view.rows.map((row) => h("tr", { "aria-current": view.close?.item === row.item ? "true" : null },
      h("th", { scope: "row" }, link(row.id, () => act.change({ chosen: row.item }))),
      h("td", { class: "cwi-number" }, row.tries.toLocaleString("en")), h("td", { class: "cwi-number" }, percent(row.right)),
      h("td", { class: "cwi-number" }, percent(row.able)), h("td", { class: "cwi-number" }, percent(row.unable)),
      h("td", { class: "cwi-number" }, percent(row.tells)), h("td", { class: "cwi-number" }, seconds(row.seconds)),
      h("td", { class: "cwi-says" }, row.says)))));
  const c = view.close;
  const list = (title, entries, none) => [h("h4", {}, title), entries.length ? h("ul", {}, entries.map((text) => h("li", {}, words(text)))) : h("p", { class: "cwi-soft" }, none)];
  const close = c && closer(c.id,
    h("h4", {}, "What goes wrong"), mistakesList(c.mistakes),
    list("Mistakes that it names and nobody made", c.never_triggered, c.gone ? "The course has this item no more." : c.few ? "Too little went wrong to say." : "Every one that it names came up."),
    list("Options that nobody picks", c.never_picked, c.gone || c.few ? "Nothing to say." : "None: each was picked, or its options differ each time."),
    h("h4", {}, "Variants that behave oddly"),
    c.variants.length ? h("ul", {}, c.variants.map((v) => h("li", {}, words(v.asked || "a variant"), h("span", { class: "cwi-soft" }, ` ${percent(v.right)} of ${many(v.tries, "first try").replace("trys", "tries")} right`)))) : h("p", { class: "cwi-soft" }, "None that several learners had."));
  return [h("div", { class: "cwi-filters" }, search("Item or objective", state.text, (text) => act.change({ text }))),
    picture({ title: ITEMS_TITLE, table: { head, rows: flat } }, keep, () => itemsPicture({ ...view, title: ITEMS_TITLE }, act)),
    scroller("Items", table), close || h("p", { class: "cwi-soft" }, "Choose an item to look at it closely.")];
};

const learnerPanel = (view, act) => {
  const c = view.close;
  const pick = view.people.length > 1 && h("div", { class: "cwi-filters" },
    choice("Learner", [["", "Choose a learner"], ...view.people.map((p) => [p.learner, p.name])], c ? c.learner : "", (chosen) => act.change({ chosen, page: 0, objective: "" }), "chosen"));
  if (!c) return [pick, h("p", { class: "cwi-soft" }, "Choose a learner, here or anywhere above.")];
  const begun = (lesson) => lesson.standings.some((each) => each.level > 0);
  const later = c.lessons.filter((lesson) => !begun(lesson));
  const open = (id) => act.change({ objective: c.only === id ? "" : id, page: 0 });
  return [pick, closer(c.name,
    h("p", { class: "cwi-soft" }, `Last here: ${c.last}. What follows is what ${c.name === "you" ? "you see" : "this learner sees"}, in the same words.`),
    c.needs.length > 0 && h("ul", { class: "cwi-own" }, c.needs.map((need) => h("li", {}, h("strong", {}, `${need.heading}. `), words(need.evidence), " ", words(need.action)))),
    c.lessons.filter(begun).map((lesson) => h("section", {}, h("h4", {}, lesson.title), h("ul", { class: "cwi-standings" }, lesson.standings.map((each) =>
      h("li", {}, h("div", { class: "cwi-standing" }, h("span", {}, each.can), levelWord(each.level)),
        h("span", { class: "cwi-soft" }, each.why, each.level > 0 && each.level < 3 && ` To go: ${each.left}.`),
        each.level > 0 && link(c.only === each.id ? "Show all answers" : "Show the answers behind it", () => open(each.id))))))),
    later.length > 0 && h("details", {}, h("summary", {}, `Not begun yet: ${many(later.length, "lesson")}`),
      h("ul", { class: "cwi-standings" }, later.flatMap((lesson) => lesson.standings.map((each) =>
        h("li", {}, h("div", { class: "cwi-standing" }, h("span", {}, each.can), levelWord(each.level))))))),
    h("h4", {}, c.only === null ? `All answers (${c.answers})` : `The answers behind it (${c.answers})`),
    c.trail.length ? h("ol", { class: "cwi-trail" }, c.trail.map((step) =>
      h("li", { class: step.right ? "cwi-right" : "cwi-wrong" },
        h("div", { class: "cwi-mistake" }, h("strong", {}, step.right ? "✓ Right" : "○ Not yet"), h("span", {}, [step.counted, step.review && "review", step.told && "self-reported"].filter(Boolean).join(", ")), h("span", { class: "cwi-soft" }, step.at)),
        step.asked && h("p", {}, words(step.asked)), step.response && h("pre", { class: "cwi-response", tabindex: "0" }, step.response),
        step.mistake && h("p", { class: "cwi-soft" }, `Taken for: ${step.mistake}`)))) : h("p", { class: "cwi-soft" }, "No answer yet."),
    pager(act, c, "answers"))];
};

const PANELS = { needs: needsPanel, heat: heatPanel, lines: progressPanel, bars: pacePanel, groups: groupsPanel, objectives: objectivesPanel, items: itemsPanel, learner: learnerPanel };

/** Where the keyboard was before a panel is drawn anew, so that it is there again afterwards. */
const focused = (root) => {
  const active = root.contains(document.activeElement) ? document.activeElement : null;
  if (!active) return () => {};
  const name = active.dataset.key ? `[data-key="${active.dataset.key}"]` : active.dataset.sort !== undefined ? `[data-sort="${active.dataset.sort}"]` : null;
  const text = active.textContent;
  const at = active.selectionStart;
  return () => {
    const same = name ? root.querySelector(name) : [...root.querySelectorAll("button")].find((node) => node.textContent === text);
    same?.focus({ preventScroll: true });
    if (at !== null && at !== undefined && same?.setSelectionRange) same.setSelectionRange(at, at);
  };
};

export default {
  render({ model, el }) {
    el.classList.add("cw-root", "cwi-root");
    const body = h("div", { class: "cwi-body" });
    const status = h("p", { class: "cwi-status", role: "status" });
    const foot = h("p", { class: "cwi-foot" });
    el.replaceChildren(body, status, foot);
    const act = actions(model, (text) => { status.textContent = text; });
    const keep = {};
    let seen = null;
    const draw = () => {
      const view = model.get("view");
      if (!view?.kind) {
        body.replaceChildren(h("p", { class: "cwi-soft" }, "One moment …"));
        return;
      }
      el.dataset.panel = view.panel;
      if (view.sections) keptOpen.set(view.panel, view.sections.filter((part) => part.rows.length === part.count).map((part) => part.key));
      const back = focused(body);
      const across = [...body.querySelectorAll(".cwi-scroll")].map((node) => node.scrollLeft);
      try {
        body.replaceChildren(...PANELS[view.kind](view, act, keep).filter(Boolean));
      } catch (error) {
        console.error("courseware:", error);
        body.replaceChildren(h("p", {}, "This panel could not be drawn. Reload the page."));
      }
      body.querySelectorAll(".cwi-scroll").forEach((node, at) => { node.scrollLeft = across[at] ?? 0; });
      foot.replaceChildren(view.as_of ?? "", " ", link("Refresh", act.refresh));
      if (seen !== null && view.focus !== seen) {
        const close = body.querySelector(".cwi-close") ?? el;
        close.scrollIntoView({ block: "start", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
        close.focus({ preventScroll: true });
      } else back();
      seen = view.focus;
    };
    el.setAttribute("data-lm-suppress-shortcuts", "true");
    model.on("change:view", draw);
    draw();
    act.hello();
    return () => model.off("change:view", draw);
  },
};
