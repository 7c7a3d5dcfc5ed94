import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { alert, button, onDashboard, onSignIn, signIn, submitSignIn } from "./support/screens";
import { USER } from "./support/pool";
import { HOUR, MINUTE, RENEWAL, ROTATION, pass } from "./support/session";
import type { SharedWorker } from "./support/shared-worker";
import { type Page, type Pool, expect, test } from "./support/test";

const NO_CONNECTION = /net::ERR_(CONNECTION_REFUSED|CONNECTION_RESET|EMPTY_RESPONSE|SOCKET_NOT_CONNECTED)/;
const ENDED = "Your session has ended. Please sign in again.";

const renewals = async (pool: Pool) => (await pool.operations()).filter((operation) => operation === RENEWAL).length;
const failed = (page: Page) => page.getByText(/^Could not be renewed; next try/);

/** Time passes for the engine alone, in steps that are long enough for what they bring about, until something is so. */
async function until(worker: SharedWorker, what: string, isSo: () => Promise<boolean>): Promise<void> {
  const look = async () => {
    if (await isSo()) return true;
    await worker.clock("forward", 10_000);
    return false;
  };
  await expect.poll(look, { message: what, timeout: 20_000, intervals: [50] }).toBe(true);
}

// A page has to be open for the clock.
test.beforeEach(async ({ page: _, pool, workers }) => {
  await pool.client(ROTATION);
  await workers.useClock();
});

test.describe("A session whose renewal fails is kept, tried again in ever longer waits, and renewed:", () => {
  const busy = "TooManyRequestsException";
  const faults: Record<string, { fault: Record<string, unknown>; trouble?: RegExp }> = {
    "the pool fails (500)": { fault: { status: 500 }, trouble: /status of 500/ },
    "the pool is overloaded (503)": { fault: { status: 503 }, trouble: /status of 503/ },
    "too many requests (429)": { fault: { status: 429, type: busy }, trouble: /status of 429/ },
    "too many requests (400)": { fault: { status: 400, type: busy } },
    "an internal error (400)": { fault: { status: 400, type: "InternalErrorException" } },
    "a Lambda trigger that fails": { fault: { status: 400, type: "UserLambdaValidationException" } },
    "a connection that is closed": { fault: { drop: true }, trouble: NO_CONNECTION },
    "an error that nobody knows": { fault: { status: 400, type: "BrandNewException" } },
  };
  for (const [what, { fault, trouble }] of Object.entries(faults)) {
    test(what, async ({ page, pool, workers, wire, expectTrouble }) => {
      if (trouble) expectTrouble(trouble);
      await signIn(page, USER);
      const worker = await workers.only();
      await pool.fault({ operation: RENEWAL, times: 10_000, ...fault });
      await pass(pool, worker, 56 * MINUTE);
      await expect(failed(page)).toBeVisible();
      const began = wire.count(RENEWAL);
      for (let step = 0; step < 180; step += 1) {
        await worker.clock("forward", 10_000);
        await wire.settled();
      }
      await onDashboard(page, USER.email);
      const asked = wire.count(RENEWAL) - began;
      expect(asked, "it goes on trying").toBeGreaterThan(3);
      expect(asked, "and is no storm in half an hour").toBeLessThan(120);
      await page.reload();
      await onDashboard(page, USER.email);
      await expect(failed(page)).toBeVisible();
    });
  }
});

test("An answer that breaks off, or makes no sense, is asked for again", async ({ page, pool, workers }) => {
  // With rotation the token that the answer brought would be lost: without, the next attempt is as good.
  await pool.client({ refresh_token_rotation: { enabled: false } });
  await signIn(page, USER);
  const worker = await workers.only();
  await pool.fault({ operation: RENEWAL, times: 4, body: "truncated" });
  await pool.fault({ operation: RENEWAL, times: 4, body: "malformed" });
  await pass(pool, worker, 56 * MINUTE);
  await until(worker, "it could not be renewed", () => failed(page).isVisible());
  await until(worker, "it was renewed in the end", () => page.getByText(/^Renews in/).isVisible());
  expect(await renewals(pool)).toBe(9);
  await onDashboard(page, USER.email);
});

test("Answers that get lost on their way are asked for again", async ({ page, pool, workers, wire, expectTrouble }) => {
  expectTrouble(/ERR_CONNECTION_RESET/);
  // As the documentation advises for lost answers.
  await pool.client({ refresh_token_rotation: { enabled: true, retry_grace_period_seconds: 60 } });
  await signIn(page, USER);
  const worker = await workers.only();
  const end = await wire.loseAnswer(RENEWAL);
  await pass(pool, worker, 56 * MINUTE);
  await until(worker, "it could not be renewed", () => failed(page).isVisible());
  await end();
  await until(worker, "it was renewed in the end", () => page.getByText(/^Renews in/).isVisible());
  await onDashboard(page, USER.email);
  await button(page, "Refresh now").click();
  await expect(page.getByText("Your session has been renewed.")).toBeVisible();
});

