import type { CDPSession } from "@playwright/test";
import type { ForwardedClock } from "./worker-clock";

type Message = { id?: number; method?: string; params?: unknown; result?: unknown; error?: { message: string } };
type Listener = (method: string, params: never) => void;
type Evaluated = { result: { value?: unknown }; exceptionDetails?: { text: string; exception?: { description?: string } } };
type Identity = { targetId: string; name: string; url: string; browserContextId: string };

/** A module whose only function does what a panic of a WASM program does. */
const TRAP = "0,97,115,109,1,0,0,0,1,4,1,96,0,0,3,2,1,0,7,5,1,1,116,0,0,10,5,1,3,0,0,11";

/** One SharedWorker, seen from Chromium's protocol. Started again under its name it stays the same object. */
export class SharedWorker {
  /** Resolves when everything that it does from now on is seen. */
  readonly ready: Promise<void>;
  sessionId: string | undefined;
  /** How often it has been started. */
  lives = 1;
  private alive = true;
  private prepared: Promise<void> | undefined;
  private processId: number | undefined;
  private lastId = 0;
  private readonly pending = new Map<number, { resolve: (result: unknown) => void; reject: (error: Error) => void }>();
  private readonly listeners: Listener[] = [];
  private backlog: { method: string; params: never }[] = [];

  constructor(
    private readonly browser: CDPSession,
    readonly identity: Identity,
    private readonly prelude: () => string | undefined,
  ) {
    this.ready = this.attach();
  }

  get isAlive(): boolean {
    return this.alive;
  }

  /** Tells of every event of the protocol, from the worker's start. */
  listen(listener: Listener): void {
    this.listeners.push(listener);
    for (const { method, params } of this.backlog) listener(method, params);
    this.backlog = [];
  }

  /** The value of an expression inside, or of what it promises. */
  async evaluate<T>(expression: string): Promise<T> {
    const parameters = { expression, awaitPromise: true, returnByValue: true };
    const { result, exceptionDetails } = await this.send<Evaluated>("Runtime.evaluate", parameters);
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value as T;
  }

  /** Has an exception that nobody catches happen inside. */
  async throws(message: string): Promise<void> {
    await this.evaluate(`void setTimeout(() => { throw new Error(${JSON.stringify(message)}) })`);
  }

  /** Has a WASM trap happen inside; not in the engine's own module, whose state it leaves as it is. */
  async traps(): Promise<void> {
    const module = `new WebAssembly.Module(new Uint8Array([${TRAP}]))`;
    await this.evaluate(`void setTimeout(() => new WebAssembly.Instance(${module}).exports.t())`);
  }

  /** Keeps it busy until `interrupt`, `close` or `kill`. */
  async loops(): Promise<void> {
    // Not in the evaluation itself: what has not been answered is sent again to a worker that starts again.
    await this.evaluate("void setTimeout(() => { for (;;); })");
  }

  async interrupt(): Promise<void> {
    await this.send("Runtime.terminateExecution");
  }

  /** Ends it alone, at once, whatever it is at. */
  async close(): Promise<void> {
    await this.browser.send("Target.closeTarget", { targetId: this.identity.targetId });
    await this.hasEnded();
  }

  /** Ends the operating system's process that it lives in, as a crash does, with all pages of that process. */
  async kill(): Promise<void> {
    // Ids of requests begin with the process; a request may have to be made for it.
    if (this.processId === undefined) await this.evaluate("fetch(location.href).then(() => undefined)");
    if (this.processId === undefined) throw new Error("the worker's process is not known");
    process.kill(this.processId, "SIGKILL");
    await this.hasEnded();
  }

  async offline(offline: boolean): Promise<void> {
    await this.send("Network.emulateNetworkConditions", { offline, latency: 0, downloadThroughput: -1, uploadThroughput: -1 });
    // `navigator.onLine` follows, but the event that goes with it does not come by itself.
    await this.evaluate(`void dispatchEvent(new Event("${offline ? "offline" : "online"}"))`);
  }

  /** Moves its clock, if `Workers.useClock` was called before it started. */
  async clock(move: keyof ForwardedClock, milliseconds: number): Promise<void> {
    await this.prepared;
    await this.evaluate(`journeyClock.${move}(${milliseconds})`);
  }

  send<T = unknown>(method: string, params: object = {}): Promise<T> {
    this.lastId += 1;
    const id = this.lastId;
    const answer = new Promise<unknown>((resolve, reject) => this.pending.set(id, { resolve, reject }));
    this.browser
      .send("Target.sendMessageToTarget", { sessionId: this.sessionId, message: JSON.stringify({ id, method, params }) })
      .catch((error: Error) => this.settle({ id, error }));
    return answer as Promise<T>;
  }

  receive(message: Message): void {
    if (message.id !== undefined) this.settle(message);
    if (message.method === undefined) return;
    const { method, params } = message as { method: string; params: never };
    if (method === "Inspector.targetCrashed") this.ended();
    if (method === "Inspector.targetReloadedAfterCrash") this.restarted();
    if (method === "Network.requestWillBeSent") this.learnProcess(params);
    if (this.listeners.length === 0) this.backlog.push({ method, params });
    for (const listener of this.listeners) listener(method, params);
  }

  ended(): void {
    this.alive = false;
    for (const id of [...this.pending.keys()]) this.settle({ id, error: { message: "the worker has ended" } });
  }

  private restarted(): void {
    this.alive = true;
    this.lives += 1;
    this.processId = undefined;
    this.begin();
  }

  private async attach(): Promise<void> {
    const { targetId } = this.identity;
    this.sessionId = (await this.browser.send("Target.attachToTarget", { targetId, flatten: false })).sessionId;
    this.begin();
  }

  /** Answers come when it has loaded its script, which waits for these to have been sent. */
  private begin(): void {
    const commands: [string, object?][] = [
      ["Inspector.enable"],
      ["Network.enable", { maxPostDataSize: 1_000_000 }],
      ["Runtime.enable"],
      ["Log.enable"],
      // Playwright has every target wait, and this session any worker that starts again.
      ["Runtime.runIfWaitingForDebugger"],
    ];
    for (const [method, params] of commands) this.send(method, params).catch(() => undefined);
    this.prepared = this.prepare();
    this.prepared.catch(() => undefined);
  }

  /** As early as possible: paused before its script a worker has no timers yet that could be replaced. */
  private async prepare(): Promise<void> {
    const prelude = this.prelude();
    if (prelude === undefined) return;
    while ((await this.evaluate("typeof setTimeout")) !== "function");
    await this.evaluate(prelude);
  }

  private learnProcess({ requestId }: { requestId: string }): void {
    const [, process] = /^(\d+)\.\d+$/.exec(requestId) ?? [];
    if (process !== undefined) this.processId = Number(process);
  }

  private settle({ id = 0, result, error }: Message): void {
    const waiting = this.pending.get(id);
    this.pending.delete(id);
    if (error) waiting?.reject(new Error(error.message));
    else waiting?.resolve(result);
  }

  private async hasEnded(): Promise<void> {
    for (let tries = 0; this.alive && tries < 100; tries += 1) await new Promise((resolve) => setTimeout(resolve, 20));
    if (this.alive) throw new Error("the worker has not ended");
  }
}
