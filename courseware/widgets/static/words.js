// Blanks in a text or in code, and a text in one's own words that its writer then compares.

controls["fill-in"] = (ask, { response, changed }) => {
  const given = Array.isArray(response) ? response : [];
  const count = ask.parts.length - 1;
  const inputs = Array.from({ length: count }, (_, n) => {
    const input = h("input", {
      class: "cw-field cw-blank", type: "text", autocomplete: "off", autocapitalize: "off", spellcheck: "false",
      "aria-label": count > 1 ? `Blank ${n + 1} of ${count}` : "Blank",
      oninput: () => (fit(input), changed()),
    });
    input.value = given[n] ?? "";
    return input;
  });
  const fit = (input) => (input.style.width = `${Math.min(32, Math.max(6, input.value.length + 2))}ch`);
  inputs.forEach(fit);
  const pieces = ask.parts.flatMap((part, n) => [ask.code ? part : h("span", { html: part.html }), inputs[n]]);
  return {
    node: h(ask.code ? "pre" : "p", { class: "cw-blanks" }, pieces.filter((piece) => piece !== undefined)),
    value: () => inputs.map((input) => input.value),
    focus: () => inputs[0].focus({ preventScroll: true }),
    lock: (locked) => inputs.forEach((input) => (input.readOnly = locked)),
  };
};

controls["free-text"] = (ask, { name, response, changed, labelledby, submit }) => {
  const area = h("textarea", {
    class: "cw-field cw-own-words", rows: "4", "aria-label": "Your text", "aria-describedby": labelledby,
    oninput: changed,
    onkeydown: (event) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      submit();
    },
  });
  const before = response && typeof response === "object" ? response : { text: typeof response === "string" ? response : "" };
  area.value = before.text ?? "";
  const points = Array.from({ length: ask.criteria }, (_, n) => ["Yes", "No"].map((word) => {
    const input = h("input", { type: "radio", name: `${name}-${n}`, onchange: changed });
    input.checked = Array.isArray(before.met) && before.met[n] === (word === "Yes");
    return [input, h("label", { class: "cw-yes-no" }, input, word)];
  }));
  const compare = h("div", { class: "cw-points", hidden: true }, points.map(([yes, no], n) =>
    h("div", { class: "cw-point", role: "radiogroup", "aria-label": `Point ${n + 1}` }, h("span", {}, `${n + 1}.`), yes[1], no[1])));
  return {
    node: h("div", {}, area, compare),
    // The points come with the example to compare with: what they are stands in the feedback.
    told: (feedback) => (compare.hidden = !feedback || !(feedback.key === "assess" || feedback.tone !== "note" || Array.isArray(before.met))),
    value: () => {
      const met = points.map(([yes, no]) => (yes[0].checked ? true : no[0].checked ? false : null));
      return compare.hidden || met.includes(null) ? { text: area.value } : { text: area.value, met };
    },
    focus: () => area.focus({ preventScroll: true }),
    lock: (locked) => {
      area.readOnly = locked;
      points.flat().forEach(([input]) => (input.disabled = locked));
    },
  };
};
