import type { BrowserContext, Page } from "@playwright/test";
import { type Place, READABLE_KEY, lookAround } from "./look-around";
import { POOL, type Pool } from "./pool";
import { type Call, Wire } from "./wire";
import { Workers } from "./workers";

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

/**
 * Learns every secret of a test by itself, from forms and from the wire, and looks for them wherever a page can
 * leave something behind.
 */
export class Secrets {
  private readonly secrets = new Map<string, string>();
  private readonly seen: Place[] = [];

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
    const workers = await Workers.of(context);
    workers.onMessage(({ text }) => this.seen.push({ place: "worker's console", text }));
    workers.onWorker(({ identity: { name, url } }) => this.seen.push({ place: "worker's name", text: `${name} ${url}` }));
    (await Wire.of(context)).onCall((call) => this.onCall(call));
    context.on("page", (page) => this.onPage(page));
    for (const page of context.pages()) this.onPage(page);
  }

  /** What is to be found nowhere; short strings would be found by chance. */
  add(what: string, value: string): void {
    // What it is called first it stays: a refresh token that is revoked is sent as "Token".
    if (value.length < 6 || this.secrets.has(value)) return;
    this.secrets.set(value, what);
    const parts = value.split(".");
    // A JWT gives itself away by any of its parts but the header.
    if (parts.length >= 3) for (const part of parts.slice(1)) if (part.length > 16) this.secrets.set(part, `part of ${what}`);
  }

  /** How many secrets of a kind are known: a scan that knows none proves nothing. */
  count(what: string): number {
    return this.known(what).length;
  }

  /** Those of a kind. */
  known(what: string): string[] {
    return [...this.secrets].filter(([, kind]) => kind === what).map(([secret]) => secret);
  }

  /** Looks everywhere. */
  async findings(context: BrowserContext, pool: Pool): Promise<string[]> {
    await (await Wire.of(context)).settled();
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

  private onCall({ url, method, headers, body, answer }: Call): void {
    if (answer !== undefined) {
      if (url === `${POOL}/` && method === "POST") this.learn(answer, RESPONSE_MEMBERS);
      return;
    }
    this.seen.push({ place: "request's address", text: url });
    this.seen.push({ place: "referrer", text: headers.referer ?? "" });
    if (url.startsWith(POOL)) this.learn(body, REQUEST_MEMBERS);
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
