// The local user pool's process, one for each test file, and its control API.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { after, before, beforeEach } from "node:test";

export const POOL_ID = "us-east-1_LocalPool";
export const CLIENT_ID = "localspaclient000000000001";
export const IDENTITY_POOL_ID = "us-east-1:10ca1000-0000-4000-8000-000000009229";
export const REGION = "us-east-1";

export const USER = { email: "user@example.com", password: "Sunflower-42!" };
export const ADMIN = { email: "admin@example.com", password: "Sunflower-42!" };
export const NEWCOMER = { email: "new@example.com", password: "Temporary-42!" };

const ENDPOINT = /^Endpoint\s+(http:\S+)$/m;
const READY = "local-pool is ready";

class Pool {
  #child;
  url;

  async start() {
    const child = spawn(process.env.LOCAL_POOL_BIN, ["--port", "0"], { stdio: ["ignore", "pipe", "inherit"] });
    this.#child = child;
    this.url = await new Promise((resolve, reject) => {
      let printed = "";
      child.once("error", reject);
      child.once("exit", (code) => reject(new Error(`the local pool ended with code ${code}:\n${printed}`)));
      child.stdout.on("data", (data) => {
        if (printed.includes(READY)) return;
        printed += data;
        if (printed.includes(READY)) resolve(ENDPOINT.exec(printed)[1]);
      });
    });
  }

  async stop() {
    const ended = once(this.#child, "exit");
    this.#child.kill("SIGTERM");
    await ended;
  }

  get issuer() {
    return `${this.url}/${POOL_ID}`;
  }

  async reset() {
    await this.#post("reset");
  }

  /** Moves the pool's clock, and only the pool's; its time then, in seconds since the epoch. */
  async advance(seconds) {
    return (await this.#post("clock", { advance_seconds: seconds })).now;
  }

  /** Changes settings of the pool that no operation has. */
  async settings(settings) {
    await this.#post("pool", settings);
  }

  async client(settings) {
    await this.#post("client", settings);
  }

  async user(user) {
    return this.#post("users", user);
  }

  async fault(fault) {
    await this.#post("faults", fault);
  }

  /** The operations called since the last reset, oldest first. */
  async operations() {
    const { entries } = await this.#get("log");
    return entries.map((entry) => entry.operation);
  }

  /** The messages to an e-mail address or phone number, newest first. */
  async messages(to) {
    const { mails } = await this.#get(`mailbox?to=${encodeURIComponent(to)}`);
    return mails;
  }

  /** The code last sent to `to`. */
  async code(to) {
    const [newest] = await this.messages(to);
    if (!newest) throw new Error(`no message for ${to}`);
    return newest.code;
  }

  async #post(what, body = {}) {
    return answer(await fetch(`${this.url}/control/${what}`, { method: "POST", body: JSON.stringify(body) }));
  }

  async #get(what) {
    return answer(await fetch(`${this.url}/control/${what}`));
  }
}

async function answer(response) {
  const text = await response.text();
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}: ${text}`);
  return JSON.parse(text);
}

/** A pool for the tests of this file, as new before each of them. */
export function usePool() {
  const pool = new Pool();
  before(() => pool.start());
  beforeEach(() => pool.reset());
  after(() => pool.stop());
  return pool;
}

/** A code of the right shape that is not this one. */
export function otherThan(code) {
  return String((Number(code) + 1) % 10 ** code.length).padStart(code.length, "0");
}

/** `text`, in base64 or hex, with its character at `index` changed to one that means something else. */
export function flip(text, index = 4) {
  return text.slice(0, index) + (/a/i.test(text[index]) ? "B" : "A") + text.slice(index + 1);
}
