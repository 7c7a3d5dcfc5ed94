import { scan, secretOf, totp, wrongTotp } from "./support/authenticator";
import { button, code, describedAs, email, heading, link, onDashboard, onSignIn, submitSignIn } from "./support/screens";
import { PHONE, giveAuthenticator, givePhone, other, requireMfa, submitPassword, withChoice, withoutContact } from "./support/second-factors";
import { USER } from "./support/pool";
import { expect, test } from "./support/test";

const WRONG_CODE = "That code isn’t right. Check it, or get a new one.";
const NEW_CODE = "That took a while, so we sent you a new code.";
/** A Session lives three minutes. */
const TOO_LONG = 4 * 60;

test.describe("A code by text message", () => {
  test.beforeEach(async ({ pool }) => {
    await requireMfa(pool, { sms: true });
    await givePhone(pool);
  });

  test("follows the password, and a wrong one can be mended", async ({ page, pool }) => {
    await submitPassword(page);
    await expect(heading(page, "Check your phone")).toBeVisible();
    await expect(page).toHaveURL("/sign-in/code");
    await expect(page.getByText(/^We texted a code to \+\*+\d+\. It may take a minute to arrive\.$/)).toBeVisible();
    await expect(code(page)).toBeFocused();
    const right = await pool.code(PHONE);
    await code(page).pressSequentially(other(right));
    await describedAs(code(page), WRONG_CODE);
    await expect(code(page)).toBeFocused();
    await expect(code(page)).toHaveValue(other(right));
    await code(page).fill(right);
    await onDashboard(page, USER.email);
    expect(await pool.mails(PHONE)).toHaveLength(1);
  });

  test("is sent again on demand, after a pause", async ({ page, pool }) => {
    await page.clock.install();
    await submitPassword(page);
    await expect(page.getByRole("button", { name: /New code in \d+ s/ })).toHaveAttribute("aria-disabled", "true");
    const first = await pool.code(PHONE);
    await code(page).pressSequentially("123");
    await page.clock.fastForward(31_000);
    await button(page, "Send a new code").click();
    await expect(page.getByText("A new code is on its way.")).toBeVisible();
    await expect(page.getByRole("button", { name: /New code in \d+ s/ })).toBeVisible();
    await expect(code(page)).toHaveValue("");
    await expect(code(page)).toBeFocused();
    expect(await pool.mails(PHONE)).toHaveLength(2);
    await code(page).fill(first);
    await describedAs(code(page), WRONG_CODE);
    await code(page).fill(await pool.code(PHONE));
    await onDashboard(page, USER.email);
  });

  test("that could not be sent again leaves the one before", async ({ page, pool }) => {
    await page.clock.install();
    await submitPassword(page);
    await expect(code(page)).toBeFocused();
    await page.clock.fastForward(31_000);
    await pool.fault({ operation: "InitiateAuth", type: "LimitExceededException", message: "Attempt limit exceeded" });
    await button(page, "Send a new code").click();
    await expect(page.getByText("Too many attempts. Wait a while before you try again.")).toBeVisible();
    await expect(page.getByText("A new code is on its way.")).toHaveCount(0);
    await code(page).fill(await pool.code(PHONE));
    await onDashboard(page, USER.email);
  });

  test("that took too long is replaced by a new one, which works", async ({ page, pool }) => {
    await submitPassword(page);
    await expect(code(page)).toBeFocused();
    const old = await pool.code(PHONE);
    await pool.advance(TOO_LONG);
    await code(page).fill(old);
    await expect(page.getByText(NEW_CODE)).toBeVisible();
    await expect(code(page)).toHaveValue("");
    await expect(code(page)).toBeFocused();
    await code(page).fill(await pool.code(PHONE));
    await onDashboard(page, USER.email);
  });

  test("is not asked for after a reload: the sign-in starts again, and says why", async ({ page }) => {
    await submitPassword(page);
    await expect(code(page)).toBeFocused();
    await page.reload();
    await onSignIn(page);
    await expect(page).toHaveURL("/sign-in");
    await expect(page.getByText("Your sign-in was interrupted. Please start again.")).toBeVisible();
  });

  test("is left by the Back button, with the name still typed, and Forward breaks nothing", async ({ page, pool }) => {
    await submitPassword(page);
    await expect(code(page)).toBeFocused();
    await page.goBack();
    await onSignIn(page);
    await expect(email(page)).toHaveValue(USER.email);
    await expect(page.getByText("Your sign-in was interrupted.")).toHaveCount(0);
    await page.goForward();
    await onSignIn(page);
    await expect(page.getByText("Your sign-in was interrupted. Please start again.")).toBeVisible();
    await submitSignIn(page, USER);
    await expect(code(page)).toBeFocused();
    await code(page).fill(await pool.code(PHONE));
    await onDashboard(page, USER.email);
  });

  test("can be given up with Start over", async ({ page }) => {
    await submitPassword(page);
    await link(page, "Start over").click();
    await onSignIn(page);
    await expect(email(page)).toHaveValue(USER.email);
  });
});

