import type { Page } from "@playwright/test";
import { alert, button, code, describedAs, email, heading, link, onDashboard, onSignIn, password } from "./support/screens";
import { offer } from "./support/passwordless";
import { USER } from "./support/pool";
import { expect, test } from "./support/test";

const PHONE = "+15550100123";
const CODES = { email_otp_enabled: true, sms_otp_enabled: true };

async function codeByEmail(page: Page): Promise<void> {
  await page.goto("/sign-in");
  await email(page).fill(USER.email);
  await button(page, "Email me a code").click();
  await expect(heading(page, "Check your email")).toBeVisible();
}

test.describe("Signing in without a password", () => {
  test.beforeEach(async ({ page, pool }) => {
    await offer(page, pool, CODES);
    await pool.user({ email: USER.email, attributes: { phone_number: PHONE, phone_number_verified: "true" } });
  });

  test("by an eight-digit code from an email", async ({ page, pool }) => {
    await codeByEmail(page);
    const sent = await pool.code(USER.email);
    expect(sent).toMatch(/^\d{8}$/);
    await code(page).pressSequentially(sent);
    await onDashboard(page, USER.email);
  });

  test("by a code from a text message", async ({ page, pool }) => {
    await page.goto("/sign-in");
    await email(page).fill(USER.email);
    await button(page, "Text me a code").click();
    await expect(heading(page, "Check your phone")).toBeVisible();
    await code(page).fill(await pool.code(PHONE));
    await onDashboard(page, USER.email);
  });

  test("needs the name, and not the password", async ({ page }) => {
    await page.goto("/sign-in");
    await button(page, "Email me a code").click();
    await describedAs(email(page), "Enter your email.");
    await expect(email(page)).toBeFocused();
    await expect(password(page)).not.toHaveAttribute("aria-invalid");
  });

  test("leaves the password as the first way, with Enter", async ({ page, pool }) => {
    await page.goto("/sign-in");
    await email(page).fill(USER.email);
    await password(page).fill(USER.password);
    await email(page).press("Enter");
    await onDashboard(page, USER.email);
    expect(await pool.mails()).toEqual([]);
  });

  test("a wrong code can be mended", async ({ page, pool }) => {
    await codeByEmail(page);
    const sent = await pool.code(USER.email);
    const wrong = sent === "12345678" ? "87654321" : "12345678";
    await code(page).fill(wrong);
    await describedAs(code(page), "That code isn’t right. Check it, or get a new one.");
    await code(page).fill(sent);
    await onDashboard(page, USER.email);
    expect(await pool.mails(USER.email)).toHaveLength(1);
  });

  test("a code that comes too late is followed by a new one", async ({ page, pool }) => {
    await codeByEmail(page);
    const late = await pool.code(USER.email);
    await pool.advance(4 * 60);
    await code(page).fill(late);
    await expect(page.getByText("That took a while, so we sent you a new code.")).toBeVisible();
    await expect(code(page)).toHaveValue("");
    expect(await pool.mails(USER.email)).toHaveLength(2);
    await code(page).fill(await pool.code(USER.email));
    await onDashboard(page, USER.email);
  });

  test("a double click sends one code", async ({ page, pool }) => {
    await page.goto("/sign-in");
    await email(page).fill(USER.email);
    await button(page, "Email me a code").dblclick();
    await expect(heading(page, "Check your email")).toBeVisible();
    expect(await pool.mails(USER.email)).toHaveLength(1);
  });

  test("says the same words for somebody unknown as for a wrong password", async ({ page, pool }) => {
    await pool.client({ prevent_user_existence_errors: "LEGACY" });
    await page.goto("/sign-in");
    await email(page).fill("nobody@example.com");
    await button(page, "Email me a code").click();
    await expect(alert(page)).toHaveText("Those details don’t match an account. Check them and try again.");
    await expect(button(page, "Email me a code")).not.toHaveAttribute("aria-busy");
  });
});

