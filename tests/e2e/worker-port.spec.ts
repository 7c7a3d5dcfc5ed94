import { onDashboard, onSignIn, signIn, submitSignIn } from "./support/screens";
import { USER } from "./support/pool";
import { type Page, expect, test } from "./support/test";
import type { Workers } from "./support/workers";

const EVIL = "https://evil.example";
/** What a page says when it is of this version. */
const PROTOCOL = 2;
type Hostile = { ports: Record<string, { port: MessagePort; heard: string[] }>; hello: string };

/** Keeps the app's own first message, for a script of the page to say it again. */
function eavesdrop(): void {
  const post = MessagePort.prototype.postMessage;
  MessagePort.prototype.postMessage = function (this: MessagePort, message: unknown, ...rest: never[]) {
    if (typeof message === "string" && message.includes('"Hello"')) Object.assign(window, { hello: message });
    return post.call(this, message, ...rest);
  };
}

/** Another connection to a worker, by a script of the page. */
async function connect(page: Page, { name, url }: { name: string; url: string }, as = "one"): Promise<void> {
  await page.evaluate(
    ([name, url, as]) => {
      const { port } = new SharedWorker(url, { type: "module", name, extendedLifetime: true } as WorkerOptions);
      const heard: string[] = [];
      port.onmessage = ({ data }) => heard.push(String(data));
      const hostile = window as unknown as Hostile;
      hostile.ports = { ...hostile.ports, [as]: { port, heard } };
    },
    [name, url, as] as const,
  );
}

const post = (page: Page, message: unknown, as = "one") =>
  page.evaluate(([message, as]) => (window as unknown as Hostile).ports[as]?.port.postMessage(message), [message, as] as const);
const say = (page: Page, message: unknown, as = "one") => post(page, JSON.stringify({ protocol: PROTOCOL, message }), as);
const heard = (page: Page, as = "one") => page.evaluate((as) => (window as unknown as Hostile).ports[as]?.heard.join("\n") ?? "", as);
const hears = (page: Page, what: RegExp, as = "one") => expect.poll(() => heard(page, as)).toMatch(what);

/** The app's hello, with a lock of one's own that is held for as long as the page lives. */
async function hello(page: Page, lock = "hostile"): Promise<{ Hello: { config: Record<string, unknown>; page: string } }> {
  return page.evaluate(async (lock) => {
    await new Promise((held) => void navigator.locks.request(lock, () => (held(undefined), new Promise(() => undefined))));
    const { message } = JSON.parse((window as unknown as Hostile).hello);
    return { Hello: { ...message.Hello, page: lock } };
  }, lock);
}

async function identity(workers: Workers): Promise<{ name: string; url: string }> {
  const { name, url } = (await workers.only()).identity;
  return { name, url };
}

