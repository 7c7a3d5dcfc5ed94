import { expectAccessible } from "./support/accessible";
import { alert, button, heading, items, link, onDashboard, onSignIn, signIn } from "./support/screens";
import { USER } from "./support/pool";
import { type Page, expect, test } from "./support/test";

const TITLE = "Where you’re signed in";
const ENDED = "Your session has ended. Please sign in again.";

const section = (page: Page) => page.getByRole("heading", { level: 2, name: TITLE });
const sessions = (page: Page) => items(page, TITLE);
/** The only button of its kind in the list. */
const signOutThere = (page: Page) => sessions(page).getByRole("button", { name: /^Sign out / });

test.describe("Sessions", () => {
  /** The same person in another browser, signed in there. */
  const elsewhere = test.extend<{ another: () => Promise<Page> }>({
    another: async ({ anotherBrowser }, use) => {
      await use(async () => {
        const page = await anotherBrowser();
        await signIn(page, USER);
        return page;
      });
    },
  });

  elsewhere("are listed, and one is ended from another browser", async ({ page, another }) => {
    const there = await another();
    await signIn(page, USER);
    await link(page, "Security").click();
    await expect(sessions(page)).toHaveCount(2);
    await expect(sessions(page).first()).toContainText("This session");
    await expect(sessions(page).first().getByRole("button")).toHaveCount(0);
    await expect(sessions(page).last()).toContainText("Browser or app at 127.0.0.1");
    await expect(sessions(page).last()).toContainText("Last active: ");
    await expect(button(page, "Sign out everywhere else")).toHaveCount(0);

    await signOutThere(page).click();
    await expect(page.getByRole("group", { name: /^Sign out there\?/ })).toBeFocused();
    await button(page, "Leave it signed in").click();
    await expect(signOutThere(page)).toBeFocused();
    await signOutThere(page).click();
    await button(page, "Sign out there").click();
    await expect(page.getByText("That session is over. It can take a while to show there.")).toBeVisible();
    await expect(sessions(page)).toHaveCount(1);
    await expect(section(page)).toBeFocused();
    await expect(page.getByText("You are signed in nowhere else.")).toBeVisible();

    // Nobody has told the other browser.
    await onDashboard(there, USER.email);
    await button(there, "Refresh now").click();
    await onSignIn(there);
    await expect(there.getByText(ENDED)).toBeVisible();
    await link(page, "Back to the dashboard").click();
    await button(page, "Refresh now").click();
    await expect(page.getByText("Your session has been renewed.")).toBeVisible();
  });

  elsewhere("that were ended elsewhere are over at the next question to the service", async ({ page, another }) => {
    const there = await another();
    await link(there, "Security").click();
    await expect(sessions(there)).toHaveCount(1);
    await signIn(page, USER);
    await link(page, "Security").click();
    await signOutThere(page).click();
    await button(page, "Sign out there").click();
    await expect(sessions(page)).toHaveCount(1);
    await link(there, "Back to the dashboard").click();
    await onDashboard(there, USER.email);
    await link(there, "Security").click();
    await onSignIn(there);
    await expect(there.getByText(ENDED)).toBeVisible();
  });

  elsewhere("are all ended but this one", async ({ page, another }) => {
    const [first, second] = [await another(), await another()];
    await signIn(page, USER);
    await link(page, "Security").click();
    await expect(sessions(page)).toHaveCount(3);
    await button(page, "Sign out everywhere else").click();
    await expect(page.getByRole("group", { name: /^Sign out everywhere but here\?/ })).toBeFocused();
    await expectAccessible(page);
    await button(page, "Leave them signed in").click();
    await expect(button(page, "Sign out everywhere else")).toBeFocused();
    await button(page, "Sign out everywhere else").click();
    await button(page, "Sign out the others").click();
    await expect(page.getByText("All other sessions are over. It can take a while to show there.")).toBeVisible();
    await expect(sessions(page)).toHaveCount(1);
    for (const there of [first, second]) {
      await button(there, "Refresh now").click();
      await onSignIn(there);
    }
  });

  elsewhere("that one cannot end say so, and can be tried again", async ({ page, pool, another }) => {
    await another();
    await signIn(page, USER);
    await link(page, "Security").click();
    await pool.fault({ operation: "RevokeUserSession", type: "TooManyRequestsException", times: 3 });
    await signOutThere(page).click();
    await button(page, "Sign out there").click();
    await expect(alert(page)).toHaveText("The sign-in service is busy. Try again in a moment.");
    await button(page, "Sign out there").click();
    await expect(sessions(page)).toHaveCount(1);
    expect((await pool.operations()).filter((operation) => operation === "GlobalSignOut")).toHaveLength(0);
  });

  elsewhere("stand on a screen for everybody", async ({ page, another }) => {
    await another();
    await signIn(page, USER);
    await link(page, "Security").click();
    await expect(sessions(page)).toHaveCount(2);
    await expectAccessible(page);
    await signOutThere(page).click();
    await expectAccessible(page);
  });

  test("are not spoken of in a pool that does not track them", async ({ page, pool, wire }) => {
    await pool.settings({ session_tracking: false });
    await signIn(page, USER);
    const asked = wire.waitFor("ListUserSessions");
    await link(page, "Security").click();
    await expect(heading(page, "Security")).toBeVisible();
    expect((await asked).status).toBe(400);
    await expect(page.getByText(/^There is nothing to look after/)).toBeVisible();
    await expect(section(page)).toHaveCount(0);
    await expect(alert(page)).toHaveCount(0);
  });
});
