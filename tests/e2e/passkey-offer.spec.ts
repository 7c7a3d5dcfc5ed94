import { expectAccessible } from "./support/accessible";
import { alert, button, email, heading, onDashboard, onSignIn, signIn, submitSignIn } from "./support/screens";
import { Authenticator, CLIENT, offer } from "./support/passwordless";
import { ADMIN, USER } from "./support/pool";
import { type Page, expect, test } from "./support/test";

const OFFER = "Sign in faster next time";

async function signInToOffer(page: Page, account = USER): Promise<void> {
  await page.goto("/sign-in");
  await submitSignIn(page, account);
  await expect(heading(page, OFFER)).toBeVisible();
}

test.describe("The offer of a passkey", () => {
  test.beforeEach(({ page, pool }) => offer(page, pool, { web_authn: { relying_party_id: "localhost" } }));

  test("makes one, with which the next sign-in takes no typing", async ({ page }) => {
    const authenticator = await Authenticator.on(page);
    await signInToOffer(page);
    await expect(heading(page, OFFER)).toBeFocused();
    await button(page, "Create a passkey").click();
    await expect(heading(page, "Your passkey is ready")).toBeFocused();
    expect(await authenticator.count()).toBe(1);
    await button(page, "Continue").click();
    await onDashboard(page, USER.email);
    await button(page, "Sign out").click();
    await onSignIn(page);
    await email(page).focus();
    await onDashboard(page, USER.email);
  });

  test("says when it was turned down, and can be taken up again or left", async ({ page }) => {
    const authenticator = await Authenticator.on(page);
    await authenticator.verifies(false);
    await signInToOffer(page);
    await button(page, "Create a passkey").click();
    await expect(alert(page)).toHaveText(/^No passkey was created: /);
    await expect(alert(page)).toBeFocused();
    await authenticator.verifies(true);
    await button(page, "Create a passkey").click();
    await expect(heading(page, "Your passkey is ready")).toBeVisible();
  });

  test("can be put off while the device waits", async ({ page }) => {
    const authenticator = await Authenticator.on(page);
    await authenticator.present(false);
    await signInToOffer(page);
    await button(page, "Create a passkey").click();
    await expect(page.getByText("Waiting for your device…")).toBeVisible();
    await button(page, "Not now").click();
    await onDashboard(page, USER.email);
    await authenticator.present(true);
    await page.waitForTimeout(500);
    expect(await authenticator.count(), "it no longer waits").toBe(0);
  });

  test("is not made again to those who want none, and is to others", async ({ page }) => {
    await Authenticator.on(page);
    await signInToOffer(page);
    await button(page, "Don’t ask again").click();
    await onDashboard(page, USER.email);
    await button(page, "Sign out").click();
    await onSignIn(page);
    await signIn(page, USER);
    await button(page, "Sign out").click();
    await onSignIn(page);
    await signInToOffer(page, ADMIN);
    const declined = await page.evaluate((key) => localStorage.getItem(key), `yew-cognito.${CLIENT}.no-passkey`);
    expect(JSON.parse(declined ?? "[]")).toHaveLength(1);
  });

  test("says when the service refuses", async ({ page, pool }) => {
    await Authenticator.on(page);
    await pool.fault({ operation: "StartWebAuthnRegistration", status: 400, type: "LimitExceededException" });
    await signInToOffer(page);
    await button(page, "Create a passkey").click();
    await expect(alert(page)).toBeVisible();
    await button(page, "Create a passkey").click();
    await expect(heading(page, "Your passkey is ready")).toBeVisible();
  });

  test("is not made where no passkey could be used: another site", async ({ page, pool }) => {
    await offer(page, pool, { web_authn: { relying_party_id: "example.com" } });
    await Authenticator.on(page);
    await signIn(page, USER);
  });

  test("is not made where no passkey could be used: a device without a lock", async ({ page }) => {
    await signIn(page, USER);
  });

  test("is accessible in light and dark, and never wider than the window", async ({ page }) => {
    const authenticator = await Authenticator.on(page);
    await authenticator.verifies(false);
    await signInToOffer(page);
    await expectAccessible(page);
    await button(page, "Create a passkey").click();
    await expect(alert(page)).toBeVisible();
    await expectAccessible(page);
    await authenticator.verifies(true);
    await button(page, "Create a passkey").click();
    await expect(heading(page, "Your passkey is ready")).toBeVisible();
    await expectAccessible(page);
  });
});
