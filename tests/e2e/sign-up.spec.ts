import { button, code, describedAs, email, heading, link, onDashboard, onSignIn, password, signUp, submitSignIn } from "./support/screens";
import { POOL, USER } from "./support/pool";
import { expect, test } from "./support/test";

const ADA = { email: "ada@example.com", password: "Correct-horse-7" };
const DAY = 24 * 60 * 60;

test.describe("Sign-up", () => {
  test("leads from a new account over the mailbox to the dashboard and out again", async ({ page, context, pool }) => {
    await signUp(page, ADA);
    await expect(page.getByText("We sent a code to a***@e***.")).toBeVisible();

    const mailbox = await context.newPage();
    await mailbox.goto(`${POOL}/mailbox`);
    const mail = mailbox.getByText("Your confirmation code is");
    await expect(mailbox.getByText(ADA.email)).toBeVisible();
    const read = (await mail.innerText()).match(/\d{6}/)?.[0] ?? "";
    await mailbox.close();

    await code(page).pressSequentially(read);
    await onDashboard(page, ADA.email);
    await expect(page).toHaveURL("/dashboard");
    await expect(page.getByText("Verified", { exact: true })).toBeVisible();

    await button(page, "Sign out").click();
    await onSignIn(page);
    expect(await pool.operations()).toContain("RevokeToken");
  });

  test("says which rule a password breaks, and sends nothing before it is right", async ({ page, pool }) => {
    await page.goto("/sign-up");
    await email(page).fill(ADA.email);
    await password(page).fill("short");
    await button(page, "Create account").click();
    await describedAs(password(page), /Some of this is still missing:/);
    await expect(password(page)).toBeFocused();
    await expect(page.getByRole("listitem").filter({ hasText: "A small letter" })).toContainText("done");
    await expect(page.getByRole("listitem").filter({ hasText: "8 characters or more" })).not.toContainText("done");
    expect(await pool.operations()).not.toContain("SignUp");

    await password(page).fill(ADA.password);
    await expect(page.getByText("The password has all it needs.")).toBeAttached();
    await button(page, "Create account").click();
    await expect(heading(page, "Confirm your account")).toBeVisible();
  });

  test("tells beside the field that there is an account already", async ({ page }) => {
    await page.goto("/sign-up");
    await email(page).fill(USER.email);
    await password(page).fill(ADA.password);
    await button(page, "Create account").click();
    await describedAs(email(page), "There is an account with these details already. Sign in instead.");
    await expect(email(page)).toBeFocused();
    await link(page, "Sign in").click();
    await expect(email(page)).toHaveValue(USER.email);
  });

  test("leads someone who never confirmed from sign-in to the code", async ({ page, pool }) => {
    await pool.user({ email: ADA.email, password: ADA.password, status: "UNCONFIRMED" });
    await page.goto("/sign-in");
    await submitSignIn(page, ADA);
    await expect(heading(page, "Confirm your account")).toBeVisible();
    await code(page).fill(await pool.code(ADA.email));
    await onDashboard(page, ADA.email);
  });
});

test.describe("The code", () => {
  test("when wrong is marked, and the right one then works by itself", async ({ page, pool }) => {
    await signUp(page, ADA);
    const right = await pool.code(ADA.email);
    const wrong = right === "111111" ? "222222" : "111111";
    await code(page).pressSequentially(wrong);
    await describedAs(code(page), "That code isn’t right. Check it, or get a new one.");
    await expect(code(page)).toBeFocused();
    await expect(code(page)).toHaveValue(wrong);
    await code(page).fill(right);
    await onDashboard(page, ADA.email);
  });

  test("can be pasted with spaces and words around it", async ({ page, pool }) => {
    await signUp(page, ADA);
    const right = await pool.code(ADA.email);
    const copied = `Your confirmation code is ${right.slice(0, 3)} ${right.slice(3)}.`;
    await code(page).focus();
    // What a paste does, without a clipboard that other tests share.
    await page.keyboard.insertText(copied);
    await onDashboard(page, ADA.email);
  });

  test("when too short is not sent", async ({ page, pool }) => {
    await signUp(page, ADA);
    await button(page, "Confirm").click();
    await describedAs(code(page), "Enter the code.");
    await code(page).pressSequentially("12 3x");
    await expect(code(page)).toHaveValue("123");
    await button(page, "Confirm").click();
    await describedAs(code(page), "The code has six digits.");
    await expect(code(page)).toBeFocused();
    expect(await pool.operations()).not.toContain("ConfirmSignUp");
  });

  test("of yesterday has expired, and a new one works", async ({ page, pool, time }) => {
    await signUp(page, ADA);
    const old = await pool.code(ADA.email);
    await time.pass(DAY + 60);
    await code(page).pressSequentially(old);
    await describedAs(code(page), "That code is no longer valid. Get a new one.");

    await button(page, "Send a new code").click();
    await expect(page.getByText("A new code is on its way.")).toBeVisible();
    await code(page).fill(await pool.code(ADA.email));
    // The password of yesterday has not been kept.
    await onSignIn(page);
    await expect(page.getByText("That worked. Sign in to go on.")).toBeVisible();
    await expect(email(page)).toHaveValue(ADA.email);
    await password(page).fill(ADA.password);
    await button(page, "Sign in").click();
    await onDashboard(page, ADA.email);
  });

  test("can be sent again after a pause that is counted down", async ({ page, pool }) => {
    await page.clock.install();
    await signUp(page, ADA);
    await page.clock.pauseAt(Date.now() + 5_000);
    const resend = page.getByRole("button", { name: /New code in \d+ s/ });
    await expect(resend).toHaveAttribute("aria-disabled", "true");
    const left = async () => Number((await resend.innerText()).match(/\d+/)?.[0]);
    const before = await left();
    await page.clock.runFor(3_000);
    await expect.poll(left).toBe(before - 3);
    // Playwright itself does not click what says that it is disabled.
    await resend.click({ force: true });
    expect(await pool.operations()).not.toContain("ResendConfirmationCode");

    // Asleep for a while: the clock counts, not the timers.
    await page.clock.fastForward(60_000);
    await page.clock.resume();
    await button(page, "Send a new code").click();
    await expect(page.getByText("A new code is on its way.")).toBeVisible();
    await expect(resend).toBeVisible();
    expect((await pool.operations()).filter((operation) => operation === "ResendConfirmationCode")).toHaveLength(1);
    expect(await pool.mails(ADA.email)).toHaveLength(2);
  });

  test("can be entered after a reload, which asks for the e-mail address again", async ({ page, pool }) => {
    await signUp(page, ADA);
    const right = await pool.code(ADA.email);
    await page.reload();
    await expect(heading(page, "Confirm your account")).toBeVisible();
    await expect(email(page)).toBeFocused();
    await code(page).fill(right);
    await describedAs(email(page), "Enter your email.");
    await email(page).fill(ADA.email);
    await button(page, "Confirm").click();
    await onSignIn(page);
    await expect(page.getByText("That worked. Sign in to go on.")).toBeVisible();
    await expect(email(page)).toHaveValue(ADA.email);
  });
});
