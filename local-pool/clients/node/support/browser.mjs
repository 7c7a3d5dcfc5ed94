// A browser at the hosted pages: cookies, redirects and forms, without running anything.
import { USER } from "./pool.mjs";

/** The text that HTML's character references stand for, as far as the pages have them. */
const text = (html) =>
  html.replace(/&(amp|lt|gt|quot|#39);/g, (_, name) => ({ amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" })[name]);

export class Browser {
  #pool;
  #cookies = new Map();

  constructor(pool) {
    this.#pool = pool;
  }

  /** Goes to an address, and on as long as the pool redirects to itself. */
  async go(address) {
    let page = await this.#visit(address);
    while (page.location?.startsWith(this.#pool.url)) page = await this.#visit(page.location);
    return page;
  }

  /** Sends the page's form with these fields; goes on as `go` does. */
  async submit(page, fields) {
    const form = Object.fromEntries(
      [...page.html.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)].map(([, ...pair]) => pair.map(text)),
    );
    const action = page.html.match(/<form method="post" action="([^"]*)"/)?.[1];
    const to = action ? new URL(text(action), page.address).href : page.address;
    const sent = await this.#visit(to, { method: "POST", body: new URLSearchParams({ ...form, ...fields }) });
    return sent.location?.startsWith(this.#pool.url) ? this.go(sent.location) : sent;
  }

  /** Signs in with a password, unless one is signed in; the address where the client's page is. */
  async signIn(address, { email, password } = USER) {
    const page = await this.go(address);
    return page.location ?? (await this.submit(page, { username: email, password })).location;
  }

  /** Answers at the page that stands in for an identity provider; the address where the client's page is. */
  async federate(address, answer) {
    const page = await this.go(address);
    return (await this.submit(page, { answer })).location;
  }

  async #visit(address, init = {}) {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const headers = { cookie, ...(init.method && { origin: this.#pool.url }) };
    const response = await fetch(address, { ...init, headers, redirect: "manual" });
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
      if (value) this.#cookies.set(name, value);
      else this.#cookies.delete(name);
    }
    const location = response.headers.get("location");
    return {
      address,
      status: response.status,
      location: location && new URL(location, address).href,
      html: await response.text(),
    };
  }
}
