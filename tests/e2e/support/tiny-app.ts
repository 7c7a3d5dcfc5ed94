import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "@playwright/test";
import { POOL } from "./pool";

/** One request that the page or its worker makes, and the text of its answer or error. */
export type Question = { url: string; method?: string; headers?: Record<string, string>; body?: string };

const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  `connect-src 'self' ${POOL}`,
  "require-trusted-types-for 'script'",
  "trusted-types tiny",
].join("; ");

const FILES: Record<string, [type: string, text: string]> = {
  "/": ["text/html", '<!doctype html><title>tiny</title><script type="module" src="/page.js"></script>'],
  "/page.js": [
    "text/javascript",
    `const policy = trustedTypes.createPolicy("tiny", { createScriptURL: (url) => url });
    const ask = ({ url, ...init }) => fetch(url, init).then((response) => response.text(), String);
    globalThis.askPage = ask;
    globalThis.askWorker = (question, name = "engine") => new Promise((resolve) => {
      const options = { type: "module", name, extendedLifetime: true };
      const { port } = new SharedWorker(policy.createScriptURL("/worker.js"), options);
      port.onmessage = ({ data }) => resolve(data);
      port.postMessage(question);
    });`,
  ],
  "/worker.js": [
    "text/javascript",
    `onconnect = ({ ports: [port] }) => {
      port.onmessage = async ({ data: { url, ...init } }) => {
        port.postMessage(await fetch(url, init).then((response) => response.text(), String));
      };
    };
    globalThis.heard = [];
    for (const kind of ["online", "offline"]) addEventListener(kind, () => heard.push(kind));`,
  ],
};

/** A page with a SharedWorker and nothing else: what `Workers` and `Wire` show is tested without the app. */
export class TinyApp {
  /** The requests that reached the server, oldest first. */
  readonly reached: string[] = [];
  origin = "";
  private readonly server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    this.reached.push(pathname);
    if (pathname === "/broken") return void request.socket.destroy();
    if (pathname === "/missing") response.statusCode = 404;
    const [type, text] = FILES[pathname] ?? ["text/plain", `this is ${pathname}`];
    response.setHeader("content-type", type).setHeader("content-security-policy", POLICY).end(text);
  });

  async start(): Promise<void> {
    await once(this.server.listen(0, "127.0.0.1"), "listening");
    this.origin = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** The answer to a question, or "nothing" if none comes in time. */
  ask(page: Page, who: "page" | "worker", question: Question, name?: string): Promise<string> {
    type Asking = (question: Question, name?: string) => Promise<string>;
    return page.evaluate(
      ([asking, question, name]) => {
        const answer = (window as unknown as Record<string, Asking>)[asking]?.(question, name);
        const patience = new Promise<string>((resolve) => setTimeout(() => resolve("nothing"), 2_000));
        return Promise.race([answer ?? "", patience]);
      },
      [who === "page" ? "askPage" : "askWorker", question, name] as const,
    );
  }
}
