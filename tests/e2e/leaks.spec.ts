import type { BrowserContext } from "@playwright/test";
import { Secrets } from "./support/secrets";
import { type Page, expect } from "./support/test";
import { HELLO, SIGN_IN, test } from "./support/tiny-test";
import { Workers } from "./support/workers";

test.describe("secrets in a SharedWorker", () => {
  let context: BrowserContext;
  let page: Page;
  let secrets: Secrets;

  test.beforeEach(async ({ app, browser }) => {
    context = await browser.newContext();
    secrets = new Secrets(app.origin);
    await secrets.watch(context);
    page = await context.newPage();
    await page.goto(app.origin);
  });

  test.afterEach(() => context.close());

  test("are learnt from its requests and found in its console, its name and its addresses", async ({ app, pool }) => {
    const { AuthenticationResult } = JSON.parse(await app.ask(page, "worker", SIGN_IN));
    const token: string = AuthenticationResult.RefreshToken;
    // What the browser tells of a worker comes in its own time.
    const findings = () => expect.poll(() => secrets.findings(context, pool));
    await expect.poll(() => secrets.known("RefreshToken")).toEqual([token]);
    await findings().toEqual([]);
    expect(secrets.count("AccessToken")).toBe(1);
    await app.ask(page, "worker", { url: `/hello?${token}` });
    await findings().toContain("secret (RefreshToken) in request's address");
    await app.ask(page, "worker", HELLO, token);
    await findings().toContain("secret (RefreshToken) in worker's name");
  });

  const prints: Record<string, string> = { "as text": "token", "inside an object": "{ deep: token.slice(0, 50) }" };
  for (const [how, what] of Object.entries(prints)) {
    test(`are found when it prints them ${how}`, async ({ app, pool }) => {
      await app.ask(page, "worker", HELLO);
      const token = "secret-token-of-the-worker";
      secrets.add("Token", token);
      const worker = await (await Workers.of(context)).only();
      await worker.evaluate(`((token) => console.log(${what}))("${token}")`);
      await expect.poll(() => secrets.findings(context, pool)).toEqual(["secret (Token) in worker's console"]);
    });
  }

  // What `watch.spec.ts` does not try: places that are deep inside something.
  const hidingPlaces: Record<string, (secret: string) => unknown> = {
    "window.map": (secret) => Object.assign(window, { map: new Map([["a", { list: [new Set([secret])] }]]) }),
    "window.bytes": (secret) => Object.assign(window, { bytes: { of: new TextEncoder().encode(secret) } }),
    "window.hidden": (secret) => Object.defineProperty(window, "hidden", { value: { key: { [secret]: 1 } } }),
    "window.Symbol(a)": (secret) => Object.assign(window, { [Symbol("a")]: [secret] }),
    "window.Array": (secret) => Object.assign(Array.prototype.map, { secret }),
    element: (secret) => Object.assign(document.body, { props: { value: secret } }),
    "history.state": (secret) => history.replaceState({ deep: [new Map([["a", secret]])] }, ""),
    history: (secret) => {
      history.replaceState(null, "", `?${secret}`);
      history.pushState(null, "", "/");
    },
    "performance entry": (secret) => performance.mark("a", { detail: { deep: secret } }),
    "Cache: a": async (secret) => (await caches.open("a")).put("/a", new Response(secret)),
  };

  for (const [place, hide] of Object.entries(hidingPlaces)) {
    test(`are found in ${place}`, async ({ pool }) => {
      const secret = "secret-token-of-the-page";
      secrets.add("Token", secret);
      expect(await secrets.findings(context, pool)).toEqual([]);
      await page.evaluate(hide, secret);
      expect(await secrets.findings(context, pool)).toContain(`secret (Token) in ${place}`);
    });
  }
});

test.describe("a thief in the page", () => {
  test("gets what the page fetches, says and is told, and nothing else", async ({ app, context, page: first, thief }) => {
    await first.close();
    const page = await context.newPage();
    await page.goto(app.origin);
    await app.ask(page, "worker", { url: "/in-the-worker" });
    expect(await thief.findings(["this is /in-the-worker"])).toEqual(["MessagePort's message"]);
    expect(await thief.findings(["/in-the-worker"])).toContain("MessagePort.postMessage");
    await app.ask(page, "page", { url: "/in-the-page" });
    await expect.poll(() => thief.findings(["this is /in-the-page"])).toEqual(["fetch's answer"]);
    await page.evaluate(() => {
      const request = new XMLHttpRequest();
      request.open("POST", "/by-request");
      request.send("sent by request");
      const [one, two] = [new BroadcastChannel("a"), new BroadcastChannel("a")];
      two.addEventListener("message", () => undefined);
      one.postMessage({ deep: ["said to all"] });
      new TextDecoder().decode(new TextEncoder().encode("handed from WASM to JavaScript"));
    });
    await expect.poll(() => thief.findings(["sent by request"])).toEqual(["XMLHttpRequest"]);
    await expect.poll(() => thief.findings(["this is /by-request"])).toEqual(["XMLHttpRequest's answer"]);
    await expect
      .poll(() => thief.findings(["said to all"]))
      .toEqual(["BroadcastChannel.postMessage", "BroadcastChannel's message"]);
    expect(await thief.findings(["handed from WASM"])).toEqual(["TextDecoder"]);
    expect(await thief.findings(["no such thing"])).toEqual([]);
  });

  test("searches the memory of WASM", async ({ app, context, page: first, thief }) => {
    await first.close();
    const page = await context.newPage();
    await page.goto(app.origin);
    await page.evaluate(async () => {
      // (memory (export "m") 1) (data (i32.const 8) "in the memory")
      const head = [0, 97, 115, 109, 1, 0, 0, 0, 5, 3, 1, 0, 1, 7, 5, 1, 1, 109, 2, 0, 11, 19, 1, 0, 65, 8, 11, 13];
      await WebAssembly.instantiate(new Uint8Array([...head, ...new TextEncoder().encode("in the memory")]));
    });
    expect(await thief.findings(["in the memory"])).toEqual(["WASM's memory"]);
    expect(await thief.findings(["in no memory"])).toEqual([]);
  });
});
