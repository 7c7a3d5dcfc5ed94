import type { CDPSession } from "@playwright/test";
import type { SharedWorker } from "./shared-worker";
import { operationOf } from "./pool";

type Header = { name: string; value: string };
type Paused = {
  requestId: string;
  networkId?: string;
  request: { url: string; method: string; headers: Record<string, string>; postData?: string };
  responseStatusCode?: number;
  responseErrorReason?: string;
  responseHeaders?: Header[];
};
export type Reason = "ConnectionRefused" | "ConnectionReset" | "InternetDisconnected" | "TimedOut";
/** What an answer is replaced by. */
export type Replacement = { status?: number; body: string; contentType?: string };
type Rule = { matches: (exchange: Exchange) => boolean; handle: (exchange: Exchange) => Promise<void> };

/** A request that waits for a test's decision, wherever in the browser it comes from. */
export class Exchange {
  constructor(
    private readonly session: CDPSession,
    private paused: Paused,
    private readonly answered: () => Promise<Paused>,
  ) {}

  get url(): string {
    return this.paused.request.url;
  }

  get method(): string {
    return this.paused.request.method;
  }

  /** Cognito's name of what is asked for; a preflight has none. */
  get operation(): string | undefined {
    return operationOf(this.paused.request.headers);
  }

  get body(): string {
    return this.paused.request.postData ?? "";
  }

  async pass(): Promise<void> {
    const { requestId } = this.paused;
    const method = this.paused.responseStatusCode === undefined ? "Fetch.continueRequest" : "Fetch.continueResponse";
    await this.session.send(method, { requestId });
  }

  async fail(errorReason: Reason = "ConnectionRefused"): Promise<void> {
    await this.session.send("Fetch.failRequest", { requestId: this.paused.requestId, errorReason });
  }

  /** Sends it on and waits for the answer, which has then to be passed, failed or replaced. */
  async fetch(): Promise<Replacement> {
    const answer = this.answered();
    await this.session.send("Fetch.continueRequest", { requestId: this.paused.requestId, interceptResponse: true });
    this.paused = await answer;
    const { requestId, responseStatusCode: status } = this.paused;
    if (status === undefined) throw new Error(`${this.url}: ${this.paused.responseErrorReason ?? "no answer"}`);
    const { body, base64Encoded } = await this.session.send("Fetch.getResponseBody", { requestId });
    return { status, body: base64Encoded ? Buffer.from(body, "base64").toString() : body };
  }

  /** Answers in place of the server, or after `fetch` in other words than the server. */
  async replace({ status = 200, body, contentType }: Replacement): Promise<void> {
    const { requestId, request, responseHeaders = [] } = this.paused;
    const headers = responseHeaders.filter(({ name }) => !/^content-(length|encoding)$/i.test(name));
    if (headers.length === 0) {
      headers.push({ name: "content-type", value: contentType ?? "application/json" });
      headers.push({ name: "access-control-allow-origin", value: request.headers.Origin ?? "*" });
    }
    await this.session.send("Fetch.fulfillRequest", {
      requestId,
      responseCode: status,
      responseHeaders: headers,
      body: Buffer.from(body).toString("base64"),
    });
  }
}

/**
 * Requests of the whole browser, those of SharedWorkers and their scripts among them: `page.route` sees none of
 * these. Rules are not for one context, so whoever makes one takes it back.
 */
export class Interception {
  private readonly rules = new Set<Rule>();
  private readonly answers = new Map<string, (paused: Paused) => void>();

  constructor(
    private readonly session: CDPSession,
    private readonly worker: (targetId: string) => SharedWorker | undefined,
  ) {}

  async start(): Promise<void> {
    this.session.on("Fetch.requestPaused", (paused) => {
      // A page that goes away takes its requests with it.
      this.onPaused(paused as Paused).catch(() => undefined);
    });
    await this.enable();
  }

  /** The newest rule that matches decides. Returns how to take it back. */
  async add(rule: Rule): Promise<() => Promise<void>> {
    this.rules.add(rule);
    await this.enable();
    return async () => {
      this.rules.delete(rule);
      await this.enable();
    };
  }

  private async enable(): Promise<void> {
    // A worker's script is of the type "Other".
    const patterns = this.rules.size > 0 ? [{ urlPattern: "*" }] : [{ urlPattern: "*", resourceType: "Other" as const }];
    await this.session.send("Fetch.enable", { patterns });
  }

  private async onPaused(paused: Paused): Promise<void> {
    const { requestId, networkId = "" } = paused;
    const waiting = this.answers.get(requestId);
    if (waiting) {
      this.answers.delete(requestId);
      return waiting(paused);
    }
    const exchange = new Exchange(this.session, paused, () => {
      return new Promise((resolve) => this.answers.set(requestId, resolve));
    });
    // A worker's script waits until the worker is watched.
    await this.worker(networkId)?.ready;
    const rule = [...this.rules].reverse().find(({ matches }) => matches(exchange));
    if (!rule) return exchange.pass();
    // A server that cannot be reached, for one, leaves nothing to edit.
    await rule.handle(exchange).catch(() => exchange.pass());
  }
}
