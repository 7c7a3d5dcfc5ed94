import { type Page, test as base } from "@playwright/test";
import { Guard } from "./guard";
import { type Pool, poolFromEnvironment } from "./pool";
import { Secrets } from "./secrets";

type Fixtures = {
  /** The local user pool, as new. */
  pool: Pool;
  guard: Guard;
  secrets: Secrets;
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
