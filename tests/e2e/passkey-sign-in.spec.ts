import type { Page } from "@playwright/test";
import { alert, button, email, heading, link, onDashboard, onSignIn, password } from "./support/screens";
import { Authenticator, CLIENT, call, offer, register } from "./support/passwordless";
import { USER } from "./support/pool";
import { expect, test } from "./support/test";

const REMEMBERED = `yew-cognito.${CLIENT}.passkey`;
const CANCELLED = "The passkey wasn’t used: it was cancelled, or took too long. Try again, or use another way.";

function remembered(page: Page): Promise<string | null> {
  return page.evaluate((key) => localStorage.getItem(key), REMEMBERED);
}

function remember(page: Page): Promise<void> {
  return page.evaluate(([key, name]) => localStorage.setItem(key, JSON.stringify(name)), [REMEMBERED, USER.email] as const);
}

async function usePasskey(page: Page): Promise<void> {
  await email(page).fill(USER.email);
  await button(page, "Use a passkey").click();
}

test.describe("Signing in with a passkey", () => {
  let authenticator: Authenticator;
  let token: string;

  test.beforeEach(async ({ page, pool }) => {
    await offer(page, pool, { email_otp_enabled: true, web_authn: { relying_party_id: "localhost", user_verification: "required" } });
    authenticator = await Authenticator.on(page);
    await page.goto("/sign-in");
    await onSignIn(page);
    token = await register(page, USER);
  });

  test("takes the name and the passkey, and remembers the name for the next time", async ({ page }) => {
    expect(await remembered(page)).toBeNull();
    await usePasskey(page);
    await onDashboard(page, USER.email);
    expect(await remembered(page)).toBe(JSON.stringify(USER.email));
  });

  test("needs a name, and no password", async ({ page }) => {
    await button(page, "Use a passkey").click();
    await expect(email(page)).toBeFocused();
    await expect(email(page)).toHaveAttribute("aria-invalid", "true");
    await expect(password(page)).not.toHaveAttribute("aria-invalid");
  });

  test("where passkeys are preferred takes the name and Enter", async ({ page, pool }) => {
    await offer(page, pool, { email_otp_enabled: true, web_authn: {}, preferred_challenge: "WEB_AUTHN" });
    await page.reload();
    await expect(password(page)).toHaveCount(0);
    await email(page).fill(USER.email);
    await email(page).press("Enter");
    await onDashboard(page, USER.email);
  });

  test("that is turned down says so, and tries again with a fresh challenge", async ({ page, pool }) => {
    await authenticator.verifies(false);
    await usePasskey(page);
    await expect(heading(page, "Use your passkey")).toBeVisible();
    // A browser that says no at once may have wanted a click first.
    await expect(button(page, "Use your passkey").or(alert(page))).toBeVisible();
    if (await button(page, "Use your passkey").isVisible()) await button(page, "Use your passkey").click();
    await expect(alert(page)).toHaveText(CANCELLED);
    await expect(alert(page)).toBeFocused();
    await authenticator.verifies(true);
    await button(page, "Try again").click();
    await onDashboard(page, USER.email);
    const begun = (await pool.operations()).filter((operation) => operation === "InitiateAuth");
    expect(begun, "registration, sign-in, fresh options").toHaveLength(3);
  });

  test("that nobody touches can be left for another way", async ({ page }) => {
    await authenticator.present(false);
    await usePasskey(page);
    await expect(button(page, "Use your passkey").or(page.getByText("Waiting for your passkey…"))).toBeVisible();
    await link(page, "Try another way").click();
    await expect(heading(page, "Choose how to sign in")).toBeVisible();
    await page.getByRole("button", { name: /^Password/ }).click();
    await password(page).fill(USER.password);
    await button(page, "Sign in").click();
    await onDashboard(page, USER.email);
  });

  test("that nobody touches is given up by starting over", async ({ page }) => {
    await authenticator.present(false);
    await usePasskey(page);
    await expect(heading(page, "Use your passkey")).toBeVisible();
    await link(page, "Start over").click();
    await onSignIn(page);
    // It no longer waits: a touch now is nobody's answer.
    await authenticator.present(true);
    await password(page).fill(USER.password);
    await button(page, "Sign in").click();
    await onDashboard(page, USER.email);
    expect(await remembered(page)).toBeNull();
  });

  test("for another site says that it cannot be used here", async ({ page, wire }) => {
    const [here, elsewhere] = ["localhost", "example.com"].map((site) => `\\"rpId\\":\\"${site}\\"`) as [string, string];
    await wire.edit("InitiateAuth", (body) => body.replace(here, elsewhere));
    await usePasskey(page);
    await expect(alert(page)).toHaveText("Passkeys don’t work at this address. Tell the site’s owner.");
    await expect(button(page, "Try again")).toHaveCount(0);
    await expect(link(page, "Try another way")).toBeVisible();
  });

  test("that the service refuses can be tried again", async ({ page, pool }) => {
    await pool.fault({ operation: "RespondToAuthChallenge", status: 400, type: "NotAuthorizedException", message: "Invalid credential" });
    await usePasskey(page);
    await expect(alert(page)).toBeVisible();
    await button(page, "Try again").click();
    await onDashboard(page, USER.email);
  });

  test("a browser without passkeys is not offered one", async ({ page }) => {
    await page.addInitScript(() => Reflect.deleteProperty(window, "PublicKeyCredential"));
    await page.reload();
    await onSignIn(page);
    await expect(button(page, "Use a passkey")).toHaveCount(0);
    await expect(button(page, "Email me a code")).toBeVisible();
    await expect(email(page)).toHaveAttribute("autocomplete", "username");
  });

  test("a user without one is asked how to sign in", async ({ page }) => {
    const { Credentials } = await call(page, "ListWebAuthnCredentials", { AccessToken: token });
    for (const { CredentialId } of Credentials as { CredentialId: string }[]) {
      await call(page, "DeleteWebAuthnCredential", { AccessToken: token, CredentialId });
    }
    await usePasskey(page);
    await expect(heading(page, "Choose how to sign in")).toBeVisible();
    await expect(page.getByRole("listitem")).toHaveCount(2);
  });

  test.describe("from the name's field", () => {
    test("takes no more than picking it", async ({ page }) => {
      await remember(page);
      await page.reload();
      await expect(email(page)).toHaveAttribute("autocomplete", "username webauthn");
      await onDashboard(page, USER.email);
    });

    test("is offered again after a sign-out, once the field has the focus", async ({ page }) => {
      await usePasskey(page);
      await onDashboard(page, USER.email);
      await button(page, "Sign out").click();
      await onSignIn(page);
      await email(page).focus();
      await onDashboard(page, USER.email);
    });

    test("leaves those alone who sign in otherwise", async ({ page, pool, wire }) => {
      await remember(page);
      await authenticator.present(false);
      const asked = wire.waitFor("InitiateAuth");
      await page.reload();
      await asked;
      await expect(email(page)).toBeFocused();
      await expect(email(page)).toHaveValue("");
      await expect(page.getByRole("alert").or(page.locator("[aria-busy]"))).toHaveCount(0);
      await email(page).fill("admin@example.com");
      await password(page).fill("Sunflower-42!");
      await button(page, "Sign in").click();
      // The administrator has none, and is offered one.
      await button(page, "Not now").click();
      await onDashboard(page, "admin@example.com");
      expect(await pool.mails()).toEqual([]);
    });

    test("goes on after a wrong password", async ({ page, wire }) => {
      await remember(page);
      await authenticator.present(false);
      const asked = wire.waitFor("InitiateAuth");
      await page.reload();
      await asked;
      await email(page).fill(USER.email);
      await password(page).fill("Wrong-one-1!");
      await button(page, "Sign in").click();
      await expect(alert(page)).toBeVisible();
      await authenticator.present(true);
      await email(page).focus();
      await onDashboard(page, USER.email);
    });

    test("is asked for anew before its challenge runs out", async ({ page, wire }) => {
      await remember(page);
      await authenticator.present(false);
      await page.clock.install();
      const before = wire.count("InitiateAuth");
      const asked = () => wire.count("InitiateAuth") - before;
      await page.reload();
      await expect.poll(asked).toBe(1);
      await onSignIn(page);
      for (let more = 2; more <= 5; more += 1) {
        await page.waitForTimeout(300);
        await page.clock.fastForward(170_000);
        await expect.poll(asked).toBe(more);
      }
      await page.waitForTimeout(300);
      await page.clock.fastForward(170_000);
      await page.waitForTimeout(500);
      expect(asked(), "not for ever").toBe(5);
    });

    test("is forgotten with the passkey, without a word", async ({ page, pool }) => {
      await remember(page);
      const { Credentials } = await call(page, "ListWebAuthnCredentials", { AccessToken: token });
      for (const { CredentialId } of Credentials as { CredentialId: string }[]) {
        await call(page, "DeleteWebAuthnCredential", { AccessToken: token, CredentialId });
      }
      await page.reload();
      await onSignIn(page);
      await expect.poll(() => remembered(page)).toBeNull();
      await expect(page.getByRole("alert")).toHaveCount(0);
      await expect(email(page)).toBeFocused();
      expect(await pool.mails()).toEqual([]);
    });

    test("says nothing when the service fails", async ({ page, pool, wire, expectTrouble }) => {
      expectTrouble(/500/);
      await remember(page);
      await pool.fault({ operation: "InitiateAuth", times: 9, status: 500 });
      const failed = wire.waitFor("InitiateAuth");
      await page.reload();
      await failed;
      await page.waitForTimeout(3000);
      await onSignIn(page);
      await expect(page.getByRole("alert")).toHaveCount(0);
      expect(await remembered(page)).toBe(JSON.stringify(USER.email));
    });

    test("sends no code to those who have yet to confirm their account", async ({ page, pool, wire }) => {
      await remember(page);
      await pool.user({ email: USER.email, status: "UNCONFIRMED" });
      const refused = wire.waitFor("InitiateAuth");
      await page.reload();
      await refused;
      await page.waitForTimeout(500);
      await onSignIn(page);
      expect(await pool.mails()).toEqual([]);
    });
  });
});
