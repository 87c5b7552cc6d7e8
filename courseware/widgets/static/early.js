// A card that is there before its widget: drawn of what the server put into the page, and joined by the widget.

const early = kept("early", () => new Map());

/** Stands in for a widget's model until that comes; what is done meanwhile is sent then. */
class EarlyModel {
  constructor(view) {
    this.view = view;
    this.real = null;
    this.waiting = [];
    this.listeners = [];
    this.widget_manager = { kernel: { status: "busy" } };
  }

  get(name) {
    const now = this.real?.get(name);
    return name === "view" && !now?.variant ? this.view : now;
  }

  on(name, listener) {
    this.listeners.push([name, listener]);
  }

  off(name, listener) {
    this.listeners = this.listeners.filter(([n, l]) => n !== name || l !== listener);
  }

  tell(name, ...what) {
    for (const [n, listener] of this.listeners) if (n === name) listener(...what);
  }

  send(message) {
    if (this.real) this.real.send(message);
    else if (message.do === "hello") queueMicrotask(() => this.tell("msg:custom", { re: message.id, ok: true }));
    else this.waiting.push(message);
  }

  join(real) {
    this.real = real;
    this.widget_manager = real.widget_manager;
    watch(real.widget_manager?.kernel);
    real.on("change:view", () => this.tell("change:view"));
    real.on("msg:custom", (message, buffers) => this.tell("msg:custom", message, buffers));
    real.send({ v: VERSION, do: "hello", id: uuid() });
    for (const message of this.waiting.splice(0)) real.send(message);
  }
}

/** Draw a card before its widget is there. */
const drawEarly = (el, view) => {
  const model = new EarlyModel(view);
  early.set(view.target, model);
  guarded(drawCheck)({ model, el });
};

/** The card of a widget: joined to one that is there already, else drawn. */
const drawOrJoin = ({ model, el }) => {
  const there = early.get(model.get("view")?.target);
  if (!there || there.real) return drawCheck({ model, el });
  there.join(model);
  return () => {};
};
