// The maths font is asked for once a page, and only where there is a formula.

const setMaths = (node, talk) => {
  if (!node.querySelector("math") || !document.fonts) return;
  kept("maths", () =>
    talk.ask("font").then(async ({ buffers }) => {
      const font = await new FontFace("Courseware Maths", buffers[0].buffer ?? buffers[0]).load();
      document.fonts.add(font);
    }).catch((error) => console.warn("courseware: no maths font,", error))
  );
};
