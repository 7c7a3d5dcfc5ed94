import type { BrowserContext } from "@playwright/test";

const BINDING = "journeyLoot";
const SEARCH = "journeySearch";

type Loot = { way: string; text: string };

/**
 * What a hostile script in the page gets hold of, having been there first: it listens in on `fetch`, XMLHttpRequest,
 * every MessagePort and BroadcastChannel and all text that WASM hands to JavaScript, and searches WASM's memory.
 */
export class Thief {
  readonly loot: Loot[] = [];

  private constructor(private readonly context: BrowserContext) {}

  static async in(context: BrowserContext): Promise<Thief> {
    const thief = new Thief(context);
    await context.exposeBinding(BINDING, (_, way: string, text: string) => void thief.loot.push({ way, text }));
    await context.addInitScript(steal, [BINDING, SEARCH] as const);
    return thief;
  }

  /** By which ways any of these texts got to it. */
  async findings(texts: string[]): Promise<string[]> {
    const ways = this.loot.filter(({ text }) => texts.some((wanted) => text.includes(wanted))).map(({ way }) => way);
    for (const page of this.context.pages()) {
      const found = await page.evaluate(
        ([search, texts]) => {
          const find = (window as unknown as Record<symbol, ((text: string) => boolean) | undefined>)[Symbol.for(search)];
          return texts.some((text) => find?.(text));
        },
        [SEARCH, texts] as const,
      );
      if (found) ways.push("WASM's memory");
    }
    return [...new Set(ways)];
  }
}

/** Runs in the page before its own scripts. */
function steal([binding, search]: readonly [string, string]): void {
  const tell = (window as unknown as Record<string, (way: string, text: string) => void>)[binding];
  const keep = (way: string, value: unknown) => tell?.(way, spell(value));
  const memories: WebAssembly.Memory[] = [];

  function spell(value: unknown, depth = 0): string {
    if (value instanceof ArrayBuffer) return new TextDecoder("latin1").decode(value);
    if (ArrayBuffer.isView(value)) return spell(value.buffer);
    if (value instanceof Map || value instanceof Set) return spell([...value], depth + 1);
    if (value === null || typeof value !== "object" || depth > 10) return String(value);
    return Object.entries(value).map(([key, inner]) => `${key}=${spell(inner, depth + 1)}`).join("\n");
  }

  /** Replaces a method by one that first hands its parameters to `see`. */
  function tap(owner: object, name: string, see: (self: unknown, parameters: unknown[]) => void): void {
    const methods = owner as Record<string, (...parameters: unknown[]) => unknown>;
    const own = methods[name];
    if (!own) return;
    methods[name] = function (this: unknown, ...parameters: unknown[]) {
      see(this, parameters);
      return own.apply(this, parameters);
    };
  }

  const ownFetch = window.fetch;
  window.fetch = async (input, init) => {
    if (input instanceof Request) keep("fetch", `${input.url} ${await input.clone().text()}`);
    keep("fetch", [input, init]);
    const response = await ownFetch(input, init);
    const copy = response.clone();
    // First: whoever fetched it may abort what is left as soon as it has read its own.
    const isText = /json|text/.test(copy.headers.get("content-type") ?? "");
    if (isText) await copy.text().then((text) => keep("fetch's answer", text), () => undefined);
    return response;
  };
  tap(XMLHttpRequest.prototype, "send", (self, parameters) => {
    const request = self as XMLHttpRequest;
    keep("XMLHttpRequest", parameters);
    request.addEventListener("load", () => keep("XMLHttpRequest's answer", request.response));
  });

  const listen = EventTarget.prototype.addEventListener;
  const overheard = new WeakSet<object>();
  const overhear = (way: string) => (self: unknown) => {
    if (overheard.has(self as object)) return;
    overheard.add(self as object);
    listen.call(self as EventTarget, "message", (event) => keep(way, (event as MessageEvent).data));
  };
  for (const kind of [MessagePort, BroadcastChannel, Worker]) {
    const way = `${kind.name}'s message`;
    tap(kind.prototype, "postMessage", (_, parameters) => keep(`${kind.name}.postMessage`, parameters[0]));
    tap(kind.prototype, "start", overhear(way));
    // Its own, so that other event targets are left alone.
    Object.assign(kind.prototype, { addEventListener: listen });
    tap(kind.prototype, "addEventListener", overhear(way));
    const { get, set } = Object.getOwnPropertyDescriptor(kind.prototype, "onmessage") ?? {};
    Object.defineProperty(kind.prototype, "onmessage", {
      get,
      set(handler) {
        overhear(way)(this);
        set?.call(this, handler);
      },
    });
  }
  listen.call(window, "message", (event) => keep("window's message", (event as MessageEvent).data));

  const remember = ({ exports }: WebAssembly.Instance) => {
    for (const value of Object.values(exports)) if (value instanceof WebAssembly.Memory) memories.push(value);
  };
  for (const name of ["instantiate", "instantiateStreaming"] as const) {
    const own = WebAssembly[name] as (...parameters: unknown[]) => Promise<WebAssembly.Instance | WebAssembly.WebAssemblyInstantiatedSource>;
    Object.assign(WebAssembly, {
      async [name](...parameters: unknown[]) {
        const result = await own.apply(WebAssembly, parameters);
        remember("instance" in result ? result.instance : result);
        return result;
      },
    });
  }
  const decode = TextDecoder.prototype.decode;
  TextDecoder.prototype.decode = function (...parameters) {
    const text = decode.apply(this, parameters);
    // Text of the program to its page; what `spell` decodes would come here again.
    if (this.encoding === "utf-8" && text.length > 20) tell?.("TextDecoder", text);
    return text;
  };
  Object.defineProperty(window, Symbol.for(search), {
    value: (wanted: string) => memories.some(({ buffer }) => decode.call(new TextDecoder("latin1"), buffer).includes(wanted)),
  });
}
