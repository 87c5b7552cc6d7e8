// Code: a plain field in a fixed-width font. Tab indents; Escape, then Tab, leaves; Ctrl or Cmd with Enter checks.

const INDENT = "    ";

controls.code = (ask, { response, changed, submit, labelledby, field }) => {
  const given = Array.isArray(ask.given) ? ask.given : Object.entries(ask.given ?? {});
  const names = given.length > 0 && h(
    "p",
    { class: "cw-given" },
    "Given: ",
    given.flatMap((one, index) => {
      const [name, word] = Array.isArray(one) ? one : [one, ""];
      return [index > 0 && ", ", h("code", {}, name), word && ` (${word})`];
    })
  );
  if (!field) {
    return { node: h("div", {}, names || null), value: () => null, focus: () => {}, lock: () => {} };
  }
  const area = h("textarea", {
    class: "cw-field cw-code",
    spellcheck: "false",
    autocomplete: "off",
    autocapitalize: "off",
    wrap: "off",
    "aria-label": "Your code",
    "aria-describedby": labelledby,
    oninput: () => {
      fit();
      changed();
    },
  });
  area.value = typeof response?.code === "string" ? response.code.replace(/^\n+/, "") : ask.starter ?? "";
  const fit = () => (area.rows = Math.min(18, Math.max(3, area.value.split("\n").length + 1)));
  fit();

  const insert = (text) => {
    // execCommand keeps the browser's own undo; where it is gone, the text still gets in.
    if (!document.execCommand?.("insertText", false, text)) {
      area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
      area.dispatchEvent(new Event("input"));
    }
  };
  let leaving = false;
  area.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      leaving = true;
      return;
    }
    if (event.key === "Tab" && !event.shiftKey && !leaving && !area.readOnly) {
      event.preventDefault();
      insert(INDENT);
    } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      submit();
    } else if (event.key === "Enter" && !event.shiftKey && !event.isComposing && !area.readOnly) {
      const line = area.value.slice(0, area.selectionStart).split("\n").pop();
      const indent = /^ */.exec(line)[0] + (/:\s*$/.test(line) ? INDENT : "");
      if (indent) {
        event.preventDefault();
        insert(`\n${indent}`);
      }
    }
    if (event.key !== "Shift") leaving = false;
  });
  return {
    node: h("div", { class: "cw-code-box" }, names || null, area,
      h("p", { class: "cw-hint-line" }, "Tab indents; Escape, then Tab, leaves the field. Ctrl+Enter checks.")),
    value: () => ({ code: area.value }),
    focus: () => area.focus({ preventScroll: true }),
    lock: (locked) => (area.readOnly = locked),
  };
};
