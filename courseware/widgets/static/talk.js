// What the learner does goes to the kernel as a message; each is answered. Silence is told, and a click may be repeated.

const PATIENCE = 3000;
const LONG = { "hand-in": 30000 }; // what takes its time, even on a machine that is busy
const SILENCE = "No answer from the notebook's kernel: run this cell to go on.";
const LOST = "No answer just now. Nothing was lost: load this page again to go on.";
const BUSY = "The notebook is busy with another cell. This is taken up when it is done.";

class Talk {
  /** `onsilence` is told a sentence when no answer came in time, and null once one came after all. */
  constructor(model, onsilence) {
    this.model = model;
    this.onsilence = onsilence;
    this.open = new Map();
    this.last = null;
    this.hear = (message, buffers) => this.answered(message, buffers);
    model.on("msg:custom", this.hear);
    if (inApp()) watch(model.widget_manager?.kernel);
  }

  /** Send what was done; resolves with the answer, however late. The same click again keeps its id. */
  ask(act, body = {}) {
    const key = JSON.stringify([act, body.variant, body.response]);
    const id = this.last?.key === key && this.open.has(this.last.id) ? this.last.id : uuid();
    if (act !== "font") this.last = { key, id };
    const before = this.open.get(id);
    if (before) clearTimeout(before.timer);
    const talk = before ?? {};
    talk.promise ??= new Promise((resolve) => (talk.resolve = resolve));
    if (act !== "font") talk.timer = setTimeout(() => this.silent(id), LONG[act] ?? PATIENCE);
    this.open.set(id, talk);
    try {
      this.model.send({ v: VERSION, do: act, id, ...body });
    } catch (error) {
      console.warn("courseware: the message could not be sent,", error);
    }
    return talk.promise;
  }

  silent(id) {
    const talk = this.open.get(id);
    if (!talk) return;
    const busy = this.model.widget_manager?.kernel?.status === "busy";
    if (busy) talk.timer = setTimeout(() => this.silent(id), PATIENCE);
    if (inApp() && !busy) tellPage("courseware:lost");
    this.onsilence(busy ? BUSY : inApp() ? LOST : SILENCE, busy);
  }

  answered(message, buffers) {
    const talk = message && this.open.get(message.re);
    if (!talk) return;
    clearTimeout(talk.timer);
    this.open.delete(message.re);
    this.onsilence(null, false);
    if (inApp()) tellPage("courseware:back");
    if (message.recorded) tellOthers(message.recorded);
    talk.resolve({ ...message, buffers: buffers ?? [] });
  }

  end() {
    for (const talk of this.open.values()) clearTimeout(talk.timer);
    this.open.clear();
    this.model.off("msg:custom", this.hear);
  }
}

const tellPage = (what) => window.dispatchEvent(new CustomEvent(what));

const watched = kept("watched", () => new WeakSet());

/** In the app nobody can restart a kernel: when it has ended, the page says so. */
const watch = (kernel) => {
  if (!kernel || watched.has(kernel)) return;
  watched.add(kernel);
  kernel.statusChanged?.connect((_, status) => /dead|restarting/.test(status) && tellPage("courseware:lost"));
  kernel.connectionStatusChanged?.connect((_, status) => status === "disconnected" && tellPage("courseware:lost"));
};

/** Whoever shows progress on this page or in another tab hears that something was recorded. */
const tellOthers = (detail) => {
  window.dispatchEvent(new CustomEvent("courseware:recorded", { detail }));
  if (!globalThis.BroadcastChannel) return;
  const channel = new BroadcastChannel("courseware");
  channel.postMessage({ type: "courseware:recorded", detail });
  channel.close();
};
