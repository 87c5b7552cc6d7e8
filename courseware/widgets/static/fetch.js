// A widget's script is fetched once for the page from the Jupyter server. Where that does not serve the page
// (an editor of its own kind), the kernel sends it.

const ADDRESS = "ADDRESS";
const scripts = (globalThis[Symbol.for("courseware.scripts")] ??= new Map());

const served = () => {
  const page = JSON.parse(document.getElementById("jupyter-config-data")?.textContent || "{}");
  return page.baseUrl ? import(new URL(page.baseUrl + ADDRESS, location.href).href) : Promise.reject(new Error("not served"));
};

const sent = (model) =>
  new Promise((resolve, reject) => {
    const id = [...crypto.getRandomValues(new Uint32Array(4))].join("-");
    const hear = (message, buffers) => {
      if (message?.re !== id) return;
      model.off("msg:custom", hear);
      const address = URL.createObjectURL(new Blob([buffers[0]], { type: "text/javascript" }));
      import(address).then(resolve, reject).finally(() => URL.revokeObjectURL(address));
    };
    model.on("msg:custom", hear);
    model.send({ v: 1, do: "script", id });
    setTimeout(() => reject(new Error("no answer from the kernel")), 30000);
  });

const load = async (model) => {
  if (!scripts.has(ADDRESS)) scripts.set(ADDRESS, served().catch(() => sent(model)));
  try {
    return (await scripts.get(ADDRESS)).default;
  } catch (error) {
    scripts.delete(ADDRESS);
    throw error;
  }
};

export default {
  render: async (context) => {
    let widget;
    try {
      widget = await load(context.model);
    } catch (error) {
      console.error("courseware:", error);
      context.el.textContent = "This check could not be loaded. Reload the page, then run this cell again.";
      return undefined;
    }
    return widget.render(context);
  },
};
