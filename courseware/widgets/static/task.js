// The graded task of a lesson: saved by the page, handed in, and what came of each part.

/**
 * Let JupyterLab save the notebook that this is in; false where nobody here can.
 * Its own save shortcut is what every version and every theme of it has; a link to the command would ask first.
 */
const saveNotebook = (el) => {
  const notebook = el.closest(".jp-Notebook");
  if (inApp() || !notebook) return false;
  const app = globalThis.jupyterapp;
  if (app?.commands?.hasCommand?.("docmanager:save")) {
    app.commands.execute("docmanager:save");
    return true;
  }
  const mac = /mac/i.test(navigator.platform);
  notebook.dispatchEvent(
    new KeyboardEvent("keydown", { key: "s", code: "KeyS", keyCode: 83, ctrlKey: !mac, metaKey: mac, bubbles: true, cancelable: true })
  );
  return true;
};

const pointsOf = (points, most) => (points === null ? `${most} points, to be given by a person` : `${points} of ${most} points`);

const timeOf = (text) => new Date(text).toLocaleString("en-GB", { weekday: "long", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" });

const taskResult = (one) =>
  h("li", { class: "cw-task-result", "data-tone": one.tone, "data-key": one.key },
    sign(one.tone),
    h("div", {},
      h("div", { class: "cw-task-head" }, h("strong", {}, one.task), h("span", {}, pointsOf(one.points, one.most))),
      h("p", { html: one.title_html }),
      one.html && h("div", { html: one.html })));

/** The part of the progress that hands in. `hand` does it; `at` is "ready", "saving" or "grading". */
const taskPart = (task, at, hand) => {
  const parts = task.graded === 1 ? "1 part" : `${task.graded} parts`;
  const label = { ready: task.last ? "Hand in again" : "Hand in", saving: "Saving …", grading: "Handing in …" }[at];
  const press = button(label, "", hand);
  press.disabled = at !== "ready";
  return [
    task.notice && h("p", { class: "cw-task-notice" }, task.notice),
    h("div", { class: "cw-task-head" },
      h("span", {}, h("strong", {}, "The task of this lesson. "), `${parts}, ${task.points} points; as often as you like, the first try of each part counts.`),
      press),
    task.last && h("div", { class: "cw-receipt" },
      h("p", { class: "cw-because" },
        `Handed in ${timeOf(task.last.at)}: ${task.last.sent.join(", ")}, ${task.last.to}.`,
        task.last.points !== null && ` ${pointsOf(task.last.points, task.last.most)}.`),
      task.last.results.length > 0 && h("ul", { class: "cw-task-results" }, task.last.results.map(taskResult))),
  ];
};
