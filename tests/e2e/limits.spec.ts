import { expectAccessible } from "./support/accessible";
import { USER } from "./support/pool";
import { button, onDashboard, onSignIn, signIn, submitSignIn } from "./support/screens";
import { type Page, type Pool, expect, test } from "./support/test";

const MINUTE = 60;
const IDLE = "You were signed out because nobody used this page for a while. Please sign in again.";
const LIFETIME = "Your session has reached its time limit. Please sign in again.";

/** Sets `custom.cognito.session` for a page whose clock the test moves. */
async function limit(page: Page, session: Record<string, unknown>): Promise<void> {
  await page.route("**/amplify_outputs.json", async (route) => {
    const outputs = await (await route.fetch()).json();
    outputs.custom.cognito.session = session;
    await route.fulfill({ json: outputs });
  });
  // The clock of a worker cannot be moved: the engine is to run in the page.
  await page.addInitScript(() => {
    delete (window as Partial<typeof globalThis>).SharedWorker;
  });
  await page.clock.install();
}

/** Lets seconds pass for the pool and for the page. */
async function pass(page: Page, pool: Pool, seconds: number): Promise<void> {
  await pool.advance(seconds);
  await page.clock.fastForward(seconds * 1000);
}

const warning = (page: Page) => page.getByRole("dialog", { name: "Are you still there?" });

test.describe("A session that nobody uses", () => {
  test.beforeEach(async ({ page }) => {
    await limit(page, { idle_minutes: 5, idle_warning_seconds: 100 });
    await signIn(page, USER);
  });

  test("is warned of, and goes on for whoever stays", async ({ page, pool }) => {
    const refresh = button(page, "Refresh now");
    await refresh.focus();
    await pass(page, pool, 3 * MINUTE);
    await expect(warning(page)).toHaveCount(0);
    await pass(page, pool, 22);
    await expect(warning(page)).toContainText(/you will be signed out in 1 minute \d+ seconds?/);
    await expect(button(page, "Stay signed in")).toBeFocused();
    await button(page, "Stay signed in").click();
    await expect(warning(page)).toHaveCount(0);
    await expect(refresh, "the focus is back").toBeFocused();
    await pass(page, pool, 3 * MINUTE);
    await onDashboard(page, USER.email);
    await expect(warning(page)).toHaveCount(0);
    await pass(page, pool, 22);
    await expect(warning(page)).toBeVisible();
  });

  test("is warned of in words for everyone", async ({ page, pool }) => {
    await pass(page, pool, 3 * MINUTE + 21);
    await expect(warning(page)).toBeVisible();
    await expect(warning(page)).toHaveAccessibleDescription(/^Nobody has used this page for a while\./);
    const said = warning(page).getByRole("status");
    await expect(said).toHaveText("");
    // The time that runs on screen is told only now and then.
    await pass(page, pool, 40);
    await expect(said).toHaveText("60 seconds left");
    await expectAccessible(page);
  });

  test("goes on after Escape, which is no way to be signed out", async ({ page, pool }) => {
    await pass(page, pool, 3 * MINUTE + 21);
    await expect(warning(page)).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(warning(page)).toHaveCount(0);
    await pass(page, pool, 3 * MINUTE);
    await onDashboard(page, USER.email);
  });

  test("can be ended at once", async ({ page, pool }) => {
    await pass(page, pool, 3 * MINUTE + 21);
    await button(page, "Sign out now").click();
    await onSignIn(page);
    await expect(page.getByText(IDLE)).toHaveCount(0);
    await expect.poll(() => pool.operations()).toContain("RevokeToken");
  });

  test("ends in time, is revoked, and leads back to the same page", async ({ page, pool }) => {
    await pass(page, pool, 3 * MINUTE + 21);
    await expect(warning(page)).toBeVisible();
    // Presses beside the dialog are no answer.
    await page.mouse.click(5, 5);
    await pass(page, pool, 100);
    await onSignIn(page);
    await expect(warning(page)).toHaveCount(0);
    await expect(page.getByText(IDLE)).toBeVisible();
    await expect(page).toHaveURL("/sign-in?return_to=%2Fdashboard");
    await expect.poll(() => pool.operations()).toContain("RevokeToken");
    await expectAccessible(page);
    await submitSignIn(page, USER);
    await onDashboard(page, USER.email);
  });

  test("ends over a sleep, whatever is done first afterwards", async ({ page, pool }) => {
    // Only the wall clock goes on while a device sleeps.
    await page.clock.setSystemTime(await page.evaluate(() => Date.now() + 3_600_000));
    await button(page, "Refresh now").click();
    await onSignIn(page);
    await expect(page.getByText(IDLE)).toBeVisible();
    await expect.poll(() => pool.operations()).toContain("RevokeToken");
    expect(await pool.operations()).not.toContain("GetTokensFromRefreshToken");
  });

  for (const [what, act] of Object.entries<(page: Page) => Promise<void>>({
    "a click": (page) => page.mouse.click(5, 5),
    "a key": (page) => page.keyboard.press("Shift"),
    "the wheel": async (page) => {
      await page.evaluate(() => addEventListener("wheel", () => Object.assign(window, { turned: true })));
      await page.mouse.move(5, 5);
      await page.mouse.wheel(0, 1);
      await page.waitForFunction(() => "turned" in window);
    },
  })) {
    test(`goes on with ${what}`, async ({ page, pool }) => {
      await pass(page, pool, 3 * MINUTE);
      await act(page);
      await pass(page, pool, 3 * MINUTE);
      await onDashboard(page, USER.email);
      await expect(warning(page)).toHaveCount(0);
      await pass(page, pool, 22);
      await expect(warning(page)).toBeVisible();
    });
  }

  test("does not take what a script does for a person", async ({ page, pool }) => {
    await pass(page, pool, 3 * MINUTE);
    await page.evaluate(() => {
      for (const name of ["pointerdown", "keydown", "wheel", "touchstart"]) window.dispatchEvent(new Event(name));
    });
    await pass(page, pool, 21);
    await expect(warning(page)).toBeVisible();
  });
});

