import type { BrowserContext } from "@playwright/test";
import { button, heading, link, onDashboard, onSignIn, signIn, submitSignIn } from "./support/screens";
import { PlainBrowser } from "./support/plain-browser";
import { POOL, USER } from "./support/pool";
import { MINUTE, RENEWAL, ROTATION, limitSession, pass } from "./support/session";
import { type Page, expect, test } from "./support/test";

const SIGNED_IN = "You are signed in.";

/** Notes whenever the words of somebody who is signed in are drawn where anyone could see them; the page's address then. */
function watchForGlimpses(words: string): void {
  const glimpses: string[] = [];
  Object.assign(window, { glimpses });
  const look = () => {
    const { documentElement, body } = document;
    const isHidden = documentElement && getComputedStyle(documentElement).visibility === "hidden";
    if (!isHidden && body?.innerText.includes(words)) glimpses.push(location.href);
    requestAnimationFrame(look);
  };
  look();
  // No frame is drawn while a page is put away: what comes after this is what is seen when it is back.
  addEventListener("pagehide", () => glimpses.splice(0));
}

const glimpses = (page: Page) => page.evaluate(() => (window as unknown as { glimpses: string[] }).glimpses.length);

test.describe("A sign-out", () => {
  for (const [name, operation] of [["Sign out", "RevokeToken"], ["Sign out everywhere", "GlobalSignOut"]] as const) {
    test(`is seen in five tabs at once: ${name}`, async ({ page, context, pool, wire }) => {
      await signIn(page, USER);
      const tabs = await Promise.all(Array.from({ length: 4 }, () => context.newPage()));
      await Promise.all(tabs.map((tab, index) => tab.goto(index % 2 === 0 ? "/dashboard" : "/security")));
      for (const [index, tab] of tabs.entries()) {
        if (index % 2 === 0) await onDashboard(tab, USER.email);
        else await expect(heading(tab, "Security")).toBeVisible();
      }
      // Nobody waits for the service.
      const held = await wire.hold(operation);
      await button(page, name).click();
      await held.arrived;
      for (const tab of [page, ...tabs]) {
        await onSignIn(tab);
        await expect(tab).toHaveURL("/sign-in");
      }
      expect(await pool.operations()).not.toContain(operation);
      await held.release();
      await expect.poll(() => pool.operations()).toContain(operation);
      await submitSignIn(tabs[0] ?? page, USER);
      for (const tab of [page, ...tabs]) await onDashboard(tab, USER.email);
    });
  }

  test("without a network ends the session at once, and is told to the pool when the network is back", async ({ page, context, pool, workers, expectTrouble }) => {
    expectTrouble(/ERR_INTERNET_DISCONNECTED/);
    await workers.useClock();
    await signIn(page, USER);
    const worker = await workers.only();
    const second = await context.newPage();
    await second.goto("/dashboard");
    await onDashboard(second, USER.email);
    await workers.setOffline(true);
    await expect(page.getByText("You are offline.")).toBeVisible();
    await button(page, "Sign out").click();
    await onSignIn(page);
    await onSignIn(second);
    // It is tried again and again, and not given up.
    for (let minute = 0; minute < 10; minute += 1) await pass(pool, worker, MINUTE);
    expect(await pool.operations()).not.toContain("RevokeToken");
    await workers.setOffline(false);
    await expect.poll(() => pool.operations(), { timeout: 20_000 }).toContain("RevokeToken");
    await submitSignIn(page, USER);
    await onDashboard(second, USER.email);
  });

  test("whose answer is lost is told again", async ({ page, pool, wire, expectTrouble }) => {
    expectTrouble(/ERR_CONNECTION_RESET/);
    await signIn(page, USER);
    const end = await wire.loseAnswer("RevokeToken");
    await button(page, "Sign out").click();
    await onSignIn(page);
    await expect.poll(() => wire.count("RevokeToken")).toBeGreaterThan(1);
    await end();
    await wire.waitFor("RevokeToken", 25_000);
    expect(await pool.operations()).toContain("RevokeToken");
  });

  test("everywhere ends the session of another browser at its next renewal, and says so there", async ({ page, browser, baseURL }) => {
    await signIn(page, USER);
    const elsewhere: BrowserContext = await browser.newContext({ baseURL: baseURL ?? "" });
    const other = await elsewhere.newPage();
    await signIn(other, USER);
    await button(other, "Sign out everywhere").click();
    await onSignIn(other);
    await elsewhere.close();
    await onDashboard(page, USER.email);
    await button(page, "Refresh now").click();
    await onSignIn(page);
    await expect(page.getByText("Your session has ended. Please sign in again.")).toBeVisible();
  });

  test("here leaves the session of another browser alone", async ({ page, browser, baseURL, wire }) => {
    await signIn(page, USER);
    const elsewhere: BrowserContext = await browser.newContext({ baseURL: baseURL ?? "" });
    const other = await elsewhere.newPage();
    await signIn(other, USER);
    await button(other, "Sign out").click();
    await onSignIn(other);
    await elsewhere.close();
    const renewed = wire.waitFor(RENEWAL);
    await button(page, "Refresh now").click();
    expect((await renewed).status).toBe(200);
    await onDashboard(page, USER.email);
  });

  test("while a renewal is under way revokes what that brings", async ({ page, pool, wire }) => {
    await pool.client(ROTATION);
    await signIn(page, USER);
    const held = await wire.hold(RENEWAL);
    await button(page, "Refresh now").click();
    await held.arrived;
    await button(page, "Sign out").click();
    await onSignIn(page);
    await held.release();
    await expect.poll(async () => (await pool.operations()).filter((operation) => operation === "RevokeToken").length).toBeGreaterThan(0);
    await wire.settled();
    // Whatever the page still holds is worth nothing.
    await page.reload();
    await onSignIn(page);
  });
});

