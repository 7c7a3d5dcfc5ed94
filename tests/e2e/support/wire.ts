import type { BrowserContext, Request } from "@playwright/test";
import type { Exchange, Reason, Replacement } from "./interception";
import { operationOf } from "./pool";
import type { SharedWorker } from "./shared-worker";
import { Workers } from "./workers";

/** One request of a page or of a SharedWorker, and what became of it. */
export type Call = {
  from: "page" | "worker";
  url: string;
  method: string;
  headers: Record<string, string>;
  /** What was sent. */
  body: string;
  /** Cognito's name of what is asked for. */
  operation: string | undefined;
  status?: number;
  /** What was answered, once it is there. */
  answer?: string;
  failure?: string;
};
/** An operation of Cognito's, or the address of something else. */
export type What = string | RegExp;
/** A request that goes no further until a test lets it. */
export type Held = { arrived: Promise<Exchange>; release: () => Promise<void>; refuse: (reason?: Reason) => Promise<void> };
type Undo = () => Promise<void>;
type Sent = { requestId: string; request: { url: string; method: string; headers: Record<string, string>; postData?: string } };
type Received = { requestId: string; response: { status: number; mimeType: string } };
type Failed = { requestId: string; errorText: string; blockedReason?: string };

/** All that pages and workers of a context say to servers, wherever the engine runs. */
export class Wire {
  private static readonly known = new WeakMap<BrowserContext, Promise<Wire>>();
  /** Every request, oldest first. */
  readonly sent: Call[] = [];
  private readonly reading = new Set<Promise<void>>();
  private readonly listeners = new Set<(call: Call) => void>();
  private readonly undo = new Set<Undo>();

  static of(context: BrowserContext): Promise<Wire> {
    const known = this.known.get(context) ?? Workers.of(context).then((workers) => new Wire(context, workers));
    this.known.set(context, known);
    return known;
  }

  private constructor(
    context: BrowserContext,
    private readonly workers: Workers,
  ) {
    const calls = new WeakMap<Request, Call>();
    context.on("request", (request) => calls.set(request, this.note(callOf(request))));
    context.on("requestfinished", (request) => {
      const call = calls.get(request);
      if (call) this.read(this.readPage(call, request));
    });
    context.on("requestfailed", (request) => {
      const call = calls.get(request);
      if (call) this.fail(call, request.failure()?.errorText ?? "failed");
    });
    workers.onWorker((worker) => this.watch(worker));
  }

  /** Tells of every call three times at most: when it is sent, answered, or failed. */
  onCall(listener: (call: Call) => void): void {
    this.sent.forEach(listener);
    this.listeners.add(listener);
  }

  /** The next call, as soon as it has been answered and the answer read. */
  waitFor(what: What, timeout = 10_000): Promise<Call & { status: number; answer: string }> {
    const before = new Set(this.sent);
    return new Promise((resolve, reject) => {
      const end = (settle: () => void) => {
        clearTimeout(timer);
        this.listeners.delete(listener);
        settle();
      };
      const timer = setTimeout(() => end(() => reject(new Error(`nobody called ${what} and was answered within ${timeout} ms`))), timeout);
      const listener = (call: Call) => {
        if (before.has(call) || !matches(what, call)) return;
        const { status, answer, failure } = call;
        if (failure !== undefined) end(() => reject(new Error(`${what}: ${failure}`)));
        else if (status !== undefined && answer !== undefined) end(() => resolve({ ...call, status, answer }));
      };
      this.listeners.add(listener);
    });
  }

  /** How often it has been called, answered or not. */
  count(what: What): number {
    return this.sent.filter((call) => matches(what, call)).length;
  }

  /** Every such request fails, as without a server. Returns how to end it. */
  refuse(what: What, reason?: Reason): Promise<Undo> {
    return this.rule(what, (exchange) => exchange.fail(reason));
  }

  /** Every such request reaches the server, whose answer gets lost. */
  loseAnswer(what: What, reason: Reason = "ConnectionReset"): Promise<Undo> {
    return this.rule(what, async (exchange) => {
      await exchange.fetch();
      await exchange.fail(reason);
    });
  }

  /**
   * Every such request is answered without the server. Not for pages and workers' scripts that are to work: Chromium
   * takes them for the public internet's then, which may not talk to a pool on this machine.
   */
  answer(what: What, replacement: Replacement): Promise<Undo> {
    return this.rule(what, (exchange) => exchange.replace(replacement));
  }

