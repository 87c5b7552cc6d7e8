// One of several, or several of several.

const controls = {};

const optionList = (type) => (ask, { name, response, changed, labelledby }) => {
  const picked = new Set(type === "radio" ? [response] : Array.isArray(response) ? response : []);
  const inputs = [];
  const node = h(
    "fieldset",
    { class: "cw-options", role: type === "radio" ? "radiogroup" : "group", "aria-labelledby": labelledby },
    type === "checkbox" && h("legend", { class: "cw-hint-line" }, "Pick all that fit"),
    ask.options.map((option) => {
      const input = h("input", { type, name, onchange: changed });
      input.checked = picked.has(option.value);
      inputs.push([input, option.value]);
      return h("label", { class: "cw-option" }, input, h("span", { class: "cw-option-text", html: option.html }));
    })
  );
  const values = () => inputs.filter(([input]) => input.checked).map(([, value]) => value);
  return {
    node,
    value: () => (type === "radio" ? values()[0] ?? null : values()),
    focus: () => (inputs.find(([input]) => input.checked) ?? inputs[0])?.[0].focus({ preventScroll: true }),
    lock: (locked) => inputs.forEach(([input]) => (input.disabled = locked)),
  };
};

controls.choice = optionList("radio");
controls.choices = optionList("checkbox");
