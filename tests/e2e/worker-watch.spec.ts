import { USER } from "./support/pool";
import { button, onDashboard, onSignIn, signIn } from "./support/screens";
import { type Page, expect, test } from "./support/test";

const LOST = "Something went wrong in your browser, and you were signed out. Please sign in again.";

/** Keeps a page's main thread busy, as a long computation does, or a dialog of the browser. */
const keepBusy = (page: Page, seconds: number) =>
  page.evaluate((seconds) => {
    setTimeout(() => {
      const end = Date.now() + seconds * 1000;
      while (Date.now() < end);
    });
  }, seconds);

const hide = (page: Page) =>
  page.evaluate(() => {
    Object.defineProperty(document, "visibilityState", { configurable: true, get: () => "hidden" });
  });

test.describe("That the engine is lost", () => {
  test("is known in all tabs at once, though another one is busy", async ({ context, page, workers }) => {
    // The worker lives in the process of the page that opens it first.
    const host = await context.newPage();
    await host.goto("/");
    await onSignIn(host);
    await signIn(page, USER);
    const second = await context.newPage();
    await second.goto("/");
    await onDashboard(second, USER.email);
    const worker = await workers.only();
    await keepBusy(page, 8);
    await worker.close();
    await expect(second.getByText(LOST)).toBeVisible({ timeout: 4_000 });
    await expect(page.getByText(LOST)).toBeVisible({ timeout: 15_000 });
    expect(worker.lives, "all meet at the next one of the same name").toBe(2);
    expect(workers.alive).toEqual([worker]);
  });

  test("is known to a tab that nobody looks at as soon as it waits for an answer", async ({ page, workers }) => {
    await page.clock.install();
    await signIn(page, USER);
    await hide(page);
    await (await workers.only()).loops();
    await page.clock.fastForward(30_000);
    await onDashboard(page, USER.email);
    await button(page, "Refresh now").click();
    const lost = page.getByText(LOST);
    await expect(async () => {
      if (!(await lost.isVisible())) await page.clock.fastForward(500);
      await expect(lost).toBeVisible({ timeout: 1 });
    }).toPass({ intervals: [20] });
  });

  test("without a network leaves a page that knows of that", async ({ context, page, workers, expectTrouble }) => {
    // The engine in the page looks for the pool before it is told.
    expectTrouble(/request failed: .*jwks\.json net::ERR_INTERNET_DISCONNECTED/);
    expectTrouble(/console error: .*net::ERR_INTERNET_DISCONNECTED \(.*jwks\.json\)/);
    await page.goto("/");
    await onSignIn(page);
    const worker = await workers.only();
    await context.setOffline(true);
    const offline = page.getByText("You are offline.");
    await expect(offline).toBeVisible();
    const looked = page.waitForEvent("requestfailed", (request) => request.url().endsWith("jwks.json"));
    await worker.close();
    // The worker's script cannot be had: the page goes on with an engine of its own.
    await looked;
    await expect(offline).toBeVisible();
    expect(workers.alive).toEqual([]);
    await context.setOffline(false);
    await expect(offline).toHaveCount(0);
  });
});
