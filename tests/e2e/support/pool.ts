import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import type { Request } from "@playwright/test";

/** The one address that the app's Content-Security-Policy allows for a pool. */
export const POOL = "http://127.0.0.1:9229";

/** The built-in pool. */
export const POOL_ID = "us-east-1_LocalPool";

/** Where codes are redeemed. */
export const TOKEN_ENDPOINT = `${POOL}/oauth2/token`;

export const USER = { email: "user@example.com", password: "Sunflower-42!" };
export const ADMIN = { email: "admin@example.com", password: "Sunflower-42!" };
export const NEWCOMER = { email: "new@example.com", password: "Temporary-42!" };

const TARGET = "x-amz-target";
const SERVICE = "AWSCognitoIdentityProviderService.";

const READY = "local-pool is ready";

/** The operation that a request's headers name. */
export function operationOf(headers: Record<string, string>): string | undefined {
  const [, target] = Object.entries(headers).find(([name]) => name.toLowerCase() === TARGET) ?? [];
  return target?.startsWith(SERVICE) ? target.slice(SERVICE.length) : undefined;
}

/** Whether a request of a page calls an operation of the pool; `Wire` knows those of workers as well. */
export function calls(request: Request, operation: string): boolean {
  return operationOf(request.headers()) === operation;
}

export type LogEntry = { operation: string; flow?: string; outcome: string; fault?: string; at: number };
export type Mail = { id: number; to: string; subject: string; text: string; code: string; at: number };

/** The local user pool's process and its control API. */
export class Pool {
  private child: ChildProcess | undefined;
  private output = "";

  constructor(private readonly program: string) {}

  get isRunning(): boolean {
    return this.child !== undefined;
  }

  /** What it has printed since `clearOutput`. */
  get printed(): string {
    return this.output;
  }

  clearOutput(): void {
    this.output = "";
  }

  async start(options: string[] = []): Promise<void> {
    if (this.child) return;
    if (await somebodyListens()) throw new Error(`${POOL} is taken: stop the pool that runs there`);
    const child = spawn(this.program, options, { stdio: ["ignore", "pipe", "pipe"] });
    this.child = child;
    const exited = new Promise<never>((_, reject) => {
      child.once("error", (error) => reject(new Error(`${this.program} cannot be run: ${error.message}`)));
      child.once("exit", (code) => {
        this.child = undefined;
        reject(new Error(`the local pool ended with code ${code}:\n${this.output}`));
      });
    });
    const ready = new Promise<void>((resolve) => {
      let introduction = "";
      let introduced = false;
      const take = (data: Buffer) => {
        if (introduced) {
          this.output += data.toString();
          return;
        }
        // It introduces itself with the passwords of its users, which are no secrets.
        introduction += data.toString();
        const [, log] = introduction.split(READY);
        if (log === undefined) return;
        introduced = true;
        this.output += log;
        resolve();
      };
      child.stdout?.on("data", take);
      child.stderr?.on("data", take);
    });
    await Promise.race([ready, exited]);
    // It may end later because a test stops it.
    exited.catch(() => undefined);
  }

  async stop(): Promise<void> {
    const child = this.child;
    if (!child) return;
    const ended = once(child, "exit");
    child.kill("SIGTERM");
    await ended;
  }

  async reset(): Promise<void> {
    await this.control("reset");
  }

  /** Moves the pool's clock, and only the pool's. */
  async advance(seconds: number): Promise<void> {
    await this.control("clock", { advance_seconds: seconds });
  }

  async client(settings: Record<string, unknown>): Promise<void> {
    await this.control("client", settings);
  }

  /** Settings of the pool itself. */
  async settings(settings: Record<string, unknown>): Promise<void> {
    await this.control("pool", settings);
  }

  async user(user: Record<string, unknown> & { email: string }): Promise<void> {
    await this.control("users", user);
  }

  async fault(fault: Record<string, unknown> & { operation: string }): Promise<void> {
    await this.control("faults", fault);
  }

  /** Carries out an operation of Cognito's, such as an administrator's, past the app. */
  async call(operation: string, request: Record<string, unknown>): Promise<Record<string, unknown>> {
    const headers = { [TARGET]: SERVICE + operation, "content-type": "application/x-amz-json-1.1" };
    const response = await fetch(`${POOL}/`, { method: "POST", headers, body: JSON.stringify(request) });
    return (await answer(response)) as Record<string, unknown>;
  }

  /** The operations called since the last reset, oldest first. */
  async operations(): Promise<string[]> {
    const { entries } = (await this.read("log")) as { entries: LogEntry[] };
    return entries.map((entry) => entry.operation);
  }

  /** The mails, newest first. */
  async mails(to?: string): Promise<Mail[]> {
    const query = to === undefined ? "" : `?to=${encodeURIComponent(to)}`;
    const { mails } = (await this.read(`mailbox${query}`)) as { mails: Mail[] };
    return mails;
  }

  /** The code last sent to `to`. */
  async code(to: string): Promise<string> {
    const [newest] = await this.mails(to);
    if (!newest) throw new Error(`no mail for ${to}`);
    return newest.code;
  }

  private async control(what: string, body: unknown = {}): Promise<unknown> {
    const response = await fetch(`${POOL}/control/${what}`, { method: "POST", body: JSON.stringify(body) });
    return answer(response);
  }

  private async read(what: string): Promise<unknown> {
    return answer(await fetch(`${POOL}/control/${what}`));
  }
}

/** The pool that `cargo xtask test e2e` or whoever runs the journeys has built. */
export function poolFromEnvironment(): Pool {
  const program = process.env.YEW_COGNITO_POOL;
  if (!program) {
    throw new Error("YEW_COGNITO_POOL has to name the local pool's program: cargo build -p local-pool");
  }
  return new Pool(program);
}

async function answer(response: Response): Promise<unknown> {
  const text = await response.text();
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}: ${text}`);
  return JSON.parse(text);
}

function somebodyListens(): Promise<boolean> {
  const { hostname, port } = new URL(POOL);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}
