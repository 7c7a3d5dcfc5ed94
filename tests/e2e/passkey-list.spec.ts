import { expectAccessible } from "./support/accessible";
import { Authenticator, offer } from "./support/passwordless";
import { alert, button, email, heading, items, link, onDashboard, onSignIn, submitSignIn } from "./support/screens";
import { USER } from "./support/pool";
import { type Page, expect, test } from "./support/test";

const OFFER = "Sign in faster next time";
const EMPTY = "You have no passkeys yet. With one, you sign in by fingerprint, face or screen lock.";

const section = (page: Page) => page.getByRole("heading", { level: 2, name: "Passkeys" });

test.describe("Passkeys of somebody signed in", () => {
  let authenticator: Authenticator;

  test.beforeEach(async ({ page, pool }) => {
    await offer(page, pool, { web_authn: { relying_party_id: "localhost", user_verification: "required" } });
    authenticator = await Authenticator.on(page);
    await page.goto("/security");
    await submitSignIn(page, USER);
  });

  test("are offered after the sign-in, where one wanted to go", async ({ page, wire }) => {
    await expect(heading(page, OFFER)).toBeFocused();
    await expect(page).toHaveURL("/security");
    await button(page, "Create a passkey").click();
    await expect(heading(page, "Your passkey is ready")).toBeVisible();
    await button(page, "Continue").click();
    await expect(items(page, "Passkeys")).toHaveCount(1);
    await link(page, "Back to the dashboard").click();
    await onDashboard(page, USER.email);
    // Otherwise it picks the passkey from the suggestions at the name's field.
    await authenticator.present(false);
    await button(page, "Sign out").click();
    await onSignIn(page);
    const suggested = wire.waitFor("InitiateAuth");
    await email(page).fill(USER.email);
    await suggested;
    // The browser's authenticator does not take up a question that it was asked before.
    const asked = await wire.hold("InitiateAuth");
    await button(page, "Use a passkey").click();
    await asked.arrived;
    await authenticator.present(true);
    await asked.release();
    await onDashboard(page, USER.email);
  });

  test("are offered once until the next sign-in", async ({ page }) => {
    await button(page, "Not now").click();
    await expect(heading(page, "Security")).toBeVisible();
    await link(page, "Back to the dashboard").click();
    await onDashboard(page, USER.email);
    await button(page, "Sign out").click();
    await onSignIn(page);
    await submitSignIn(page, USER);
    await expect(heading(page, OFFER)).toBeVisible();
  });

  test("are created, listed and deleted", async ({ page }) => {
    await button(page, "Not now").click();
    await expect(section(page)).toBeVisible();
    await expect(page.getByText(EMPTY)).toBeVisible();
    await button(page, "Create a passkey").click();
    await expect(page.getByText("The passkey is ready.")).toBeVisible();
    const passkeys = items(page, "Passkeys");
    await expect(passkeys).toHaveCount(1);
    await expect(passkeys).toContainText("Created: ");
    expect(await authenticator.count()).toBe(1);

    await page.getByRole("button", { name: /^Delete / }).click();
    await expect(page.getByRole("group", { name: "Delete this passkey? You can no longer sign in with it." })).toBeFocused();
    await button(page, "Keep it").click();
    await expect(page.getByRole("button", { name: /^Delete / })).toBeFocused();
    await expect(passkeys).toHaveCount(1);
    await page.getByRole("button", { name: /^Delete / }).click();
    await button(page, "Delete this passkey").click();
    await expect(page.getByText("The passkey is deleted.")).toBeVisible();
    await expect(page.getByText(EMPTY)).toBeVisible();
    await expect(section(page)).toBeFocused();
  });

  test("are not created twice on one device, nor against the person’s will", async ({ page }) => {
    await button(page, "Not now").click();
    await authenticator.verifies(false);
    await button(page, "Create a passkey").click();
    await expect(alert(page)).toHaveText(/^No passkey was created: it was cancelled, or took too long\./);
    await authenticator.verifies(true);
    await button(page, "Create a passkey").click();
    await expect(items(page, "Passkeys")).toHaveCount(1);
    await expect(alert(page)).toHaveCount(0);
    await button(page, "Create a passkey").click();
    await expect(alert(page)).toHaveText("This device has a passkey for this account already.");
  });

  test("that cannot be read or deleted say so, and can be tried again", async ({ page, pool }) => {
    await expect(heading(page, OFFER)).toBeVisible();
    await pool.fault({ operation: "ListWebAuthnCredentials", type: "TooManyRequestsException", times: 3 });
    await button(page, "Not now").click();
    await expect(alert(page)).toHaveText("The sign-in service is busy. Try again in a moment.");
    await button(page, "Try again").click();
    await expect(page.getByText(EMPTY)).toBeVisible();
    await button(page, "Create a passkey").click();
    await expect(items(page, "Passkeys")).toHaveCount(1);
    await pool.fault({ operation: "DeleteWebAuthnCredential", type: "TooManyRequestsException", times: 3 });
    await page.getByRole("button", { name: /^Delete / }).click();
    await button(page, "Delete this passkey").click();
    await expect(alert(page)).toHaveText("The sign-in service is busy. Try again in a moment.");
    await button(page, "Delete this passkey").click();
    await expect(page.getByText("The passkey is deleted.")).toBeVisible();
  });

  test("stand on a screen for everybody", async ({ page }) => {
    await button(page, "Not now").click();
    await expect(page.getByText(EMPTY)).toBeVisible();
    await expectAccessible(page);
    await button(page, "Create a passkey").click();
    await page.getByRole("button", { name: /^Delete / }).click();
    await expectAccessible(page);
  });
});
