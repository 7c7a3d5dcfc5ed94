// Runs before the first paint: applies the remembered theme, then starts the program.
(function () {
  "use strict";

  // gloo-storage writes JSON. Storage throws where the person has blocked it.
  try {
    const theme = JSON.parse(localStorage.getItem("yew-cognito.theme"));
    if (theme === "light" || theme === "dark") {
      document.documentElement.dataset.theme = theme;
    }
  } catch {
    // The system's own colours do.
  }

  const NO_WEBASSEMBLY = [
    "This browser is too old for this page",
    "Update it, or open the page in another browser.",
  ];
  const NOT_LOADED = ["The page did not load completely", "Check your connection, then reload the page."];
  const NOT_STARTED = [
    "The page could not start",
    "Reload it. If that does not help, update this browser or open the page in another one.",
  ];

  function explain(error) {
    if (typeof WebAssembly !== "object") {
      return NO_WEBASSEMBLY;
    }
    // A CompileError is either an old browser or a page where the program should be.
    const { CompileError, LinkError, RuntimeError } = WebAssembly;
    const arrived = [CompileError, LinkError, RuntimeError].some((kind) => error instanceof kind);
    return arrived ? NOT_STARTED : NOT_LOADED;
  }

  function element(name, text) {
    const made = document.createElement(name);
    made.textContent = text;
    return made;
  }

  function show([title, advice]) {
    const panel = document.createElement("main");
    panel.className = "boot-message";
    panel.setAttribute("role", "alert");
    const reload = element("button", "Reload");
    reload.type = "button";
    reload.addEventListener("click", () => location.reload());
    panel.append(element("h1", title), element("p", advice), reload);
    document.body.replaceChildren(panel);
  }

  function fail(error) {
    console.error(error);
    const message = explain(error);
    if (document.body) {
      show(message);
    } else {
      document.addEventListener("DOMContentLoaded", () => show(message), { once: true });
    }
  }

  const [glue, wasm] = document.querySelector("meta[name=program]").content.split(" ");
  const parsed = new Promise((resolve) => {
    if (document.readyState === "loading") {
      document.addEventListener("DOMContentLoaded", resolve, { once: true });
    } else {
      resolve();
    }
  });
  import(glue)
    .then((program) => parsed.then(() => program.default({ module_or_path: wasm })))
    .catch(fail);
})();
