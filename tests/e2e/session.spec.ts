import { alert, button, email, heading, link, onDashboard, onSignIn, password, signIn, submitSignIn } from "./support/screens";
import { POOL, USER } from "./support/pool";
import { expect, test } from "./support/test";

const MINUTE = 60;

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

  test("survives a reload of the sign-in", async ({ page }) => {
    await page.goto("/dashboard?x=1");
    await onSignIn(page);
    await page.reload();
    await submitSignIn(page, USER);
    await onDashboard(page, USER.email);
    await expect(page).toHaveURL("/dashboard?x=1");
  });

  test("never leads to another site", async ({ page, baseURL, wire }) => {
    test.slow();
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
        // Nor does it lead anybody there who is signed in already.
        await page.goto(`/sign-in?return_to=${target}`);
        await onDashboard(page, USER.email);
        await expect(page).toHaveURL("/dashboard");
        await button(page, "Sign out").click();
        await onSignIn(page);
      });
    }
    const origins = new Set(wire.sent.map(({ url }) => new URL(url).origin));
    expect(origins).toEqual(new Set([baseURL, POOL]));
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
  test("is renewed in time while nobody does anything", async ({ page, time, wire }) => {
    await signIn(page, USER);
    const renewed = wire.waitFor("GetTokensFromRefreshToken");
    await time.pass(56 * MINUTE);
    expect((await renewed).status).toBe(200);
    await expect(page.getByText(/Renews in [2-5]\d minutes/)).toBeVisible();
    // An hour later the first tokens would be worth nothing.
    await time.pass(30 * MINUTE);
    await button(page, "Refresh now").click();
    await expect(page.getByText("Your session has been renewed.")).toBeVisible();
    await onDashboard(page, USER.email);
  });

  test("of a few seconds is renewed by the real clock", async ({ page, pool, wire }) => {
    await pool.client({ access_token_validity_seconds: 12, id_token_validity_seconds: 12 });
    await signIn(page, USER);
    await expect(page.getByText("Renews in less than a minute")).toBeVisible();
    const renewed = await wire.waitFor("GetTokensFromRefreshToken", 20_000);
    expect(renewed.status).toBe(200);
    await onDashboard(page, USER.email);
  });

  test("survives rotating refresh tokens", async ({ page, pool, wire }) => {
    await pool.client({ refresh_token_rotation: { enabled: true, retry_grace_period_seconds: 0 } });
    await signIn(page, USER);
    for (let time = 0; time < 2; time += 1) {
      const renewed = wire.waitFor("GetTokensFromRefreshToken");
      await button(page, "Refresh now").click();
      expect((await renewed).status).toBe(200);
      await expect(page.getByText("Your session has been renewed.")).toBeVisible();
    }
  });

  test("that has been ended elsewhere asks for sign-in, and says why", async ({ page, anotherBrowser }) => {
    await signIn(page, USER);
    const elsewhere = await anotherBrowser();
    await signIn(elsewhere, USER);
    await button(elsewhere, "Sign out everywhere").click();
    await onSignIn(elsewhere);
    await button(page, "Refresh now").click();
    await onSignIn(page);
    await expect(page.getByText("Your session has ended. Please sign in again.")).toBeVisible();
    await submitSignIn(page, USER);
    await onDashboard(page, USER.email);
  });

  test("is kept while the pool cannot be reached, and renewed by itself afterwards", async ({ page, wire, expectTrouble }) => {
    expectTrouble(/ERR_CONNECTION_REFUSED/);
    await signIn(page, USER);
    // Not `pool.stop()`: the local pool forgets its sessions, which Cognito does not.
    const recover = await wire.refuse("GetTokensFromRefreshToken");
    await button(page, "Refresh now").click();
    await expect(alert(page)).toHaveText("We couldn’t reach the sign-in service. Check your connection and try again.");
    await expect(page.getByText(/Could not be renewed; next try/)).toBeVisible();
    await onDashboard(page, USER.email);
    await recover();
    await expect(page.getByText(/Renews in [2-5]\d minutes/)).toBeVisible();
  });

  test("ends here: the refresh token is revoked", async ({ page, pool, wire }) => {
    await signIn(page, USER);
    const revoked = wire.waitFor("RevokeToken");
    await button(page, "Sign out").click();
    expect((await revoked).status).toBe(200);
    await onSignIn(page);
    expect(await pool.operations()).not.toContain("GlobalSignOut");
    await page.reload();
    await onSignIn(page);
  });

  test("ends everywhere", async ({ page, wire }) => {
    await signIn(page, USER);
    const ended = wire.waitFor("GlobalSignOut");
    await button(page, "Sign out everywhere").click();
    expect((await ended).status).toBe(200);
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
