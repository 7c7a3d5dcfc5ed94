import type { Page } from "@playwright/test";
import { expectAccessible } from "./support/accessible";
import { alert, button, email, heading, onSignIn } from "./support/screens";
import { Authenticator, offer, register } from "./support/passwordless";
import { USER, type Pool } from "./support/pool";
import { expect, test } from "./support/test";

type Arrive = (page: Page, pool: Pool) => Promise<void>;
const ALL = { email_otp_enabled: true, sms_otp_enabled: true, web_authn: {} };

async function passkeyAsked(page: Page, present: boolean): Promise<void> {
  const authenticator = await Authenticator.on(page);
  await page.goto("/sign-in");
  await onSignIn(page);
  await register(page, USER);
  if (present) await authenticator.verifies(false);
  else await authenticator.present(false);
  await email(page).fill(USER.email);
  await button(page, "Use a passkey").click();
  await expect(heading(page, "Use your passkey")).toBeVisible();
}

/** Every screen of the ways without a password, and how to get there. */
const screens: Record<string, Arrive> = {
  "sign-in with every way": async (page) => {
    await page.goto("/sign-in");
    await onSignIn(page);
    await button(page, "Use a passkey").click();
    await expect(email(page)).toHaveAttribute("aria-invalid", "true");
  },
  "sign-in by the name alone": async (page, pool) => {
    await offer(page, pool, { ...ALL, preferred_challenge: "WEB_AUTHN" });
    await page.goto("/sign-in");
    await expect(button(page, "Continue")).toBeVisible();
  },
  "the choice of a way": async (page) => {
    await page.goto("/sign-in");
    await email(page).fill(USER.email);
    await button(page, "Text me a code").click();
    await expect(heading(page, "Choose how to sign in")).toBeVisible();
  },
  "a passkey waited for": (page) => passkeyAsked(page, false),
  "a passkey that failed": async (page) => {
    await passkeyAsked(page, true);
    const again = button(page, "Use your passkey");
    await expect(again.or(alert(page))).toBeVisible();
    if (await again.isVisible()) await again.click();
    await expect(alert(page)).toBeVisible();
  },
  "sign-up without a password": async (page) => {
    await page.goto("/sign-up");
    await button(page, "Continue without a password").click();
    await expect(button(page, "Choose a password after all")).toBeVisible();
  },
};

for (const [name, arrive] of Object.entries(screens)) {
  test(`Accessible in light and dark, and never wider than the window: ${name}`, async ({ page, pool }) => {
    await offer(page, pool, ALL);
    await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
    await arrive(page, pool);
    await expectAccessible(page);
  });
}