test.describe("A code by e-mail", () => {
  test("follows the password", async ({ page, pool }) => {
    await requireMfa(pool, { email: true });
    await submitPassword(page);
    await expect(heading(page, "Check your email")).toBeVisible();
    await expect(page.getByText("We sent a code to u***@e***. It may take a minute to arrive.")).toBeVisible();
    await code(page).fill(await pool.code(USER.email));
    await onDashboard(page, USER.email);
  });
});

test.describe("An authenticator app", () => {
  test("is asked by its name, and a wrong code can be mended", async ({ page, pool }) => {
    const secret = await giveAuthenticator(pool, "Work phone");
    await submitPassword(page);
    await expect(heading(page, "Enter your code")).toBeVisible();
    await expect(page.getByText("Open your authenticator app “Work phone” and enter the six digits it shows.")).toBeVisible();
    await expect(code(page)).toBeFocused();
    const wrong = wrongTotp(secret);
    await code(page).pressSequentially(wrong);
    await describedAs(code(page), WRONG_CODE);
    await expect(code(page)).toHaveValue(wrong);
    await code(page).fill(totp(secret));
    await onDashboard(page, USER.email);
  });

  test("takes its time without anybody noticing", async ({ page, pool }) => {
    const secret = await giveAuthenticator(pool);
    await submitPassword(page);
    await expect(page.getByText("Open your authenticator app and enter the six digits it shows.")).toBeVisible();
    await pool.advance(TOO_LONG);
    await code(page).fill(totp(secret, 0, Date.now() + TOO_LONG * 1000));
    await onDashboard(page, USER.email);
    expect((await pool.operations()).filter((operation) => operation === "InitiateAuth")).toHaveLength(3);
  });

  test("is set up by QR code at the first sign-in, and asked at the next", async ({ page, pool }) => {
    await requireMfa(pool, { software_token: true });
    await submitPassword(page);
    await expect(heading(page, "Set up your authenticator app")).toBeFocused();
    const uri = await scan(page);
    expect(decodeURIComponent(uri.href)).toContain(`otpauth://totp/Your account:${USER.email}?`);
    expect(uri.searchParams.get("issuer")).toBe("Your account");
    const secret = secretOf(uri);

    await code(page).fill(wrongTotp(secret));
    await describedAs(code(page), WRONG_CODE);
    await expect(code(page)).toBeFocused();
    expect(secretOf(await scan(page)), "the QR code is the same").toBe(secret);
    await code(page).fill(totp(secret));
    await onDashboard(page, USER.email);

    await button(page, "Sign out").click();
    await submitSignIn(page, USER);
    await expect(heading(page, "Enter your code")).toBeVisible();
    // The code of this half minute has been used.
    await code(page).fill(totp(secret, 1));
    await onDashboard(page, USER.email);
  });

  test("is set up by its key where nothing can be scanned", async ({ page, pool, context }) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await requireMfa(pool, { software_token: true });
    await submitPassword(page);
    const secret = secretOf(await scan(page));
    await button(page, "Can’t scan it?").click();
    await expect(page.getByText(secret.match(/.{1,4}/g)?.join(" ") ?? "", { exact: true })).toBeVisible();
    await button(page, "Copy Setup key").click();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(secret);
    await code(page).fill(totp(secret));
    await onDashboard(page, USER.email);
  });

  test("is set up with a new QR code if the first took too long", async ({ page, pool }) => {
    await requireMfa(pool, { software_token: true });
    await submitPassword(page);
    const old = secretOf(await scan(page));
    await pool.advance(TOO_LONG);
    const now = Date.now() + TOO_LONG * 1000;
    await code(page).fill(totp(old, 0, now));
    await expect(page.getByText("That took a while, so this is a new QR code. Please scan it again.")).toBeVisible();
    await expect(code(page)).toHaveValue("");
    const secret = secretOf(await scan(page));
    expect(secret).not.toBe(old);
    await code(page).fill(totp(secret, 0, now));
    await onDashboard(page, USER.email);
  });
});

