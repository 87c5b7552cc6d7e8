// The progress: what is due, each objective with its level and why, what is locked and what opens it.
// A review and a placement go on in it, one card at a time.

/** The model of the one card in a progress widget: a trait of its own, messages marked as the card's. */
const cardOf = (model) => ({
  get: () => model.get("card"),
  on: (name, hear) => model.on(name === "change:view" ? "change:card" : name, hear),
  off: (name, hear) => model.off(name === "change:view" ? "change:card" : name, hear),
  send: (message) => model.send({ ...message, part: "card" }),
  get widget_manager() {
    return model.widget_manager;
  },
});

const drawProgress = ({ model, el }) => {
  const patch = parts();
  const now = h("div", {});
  const place = h("div", { class: "cw-round-place" });
  const body = h("div", {});
  const task = h("div", { class: "cw-task", role: "group", "aria-label": "The task of this lesson" });
  const note = h("div", { role: "status" });
  const card = h("section", { class: "cw-progress", "aria-label": "Progress", "data-lm-suppress-shortcuts": "true" }, now, place, task, body, note);
  let at = "ready";
  let began = false;
  const say = (sentence) => patch(note, sentence, () => (sentence ? h("p", { class: "cw-quiet-line" }, sentence) : []));
  const talk = new Talk(model, say);
  let close = null;

  const act = async (what, more = {}) => {
    const answer = await talk.ask(what, more);
    say(answer.ok ? null : answer.error);
    if (answer.ok) card.querySelector(".cw-round-place input, .cw-now button")?.focus({ preventScroll: true });
  };

  /** Save, hand in, show what came of it; the focus stays on the button. */
  const hand = async () => {
    if (at !== "ready") return;
    const go = (next) => { at = next; draw(); };
    go("saving");
    let again;
    try {
      const ready = await talk.ask("saving");
      const saving = ready.ok && saveNotebook(el);
      if (saving) again = setInterval(() => saveNotebook(el), 1200); // one that fell into another save is lost
      go("grading");
      const answer = await talk.ask("hand-in", { saving });
      say(answer.ok ? null : answer.error);
    } finally {
      clearInterval(again);
      go("ready");
      task.querySelector("button")?.focus({ preventScroll: true });
    }
  };

  const objective = (one) =>
    h("li", { class: "cw-objective" },
      h("span", {}, one.can),
      level(one),
      h("span", { class: "cw-because" }, [one.why, one.left && one.level > 0 && sentenceOf(one.left)].filter(Boolean).join(" ")));

  /** A round under way: its card, drawn once, and how to leave it. */
  const drawRound = (view) =>
    patch(place, view.round, () => {
      close?.();
      close = null;
      if (!view.round) return [];
      const inner = h("div", {});
      close = drawCheck({ model: cardOf(model), el: inner });
      return inner;
    });

  const review = (view, first) => {
    if (view.round === "review") return h("div", { class: "cw-now" }, h("span", {}, "The review. It can be left at any time."), button("Close", "", () => act("close")));
    const many = view.due.questions === 1 ? "One short question is" : `${view.due.questions} short questions are`;
    return h("div", { class: "cw-now", "data-now": "review" },
      h("span", {}, h("strong", {}, "Due for review. "), `${many} waiting, about ${view.due.minutes} min. A look back now makes it last.`),
      button("Review now", first ? "cw-primary" : "", () => act("review")));
  };

  const placing = (view) => {
    const over = model.get("card")?.round?.over;
    if (view.round === "placement")
      return h("div", { class: "cw-now" },
        h("span", {}, over ? "That was all. What you can skip is marked below." : "Answer what you know; leave the rest. What it finds is kept whenever you stop."),
        button(over ? "Close" : "Stop here", "", () => act(over ? "close" : "leave")));
    return h("div", { class: "cw-now", "data-now": "placement" },
      h("span", {}, h("strong", {}, "Know some of this already? "), `A short test, ${view.placing.most} questions at most, finds what you can skip. You may stop at any time.`),
      button("Find out", "", () => act("place")));
  };

  const lessonPart = (view, lesson, number) => [
    h("div", { class: "cw-lesson-head" },
      h("h3", { class: "cw-title" }, `Lesson ${number}, ${lesson.title}`),
      lesson.may_skip && !view.round && !view.preview &&
        button("I know this already", "cw-quiet cw-skip", () => act("place", { lesson: lesson.lesson }))),
    h("ul", { class: "cw-objectives" }, lesson.objectives.map(objective)),
  ];

  const draw = () => {
    const view = model.get("view");
    if (!view?.lessons) {
      patch(body, "loading", () => h("p", { class: "cw-loading" }, "One moment …"));
      return;
    }
    const begun = view.lessons.some((lesson) => lesson.objectives.some((one) => one.level > 0));
    card.setAttribute("aria-label", { placement: "What you know already", task: "The task" }[view.only] ?? "Progress");
    const asks = view.placing && (view.round === "placement" || (view.placing.offered && !view.round && !view.preview && (!begun || view.only === "placement") && view.only !== "task"));
    patch(now, [view.round, view.due, view.placing, begun, model.get("card")?.round?.over], () => [
      (view.round === "review" || (view.due && !view.round && !view.only)) && review(view, true),
      asks && placing(view),
      view.only === "placement" && !asks && h("p", { class: "cw-quiet-line" }, "Where you stand is at the end of this page."),
    ]);
    drawRound(view);
    patch(task, [view.task, at, view.only], () => {
      if (view.task && view.only !== "placement") return taskPart(view.task, at, hand);
      return view.only === "task" ? h("p", {}, "This lesson has no task to hand in from here.") : [];
    });
    if (view.begins && view.task && !began) {
      began = true;
      setTimeout(hand);
    }
    patch(body, view, () => {
      if (view.only) return [];
      const at = view.lessons.findIndex((lesson) => lesson.lesson === view.now);
      const here = at < 0 ? view.lessons.filter((lesson) => lesson.open) : [view.lessons[at]];
      const next = view.lessons.filter((lesson) => lesson.open && view.lessons.indexOf(lesson) > at && at >= 0);
      const locked = view.lessons.filter((lesson) => !lesson.open);
      const number = (lesson) => view.lessons.indexOf(lesson) + 1;
      const waits = view.due || view.round;
      return [
        view.offers.length > 0 && offerList(view.offers),
        ...here.map((lesson) => lessonPart(view, lesson, number(lesson))).flat(),
        ...next.map((lesson) =>
          h("div", { class: "cw-opened cw-boxed" },
            h("span", {}, h("strong", {}, `Lesson ${number(lesson)}, ${lesson.title},`), " is open."),
            notebookLink(lesson.path, `cw-button ${lesson === next[0] && !waits ? "cw-primary" : ""}`, "Open it"))),
        locked.length > 0 && h("ul", { class: "cw-locked-list" }, locked.map((lesson) =>
          h("li", {},
            h("span", { class: "cw-locked-title" }, h("span", {}, `Lesson ${number(lesson)}, ${lesson.title}`), h("span", {}, "Locked")),
            lesson.opens_when && h("span", { class: "cw-because" }, lesson.opens_when),
            !view.round && !view.preview && lesson.may_skip &&
              h("span", {}, button("I know this already", "cw-quiet cw-skip", () => act("place", { lesson: lesson.lesson })))))),
        !view.due && view.next_due && h("p", { class: "cw-quiet-line" }, `Next review: ${dayOf(view.next_due)}.`),
        view.preview && h("p", { class: "cw-quiet-line" }, "This is a preview: every lesson is open, and nothing is kept."),
      ];
    });
  };

  model.on("change:view", draw);
  model.on("change:card", draw);
  draw();
  el.replaceChildren(card);
  talk.ask("hello").then((answer) => !answer.ok && say(answer.error));
  return () => {
    model.off("change:view", draw);
    model.off("change:card", draw);
    close?.();
    talk.end();
    el.replaceChildren();
  };
};

const sentenceOf = (words) => `${words[0].toUpperCase()}${words.slice(1)}${/[.?]$/.test(words) ? "" : "."}`;

const dayOf = (text) => new Date(text).toLocaleDateString("en-GB", { weekday: "long", day: "numeric", month: "long" });

export default { render: guarded(drawProgress) };