test.describe("Choosing how to sign in", () => {
  test.beforeEach(async ({ page, pool }) => offer(page, pool, CODES));

  async function choice(page: Page): Promise<void> {
    await page.goto("/sign-in");
    await email(page).fill(USER.email);
    // There is no phone.
    await button(page, "Text me a code").click();
    await expect(heading(page, "Choose how to sign in")).toBeVisible();
  }

  test("follows where the way wanted is not set up, and no code is sent unasked", async ({ page, pool }) => {
    await choice(page);
    await expect(page.getByRole("listitem")).toHaveText([/^Password/, /^Email code/]);
    expect(await pool.mails()).toEqual([]);
    await page.getByRole("button", { name: /^Email code/ }).click();
    await code(page).fill(await codeFor(page, pool));
    await onDashboard(page, USER.email);
  });

  test("the password", async ({ page }) => {
    await choice(page);
    await page.getByRole("button", { name: /^Password/ }).click();
    await expect(heading(page, "Your password")).toBeVisible();
    await password(page).fill("Wrong-one-1!");
    await button(page, "Sign in").click();
    await expect(page.locator("[aria-invalid=true]").or(alert(page))).toBeVisible();
    await password(page).fill(USER.password);
    await button(page, "Sign in").click();
    await onDashboard(page, USER.email);
  });

  test("can be made again from the code's screen", async ({ page, pool }) => {
    await page.goto("/sign-in");
    await email(page).fill(USER.email);
    await button(page, "Email me a code").click();
    await expect(heading(page, "Check your email")).toBeVisible();
    await link(page, "Try another way").click();
    await expect(heading(page, "Choose how to sign in")).toBeVisible();
    expect(await pool.mails()).toHaveLength(1);
    await page.getByRole("button", { name: /^Password/ }).click();
    await password(page).fill(USER.password);
    await button(page, "Sign in").click();
    await onDashboard(page, USER.email);
  });

  test("is over after a reload", async ({ page }) => {
    await choice(page);
    await page.reload();
    await onSignIn(page);
    await expect(page.getByText("Your sign-in was interrupted. Please start again.")).toBeVisible();
  });
});

test.describe("Where codes are preferred", () => {
  test.beforeEach(async ({ page, pool }) => {
    await offer(page, pool, { ...CODES, preferred_challenge: "EMAIL_OTP" });
    await page.goto("/sign-in");
  });

  test("the name and Enter are enough for a code", async ({ page, pool }) => {
    await expect(password(page)).toHaveCount(0);
    await expect(page.getByText("We’ll email you a code.")).toBeVisible();
    await email(page).fill(USER.email);
    await email(page).press("Enter");
    await code(page).fill(await codeFor(page, pool));
    await onDashboard(page, USER.email);
  });

  test("there is still the password", async ({ page, pool }) => {
    await email(page).fill(USER.email);
    await button(page, "Use your password instead").click();
    await password(page).fill(USER.password);
    await password(page).press("Enter");
    await onDashboard(page, USER.email);
    expect(await pool.mails()).toEqual([]);
  });
});

test.describe("An account without a password", () => {
  const NEW = "ada@example.com";

  test.beforeEach(async ({ page, pool }) => offer(page, pool, { email_otp_enabled: true }));

  test("is created by a code, which signs in at once; the next time too it takes a code", async ({ page, pool }) => {
    await page.goto("/sign-up");
    await email(page).fill(NEW);
    await button(page, "Continue without a password").click();
    await expect(password(page)).toBeHidden();
    await expect(email(page)).toHaveValue(NEW);
    await button(page, "Create account").click();
    await expect(heading(page, "Confirm your account")).toBeVisible();
    await code(page).fill(await pool.code(NEW));
    await onDashboard(page, NEW);
    await button(page, "Sign out").click();
    await onSignIn(page);
    await email(page).fill(NEW);
    await button(page, "Email me a code").click();
    await expect(heading(page, "Check your email")).toBeVisible();
    await code(page).fill(await pool.code(NEW));
    await onDashboard(page, NEW);
  });

  test("can be given one after all", async ({ page, pool }) => {
    await page.goto("/sign-up");
    await email(page).fill(NEW);
    await button(page, "Continue without a password").click();
    await button(page, "Choose a password after all").click();
    await expect(password(page)).not.toHaveAttribute("aria-invalid");
    await button(page, "Create account").click();
    await expect(password(page)).toHaveAttribute("aria-invalid", "true");
    await password(page).fill("Correct-horse-7!");
    await button(page, "Create account").click();
    await expect(heading(page, "Confirm your account")).toBeVisible();
    await code(page).fill(await pool.code(NEW));
    await onDashboard(page, NEW);
  });

  test("is not offered where nobody could sign in to it", async ({ page, pool }) => {
    await offer(page, pool, { web_authn: {} });
    await page.goto("/sign-up");
    await expect(button(page, "Create account")).toBeVisible();
    await expect(button(page, "Continue without a password")).toHaveCount(0);
  });
});

async function codeFor(page: Page, pool: { code(to: string): Promise<string> }): Promise<string> {
  await expect(heading(page, "Check your email")).toBeVisible();
  return pool.code(USER.email);
}
