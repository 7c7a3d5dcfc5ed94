import { expectAccessible } from "./support/accessible";
import { alert, button, code, describedAs, heading, link, onDashboard, onSignIn, submitSignIn } from "./support/screens";
import { PHONE, other, submitPassword, withoutContact } from "./support/second-factors";
import { USER } from "./support/pool";
import { expect, test } from "./support/test";

const OFFER = "Verify how we can reach you";

test.describe("An address that nobody has verified", () => {
  test.beforeEach(({ pool }) => withoutContact(pool));

  test("is verified by a code after the sign-in", async ({ page, pool }) => {
    await page.goto("/dashboard?x=1");
    await submitSignIn(page, USER);
    await expect(heading(page, OFFER)).toBeVisible();
    await expect(page.getByText(`The code goes to ${USER.email}.`)).toBeVisible();
    expect(await pool.mails(USER.email), "nothing is sent unasked").toHaveLength(0);
    await button(page, "Send me a code").click();
    await expect(heading(page, "Verify your email address")).toBeVisible();
    await expect(code(page)).toBeFocused();
    const right = await pool.code(USER.email);
    await code(page).pressSequentially(other(right));
    await describedAs(code(page), "That code isn’t right. Check it, or get a new one.");
    await code(page).fill(right);
    await onDashboard(page, USER.email);
    await expect(page.getByText("Verified", { exact: true })).toBeVisible();
    await expect(page).toHaveURL("/dashboard?x=1");
  });

  test("is verified by a new code, after a pause", async ({ page, pool }) => {
    await page.clock.install();
    await submitPassword(page);
    await button(page, "Send me a code").click();
    await expect(page.getByRole("button", { name: /New code in \d+ s/ })).toHaveAttribute("aria-disabled", "true");
    await page.clock.fastForward(31_000);
    await button(page, "Send a new code").click();
    await expect(page.getByText("A new code is on its way.")).toBeVisible();
    expect(await pool.mails(USER.email)).toHaveLength(2);
    await code(page).fill(await pool.code(USER.email));
    await onDashboard(page, USER.email);
  });

  test("can be left for later: until the next sign-in", async ({ page }) => {
    await submitPassword(page);
    await expect(heading(page, OFFER)).toBeVisible();
    await link(page, "Skip for now").click();
    await onDashboard(page, USER.email);
    await expect(page.getByText("Not verified")).toBeVisible();
    await link(page, "Security").click();
    await link(page, "Back to the dashboard").click();
    await onDashboard(page, USER.email);
    await button(page, "Sign out").click();
    await onSignIn(page);
    await submitSignIn(page, USER);
    await expect(heading(page, OFFER)).toBeVisible();
  });

  test("to which no code can be sent now says so, and can be skipped", async ({ page, pool }) => {
    await submitPassword(page);
    await pool.fault({ operation: "GetUserAttributeVerificationCode", type: "LimitExceededException" });
    await button(page, "Send me a code").click();
    await expect(alert(page)).toHaveText("Too many attempts. Wait a while before you try again.");
    await link(page, "Skip for now").click();
    await onDashboard(page, USER.email);
  });

  test("can be passed over for a phone number", async ({ page, pool }) => {
    await pool.user({ email: USER.email, attributes: { phone_number: PHONE, phone_number_verified: "false" } });
    await submitPassword(page);
    await page.getByRole("button", { name: `By text message ${PHONE}` }).click();
    await expect(heading(page, "Verify your phone number")).toBeVisible();
    await code(page).fill(await pool.code(PHONE));
    await onDashboard(page, USER.email);
  });

  test("is asked about on screens for everybody", async ({ page, pool }) => {
    await pool.user({ email: USER.email, attributes: { phone_number: PHONE, phone_number_verified: "false" } });
    await submitPassword(page);
    await expect(heading(page, OFFER)).toBeVisible();
    await expectAccessible(page);
    await page.getByRole("button", { name: `By email ${USER.email}` }).click();
    await expect(heading(page, "Verify your email address")).toBeVisible();
    await expectAccessible(page);
  });
});

test("Whoever has a verified phone number is not asked about the address", async ({ page, pool }) => {
  await pool.user({ email: USER.email, attributes: { email_verified: "false", phone_number: PHONE, phone_number_verified: "true" } });
  await submitPassword(page);
  await onDashboard(page, USER.email);
});
