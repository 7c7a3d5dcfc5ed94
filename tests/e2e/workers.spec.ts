import { Guard } from "./support/guard";
import { PlainBrowser } from "./support/plain-browser";
import { expect } from "./support/test";
import { HELLO, test } from "./support/tiny-test";
import { Workers } from "./support/workers";

const DAY = 86_400_000;

test.describe("the watch over a SharedWorker", () => {
  test("sees errors, warnings, exceptions, failed requests and violations of the policy", async ({ ask, workers, expectTrouble }) => {
    for (const trouble of [
      /worker's console error: an error/,
      /worker's console warning: a warning/,
      /exception: .*an exception/,
      /exception: .*nobody catches it/,
      /exception: .*unreachable/,
      /worker's console error: Failed to load resource: .*404/,
      /Content Security Policy.*evil\.example|evil\.example.*Content Security Policy/,
      /request failed: GET .*\/broken net::ERR_EMPTY_RESPONSE/,
    ]) {
      expectTrouble(trouble);
    }
    await ask(HELLO);
    const worker = await workers.only();
    await worker.evaluate(`console.log("nothing"), console.error("an error"), console.warn("a warning")`);
    await worker.throws("an exception");
    await worker.traps();
    await worker.evaluate(`void Promise.reject(new Error("nobody catches it"))`);
    await worker.evaluate(`fetch("http://evil.example/").catch(() => undefined)`);
    await ask({ url: "/missing" });
    await ask({ url: "/broken" });
  });

  test("keeps contexts apart", async ({ app, ask, browser, workers }) => {
    await ask(HELLO);
    const context = await browser.newContext();
    const guard = new Guard();
    await guard.watch(context);
    const page = await context.newPage();
    await page.goto(app.origin);
    await app.ask(page, "worker", HELLO);
    const worker = await workers.only();
    await worker.evaluate(`console.log("here")`);
    expect(guard.findings).toEqual([]);
    await page.evaluate(() => console.error("there"));
    await expect.poll(() => guard.findings).toHaveLength(1);
    await context.close();
    expect(workers.alive).toEqual([worker]);
  });

  test("misses nothing that a new worker is asked to do", async ({ app, page, wire, workers }) => {
    const names = ["one", "two", "three", "four", "five"];
    await Promise.all(names.map((name) => app.ask(page, "worker", { url: `/${name}` }, name)));
    for (const name of names) expect(wire.count(new RegExp(`/${name}$`)), name).toBe(1);
    expect(workers.alive.map(({ identity }) => identity.name).sort()).toEqual(names.sort());
  });
});

test.describe("a SharedWorker", () => {
  test("outlives its page's reload, and is closed and started again", async ({ ask, page, workers }) => {
    await ask(HELLO);
    const worker = await workers.only();
    expect(worker.identity).toMatchObject({ name: "engine", url: expect.stringMatching(/\/worker\.js$/) });
    await worker.evaluate("globalThis.mark = 1");
    await page.reload();
    expect(await ask(HELLO)).toBe("this is /hello");
    expect(await worker.evaluate("globalThis.mark")).toBe(1);
    await worker.close();
    expect(workers.alive).toEqual([]);
    expect(await ask(HELLO)).toBe("this is /hello");
    expect(await (await workers.only()).evaluate("typeof globalThis.mark")).toBe("undefined");
    expect(worker.lives).toBe(2);
  });

  test("that loops for ever answers nobody until it is interrupted, and can be closed", async ({ app, page, ask, workers }) => {
    await ask(HELLO);
    const worker = await workers.only();
    await worker.loops();
    expect(await ask(HELLO)).toBe("nothing");
    expect(await app.ask(page, "worker", HELLO, "another")).toBe("this is /hello");
    expect(workers.alive).toHaveLength(2);
    await worker.interrupt();
    expect(await ask(HELLO)).toBe("this is /hello");
    await worker.loops();
    await worker.close();
    await expect.poll(() => ask(HELLO)).toBe("this is /hello");
  });

  test("is killed with its process", async ({ app, context, page, ask, workers }) => {
    await ask(HELLO);
    const worker = await workers.only();
    const other = await context.newPage();
    await other.goto(app.origin);
    const crashed = page.waitForEvent("crash");
    await worker.kill();
    await crashed;
    expect(workers.alive).toEqual([]);
    expect(await app.ask(other, "worker", HELLO)).toBe("this is /hello");
    expect(worker.lives).toBe(2);
  });

  test("goes on while its page is frozen", async ({ app, launchOptions }) => {
    const browser = await PlainBrowser.launch(launchOptions);
    const workers = await Workers.of(browser.context);
    const page = await browser.context.newPage();
    await page.goto(app.origin);
    await page.evaluate(() => {
      Object.assign(window, { counter: 0, states: [] as string[] });
      setInterval(() => ((window as unknown as { counter: number }).counter += 1), 20);
      for (const state of ["freeze", "resume"]) {
        document.addEventListener(state, () => (window as unknown as { states: string[] }).states.push(state));
      }
    });
    expect(await app.ask(page, "worker", HELLO)).toBe("this is /hello");
    const thaw = await browser.freeze(page);
    const counter = () => page.evaluate(() => (window as unknown as { counter: number }).counter);
    const before = await counter();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await counter()).toBe(before);
    expect(await (await workers.only()).evaluate("1 + 1")).toBe(2);
    await thaw();
    await expect.poll(counter).toBeGreaterThan(before);
    expect(await page.evaluate(() => (window as unknown as { states: string[] }).states)).toEqual(["freeze", "resume"]);
    await browser.close();
  });

  test("is cut off from the network with its pages, and told so", async ({ ask, page, workers, expectTrouble }) => {
    expectTrouble(/request failed: GET .*\/hello net::ERR_INTERNET_DISCONNECTED/);
    await ask(HELLO);
    const worker = await workers.only();
    await workers.setOffline(true);
    expect(await ask(HELLO)).toBe("TypeError: Failed to fetch");
    expect(await worker.evaluate("navigator.onLine")).toBe(false);
    expect(await page.evaluate(() => navigator.onLine)).toBe(false);
    await workers.setOffline(false);
    expect(await ask(HELLO)).toBe("this is /hello");
    expect(await worker.evaluate("heard")).toEqual(["offline", "online"]);
  });

  test("has a clock that a test moves", async ({ ask, workers }) => {
    await workers.useClock();
    await ask(HELLO);
    const worker = await workers.only();
    const late = () => worker.evaluate<number>("Date.now()").then((now) => Math.round((now - Date.now()) / 1000) * 1000 + 0);
    await worker.clock("jump", 0);
    expect(await late()).toBe(0);
    await worker.evaluate("globalThis.ticks = 0, void setInterval(() => { ticks += 1 }, 60_000)");
    await worker.clock("jump", DAY);
    expect(await late()).toBe(DAY);
    expect(await worker.evaluate("ticks")).toBe(0);
    expect(await worker.evaluate("new Date() - Date.now() < 1000 && new Date(7).getTime() === 7")).toBe(true);
    await worker.clock("forward", 150_000);
    expect(await worker.evaluate("ticks")).toBe(2);
    expect(await late()).toBe(DAY + 150_000);
    expect(await worker.evaluate("new Promise((resolve) => setTimeout(() => resolve('rings'), 50))")).toBe("rings");
    // Started again it has such a clock as well, a new one.
    await worker.close();
    await ask(HELLO);
    await worker.clock("forward", 60_000);
    expect(await late()).toBe(60_000);
  });
});
