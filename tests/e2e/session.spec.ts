import type { Page } from "@playwright/test";
import { alert, button, email, heading, link, onDashboard, onSignIn, password, signIn, submitSignIn } from "./support/screens";
import { POOL, USER, calls } from "./support/pool";
import { expect, test } from "./support/test";

const MINUTE = 60;
const operation = (page: Page, name: string) =>
  page.waitForResponse((response) => calls(response.request(), name));

test.describe("The way back", () => {
  test("leads after sign-in to the page that was asked for, with its query", async ({ page }) => {
    await page.goto("/dashboard?x=1");
    await onSignIn(page);
    await expect(page).toHaveURL("/sign-in?return_to=%2Fdashboard%3Fx%3D1");
    await submitSignIn(page, USER);
    await onDashboard(page, USER.email);
    await expect(page).toHaveURL("/dashboard?x=1");
  });

  test("survives a detour over other screens", async ({ page }) => {
    await page.goto("/dashboard?x=1");
    await link(page, "Forgot your password?").click();
    await link(page, "Back to sign in").click();
    await submitSignIn(page, USER);
    await expect(page).toHaveURL("/dashboard?x=1");
  });

  test("survives a reload, which asks for sign-in again", async ({ page }) => {
    await signIn(page, USER, "/dashboard?x=1");
    await page.reload();
    await onSignIn(page);
    await expect(page).toHaveURL("/sign-in?return_to=%2Fdashboard%3Fx%3D1");
    await submitSignIn(page, USER);
    await onDashboard(page, USER.email);
    await expect(page).toHaveURL("/dashboard?x=1");
  });

  test("never leads to another site", async ({ page, baseURL }) => {
    const left: string[] = [];
    page.on("request", (request) => {
      const { origin } = new URL(request.url());
      if (origin !== baseURL && origin !== POOL) left.push(request.url());
    });
    const targets = [
      "https://evil.example",
      "https:evil.example",
      "//evil.example",
      "///evil.example",
      "/\\evil.example",
      "\\\\evil.example",
      "/\t/evil.example",
      "javascript:alert(1)",
      "/dashboard/../..//evil.example",
      "/no-such-page",
      // Other pages for guests, where nobody who is signed in has any business.
      "/sign-up",
      "/confirm",
    ].map(encodeURIComponent);
    // Encoded twice, not at all, and wrongly.
    targets.push("%252F%252Fevil.example", "//evil.example", "%2F%2Fevil.example%", "%");
    for (const target of targets) {
      await test.step(target, async () => {
        await page.goto(`/sign-in?return_to=${target}`);
        await submitSignIn(page, USER);
        await onDashboard(page, USER.email);
        await expect(page).toHaveURL("/dashboard");
      });
    }
    expect(left).toEqual([]);
  });
});

test.describe("The back button", () => {
  test("after sign-in leaves the app: no trap, and no form again", async ({ page }) => {
    await page.goto(`${POOL}/mailbox`);
    await page.goto("/dashboard");
    await onSignIn(page);
    await submitSignIn(page, USER);
    await onDashboard(page, USER.email);
    await page.goBack();
    await expect(page).toHaveURL(`${POOL}/mailbox`);
  });

  test("after sign-in over several screens stays on the dashboard, and then leaves", async ({ page }) => {
    await page.goto(`${POOL}/mailbox`);
    await page.goto("/sign-in");
    await link(page, "Create an account").click();
    await link(page, "Sign in").click();
    await submitSignIn(page, USER);
    await onDashboard(page, USER.email);
    for (let back = 0; back < 2; back += 1) {
      await page.goBack();
      await onDashboard(page, USER.email);
      await expect(page).toHaveURL("/dashboard");
    }
    await page.goBack();
    await expect(page).toHaveURL(`${POOL}/mailbox`);
  });

  test("goes back through the screens, with the address typed", async ({ page }) => {
    await page.goto("/sign-in");
    await email(page).fill(USER.email);
    await link(page, "Create an account").click();
    await expect(heading(page, "Create your account")).toBeFocused();
    await page.goBack();
    await onSignIn(page);
    await expect(email(page)).toHaveValue(USER.email);
    await page.goForward();
    await expect(heading(page, "Create your account")).toBeVisible();
  });

  test("after sign-out does not bring the dashboard back", async ({ page }) => {
    await page.goto("/sign-in");
    await link(page, "Create an account").click();
    await link(page, "Sign in").click();
    await submitSignIn(page, USER);
    await onDashboard(page, USER.email);
    await page.goBack();
    await onDashboard(page, USER.email);
    await button(page, "Sign out").click();
    await onSignIn(page);
    // A glimpse of it is enough to fail.
    await page.evaluate(() => {
      new MutationObserver(() => {
        if (document.body.innerText.includes("You are signed in.")) console.error("the dashboard was shown");
      }).observe(document.body, { childList: true, subtree: true, characterData: true });
    });
    await page.goForward();
    await onSignIn(page);
    // Whoever signed out is done: the next person need not land on their page.
    await expect(page).toHaveURL("/sign-in");
    await page.goBack();
    await onSignIn(page);
    await page.goBack();
    await onSignIn(page);
  });
});

