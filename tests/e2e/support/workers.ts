import { type BrowserContext, expect } from "@playwright/test";
import { Devtools } from "./devtools";
import type { SharedWorker } from "./shared-worker";
import { installWorkerClock } from "./worker-clock";

/** Of the console's types, or "exception". */
export type WorkerMessage = { type: string; text: string; url: string };
type Printed = { value?: unknown; unserializableValue?: string; description?: string; preview?: unknown };
type Events = {
  "Runtime.consoleAPICalled": { type: string; args: Printed[] };
  "Runtime.exceptionThrown": { exceptionDetails: { text: string; url?: string; exception?: Printed } };
  "Log.entryAdded": { entry: { level: string; text: string; url?: string } };
};

/** The SharedWorkers of a context. */
export class Workers {
  private static readonly known = new WeakMap<BrowserContext, Promise<Workers>>();
  private readonly workers: SharedWorker[] = [];
  private readonly onAdoption: ((worker: SharedWorker) => void)[] = [];
  private readonly contextId: Promise<string>;

  static of(context: BrowserContext): Promise<Workers> {
    const known = this.known.get(context) ?? Workers.watch(context);
    this.known.set(context, known);
    return known;
  }

  private constructor(
    private readonly context: BrowserContext,
    readonly devtools: Devtools,
  ) {
    this.contextId = this.identify();
    this.contextId.catch(() => undefined);
    const stop = devtools.onWorker((worker) => {
      // Without a page there is no id, but then there is no worker of this context's either.
      this.adopt(worker).catch(() => undefined);
    });
    context.once("close", stop);
  }

  private static async watch(context: BrowserContext): Promise<Workers> {
    const browser = context.browser();
    if (!browser) throw new Error("a context without a browser cannot be watched");
    return new Workers(context, await Devtools.of(browser));
  }

  /** Those that are alive; one outlives its pages for a while if it was started so. */
  get alive(): SharedWorker[] {
    return this.workers.filter(({ isAlive }) => isAlive);
  }

  /** The only one, as soon as there is one. */
  async only(): Promise<SharedWorker> {
    await expect.poll(() => this.alive.length, "one SharedWorker is alive").toBe(1);
    const [worker] = this.alive;
    if (!worker) throw new Error("it ended in this moment");
    return worker;
  }

  /** Tells of every worker, of the past and to come. */
  onWorker(listener: (worker: SharedWorker) => void): void {
    this.onAdoption.push(listener);
    this.workers.forEach(listener);
  }

  /** Tells of all that the workers print, throw and complain about. */
  onMessage(listener: (message: WorkerMessage) => void): void {
    this.onWorker((worker) => {
      worker.listen((method, params) => {
        const message = read(method, params);
        if (message) listener({ ...message, url: message.url || worker.identity.url });
      });
    });
  }

  /**
   * Gives the workers that start from now on a clock that a test can move; a page has to be open. A worker gets it a
   * few milliseconds after its start: timers that are older than that are not moved.
   */
  async useClock(): Promise<void> {
    this.devtools.setPrelude(await this.contextId, `(${installWorkerClock})();`);
  }

  /** Cuts pages and workers off; `context.setOffline` does the pages alone. */
  async setOffline(offline: boolean): Promise<void> {
    await this.context.setOffline(offline);
    await Promise.all(this.alive.map((worker) => worker.offline(offline)));
  }

  private async adopt(worker: SharedWorker): Promise<void> {
    if (worker.identity.browserContextId !== (await this.contextId)) return;
    this.workers.push(worker);
    for (const listener of this.onAdoption) listener(worker);
  }

  private async identify(): Promise<string> {
    const page = this.context.pages()[0] ?? (await this.context.waitForEvent("page", { timeout: 0 }));
    // The session stays: with its end Chromium takes the page's virtual authenticator away, whoever made it.
    const session = await this.context.newCDPSession(page);
    const { targetInfo } = await session.send("Target.getTargetInfo");
    return targetInfo.browserContextId ?? "";
  }
}

function read(method: string, params: unknown): WorkerMessage | undefined {
  if (method === "Runtime.consoleAPICalled") {
    const { type, args } = params as Events[typeof method];
    return { type, text: args.map(text).join(" "), url: "" };
  }
  if (method === "Runtime.exceptionThrown") {
    const { text: what, url = "", exception } = (params as Events[typeof method]).exceptionDetails;
    return { type: "exception", text: `${what} ${exception ? text(exception) : ""}`, url };
  }
  if (method === "Log.entryAdded") {
    const { level, text, url = "" } = (params as Events[typeof method]).entry;
    return { type: level, text, url };
  }
  return undefined;
}

function text({ value, unserializableValue, description, preview }: Printed): string {
  if (preview !== undefined) return `${description} ${JSON.stringify(preview)}`;
  return String(value ?? unserializableValue ?? description);
}
