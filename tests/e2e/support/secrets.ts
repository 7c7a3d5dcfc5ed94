import type { BrowserContext, Page, Request, Response } from "@playwright/test";
import { POOL, type Pool } from "./pool";

const BINDING = "journeyPasswordSubmitted";
const REQUEST_MEMBERS = ["Password", "ConfirmationCode", "NEW_PASSWORD", "AccessToken", "RefreshToken", "Token", "Session"];
const RESPONSE_MEMBERS = ["IdToken", "AccessToken", "RefreshToken", "Session", "SECRET_BLOCK", "SecretCode"];
/** The few things the app may leave behind. */
const STORABLE: Record<string, RegExp> = {
  "yew-cognito.theme": /^"?(light|dark)"?$/,
  // Who last used a passkey here, and the subs of those who want none.
  "yew-cognito.localspaclient000000000001.passkey": /^"[\w.]+@[\w.]+"$/,
  "yew-cognito.localspaclient000000000001.no-passkey": /^\["[0-9a-f-]{36}"\]$/,
};
/** The one database: a device's secrets. */
const DATABASE = "yew-cognito";
const READABLE_KEY = "a key that a script can read";

type Place = { place: string; text: string };

/**
 * Learns every secret of a test by itself, from forms and from the wire, and looks for them wherever a page can
 * leave something behind.
 */
export class Secrets {
  private readonly secrets = new Map<string, string>();
  private readonly seen: Place[] = [];
  private readonly reading: Promise<void>[] = [];

  constructor(private readonly appOrigin: string) {}

  async watch(context: BrowserContext): Promise<void> {
    await context.exposeBinding(BINDING, (_, password: string) => this.add("password", password));
    await context.addInitScript((binding) => {
      addEventListener(
        "submit",
        (event) => {
          for (const input of (event.target as HTMLFormElement).querySelectorAll("input")) {
            if (input.value && /password$/.test(input.autocomplete)) {
              (window as unknown as Record<string, (value: string) => void>)[binding]?.(input.value);
            }
          }
        },
        true,
      );
    }, BINDING);
    context.on("request", (request) => this.onRequest(request));
    context.on("response", (response) => this.reading.push(this.onResponse(response)));
    context.on("page", (page) => this.onPage(page));
    for (const page of context.pages()) this.onPage(page);
  }

  /** What is to be found nowhere; short strings would be found by chance. */
  add(what: string, value: string): void {
    if (value.length < 6) return;
    this.secrets.set(value, what);
    const parts = value.split(".");
    // A JWT gives itself away by any of its parts but the header.
    if (parts.length >= 3) for (const part of parts.slice(1)) if (part.length > 16) this.secrets.set(part, `part of ${what}`);
  }

  /** How many secrets of a kind are known: a scan that knows none proves nothing. */
  count(what: string): number {
    return [...this.secrets.values()].filter((known) => known === what).length;
  }

  /** Looks everywhere. */
  async findings(context: BrowserContext, pool: Pool): Promise<string[]> {
    await Promise.all(this.reading);
    if (pool.isRunning) for (const mail of await pool.mails()) this.add("code", mail.code);
    const places = [...this.seen, { place: "the pool's output", text: pool.printed }];
    const left: string[] = [];
    for (const page of context.pages()) {
      if (!page.isClosed() && page.url().startsWith(this.appOrigin)) {
        const found = await page.evaluate(lookAround);
        places.push(...found);
        left.push(...unwelcome(found));
      }
    }
    for (const cookie of await context.cookies()) {
      places.push({ place: `cookie ${cookie.name}`, text: cookie.value });
      left.push(`cookie ${cookie.name}`);
    }
    return [...left.map((what) => `left behind: ${what}`), ...this.search(places)];
  }

  private search(places: Place[]): string[] {
    const found = new Set<string>();
    for (const [secret, what] of this.secrets) {
      const forms = [secret, encodeURIComponent(secret), Buffer.from(secret).toString("base64")];
      for (const { place, text } of places) {
        if (forms.some((form) => text.includes(form))) found.add(`secret (${what}) in ${place}`);
      }
    }
    return [...found];
  }

