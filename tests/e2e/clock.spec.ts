import { button, onDashboard, onSignIn, signIn, submitSignIn } from "./support/screens";
import { PlainBrowser } from "./support/plain-browser";
import { USER } from "./support/pool";
import { DAY, HOUR, MINUTE, RENEWAL, ROTATION, pass, sleep } from "./support/session";
import type { SharedWorker } from "./support/shared-worker";
import { type Page, expect, test } from "./support/test";
import { Wire } from "./support/wire";
import { Workers } from "./support/workers";

const DIRECTIONS: Record<string, number> = { "a day fast": DAY, "a day slow": -DAY };

/** The clock of the pages that open from now on is wrong by so many seconds. */
async function setPageClock(page: Page, seconds: number): Promise<void> {
  await page.addInitScript((millis) => {
    const { now } = Date;
    Date.now = () => now() + millis;
  }, seconds * 1000);
}

test.describe("A device whose clock is", () => {
  for (const [how, seconds] of Object.entries(DIRECTIONS)) {
    test(`${how} signs in, stays signed in and signs out`, async ({ page, pool, workers, wire }) => {
      await setPageClock(page, seconds);
      await workers.useClock();
      await page.goto("/sign-in");
      await onSignIn(page);
      const worker = await workers.only();
      await worker.clock("jump", seconds * 1000);
      await submitSignIn(page, USER);
      await onDashboard(page, USER.email);
      await expect(page.getByText(/Renews in \d\d minutes/)).toBeVisible();
      await pass(pool, worker, 56 * MINUTE);
      await expect.poll(() => pool.operations()).toContain(RENEWAL);
      await pass(pool, worker, 3 * HOUR);
      await onDashboard(page, USER.email);
      await button(page, "Refresh now").click();
      await expect(page.getByText("Your session has been renewed.")).toBeVisible();
      // It was never a matter of luck: no request was refused.
      await wire.settled();
      expect(wire.sent.filter(({ operation, status = 0 }) => operation !== undefined && status >= 400)).toEqual([]);
      await button(page, "Sign out").click();
      await onSignIn(page);
      await expect.poll(() => pool.operations()).toContain("RevokeToken");
    });
  }
});

test.describe("A clock that is set while somebody is signed in,", () => {
  for (const [how, seconds] of Object.entries(DIRECTIONS)) {
    test(`to ${how}, signs nobody out`, async ({ page, pool, workers, wire }) => {
      await pool.client(ROTATION);
      await workers.useClock();
      await signIn(page, USER);
      const worker = await workers.only();
      await worker.clock("jump", seconds * 1000);
      await page.reload();
      await onDashboard(page, USER.email);
      await button(page, "Refresh now").click();
      await expect(page.getByText("Your session has been renewed.")).toBeVisible();
      // And back again.
      await worker.clock("jump", -seconds * 1000);
      await page.reload();
      await onDashboard(page, USER.email);
      const before = wire.count(RENEWAL);
      expect(before, "one that was asked for, and one for time that seemed to have passed").toBeLessThanOrEqual(3);
      await pass(pool, worker, 56 * MINUTE);
      await expect.poll(() => wire.count(RENEWAL), "it goes on being renewed").toBeGreaterThan(before);
      await onDashboard(page, USER.email);
    });
  }
});

test.describe("A laptop that slept for hours", () => {
  for (const [what, wake] of Object.entries<(page: Page, worker: SharedWorker) => Promise<unknown>>({
    "as soon as its page is shown": (page) => page.evaluate(() => document.dispatchEvent(new Event("visibilitychange"))),
    "within half a minute if nobody is there": (_, worker) => worker.clock("forward", 30_000),
  })) {
    test(`renews its session ${what}, before anything fails`, async ({ page, pool, workers, wire }) => {
      await pool.client(ROTATION);
      await workers.useClock();
      await signIn(page, USER);
      const worker = await workers.only();
      await sleep(pool, worker, 9 * HOUR);
      const renewed = wire.waitFor(RENEWAL);
      await wake(page, worker);
      expect((await renewed).status).toBe(200);
      await page.reload();
      await onDashboard(page, USER.email);
      expect(wire.count(RENEWAL)).toBe(1);
      expect(wire.sent.filter(({ operation, status = 0 }) => operation !== undefined && status >= 400)).toEqual([]);
    });
  }

  test("renews it when its frozen pages thaw", async ({ launchOptions, baseURL, pool }) => {
    await pool.client(ROTATION);
    const browser = await PlainBrowser.launch(launchOptions);
    const [workers, wire] = [await Workers.of(browser.context), await Wire.of(browser.context)];
    const page = await browser.context.newPage();
    await workers.useClock();
    await signIn(page, USER, `${baseURL}/sign-in`);
    const worker = await workers.only();
    // In the background, as browsers do with tabs that nobody looks at.
    await browser.context.newPage();
    await expect.poll(() => page.evaluate(() => document.visibilityState)).toBe("hidden");
    const thaw = await browser.freeze(page);
    await sleep(pool, worker, 9 * HOUR);
    const renewed = wire.waitFor(RENEWAL);
    await thaw();
    await page.bringToFront();
    expect((await renewed).status).toBe(200);
    await onDashboard(page, USER.email);
    expect(wire.count(RENEWAL)).toBe(1);
    expect(wire.sent.filter(({ operation, status = 0 }) => operation !== undefined && status >= 400)).toEqual([]);
    await browser.close();
  });
});