test("A pool that is gone for a while costs nobody a session", async ({ page, context, pool, workers, wire, expectTrouble }) => {
  expectTrouble(NO_CONNECTION);
  const folder = await mkdtemp(join(tmpdir(), "pool-"));
  const kept = ["--data", join(folder, "pools.json")];
  try {
    // Its sessions have to outlive it, as Cognito's do.
    await pool.stop();
    await pool.start(kept);
    await pool.client(ROTATION);
    await signIn(page, USER);
    const worker = await workers.only();
    const second = await context.newPage();
    await second.goto("/dashboard");
    await onDashboard(second, USER.email);
    await pool.stop();
    await worker.clock("forward", 56 * MINUTE * 1000);
    for (const tab of [page, second]) await expect(failed(tab)).toBeVisible();
    await page.reload();
    await onDashboard(page, USER.email);
    await expect(failed(page)).toBeVisible();
    const during = wire.count(RENEWAL);
    for (let step = 0; step < 60; step += 1) {
      await worker.clock("forward", 10_000);
      await wire.settled();
    }
    expect(wire.count(RENEWAL) - during).toBeGreaterThan(0);
    expect(wire.count(RENEWAL) - during, "no storm in ten minutes").toBeLessThan(60);
    await pool.start(kept);
    // Its clock has begun anew; the engine's, which is an hour ahead, is as wrong as any device's may be.
    await until(worker, "it was renewed", () => page.getByText(/^Renews in/).isVisible());
    for (const tab of [page, second]) await onDashboard(tab, USER.email);
    await button(second, "Sign out").click();
    for (const tab of [page, second]) await onSignIn(tab);
    await expect.poll(() => pool.operations()).toContain("RevokeToken");
  } finally {
    await pool.stop();
    await rm(folder, { recursive: true });
    await pool.start();
  }
});

test("Somebody who asks for a renewal in vain is told so in words, and stays signed in", async ({ page, pool, expectTrouble }) => {
  expectTrouble(NO_CONNECTION);
  await signIn(page, USER);
  await pool.fault({ operation: RENEWAL, times: 1000, drop: true });
  await button(page, "Refresh now").click();
  await expect(alert(page)).toHaveText("We couldn’t reach the sign-in service. Check your connection and try again.");
  await expect(failed(page)).toBeVisible();
  await onDashboard(page, USER.email);
});

test("Without a network nothing is asked, and what was due is renewed when it is back", async ({ page, context, pool, workers, wire, expectTrouble }) => {
  expectTrouble(/ERR_INTERNET_DISCONNECTED/);
  await signIn(page, USER);
  const worker = await workers.only();
  const second = await context.newPage();
  await second.goto("/dashboard");
  await onDashboard(second, USER.email);
  await workers.setOffline(true);
  for (const tab of [page, second]) await expect(tab.getByText(/^You are offline\./)).toBeVisible();
  await pool.advance(2 * HOUR);
  for (let step = 0; step < 24; step += 1) {
    await worker.clock("forward", 5 * MINUTE * 1000);
    await wire.settled();
  }
  for (const tab of [page, second]) await onDashboard(tab, USER.email);
  expect(await renewals(pool)).toBe(0);
  const renewed = wire.waitFor(RENEWAL);
  await workers.setOffline(false);
  expect((await renewed).status).toBe(200);
  for (const tab of [page, second]) {
    await expect(tab.getByText(/^You are offline\./)).toHaveCount(0);
    await expect(tab.getByText(/^Renews in/)).toBeVisible();
  }
  expect(await renewals(pool)).toBe(1);
});

test.describe("A session ends, in every tab and with words, when the pool says", () => {
  for (const type of [
    "NotAuthorizedException",
    "TokenRevokedException",
    "UserNotFoundException",
    "PasswordResetRequiredException",
    "UserNotConfirmedException",
    "RefreshTokenReuseException",
  ]) {
    test(type, async ({ page, context, pool, workers }) => {
      await signIn(page, USER);
      const worker = await workers.only();
      const second = await context.newPage();
      await second.goto("/dashboard?x=1");
      await onDashboard(second, USER.email);
      await pool.fault({ operation: RENEWAL, type, status: 400, times: 1 });
      await pass(pool, worker, 56 * MINUTE);
      for (const tab of [page, second]) {
        await onSignIn(tab);
        await expect(tab.getByText(ENDED)).toBeVisible();
      }
      expect(await renewals(pool), "it is not asked again").toBe(1);
      await submitSignIn(page, USER);
      await onDashboard(page, USER.email);
      await expect(second).toHaveURL("/dashboard?x=1");
      await expect(second.getByText(ENDED)).toHaveCount(0);
    });
  }
});
