import type { BrowserContext, Page } from "@playwright/test";
import { type Place, READABLE_KEY, lookAround } from "./look-around";
import { POOL, type Pool, TOKEN_ENDPOINT } from "./pool";
import { type Call, Wire } from "./wire";
import { Workers } from "./workers";

const BINDING = "journeyPasswordSubmitted";
const CODE = "authorization code";
/** Where an authorization code is seen by the protocol's own design, on its way back and when it has been used. */
const WAY_BACK = ["address", "request's address", "performance entry"];
/** The hosted pages' own. */
const HOSTED_COOKIES = ["cognito", "XSRF-TOKEN"];
/** Of the token endpoint: its forms and its answers. */
const FORM_FIELDS: Record<string, string> = { code: CODE, code_verifier: "code_verifier", refresh_token: "RefreshToken" };
const TOKENS: Record<string, string> = { id_token: "IdToken", access_token: "AccessToken", refresh_token: "RefreshToken" };
const REQUEST_MEMBERS = ["Password", "ConfirmationCode", "NEW_PASSWORD", "AccessToken", "RefreshToken", "Token", "Session"];
const RESPONSE_MEMBERS = ["IdToken", "AccessToken", "RefreshToken", "Session", "SECRET_BLOCK", "SecretCode"];
/** The few things the app may leave behind. */
const STORABLE: Record<string, RegExp> = {
  "yew-cognito.theme": /^"?(light|dark)"?$/,
  // Who last used a passkey here, and the subs of those who want none.
  "yew-cognito.localspaclient000000000001.passkey": /^"[\w.]+@[\w.]+"$/,
  "yew-cognito.localspaclient000000000001.no-passkey": /^\["[0-9a-f-]{36}"\]$/,
};
/** The same for sessionStorage: with silent sign-in, that there was a session from the hosted pages, and when the page was left. */
const STORABLE_IN_TAB: Record<string, RegExp> = { "yew-cognito.hosted": /^(null|\d{13})$/ };
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
    if (what === "" || value.length < 6 || this.secrets.has(value)) return;
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
      if (HOSTED_COOKIES.includes(cookie.name) && cookie.domain === new URL(POOL).hostname) continue;
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
        if (what === CODE && WAY_BACK.includes(place)) continue;
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
      if (url === TOKEN_ENDPOINT) this.learn(answer, Object.keys(TOKENS));
      return;
    }
    this.seen.push({ place: "request's address", text: url });
    this.seen.push({ place: "referrer", text: headers.referer ?? "" });
    if (url.startsWith(POOL)) this.learn(body, REQUEST_MEMBERS);
    if (url === TOKEN_ENDPOINT) for (const [name, value] of new URLSearchParams(body)) this.add(FORM_FIELDS[name] ?? "", value);
  }

  private learn(json: string, members: string[]): void {
    if (!json.startsWith("{")) return;
    try {
      JSON.parse(json, (key, value: unknown) => {
        if (members.includes(key) && typeof value === "string") this.add(TOKENS[key] ?? key, value);
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
      if (area === "sessionStorage") return !STORABLE_IN_TAB[key]?.test(text);
      return ["IndexedDB", "Cache", "document.cookie"].includes(area) && text !== "";
    })
    .map(({ place }) => place);
}
