import { choose, PEOPLE, refuse, signInThrough } from "./support/hosted";
import { POOL } from "./support/pool";
import { alert, button, heading, link, onDashboard } from "./support/screens";
import { type Page, expect, test } from "./support/test";

const MINUTE = 60;

/** Signed in through Google for longer than the security page likes, and at Google again. */
async function askedAgain(page: Page, pass: (seconds: number) => Promise<void>): Promise<URL> {
  await signInThrough(page, "Google", "robin");
  await pass(6 * MINUTE);
  await link(page, "Security").click();
  await expect(heading(page, "Confirm it’s you")).toBeFocused();
  return leaveBy(page, "Continue");
}

/** The authorization request that a button leads to. */
async function leaveBy(page: Page, name: string): Promise<URL> {
  const asked = page.waitForRequest((request) => request.url().startsWith(`${POOL}/oauth2/authorize?`));
  await button(page, name).click();
  return new URL((await asked).url());
}

test.describe("A session from an identity provider that has to be shown anew", () => {
  test("is shown where it came from, by a sign-in that is asked for", async ({ page, time }) => {
    const { searchParams } = await askedAgain(page, (seconds) => time.pass(seconds));
    expect(Object.fromEntries(searchParams)).toMatchObject({ identity_provider: "Google", prompt: "login", max_age: "300" });
    await choose(page, "Google", "robin");
    await expect(heading(page, "Security")).toBeVisible();
    await expect(page).toHaveURL("/security");
  });

  test("is not shown by somebody else, and goes on", async ({ page, time, wire }) => {
    await askedAgain(page, (seconds) => time.pass(seconds));
    const revoked = wire.waitFor("RevokeToken");
    await choose(page, "Google", "kim");
    await expect(heading(page, "That didn’t work")).toBeFocused();
    await expect(alert(page)).toContainText("That was another account.");
    await expect(page.getByText(`You are signed in as ${PEOPLE.robin}.`)).toBeVisible();
    expect((await revoked).status, "what was issued to the other is revoked").toBe(200);
    const { searchParams } = await leaveBy(page, "Try again with Google");
    expect(searchParams.get("prompt"), "or the other would be sent straight back").toBe("select_account");
    await choose(page, "Google", "robin");
    await expect(heading(page, "Security")).toBeVisible();
  });

  test("goes on when they say no, and another try asks for a sign-in as the first did", async ({ page, time }) => {
    await askedAgain(page, (seconds) => time.pass(seconds));
    await refuse(page, "Google");
    await expect(alert(page)).toContainText("didn’t allow this site");
    const { searchParams } = await leaveBy(page, "Try again with Google");
    expect(searchParams.get("prompt")).toBe("login");
    await refuse(page, "Google");
    await button(page, "Back").click();
    await expect(heading(page, "Confirm it’s you")).toBeVisible();
    await button(page, "Not now").click();
    await onDashboard(page, PEOPLE.robin);
  });
});
