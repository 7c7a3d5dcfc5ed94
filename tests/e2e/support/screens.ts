import type { Locator, Page } from "@playwright/test";
import { expect } from "./test";
import { Wire } from "./wire";

/** The screens as people see them: by their headings, labels and buttons. */
export const heading = (page: Page, name: string): Locator => page.getByRole("heading", { level: 1, name, exact: true });
export const email = (page: Page): Locator => page.getByLabel("Email", { exact: true });
export const password = (page: Page): Locator => page.getByLabel("Password", { exact: true });
export const newPassword = (page: Page): Locator => page.getByLabel("New password", { exact: true });
export const code = (page: Page): Locator => page.getByLabel("Code", { exact: true });
export const button = (page: Page, name: string): Locator => page.getByRole("button", { name, exact: true });
export const link = (page: Page, name: string): Locator => page.getByRole("link", { name, exact: true });
/** The list under a heading of the second level, thing by thing. */
export const items = (page: Page, name: string): Locator =>
  page.locator(".yc-section").filter({ has: page.getByRole("heading", { level: 2, name, exact: true }) }).getByRole("listitem");
/** The alert of a form; screen readers speak it at once. */
export const alert = (page: Page): Locator => page.getByRole("alert");

export type Account = { email: string; password: string };

/** Fills in the sign-in form on screen and submits it. */
export async function submitSignIn(page: Page, account: Account): Promise<void> {
  await email(page).fill(account.email);
  await password(page).fill(account.password);
  await button(page, "Sign in").click();
}

/** Opens the app and waits until it has fetched the pool's keys, so that nothing is under way any more. */
export async function openWithKeys(page: Page): Promise<void> {
  const keys = (await Wire.of(page.context())).waitFor(/jwks\.json$/);
  await page.goto("/sign-in");
  await keys;
  await onSignIn(page);
}

/** From anywhere to the dashboard. */
export async function signIn(page: Page, account: Account, address = "/sign-in"): Promise<void> {
  await page.goto(address);
  await submitSignIn(page, account);
  await onDashboard(page, account.email);
}

export async function onDashboard(page: Page, who: string): Promise<void> {
  await expect(page.getByText("You are signed in.")).toBeVisible();
  await expect(page.getByText(who)).toBeVisible();
}

export async function onSignIn(page: Page): Promise<void> {
  await expect(heading(page, "Sign in")).toBeVisible();
  await expect(page.getByText("You are signed in.")).toHaveCount(0);
}

/** Fills in the sign-up form and submits it; ends on the screen for the code. */
export async function signUp(page: Page, account: Account): Promise<void> {
  await page.goto("/sign-up");
  await email(page).fill(account.email);
  await password(page).fill(account.password);
  await button(page, "Create account").click();
  await expect(heading(page, "Confirm your account")).toBeVisible();
  await expect(code(page)).toBeFocused();
}

/** The text that describes a field: what is wrong with it. */
export async function describedAs(field: Locator, words: string | RegExp): Promise<void> {
  await expect(field).toHaveAttribute("aria-invalid", "true");
  await expect(field).toHaveAccessibleDescription(words);
}