test.describe("The back button after a sign-out", () => {
  test("shows nothing of the pages before, wherever it leads", async ({ page }) => {
    await signIn(page, USER);
    await link(page, "Security").click();
    await expect(heading(page, "Security")).toBeVisible();
    await link(page, "Back to the dashboard").click();
    await onDashboard(page, USER.email);
    await button(page, "Sign out").click();
    await onSignIn(page);
    await page.evaluate(watchForGlimpses, SIGNED_IN);
    for (let back = 0; back < 2; back += 1) {
      await page.goBack();
      await onSignIn(page);
      await expect(heading(page, "Security")).toHaveCount(0);
    }
    expect(await glimpses(page)).toBe(0);
  });

  test("shows nothing of a page that left the site before", async ({ page, context }) => {
    await page.addInitScript(watchForGlimpses, SIGNED_IN);
    await signIn(page, USER);
    await page.goto(`${POOL}/mailbox`);
    const second = await context.newPage();
    await second.goto("/dashboard");
    await button(second, "Sign out").click();
    await onSignIn(second);
    await page.goBack();
    await onSignIn(page);
    expect(await glimpses(page)).toBe(0);
  });
});

/** Leaves for another site, whereupon the browser puts the page away whole. */
async function leave(page: Page): Promise<void> {
  // Heard after the app's own listener: what would be drawn first when the page is back.
  await page.evaluate(() => {
    addEventListener("pagehide", () => Object.assign(window, { drawnFirst: getComputedStyle(document.documentElement).visibility }));
  });
  await page.goto(`${POOL}/mailbox`, { waitUntil: "commit" });
}

const drawnFirst = (page: Page) => page.evaluate(() => (window as unknown as { drawnFirst?: string }).drawnFirst);

/** Returns why the page was not taken out of the cache, if it was not. */
async function comeBack(page: Page): Promise<string[]> {
  // There is no event "load" if it is. Just after a page was put away Chromium may not know its history yet.
  await expect(() => page.goBack({ waitUntil: "commit" })).toPass();
  return page.evaluate(() => {
    type Entry = PerformanceNavigationTiming & { notRestoredReasons?: { reasons: { reason: string }[] } | null };
    const [entry] = performance.getEntriesByType("navigation") as Entry[];
    return entry?.notRestoredReasons?.reasons.map(({ reason }) => reason) ?? [];
  });
}

test.describe("In the browser's back/forward cache", () => {
  let browser: PlainBrowser;
  let page: Page;

  test.beforeEach(async ({ launchOptions }) => {
    // Playwright turns this cache off.
    browser = await PlainBrowser.launch({ ...launchOptions, ignoreDefaultArgs: ["--disable-back-forward-cache"] });
    page = await browser.context.newPage();
    await page.addInitScript(watchForGlimpses, SIGNED_IN);
  });

  test.afterEach(() => browser.close());

  test("a page is kept with its session, and shown as it was", async ({ baseURL }) => {
    await signIn(page, USER, `${baseURL}/sign-in`);
    await page.evaluate(() => Object.assign(window, { mark: "the same page" }));
    await leave(page);
    expect(await comeBack(page)).toEqual([]);
    await onDashboard(page, USER.email);
    expect(await page.evaluate(() => (window as unknown as { mark?: string }).mark)).toBe("the same page");
    expect(await drawnFirst(page)).toBe("hidden");
    await expect.poll(() => glimpses(page), "the curtain is up").toBeGreaterThan(0);
    await button(page, "Refresh now").click();
    await expect(page.getByText("Your session has been renewed.")).toBeVisible();
  });

  test("a page is dropped as soon as its session ends in another tab", async ({ baseURL }) => {
    await signIn(page, USER, `${baseURL}/sign-in`);
    await leave(page);
    const second = await browser.context.newPage();
    await second.goto(`${baseURL}/dashboard`);
    await onDashboard(second, USER.email);
    await button(second, "Sign out").click();
    await onSignIn(second);
    // The word of it reaches the page, or the new tab's lock does: either is too much for this cache.
    expect((await comeBack(page)).join()).toMatch(/^(sharedworker-message|weblocks-contention)/);
    await onSignIn(page);
    expect(await glimpses(page)).toBe(0);
  });

  test("a page does not keep the session for longer than a closed one", async ({ baseURL, pool }) => {
    await limitSession(page, { closed_seconds: 1, revoke_when_closed: true });
    await signIn(page, USER, `${baseURL}/sign-in`);
    await leave(page);
    await expect.poll(() => pool.operations()).toContain("RevokeToken");
    await comeBack(page);
    await onSignIn(page);
    expect(await glimpses(page)).toBe(0);
  });

  test("a page stays behind its curtain until an engine of its own has looked at the clock", async ({ baseURL }) => {
    await limitSession(page, { idle_minutes: 5 });
    await page.addInitScript(() => {
      delete (window as Partial<typeof globalThis>).SharedWorker;
      // An hour goes by while it is put away.
      const { now } = Date;
      addEventListener("pageshow", ({ persisted }) => {
        if (persisted) Date.now = () => now() + 3_600_000;
      });
    });
    await signIn(page, USER, `${baseURL}/sign-in`);
    await leave(page);
    expect(await comeBack(page)).toEqual([]);
    await onSignIn(page);
    await expect(page.getByText("You were signed out because nobody used this page for a while.")).toBeVisible();
    expect(await drawnFirst(page)).toBe("hidden");
    expect(await glimpses(page)).toBe(0);
  });
});
