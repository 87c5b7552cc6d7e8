// A card: what is asked, the control that fits, one primary button, feedback, and how far the objective is.

const DRAFTS = 200;
const drafts = kept("drafts", () => new Map());
const greeted = kept("greeted", () => new Set());

const keepDraft = (variant, value) => {
  drafts.delete(variant);
  drafts.set(variant, value);
  if (drafts.size > DRAFTS) drafts.delete(drafts.keys().next().value);
};

const drawCheck = ({ model, el }) => {
  const id = uuid();
  const patch = parts();
  let control = null;
  let busy = false;
  let since = performance.now();
  let settled = 0;

  const header = h("div", { class: "cw-head" });
  const prompt = h("div", { class: "cw-prompt", id: `cw-prompt-${id}` });
  const place = h("div", { class: "cw-control" });
  const hints = h("div", { class: "cw-hints", role: "status" });
  const note = h("div", { class: "cw-note-place", role: "status" });
  const feedback = h("div", { class: "cw-feedback-place", role: "status" });
  const solution = h("div", { class: "cw-solution-place", role: "status" });
  const opened = h("div", { class: "cw-opened-place" });
  const meter = meterBar();

  const check = h("button", { type: "submit", class: "cw-button cw-primary" }, "Check");
  const hint = button("Hint", "cw-quiet", () => act("hint"));
  const solve = button("Show me how", "cw-quiet", () => act("solution"));
  const another = button("Another like this", "cw-quiet", () => performance.now() - settled > 400 && act("another"));
  const where = h("div", { class: "cw-round" });
  const offers = h("div", { class: "cw-offers-place" });
  const actions = h("div", { class: "cw-actions" }, check, hint, solve, h("span", { class: "cw-gap" }), another);

  const submit = () => !check.hidden && act("answer", { response: control.value(), ms: Math.round(performance.now() - since) });
  const form = h(
    "form",
    {
      class: "cw-body",
      novalidate: true,
      onsubmit: (event) => {
        event.preventDefault();
        submit();
      },
    },
    prompt, place, actions, hints
  );
  const card = h("div", { class: "cw-check", role: "group", "aria-labelledby": prompt.id, "data-lm-suppress-shortcuts": "true" },
    where, header, form, note, feedback, solution, opened, offers, meter.node);
  // Enter answers: in a list of options, and in a field, whose own Enter does not arrive in JupyterLab.
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("input")) {
      event.preventDefault();
      submit();
    }
  });

  const say = (sentence) =>
    patch(note, sentence, () => (sentence ? h("p", { class: "cw-note" }, sign("note"), h("span", {}, sentence)) : []));

  const working = (on) => {
    busy = on;
    card.setAttribute("aria-busy", String(on));
    clearTimeout(working.timer);
    card.classList.remove("cw-slow");
    // Only what takes longer than a blink is shown to be under way.
    if (on) working.timer = setTimeout(() => card.classList.add("cw-slow"), 250);
  };
  const talk = new Talk(model, (sentence, wait) => {
    say(sentence);
    if (!wait) working(false);
  });

  const act = async (what, body = {}) => {
    const view = model.get("view");
    if (busy || !view.variant) return;
    const focused = card.contains(document.activeElement) ? document.activeElement : null;
    working(true);
    const answer = await talk.ask(what, { variant: view.variant, ...body });
    working(false);
    if (!answer.ok) say(answer.error);
    else if (what === "answer") drafts.delete(view.variant);
    settle(what, focused);
  };

  /** The focus stays where the learner is: on what comes next when its place is gone. */
  const settle = (what, focused) => {
    if (!focused || (document.activeElement !== document.body && card.contains(document.activeElement) && what !== "another" && !check.hidden)) return;
    if (what === "another") control?.focus();
    else if (check.hidden || focused.hidden || !card.contains(focused)) {
      settled = performance.now(); // so that a second Enter does not skip the feedback
      (check.hidden ? another : check).focus({ preventScroll: true });
    }
  };

  const draw = () => {
    const view = model.get("view");
    if (!view?.variant) {
      patch(place, "loading", () => h("p", { class: "cw-loading" }, "One moment …"));
      actions.hidden = meter.node.hidden = true;
      return;
    }
    actions.hidden = meter.node.hidden = false;
    card.dataset.item = view.item;
    card.toggleAttribute("data-cell", !view.field);
    const right = view.feedback?.tone === "good";
    const solved = Boolean(view.solution_html);
    patch(header, [view.objective, view.meter.level, view.meter.word], () => [
      h("span", { class: "cw-goal" }, view.objective.can),
      level(view.meter),
    ]);
    patch(prompt, view.prompt_html, () => h("div", { html: view.prompt_html }));
    const anew = patch(place, [view.variant, view.ask, view.field], () => {
      const make = controls[view.ask.kind] ?? controls.text;
      control = make(view.ask, {
        name: `cw-${id}`,
        labelledby: prompt.id,
        field: view.field,
        response: drafts.has(view.variant) ? drafts.get(view.variant) : view.response,
        changed: () => keepDraft(view.variant, control.value()),
        submit,
      });
      return control.node;
    });
    if (anew) since = performance.now();
    control.told?.(view.feedback);
    control.lock(right);

    const round = view.round;
    const placing = round?.kind === "placement";
    const answered = view.feedback && view.feedback.tone !== "note";
    const left = placing ? 0 : view.hints.left;
    check.hidden = right || !view.field || (placing && answered) || Boolean(placing && round.over);
    check.className = `cw-button ${solved ? "" : "cw-primary"}`;
    hint.hidden = right || left === 0;
    hint.textContent = `Hint (${left} left)`;
    hint.className = `cw-button ${view.field ? "cw-quiet" : ""}`;
    solve.hidden = right || solved || !view.may_solve || placing;
    another.hidden = Boolean(round?.over);
    another.textContent = !round ? "Another like this" : answered ? "Next question" : placing ? "I have not learned this yet" : "Skip for now";
    another.className = `cw-button ${right || solved || (round && answered) ? "cw-primary" : "cw-quiet"}`;
    if (!placing && round && answered && !right && !solved) another.className = "cw-button";
    actions.classList.toggle("cw-done", right);

    patch(hints, [view.variant, view.hints.shown], () => view.hints.shown.map((html, index) =>
      h("div", { class: "cw-hint" }, h("span", { class: "cw-hint-mark" }, `Hint ${index + 1}`), h("div", { html }))));
    patch(feedback, [view.variant, view.feedback], () => view.feedback && h(
      "div",
      { class: `cw-feedback cw-${view.feedback.tone}` },
      sign(view.feedback.tone),
      h("div", { class: "cw-feedback-text" },
        h("strong", { html: view.feedback.title_html }), h("div", { html: view.feedback.html }))
    ));
    patch(solution, [view.variant, view.solution_html], () => solved && h(
      "div", { class: "cw-solution" }, h("strong", {}, "How this one is solved"), h("div", { html: view.solution_html })));
    patch(opened, view.opened, () => view.opened.map((lesson) =>
      h("div", { class: "cw-opened" },
        h("span", {}, h("strong", {}, lesson.title), " is open now."),
        notebookLink(lesson.path, "cw-button", "Open it"))));
    patch(where, round, () => round && (round.over && round.told
      ? h("span", {}, round.told)
      : h("span", {}, `${placing ? "What you know already" : "Review"}: question ${round.number} of ${placing ? "at most " : ""}${round.most}`)));
    where.hidden = !round;
    patch(offers, view.offers, () => (view.offers ?? []).length > 0 && offerList(view.offers));
    meter.show(view.meter, view.objective.can);
    meter.node.hidden = placing;
    mendLinks(card, view.folder);
    setMaths(card, talk);
  };

  model.on("change:view", draw);
  draw();
  el.replaceChildren(card);
  const first = model.get("view");
  if (!first?.key || !greeted.has(first.key)) {
    talk.ask("hello").then((answer) => {
      if (answer.ok) greeted.add(model.get("view").key);
      else say(answer.error);
    });
  }
  return () => {
    model.off("change:view", draw);
    clearTimeout(working.timer);
    talk.end();
    el.replaceChildren();
  };
};