  /** Every such request is answered in other words than the server's; as little for pages and workers' scripts. */
  edit(what: What, edit: (body: string) => string): Promise<Undo> {
    return this.rule(what, async (exchange) => {
      const { status, body } = await exchange.fetch();
      await exchange.replace({ status, body: edit(body) });
    });
  }

  /** The next such request waits, and only this one. */
  async hold(what: What): Promise<Held> {
    let arrive: (exchange: Exchange) => void;
    const arrived = new Promise<Exchange>((resolve) => (arrive = resolve));
    let done = false;
    const end = await this.rule(what, async (exchange) => {
      if (done) return exchange.pass();
      done = true;
      arrive(exchange);
    });
    const then = async (decide: (exchange: Exchange) => Promise<void>) => {
      await decide(await arrived);
      await end();
    };
    return { arrived, release: () => then((held) => held.pass()), refuse: (reason) => then((held) => held.fail(reason)) };
  }

  /** Ends whatever a test has not ended. */
  async restore(): Promise<void> {
    for (const undo of [...this.undo]) await undo();
  }

  /** All bodies that are there have been read. */
  async settled(): Promise<void> {
    await Promise.all(this.reading);
  }

  private async rule(what: What, handle: (exchange: Exchange) => Promise<void>): Promise<Undo> {
    const remove = await this.workers.devtools.interception.add({ matches: (exchange) => matches(what, exchange), handle });
    const undo = async () => {
      if (this.undo.delete(undo)) await remove();
    };
    this.undo.add(undo);
    return undo;
  }

  private note(call: Call): Call {
    this.sent.push(call);
    this.tell(call);
    return call;
  }

  private tell(call: Call): void {
    for (const listener of [...this.listeners]) listener(call);
  }

  private fail(call: Call, failure: string): void {
    call.failure = failure;
    this.tell(call);
  }

  private read(reading: Promise<void>): void {
    this.reading.add(reading);
    void reading.finally(() => this.reading.delete(reading));
  }

  private async readPage(call: Call, request: Request): Promise<void> {
    const response = await request.response().catch(() => null);
    if (!response) return;
    call.status = response.status();
    // A page that has gone took the body with it.
    call.answer = isText(response.headers()["content-type"]) ? await response.text().catch(() => "") : "";
    this.tell(call);
  }

  private watch(worker: SharedWorker): void {
    const open = new Map<string, Call & { isText?: boolean }>();
    const handlers: Record<string, (params: never) => void> = {
      "Network.requestWillBeSent": ({ requestId, request }: Sent) => {
        const { url, method, postData: body = "" } = request;
        const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]));
        open.set(requestId, this.note({ from: "worker", url, method, headers, body, operation: operationOf(headers) }));
      },
      "Network.responseReceived": ({ requestId, response }: Received) => {
        const call = open.get(requestId);
        if (!call) return;
        call.status = response.status;
        call.isText = isText(response.mimeType);
      },
      "Network.loadingFinished": ({ requestId }: { requestId: string }) => {
        const call = open.get(requestId);
        open.delete(requestId);
        if (call) this.read(this.readWorker(call, call.isText ? worker : undefined, requestId));
      },
      "Network.loadingFailed": ({ requestId, errorText, blockedReason }: Failed) => {
        const call = open.get(requestId);
        open.delete(requestId);
        if (call) this.fail(call, errorText || `blocked: ${blockedReason}`);
      },
    };
    worker.listen((method, params) => handlers[method]?.(params));
  }

  private async readWorker(call: Call, worker: SharedWorker | undefined, requestId: string): Promise<void> {
    type Body = { body: string; base64Encoded: boolean };
    const answer = await worker?.send<Body>("Network.getResponseBody", { requestId }).catch(() => undefined);
    call.answer = answer?.base64Encoded ? Buffer.from(answer.body, "base64").toString() : (answer?.body ?? "");
    this.tell(call);
  }
}

function callOf(request: Request): Call {
  const headers = request.headers();
  const body = request.postData() ?? "";
  return { from: "page", url: request.url(), method: request.method(), headers, body, operation: operationOf(headers) };
}

/** Programs and pictures hold no secrets, and take long to read. */
function isText(contentType = ""): boolean {
  return /json|text/.test(contentType);
}

function matches(what: What, { url, operation }: { url: string; operation: string | undefined }): boolean {
  return typeof what === "string" ? operation === what : what.test(url);
}
