// The progress: each objective with its level and why, what is locked and what opens it.

const drawProgress = ({ model, el }) => {
  const patch = parts();
  const body = h("div", {});
  const note = h("div", { role: "status" });
  const card = h("section", { class: "cw-progress", "aria-label": "Progress", "data-lm-suppress-shortcuts": "true" }, body, note);
  const say = (sentence) => patch(note, sentence, () => (sentence ? h("p", { class: "cw-quiet-line" }, sentence) : []));
  const talk = new Talk(model, say);

  const objective = (one) =>
    h("li", { class: "cw-objective" },
      h("span", {}, one.can),
      level(one),
      h("span", { class: "cw-because" }, [one.why, one.left && one.level > 0 && sentenceOf(one.left)].filter(Boolean).join(" ")));

  const draw = () => {
    const view = model.get("view");
    if (!view?.lessons) {
      patch(body, "loading", () => h("p", { class: "cw-loading" }, "One moment …"));
      return;
    }
    patch(body, view, () => {
      const at = view.lessons.findIndex((lesson) => lesson.lesson === view.now);
      const here = at < 0 ? view.lessons.filter((lesson) => lesson.open) : [view.lessons[at]];
      const next = view.lessons.filter((lesson) => lesson.open && view.lessons.indexOf(lesson) > at && at >= 0);
      const locked = view.lessons.filter((lesson) => !lesson.open);
      const number = (lesson) => view.lessons.indexOf(lesson) + 1;
      return [
        ...here.map((lesson) => [
          h("h3", { class: "cw-title" }, `Lesson ${number(lesson)}, ${lesson.title}`),
          h("ul", { class: "cw-objectives" }, lesson.objectives.map(objective)),
        ]).flat(),
        ...next.map((lesson) =>
          h("div", { class: "cw-opened cw-boxed" },
            h("span", {}, h("strong", {}, `Lesson ${number(lesson)}, ${lesson.title},`), " is open."),
            notebookLink(lesson.path, `cw-button ${lesson === next[0] ? "cw-primary" : ""}`, "Open it"))),
        locked.length > 0 && h("ul", { class: "cw-locked-list" }, locked.map((lesson) =>
          h("li", {},
            h("span", { class: "cw-locked-title" }, h("span", {}, `Lesson ${number(lesson)}, ${lesson.title}`), h("span", {}, "Locked")),
            lesson.opens_when && h("span", { class: "cw-because" }, lesson.opens_when)))),
        view.preview && h("p", { class: "cw-quiet-line" }, "This is a preview: every lesson is open, and nothing is kept."),
      ];
    });
  };

  model.on("change:view", draw);
  draw();
  el.replaceChildren(card);
  talk.ask("hello").then((answer) => !answer.ok && say(answer.error));
  return () => {
    model.off("change:view", draw);
    talk.end();
    el.replaceChildren();
  };
};

const sentenceOf = (words) => `${words[0].toUpperCase()}${words.slice(1)}${/[.?]$/.test(words) ? "" : "."}`;

export default { render: guarded(drawProgress) };
