import type { BrowserContext, ConsoleMessage } from "@playwright/test";
import { POOL } from "./pool";

/**
 * Watches every page of a context for what must not happen: console errors and warnings, exceptions (a WASM
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
    context.on("console", (message) => {
      if (isTrouble(message)) this.note(`console ${message.type()}: ${message.text()} (${message.location().url})`);
    });
    context.on("weberror", (error) => this.note(`exception: ${error.error().stack ?? error.error().message}`));
    context.on("requestfailed", (request) => {
      const reason = request.failure()?.errorText ?? "";
      // A page that goes away takes its requests with it.
      if (reason !== "net::ERR_ABORTED") {
        this.note(`request failed: ${request.method()} ${request.url()} ${reason}`);
      }
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

  private note(trouble: string): void {
    const matching = this.announced.filter(({ pattern }) => pattern.test(trouble));
    for (const expected of matching) expected.seen = true;
    if (matching.length === 0) this.troubles.push(trouble);
  }
}

function isTrouble(message: ConsoleMessage): boolean {
  const text = message.text();
  // Chromium's advice about forms and autocomplete comes as debug messages.
  if (text.startsWith("[DOM]")) return true;
  if (message.type() !== "error" && message.type() !== "warning") return false;
  // Cognito refuses with status 400: part of the protocol, yet Chromium logs it as an error.
  const refused = text.startsWith("Failed to load resource") && text.includes("status of 400");
  return !(refused && message.location().url === `${POOL}/`);
}
