// The styles come with the script, once for the page.
kept("styles", () => {
  document.head.append(h("style", {}, "STYLES"));
  return true;
});