  private onPage(page: Page): void {
    page.on("framenavigated", (frame) => this.seen.push({ place: "address", text: frame.url() }));
    page.on("console", (message) => this.seen.push({ place: "console", text: message.text() }));
  }

  private onRequest(request: Request): void {
    this.seen.push({ place: "request's address", text: request.url() });
    this.seen.push({ place: "referrer", text: request.headers().referer ?? "" });
    if (request.url().startsWith(POOL)) this.learn(request.postData() ?? "", REQUEST_MEMBERS);
  }

  private async onResponse(response: Response): Promise<void> {
    if (response.url() !== `${POOL}/` || response.request().method() !== "POST") return;
    // Aborted answers have no body.
    const body = await response.text().catch(() => "");
    this.learn(body, RESPONSE_MEMBERS);
  }

  private learn(json: string, members: string[]): void {
    if (!json.startsWith("{")) return;
    try {
      JSON.parse(json, (key, value: unknown) => {
        if (members.includes(key) && typeof value === "string") this.add(key, value);
        return value;
      });
    } catch {
      // A test had the pool answer nonsense.
    }
  }
}

function unwelcome(places: Place[]): string[] {
  return places
    .filter(({ place, text }) => {
      const [area = "", key = ""] = place.split(": ");
      // What it keeps there is sealed with a key that no script can read: `search` looks whether that is so.
      if (place === `IndexedDB: ${DATABASE}`) return text.includes(READABLE_KEY);
      if (area === "localStorage") return !STORABLE[key]?.test(text);
      return ["sessionStorage", "IndexedDB", "Cache", "document.cookie"].includes(area) && text !== "";
    })
    .map(({ place }) => place);
}

/** Runs in the page. */
async function lookAround(): Promise<{ place: string; text: string }[]> {
  const places: { place: string; text: string }[] = [];
  const look = (place: string, text: string) => places.push({ place, text });
  for (const [name, storage] of Object.entries({ localStorage, sessionStorage })) {
    for (const [key, value] of Object.entries(storage)) look(`${name}: ${key}`, String(value));
  }
  for (const { name = "" } of await indexedDB.databases()) look(`IndexedDB: ${name}`, `${name} ${await contents(name)}`);
  for (const name of await caches.keys()) look(`Cache: ${name}`, name || "(no name)");
  look("document.cookie", document.cookie);
  look("location", location.href);
  look("history.state", JSON.stringify(history.state) ?? "");
  look("window.name", window.name);
  look("document.title", document.title);
  look("document", document.documentElement.outerHTML);
  for (const entry of performance.getEntries()) look("performance entry", entry.name);
  for (const name of Object.keys(window)) {
    const value = (window as unknown as Record<string, unknown>)[name];
    if (typeof value === "string") look(`window.${name}`, value);
    if (value !== null && typeof value === "object" && Object.getPrototypeOf(value) === Object.prototype) {
      look(`window.${name}`, Object.values(value).filter((inner) => typeof inner === "string").join("\n"));
    }
  }
  return places;

  async function contents(name: string): Promise<string> {
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const database = await done(indexedDB.open(name));
    const found: string[] = [];
    for (const store of database.objectStoreNames) {
      const records = database.transaction(store).objectStore(store);
      found.push(text(await done(records.getAllKeys())), text(await done(records.getAll())));
    }
    database.close();
    return found.join(" ");
  }

  function text(value: unknown): string {
    if (value instanceof CryptoKey) return value.extractable ? "a key that a script can read" : "";
    if (value instanceof ArrayBuffer) return String.fromCharCode(...new Uint8Array(value));
    if (ArrayBuffer.isView(value)) return text(value.buffer);
    if (value !== null && typeof value === "object") return Object.values(value).map(text).join(" ");
    return String(value);
  }
}
