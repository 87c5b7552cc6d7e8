// A level is a disc that fills by quarters and a word; the meter shows what is left, in words.

const level = (meter) =>
  h("span", { class: `cw-level cw-l${meter.level}` }, h("span", { class: "cw-disc", "aria-hidden": "true" }), meter.word);

const meterBar = () => {
  const track = h(
    "span",
    { class: "cw-track", role: "progressbar", "aria-valuemin": "0", "aria-valuemax": "100" },
    h("i"),
    h("b")
  );
  const words = h("span", { class: "cw-left", "aria-hidden": "true" });
  const node = h("div", { class: "cw-meter" }, track, words);
  const show = (meter, can) => {
    // The same nodes each time, so that the bar moves instead of jumping.
    const percent = Math.round(meter.value * 100);
    track.style.setProperty("--cw-to", `${percent}%`);
    track.style.setProperty("--cw-gate", `${Math.round(meter.threshold * 100)}%`);
    track.setAttribute("aria-valuenow", percent);
    track.setAttribute("aria-label", can);
    track.setAttribute("aria-valuetext", meter.left ? `${meter.word}: ${meter.left}` : meter.word);
    words.textContent = meter.left || meter.word;
    words.title = meter.why;
  };
  return { node, show };
};
