import { type BrowserContext, type Page, test as base } from "@playwright/test";
import { Guard } from "./guard";
import { type Pool, poolFromEnvironment } from "./pool";
import { Secrets } from "./secrets";
import { Thief } from "./thief";
import { Time } from "./time";
import { Wire } from "./wire";
import { Workers } from "./workers";

type Fixtures = {
  /** The local user pool, as new. */
  pool: Pool;
  guard: Guard;
  secrets: Secrets;
  /** What pages and workers say to servers. */
  wire: Wire;
  /** The SharedWorkers. */
  workers: Workers;
  /** Clocks that can be moved, of all whom the test has to do with. */
  time: Time;
  /** A script that listens in on the page; no refresh token may come past it. */
  thief: Thief;
  /** A page in another browser, which is watched as well. */
  anotherBrowser: () => Promise<Page>;
  /** Allows a console error, exception or failed request that matches; it has to happen. */
  expectTrouble: (pattern: RegExp) => void;
  watched: void;
};

export const test = base.extend<Fixtures, { poolProcess: Pool }>({
  poolProcess: [
    async ({}, use) => {
      const pool = poolFromEnvironment();
      await pool.start();
      await use(pool);
      await pool.stop();
    },
    { scope: "worker" },
  ],
  pool: [
    async ({ poolProcess }, use) => {
      await poolProcess.start();
      await poolProcess.reset();
      poolProcess.clearOutput();
      await use(poolProcess);
    },
    { auto: true },
  ],
  guard: async ({}, use) => use(new Guard()),
  secrets: async ({ baseURL }, use) => use(new Secrets(baseURL ?? "")),
  expectTrouble: async ({ guard }, use) => use((pattern) => guard.expectTrouble(pattern)),
  workers: async ({ context }, use) => use(await Workers.of(context)),
  wire: async ({ context }, use) => {
    const wire = await Wire.of(context);
    await use(wire);
    await wire.restore();
  },
  time: async ({ page, pool, workers }, use) => use(await Time.of(page, pool, workers)),
  thief: async ({ context, secrets, watched }, use) => {
    const thief = await Thief.in(context);
    await use(thief);
    expect(await thief.findings(secrets.known("RefreshToken")), "no refresh token reaches a page").toEqual([]);
  },
  anotherBrowser: async ({ browser, baseURL, guard, secrets }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async () => {
      const context = await browser.newContext({ baseURL });
      contexts.push(context);
      await guard.watch(context);
      await secrets.watch(context);
      return context.newPage();
    });
    for (const context of contexts) await context.close();
  },
  // Every test is watched, and every test ends with a look at what it has left behind.
  watched: [
    async ({ context, guard, secrets, pool }, use) => {
      await guard.watch(context);
      await secrets.watch(context);
      await use();
      expect(await secrets.findings(context, pool), "nothing secret is left anywhere").toEqual([]);
      expect(guard.findings, "the console is silent and every request works").toEqual([]);
    },
    { auto: true },
  ],
});

export const expect = test.expect;
export type { Page, Pool };