test.describe("An e-mail address for codes", () => {
  test("is asked for at the first sign-in, and a mistake in it can be mended", async ({ page, pool }) => {
    await requireMfa(pool, { email: true });
    await withoutContact(pool);
    await submitPassword(page);
    await expect(heading(page, "Add your email")).toBeVisible();
    await expect(email(page)).toBeFocused();
    await expect(email(page)).toHaveValue(USER.email);
    await email(page).fill("codes@example");
    await email(page).fill("codes at example.com");
    await button(page, "Send code").click();
    await describedAs(email(page), "Enter an email like name@example.com.");

    await email(page).fill("cods@example.com");
    await button(page, "Send code").click();
    await expect(page.getByText("We sent a code to c***@e***.")).toBeVisible();
    // The wrong mailbox: back, and another one.
    await page.goBack();
    await expect(heading(page, "Add your email")).toBeVisible();
    await email(page).fill("codes@example.com");
    await button(page, "Send code").click();
    await expect(heading(page, "Check your email")).toBeVisible();
    await code(page).fill(await pool.code("codes@example.com"));
    await onDashboard(page, "codes@example.com");
  });
});

test.describe("A choice", () => {
  test("between two second factors can be made again from the code's screen", async ({ page, pool }) => {
    await withChoice(pool);
    await submitPassword(page);
    await expect(heading(page, "Confirm it’s you")).toBeFocused();
    expect(await pool.mails()).toHaveLength(0);
    await page.getByRole("button", { name: "Text message" }).click();
    await expect(heading(page, "Check your phone")).toBeVisible();
    await link(page, "Try another way").click();
    await expect(heading(page, "Confirm it’s you")).toBeVisible();
    await page.getByRole("button", { name: "Email" }).click();
    await expect(heading(page, "Check your email")).toBeVisible();
    await code(page).fill(await pool.code(USER.email));
    await onDashboard(page, USER.email);
  });

  test("says when it failed, and can be made again", async ({ page, pool }) => {
    await withChoice(pool);
    await submitPassword(page);
    await expect(heading(page, "Confirm it’s you")).toBeVisible();
    await pool.fault({ operation: "RespondToAuthChallenge", type: "LimitExceededException", message: "Attempt limit exceeded" });
    await page.getByRole("button", { name: "Text message" }).click();
    const alert = page.getByRole("alert");
    await expect(alert).toHaveText("Too many attempts. Wait a while before you try again.");
    await expect(alert).toBeFocused();
    await page.getByRole("button", { name: "Text message" }).click();
    await expect(code(page)).toBeFocused();
    await code(page).fill(await pool.code(PHONE));
    await onDashboard(page, USER.email);
  });

  test("between two set-ups can be made again with the Back button", async ({ page, pool }) => {
    await requireMfa(pool, { software_token: true, email: true });
    await withoutContact(pool);
    await submitPassword(page);
    await expect(heading(page, "Add a second step")).toBeFocused();
    await page.getByRole("button", { name: "Authenticator app" }).click();
    await expect(heading(page, "Set up your authenticator app")).toBeVisible();
    await page.goBack();
    await expect(heading(page, "Add a second step")).toBeVisible();
    await page.getByRole("button", { name: "Email" }).click();
    await expect(heading(page, "Add your email")).toBeVisible();
    // And the other way round.
    await link(page, "Try another way").click();
    await page.getByRole("button", { name: "Authenticator app" }).click();
    await code(page).fill(totp(secretOf(await scan(page))));
    // Nobody has verified the address.
    await link(page, "Skip for now").click();
    await onDashboard(page, USER.email);
  });
});
