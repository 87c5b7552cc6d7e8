// Several answers in one question: the control of each part, under its name.

controls.parts = (ask, { name, response, labelledby, ...context }) => {
  const given = response && typeof response === "object" ? response : {};
  const each = ask.fields.map((field, n) => {
    const label = `${name}-part-${n}`;
    const make = controls[field.ask.kind] ?? controls.text;
    const control = make(field.ask, { ...context, name: `${name}-${n}`, labelledby: label, response: given[field.name] });
    const node = h("div", { class: "cw-one-of", role: "group", "aria-labelledby": label },
      h("p", { class: "cw-one-of-name", id: label, html: field.html }), control.node);
    return { field, control, node };
  });
  return {
    node: h("div", { class: "cw-several", role: "group", "aria-labelledby": labelledby }, each.map(({ node }) => node)),
    value: () => Object.fromEntries(each.map(({ field, control }) => [field.name, control.value()])),
    focus: () => each[0].control.focus(),
    told: (feedback) => each.forEach(({ control }) => control.told?.(feedback)),
    lock: (locked) => each.forEach(({ control }) => control.lock(locked)),
  };
};