test.describe("A script of the page that talks to the worker", () => {
  test.use({ bypassCSP: true });

  test.beforeEach(({ page }) => page.addInitScript(eavesdrop));

  test("is refused whatever makes no sense, and disturbs nobody", async ({ page, workers }) => {
    await signIn(page, USER);
    await connect(page, await identity(workers));
    const nonsense: unknown[] = [
      undefined, null, 7, "", "{", "null", "[]", {}, [1], new Date(0), "\u0000", "\ud800", "9".repeat(100_000),
      "[".repeat(100_000), `{"protocol":${PROTOCOL},"message":${'{"Call":'.repeat(50_000)}`, "x".repeat(5_000_000),
      `{"protocol":${PROTOCOL}}`, '{"message":"Ping"}', '{"protocol":"1","message":"Ping"}', `{"protocol":${PROTOCOL + 1},"message":"Ping"}`,
      '{"protocol":-1,"message":"Ping"}', `{"protocol":${PROTOCOL},"message":"Pong"}`, `{"protocol":${PROTOCOL},"message":{"Hello":{}}}`,
      `{"protocol":${PROTOCOL},"message":{"Call":{"id":1,"command":"RefreshToken"}}}`, `{"protocol":${PROTOCOL},"message":{"Call":{"id":-1,"command":"AccessToken"}}}`,
      `{"protocol":${PROTOCOL},"message":{"Away":-1}}`, `{"protocol":${PROTOCOL},"message":"Ping"} trailing`,
    ];
    for (const message of nonsense) await post(page, message);
    await expect.poll(async () => (await heard(page)).split("Refused").length - 1).toBe(nonsense.length);
    expect(new Set((await heard(page)).match(/\{[^}]*\}/g))).toEqual(new Set(['{"Refused":"Protocol"}']));
    await say(page, "Ping");
    await hears(page, /"Pong"/);
    await page.reload();
    await onDashboard(page, USER.email);
    expect((await workers.only()).lives).toBe(1);
  });

  test("gets nothing before it has introduced itself", async ({ page, workers, wire }) => {
    await signIn(page, USER);
    await connect(page, await identity(workers));
    const sent = wire.sent.length;
    for (const command of ["AccessToken", "IdToken", "Refresh", "UserAttributes", { SignOut: "Everywhere" }]) {
      await say(page, { Call: { id: 1, command } });
    }
    await say(page, "Ping");
    await hears(page, /"Pong"/);
    expect(await heard(page)).not.toMatch(/Reply|Event|Welcome|eyJ/);
    expect(wire.sent.slice(sent).filter(({ operation }) => operation)).toEqual([]);
    await onDashboard(page, USER.email);
  });

  test("is refused with another address, and nothing is sent there", async ({ page, workers, wire }) => {
    await signIn(page, USER);
    await connect(page, await identity(workers));
    const { Hello } = await hello(page);
    const config = JSON.parse(JSON.stringify(Hello.config).replaceAll(/http:\/\/127\.0\.0\.1:9229/g, EVIL));
    expect(JSON.stringify(config)).toContain(EVIL);
    await say(page, { Hello: { ...Hello, config } });
    await hears(page, /"Refused":"Config"/);
    await say(page, { Call: { id: 1, command: "Refresh" } });
    await say(page, "Ping");
    await hears(page, /"Pong"/);
    expect(await heard(page)).not.toMatch(/Reply|Event|Welcome|eyJ/);
    await onDashboard(page, USER.email);
    expect(wire.sent.filter(({ url }) => url.startsWith(EVIL))).toEqual([]);
  });

  test("cannot bring another address by being the first", async ({ page, workers, wire }) => {
    await page.goto("/sign-in");
    await onSignIn(page);
    const worker = await workers.only();
    const known = await identity(workers);
    const { Hello } = await hello(page);
    const config = JSON.parse(JSON.stringify(Hello.config).replaceAll(/http:\/\/127\.0\.0\.1:9229/g, EVIL));
    // A page of this origin that does not run the app.
    await page.goto("/amplify_outputs.json");
    await worker.close();
    await connect(page, known);
    await page.evaluate(() => void navigator.locks.request("hostile", () => new Promise(() => undefined)));
    await say(page, { Hello: { config, page: "hostile" } });
    await hears(page, /"Refused":"Config"/);
    const second = await page.context().newPage();
    await signIn(second, USER);
    expect(wire.sent.filter(({ operation }) => operation === "InitiateAuth").map(({ from }) => from)).toEqual(["worker"]);
    expect(wire.sent.filter(({ url }) => url.startsWith(EVIL))).toEqual([]);
  });

  test("gets an access and an ID token once it has, and by no command a refresh token", async ({ page, pool, secrets, workers }) => {
    await signIn(page, USER);
    await connect(page, await identity(workers));
    await say(page, await hello(page));
    await hears(page, /"Welcome"/);
    const commands: unknown[] = [
      "AccessToken", "IdToken", "Refresh", "UserAttributes", "StaySignedIn", "CheckService", "CancelSignIn", "AwsCredentials",
      { Answer: { Code: "123456" } }, { Environment: "Online" }, { Environment: "Woke" }, { RememberDevice: true }, { StepUp: {} },
    ];
    for (const [id, command] of commands.entries()) await say(page, { Call: { id, command } });
    await hears(page, /"id":0,"result":\{"Ok":\{"AccessToken":"eyJ/);
    await hears(page, /"id":1,"result":\{"Ok":\{"IdToken":"eyJ/);
    await hears(page, /"id":2,"result":\{"Ok":"Done"/);
    await say(page, "Ping");
    await hears(page, /"Pong"/);
    await onDashboard(page, USER.email);
    expect((await pool.operations()).some((name) => /Refresh|InitiateAuth/.test(name))).toBe(true);
    const all = await heard(page);
    const tokens = secrets.known("RefreshToken");
    expect(tokens.length).toBeGreaterThan(0);
    for (const token of tokens) expect(all.includes(token)).toBe(false);
    // Its tokens are no part of what a page may leave behind.
    await page.evaluate(() => delete (window as Partial<Hostile & typeof globalThis>).ports);
  });

  test("introduces itself once, and is gone with its lock", async ({ page, workers }) => {
    await signIn(page, USER);
    await connect(page, await identity(workers));
    const introduction = await hello(page);
    await say(page, introduction);
    await hears(page, /"Welcome"/);
    await say(page, introduction);
    await hears(page, /"Refused":"Protocol"/);
    await connect(page, await identity(workers), "two");
    await say(page, { Hello: { ...introduction.Hello, page: "held by nobody" } }, "two");
    await hears(page, /"Welcome"/, "two");
    await say(page, { Call: { id: 1, command: "AccessToken" } }, "two");
    await say(page, "Ping");
    await hears(page, /"Pong"/);
    expect(await heard(page, "two")).not.toMatch(/Reply/);
    await page.reload();
    await onDashboard(page, USER.email);
  });
});

test.describe("Trusted Types", () => {
  test("let no script open a worker, nor make a policy that could", async ({ page, workers, expectTrouble }) => {
    expectTrouble(/trusted-types|TrustedTypePolicy|Trusted Type Policy/i);
    expectTrouble(/require-trusted-types-for|TrustedScriptURL/i);
    await page.goto("/sign-in");
    await onSignIn(page);
    const { name, url } = await identity(workers);
    const tried = await page.evaluate(
      ([name, url]) => {
        type Policies = { createPolicy: (name: string, rules: object) => unknown };
        const { trustedTypes } = window as unknown as { trustedTypes: Policies };
        const rules = { createScriptURL: (url: string) => url };
        return [
          () => new SharedWorker(url, { type: "module", name }),
          () => trustedTypes.createPolicy("mine", rules),
          () => trustedTypes.createPolicy("default", rules),
          () => trustedTypes.createPolicy("yew-cognito", rules),
        ].map((attempt) => {
          try {
            attempt();
            return "done";
          } catch (error) {
            return (error as Error).name;
          }
        });
      },
      [name, url] as const,
    );
    expect(tried).toEqual(["TypeError", "TypeError", "TypeError", "TypeError"]);
    expect(workers.alive).toHaveLength(1);
    await submitSignIn(page, USER);
    await onDashboard(page, USER.email);
  });
});
