import type { BrowserContext } from "@playwright/test";
import { POOL, TOKEN_ENDPOINT } from "./pool";
import { Wire } from "./wire";
import { Workers } from "./workers";

type Message = { type: string; text: string; url: string };

/**
 * Watches every page and SharedWorker of a context for what must not happen: console errors and warnings, exceptions (a WASM
 * panic is one), violations of the Content-Security-Policy, requests that fail.
 */
export class Guard {
  private readonly troubles: string[] = [];
  private readonly announced: { pattern: RegExp; seen: boolean }[] = [];

  async watch(context: BrowserContext): Promise<void> {
    // The console tells of violations as well, but not of all kinds in every version.
    await context.addInitScript(() => {
      addEventListener("securitypolicyviolation", (event) => {
        console.error(`securitypolicyviolation: ${event.effectiveDirective} blocked ${event.blockedURI}`);
      });
    });
    const workers = await Workers.of(context);
    context.on("console", (message) => {
      this.look("console", { type: message.type(), text: message.text(), url: message.location().url });
    });
    workers.onMessage((message) => this.look("worker's console", message));
    context.on("weberror", (error) => this.note(`exception: ${error.error().stack ?? error.error().message}`));
    (await Wire.of(context)).onCall((call) => {
      const { from, method, url, status = 0, failure } = call;
      // A page that goes away takes its requests with it.
      if (failure !== undefined && failure !== "net::ERR_ABORTED") this.note(`request failed: ${method} ${url} ${failure}`);
      // Chromium's console tells of what a server refuses to a page, but not to a worker.
      const text = `Failed to load resource: the server responded with a status of ${status}`;
      if (from === "worker" && call.answer !== undefined && status >= 400) this.look("worker's console", { type: "error", text, url });
    });
  }

  /** Allows what `pattern` matches for the rest of the test. It has to happen. */
  expectTrouble(pattern: RegExp): void {
    this.announced.push({ pattern, seen: false });
  }

  /** What went wrong although no test said so, and what a test said would but did not. */
  get findings(): string[] {
    const missed = this.announced.filter(({ seen }) => !seen);
    return [...this.troubles, ...missed.map(({ pattern }) => `announced, but it did not happen: ${pattern}`)];
  }

  private look(where: string, message: Message): void {
    if (isTrouble(message)) this.note(`${where} ${message.type}: ${message.text} (${message.url})`);
  }

  private note(trouble: string): void {
    const matching = this.announced.filter(({ pattern }) => pattern.test(trouble));
    for (const expected of matching) expected.seen = true;
    if (matching.length === 0) this.troubles.push(trouble);
  }
}

function isTrouble({ type, text, url }: Message): boolean {
  // Chromium's advice about forms and autocomplete comes as debug messages.
  if (text.startsWith("[DOM]")) return true;
  if (!["error", "warning", "exception"].includes(type)) return false;
  // Cognito refuses with status 400, and so does the token endpoint: part of the protocol, yet Chromium logs it as an error.
  const refused = text.startsWith("Failed to load resource") && text.includes("status of 400");
  return !(refused && [`${POOL}/`, TOKEN_ENDPOINT].includes(url));
}
