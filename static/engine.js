// Starts the program inside a SharedWorker, where it is the engine of all pages. The query names the program.
const ports = [];
let running = false;

// Listening begins before anything is awaited: the first page connects at once.
self.addEventListener("connect", (event) => {
  // Those that were held back are told again, and not to be heard twice.
  if (!event.isTrusted || running) return;
  const [port] = event.ports;
  ports.push(port);
  // Loading may take its time; to say nothing is to be taken for dead.
  port.postMessage("starting");
});

// A program that has trapped must not go on. Every page waits for a lock that this worker holds and learns so.
self.addEventListener("error", () => self.close());
self.addEventListener("unhandledrejection", () => self.close());

const [glue, wasm] = self.location.search.slice(1).split("&");

async function start() {
  // Nothing but a file beside this one.
  if (!/^[\w.-]+\.js$/.test(glue) || !/^[\w.-]+\.wasm$/.test(wasm)) throw new Error("no program is named");
  const program = await import(`./${glue}`);
  await program.default({ module_or_path: new URL(wasm, self.location.href) });
  running = true;
  for (const port of ports.splice(0)) self.dispatchEvent(new MessageEvent("connect", { ports: [port] }));
}

start().catch((error) => {
  console.error(error);
  // Not a word that an engine would say: the pages do without.
  for (const port of ports) port.postMessage("failed");
  self.close();
});
