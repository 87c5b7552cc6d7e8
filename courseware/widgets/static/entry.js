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