test.describe("A session's lifetime", () => {
  const soon = (page: Page) => page.getByRole("dialog", { name: "Your session ends soon" });

  test.beforeEach(async ({ page }) => {
    await limit(page, { lifetime_minutes: 5, idle_warning_seconds: 100 });
    await signIn(page, USER);
  });

  test("is told of ahead, and ends whatever is done", async ({ page, pool }) => {
    await pass(page, pool, 3 * MINUTE + 22);
    await expect(soon(page)).toContainText(/Save your work, and sign in again after that\./);
    await expectAccessible(page);
    await button(page, "OK").click();
    await expect(soon(page)).toHaveCount(0);
    await button(page, "Refresh now").click();
    await expect(page.getByText("Your session has been renewed.")).toBeVisible();
    await expect(soon(page), "it was read").toHaveCount(0);
    await pass(page, pool, 100);
    await onSignIn(page);
    await expect(page.getByText(LIFETIME)).toBeVisible();
    await expect.poll(() => pool.operations()).toContain("RevokeToken");
  });

  test("begins anew with the next sign-in", async ({ page, pool }) => {
    await pass(page, pool, 5 * MINUTE + 1);
    await onSignIn(page);
    await submitSignIn(page, USER);
    await onDashboard(page, USER.email);
    await pass(page, pool, 3 * MINUTE);
    await expect(soon(page)).toHaveCount(0);
    await onDashboard(page, USER.email);
  });
});

test("without limits there is no end and no warning", async ({ page, pool }) => {
  await limit(page, {});
  await signIn(page, USER);
  await pass(page, pool, 50 * MINUTE);
  await onDashboard(page, USER.email);
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("a limit that makes no sense is told to whoever deploys the app", async ({ page }) => {
  await limit(page, { idle_minutes: 0 });
  await page.goto("/sign-in");
  await expect(page.getByText(/“0” for custom\.cognito\.session\.idle_minutes\. It is a whole number of minutes/)).toBeVisible();
});
