// A number with its unit, or a line of text.

const BARE = /^[\s\d.,+\-−–'’_/eE]+$/;

/** The unit stands beside the field: a bare number gets it, another unit is sent as it was written. */
const withUnit = (text, unit) => (unit && BARE.test(text) && /\d/.test(text) ? `${text.trim()} ${unit}` : text);
const withoutUnit = (text, unit) => (unit && text.endsWith(` ${unit}`) ? text.slice(0, -unit.length - 1) : text);

const entry = (numeric) => (ask, { response, changed, labelledby }) => {
  const input = h("input", {
    class: `cw-field ${numeric ? "cw-number" : "cw-line"}`,
    type: "text",
    inputmode: numeric ? "decimal" : null,
    autocomplete: "off",
    autocapitalize: "off",
    spellcheck: "false",
    "aria-label": ask.unit ? `Your answer, in ${ask.unit}` : "Your answer",
    "aria-describedby": labelledby,
    placeholder: ask.placeholder,
    oninput: changed,
  });
  input.value = typeof response === "string" || typeof response === "number" ? withoutUnit(String(response), ask.unit) : "";
  return {
    node: h("div", { class: "cw-entry" }, input, ask.unit && h("span", { class: "cw-unit", "aria-hidden": "true" }, ask.unit)),
    value: () => withUnit(input.value, ask.unit),
    focus: () => {
      input.focus({ preventScroll: true });
      input.select();
    },
    lock: (locked) => (input.readOnly = locked),
  };
};

controls.number = entry(true);
controls.text = entry(false);
controls.fraction = (ask, context) => entry(true)({ placeholder: ask.mixed ? "like 1 3/4" : "like 3/4", ...ask }, context);

/** A formula: how powers and roots are typed stands below the field; after a check, how it was read. */
controls.expression = (ask, context) => {
  const name = ask.names?.[0] ?? "2";
  const help = h("p", { class: "cw-help", id: `${context.name}-help` },
    "Powers: ", h("code", {}, `${name}^2`), " · roots: ", h("code", {}, `sqrt(${name})`),
    " · fractions: ", h("code", {}, `(${name} + 1)/2`), " · times: ", h("code", {}, `2${name}`), " or ", h("code", {}, `2*${name}`));
  const read = h("p", { class: "cw-read", role: "status", hidden: true });
  const field = entry(false)({ placeholder: `like 2${name} + 1`, ...ask }, {
    ...context,
    labelledby: `${context.labelledby} ${help.id}`,
    changed: () => {
      read.hidden = true; // what was read is no longer what stands in the field
      context.changed();
    },
  });
  return {
    ...field,
    node: h("div", {}, field.node, help, read),
    told: (feedback) => {
      const html = feedback?.read_html;
      if (read.dataset.of === (html ?? "")) return;
      read.dataset.of = html ?? "";
      read.hidden = !html;
      read.replaceChildren("Read as ", h("span", { html: html ?? "" }));
    },
  };
};
