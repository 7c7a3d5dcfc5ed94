import type { Browser, CDPSession } from "@playwright/test";
import { Interception } from "./interception";
import { SharedWorker } from "./shared-worker";

type TargetInfo = { targetId: string; type: string; title: string; url: string; browserContextId?: string };

/**
 * What Playwright does not show of a browser: its SharedWorkers. One connection a browser, over Chromium's own
 * protocol; the sessions with the workers are not "flat", since Playwright drops messages of sessions that it has
 * not opened itself.
 */
export class Devtools {
  private static readonly known = new WeakMap<Browser, Promise<Devtools>>();
  readonly interception: Interception;
  private readonly workers = new Map<string, SharedWorker>();
  private readonly preludes = new Map<string, string>();
  private readonly listeners = new Set<(worker: SharedWorker) => void>();

  static of(browser: Browser): Promise<Devtools> {
    const known = this.known.get(browser) ?? Devtools.connect(browser);
    this.known.set(browser, known);
    return known;
  }

  private constructor(private readonly session: CDPSession) {
    this.interception = new Interception(session, (targetId) => this.workers.get(targetId));
    session.on("Target.targetCreated", ({ targetInfo }) => this.onCreated(targetInfo));
    session.on("Target.targetDestroyed", ({ targetId }) => {
      this.workers.get(targetId)?.ended();
      this.workers.delete(targetId);
    });
    session.on("Target.receivedMessageFromTarget", ({ sessionId, message }) => {
      for (const worker of this.workers.values()) if (worker.sessionId === sessionId) worker.receive(JSON.parse(message));
    });
  }

  private static async connect(browser: Browser): Promise<Devtools> {
    const session = await browser.newBrowserCDPSession();
    const devtools = new Devtools(session);
    await devtools.interception.start();
    await session.send("Target.setDiscoverTargets", { discover: true, filter: [{ type: "shared_worker" }] });
    return devtools;
  }

  /** Tells of every SharedWorker of the browser: those that are there, and those to come. */
  onWorker(listener: (worker: SharedWorker) => void): () => void {
    this.listeners.add(listener);
    for (const worker of this.workers.values()) listener(worker);
    return () => this.listeners.delete(listener);
  }

  /** What is run in every SharedWorker that a context starts from now on, as early as possible. */
  setPrelude(browserContextId: string, script: string): void {
    this.preludes.set(browserContextId, script);
  }

  private onCreated({ targetId, type, title, url, browserContextId = "" }: TargetInfo): void {
    if (type !== "shared_worker" || this.workers.has(targetId)) return;
    const worker = new SharedWorker(this.session, { targetId, name: title, url, browserContextId }, () => {
      return this.preludes.get(browserContextId);
    });
    this.workers.set(targetId, worker);
    for (const listener of this.listeners) listener(worker);
  }
}