test.describe("The session", () => {
  test("is renewed in time while nobody does anything", async ({ page, pool }) => {
    await page.clock.install();
    await signIn(page, USER);
    const renewed = operation(page, "GetTokensFromRefreshToken");
    await pool.advance(56 * MINUTE);
    await page.clock.fastForward(56 * MINUTE * 1000);
    expect((await renewed).status()).toBe(200);
    await expect(page.getByText(/Renews in 5[3-6] minutes/)).toBeVisible();
    // An hour later the first tokens would be worth nothing.
    await pool.advance(30 * MINUTE);
    await page.clock.fastForward(30 * MINUTE * 1000);
    await button(page, "Refresh now").click();
    await expect(page.getByText("Your session has been renewed.")).toBeVisible();
    await onDashboard(page, USER.email);
  });

  test("of a few seconds is renewed by the real clock", async ({ page, pool }) => {
    await pool.client({ access_token_validity_seconds: 12, id_token_validity_seconds: 12 });
    await signIn(page, USER);
    await expect(page.getByText("Renews in less than a minute")).toBeVisible();
    const renewed = await operation(page, "GetTokensFromRefreshToken");
    expect(renewed.status()).toBe(200);
    await onDashboard(page, USER.email);
  });

  test("survives rotating refresh tokens", async ({ page, pool }) => {
    await pool.client({ refresh_token_rotation: { enabled: true, retry_grace_period_seconds: 0 } });
    await signIn(page, USER);
    for (let time = 0; time < 2; time += 1) {
      const renewed = operation(page, "GetTokensFromRefreshToken");
      await button(page, "Refresh now").click();
      expect((await renewed).status()).toBe(200);
      await expect(page.getByText("Your session has been renewed.")).toBeVisible();
    }
  });

  test("that has been ended elsewhere asks for sign-in, and says why", async ({ page, context }) => {
    await signIn(page, USER);
    const elsewhere = await context.newPage();
    await signIn(elsewhere, USER);
    await button(elsewhere, "Sign out everywhere").click();
    await onSignIn(elsewhere);
    await button(page, "Refresh now").click();
    await onSignIn(page);
    await expect(page.getByText("Your session has ended. Please sign in again.")).toBeVisible();
    await submitSignIn(page, USER);
    await onDashboard(page, USER.email);
  });

  test("is kept while the pool cannot be reached, and renewed by itself afterwards", async ({ page, expectTrouble }) => {
    expectTrouble(/ERR_CONNECTION_REFUSED/);
    await signIn(page, USER);
    // Not `pool.stop()`: the local pool forgets its sessions, which Cognito does not.
    await page.route(`${POOL}/`, (route) => route.abort("connectionrefused"));
    await button(page, "Refresh now").click();
    await expect(alert(page)).toHaveText("We couldn’t reach the sign-in service. Check your connection and try again.");
    await expect(page.getByText(/Could not be renewed; next try/)).toBeVisible();
    await onDashboard(page, USER.email);
    await page.unroute(`${POOL}/`);
    await expect(page.getByText(/Renews in 5[3-6] minutes/)).toBeVisible();
  });

  test("ends here: the refresh token is revoked", async ({ page, pool }) => {
    await signIn(page, USER);
    const revoked = operation(page, "RevokeToken");
    await button(page, "Sign out").click();
    expect((await revoked).status()).toBe(200);
    await onSignIn(page);
    expect(await pool.operations()).not.toContain("GlobalSignOut");
    await page.reload();
    await onSignIn(page);
  });

  test("ends everywhere", async ({ page }) => {
    await signIn(page, USER);
    const ended = operation(page, "GlobalSignOut");
    await button(page, "Sign out everywhere").click();
    expect((await ended).status()).toBe(200);
    await onSignIn(page);
  });

  test("ends here even if the pool cannot be told, and says so", async ({ page, pool, expectTrouble }) => {
    expectTrouble(/ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE|ERR_SOCKET_NOT_CONNECTED/);
    await signIn(page, USER);
    await pool.stop();
    await button(page, "Sign out everywhere").click();
    await onSignIn(page);
    await expect(page.getByText("You are signed out here, but not everywhere: the service did not answer.")).toBeVisible();
    await pool.start();
  });

  test("is not needed to see that a page does not exist", async ({ page }) => {
    await page.goto("/no-such-page");
    await expect(heading(page, "Page not found")).toBeVisible();
    await link(page, "Go to the start").click();
    await onSignIn(page);
    await expect(password(page)).toHaveValue("");
  });
});
