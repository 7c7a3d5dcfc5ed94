import type { Page } from "@playwright/test";
import { expectAccessible } from "./support/accessible";
import { alert, button, email, heading, newPassword, onDashboard, onSignIn, openWithKeys, password, signIn, signUp, submitSignIn } from "./support/screens";
import { NEWCOMER, USER } from "./support/pool";
import { expect, test } from "./support/test";

const LONG = `${"a-very-long-name-".repeat(3)}@a-rather-long-host-name.example.com`;

/** Every screen, and how to get there. */
const screens: Record<string, (page: Page) => Promise<void>> = {
  "sign-in": async (page) => {
    await page.goto("/sign-in");
    await onSignIn(page);
  },
  "sign-in that failed": async (page) => {
    await page.goto("/sign-in");
    await submitSignIn(page, { ...USER, password: "Wrong-one-1!" });
    await expect(alert(page)).toBeVisible();
  },
  "sign-up with mistakes": async (page) => {
    await page.goto("/sign-up");
    await password(page).fill("short");
    await button(page, "Create account").click();
    await expect(email(page)).toHaveAttribute("aria-invalid", "true");
  },
  "the code": (page) => signUp(page, { email: LONG, password: "Correct-horse-7" }),
  "the code, after a reload": async (page) => {
    await page.goto("/confirm");
    await expect(heading(page, "Confirm your account")).toBeVisible();
  },
  "forgotten password": async (page) => {
    await page.goto("/forgot-password");
    await expect(heading(page, "Forgot your password?")).toBeVisible();
  },
  "new password by code": async (page) => {
    await page.goto("/reset-password");
    await expect(newPassword(page)).toBeVisible();
  },
  "first password of one's own": async (page) => {
    await page.goto("/sign-in");
    await submitSignIn(page, NEWCOMER);
    await expect(newPassword(page)).toBeVisible();
  },
  dashboard: async (page) => {
    await signIn(page, USER);
    await button(page, "Refresh now").click();
    await expect(page.getByText("Your session has been renewed.")).toBeVisible();
    await onDashboard(page, USER.email);
  },
  "no such page": async (page) => {
    await page.goto("/no-such-page");
    await expect(heading(page, "Page not found")).toBeVisible();
  },
  "offline notice": async (page) => {
    await openWithKeys(page);
    await page.context().setOffline(true);
    await expect(page.getByText("You are offline.")).toBeVisible();
  },
  "a problem with the configuration": async (page) => {
    await page.route("**/amplify_outputs.json", (route) => route.fulfill({ contentType: "application/json", body: "{," }));
    await page.goto("/sign-in");
    await expect(heading(page, "The configuration is not JSON")).toBeVisible();
  },
};

for (const [name, arrive] of Object.entries(screens)) {
  test(`Accessible in light and dark, and never wider than the window: ${name}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
    await arrive(page);
    await expectAccessible(page);
  });
}
