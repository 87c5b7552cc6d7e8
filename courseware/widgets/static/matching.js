// Pairs: for each on the left, one of those on the right.

controls.matching = (ask, { response, changed, labelledby }) => {
  const picked = response && typeof response === "object" ? response : {};
  const rows = ask.left.map((one) => {
    const select = h("select", { class: "cw-field cw-pick", "aria-label": one.text, onchange: changed },
      h("option", { value: "" }, "choose …"),
      ask.right.map((other) => h("option", { value: other.value }, other.text)));
    select.value = picked[one.value] ?? "";
    return [one, select];
  });
  return {
    node: h("div", { class: "cw-pairs", role: "group", "aria-labelledby": labelledby },
      rows.map(([one, select]) => h("label", { class: "cw-pair" }, h("span", { html: one.html }), select))),
    value: () => Object.fromEntries(rows.filter(([, select]) => select.value).map(([one, select]) => [one.value, select.value])),
    focus: () => rows[0][1].focus({ preventScroll: true }),
    lock: (locked) => rows.forEach(([, select]) => (select.disabled = locked)),
  };
};
