import { totp } from "./support/authenticator";
import { expectAccessible } from "./support/accessible";
import { alert, button, code, heading, link, onDashboard, password, signIn } from "./support/screens";
import { giveAuthenticator, submitPassword } from "./support/second-factors";
import { USER } from "./support/pool";
import { expect, test } from "./support/test";

const MINUTE = 60;
const CONFIRM = "Confirm it’s you";

test.describe("What needs a recent sign-in", () => {
  test("is there at once right after one", async ({ page, pool }) => {
    await pool.settings({ session_tracking: false });
    await signIn(page, USER);
    await link(page, "Security").click();
    await expect(heading(page, "Security")).toBeVisible();
    await expect(page).toHaveURL("/security");
    await expect(page.getByText("There is nothing to look after: this site has no passkeys, remembers no devices and keeps no list of sessions.")).toBeVisible();
  });

  test("asks for the password after five minutes, in place, and then not again", async ({ page, pool, time }) => {
    await signIn(page, USER);
    await time.pass(5 * MINUTE + 1);
    const before = (await pool.operations()).length;
    await link(page, "Security").click();
    await expect(heading(page, CONFIRM)).toBeFocused();
    await expect(page).toHaveURL("/security");
    await button(page, "Continue").click();
    await expect(heading(page, "Your password")).toBeVisible();
    await expect(page).toHaveURL("/security");
    await expect(link(page, "Forgot your password?")).toHaveCount(0);
    expect(await pool.operations(), "nothing was asked of the pool yet").toHaveLength(before);

    await password(page).fill("Wrong-one-1!");
    await button(page, "Continue").click();
    await expect(alert(page)).toHaveText("Those details don’t match an account. Check them and try again.");
    await password(page).fill(USER.password);
    await button(page, "Continue").click();
    await expect(heading(page, "Security")).toBeVisible();
    await expect(page).toHaveURL("/security");

    await link(page, "Back to the dashboard").click();
    await onDashboard(page, USER.email);
    await button(page, "Refresh now").click();
    await expect(page.getByText("Your session has been renewed.")).toBeVisible();
    await link(page, "Security").click();
    await expect(heading(page, "Security")).toBeVisible();
    await page.goBack();
    await onDashboard(page, USER.email);
  });

  test("can be left, and the session goes on", async ({ page, time }) => {
    await signIn(page, USER);
    await time.pass(6 * MINUTE);
    await link(page, "Security").click();
    await button(page, "Not now").click();
    await onDashboard(page, USER.email);
    await link(page, "Security").click();
    await button(page, "Continue").click();
    await link(page, "Start over").click();
    await expect(heading(page, CONFIRM)).toBeVisible();
    await page.goBack();
    await onDashboard(page, USER.email);
    await button(page, "Refresh now").click();
    await expect(page.getByText("Your session has been renewed.")).toBeVisible();
  });

  test("asks for the second factor too, where there is one", async ({ page, pool, time }) => {
    const secret = await giveAuthenticator(pool);
    await submitPassword(page);
    await code(page).fill(totp(secret));
    await onDashboard(page, USER.email);
    await time.pass(6 * MINUTE);
    await link(page, "Security").click();
    await button(page, "Continue").click();
    await password(page).fill(USER.password);
    await button(page, "Continue").click();
    await code(page).fill(totp(secret, 0, Date.now() + 6 * MINUTE * 1000));
    await expect(heading(page, "Security")).toBeVisible();
    await expect(page).toHaveURL("/security");
  });

  test("that was begun too long ago begins again, and says why", async ({ page, time }) => {
    await signIn(page, USER);
    await time.pass(6 * MINUTE);
    await link(page, "Security").click();
    await button(page, "Continue").click();
    await expect(heading(page, "Your password")).toBeVisible();
    await time.pass(16 * MINUTE);
    await password(page).fill(USER.password);
    await button(page, "Continue").click();
    await expect(heading(page, CONFIRM)).toBeVisible();
    await expect(page.getByText("This took too long, so the sign-in has expired. Start again.")).toBeVisible();
    await button(page, "Continue").click();
    await password(page).fill(USER.password);
    await button(page, "Continue").click();
    await expect(heading(page, "Security")).toBeVisible();
  });

  test("asks after a reload as well, and where it was begun begins again", async ({ page, time }) => {
    await signIn(page, USER);
    await time.pass(6 * MINUTE);
    await link(page, "Security").click();
    await expect(heading(page, CONFIRM)).toBeVisible();
    await page.reload();
    await expect(heading(page, CONFIRM)).toBeVisible();
    await button(page, "Continue").click();
    await expect(heading(page, "Your password")).toBeVisible();
    await page.reload();
    await expect(heading(page, CONFIRM)).toBeVisible();
    await button(page, "Continue").click();
    await password(page).fill(USER.password);
    await button(page, "Continue").click();
    await expect(heading(page, "Security")).toBeVisible();
    await page.reload();
    await expect(heading(page, "Security")).toBeVisible();
    await expect(page).toHaveURL("/security");
  });

  test("asks on screens for everybody", async ({ page, time }) => {
    await signIn(page, USER);
    await time.pass(6 * MINUTE);
    await link(page, "Security").click();
    await expect(heading(page, CONFIRM)).toBeVisible();
    await expectAccessible(page);
    await button(page, "Continue").click();
    await expect(heading(page, "Your password")).toBeVisible();
    await expectAccessible(page);
  });
});
