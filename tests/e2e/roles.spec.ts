import type { Page } from "@playwright/test";
import { expectAccessible } from "./support/accessible";
import { ADMIN, POOL_ID, type Pool, USER } from "./support/pool";
import { type Account, alert, button, heading, link, onDashboard, onSignIn, signIn, submitSignIn } from "./support/screens";
import { HOUR } from "./support/session";
import { expect, test } from "./support/test";

const ADMINISTRATION = "Administration";
const FORBIDDEN = "Not for this account";
const NOT_YET = "Nothing has changed yet: this account still has no access.";

/** The value beside a name in a list of descriptions. */
const fact = (page: Page, name: string) =>
  page.locator("dl > div").filter({ has: page.getByRole("term").filter({ hasText: name }) }).getByRole("definition");
/** The groups that are shown beside it, in their order. */
const badges = (page: Page, name: string) => fact(page, name).locator(".yc-badge");

async function join(pool: Pool, { email }: Account, group: string): Promise<void> {
  await pool.call("AdminAddUserToGroup", { UserPoolId: POOL_ID, Username: email, GroupName: group });
}

async function leave(pool: Pool, { email }: Account, group: string): Promise<void> {
  await pool.call("AdminRemoveUserFromGroup", { UserPoolId: POOL_ID, Username: email, GroupName: group });
}

/** Records every heading that stands on the page, however short. */
async function recordHeadings(page: Page): Promise<() => Promise<string[]>> {
  await page.addInitScript(() => {
    const seen: string[] = [];
    Object.assign(window, { seenHeadings: seen });
    new MutationObserver(() => {
      for (const { textContent } of document.querySelectorAll("h1")) seen.push(textContent ?? "");
    }).observe(document, { childList: true, subtree: true, characterData: true });
  });
  return () => page.evaluate(() => [...new Set((window as unknown as { seenHeadings: string[] }).seenHeadings)]);
}

test.describe("A page for administrators", () => {
  test("is linked for them and says as whom they act", async ({ page }) => {
    await signIn(page, ADMIN);
    await link(page, ADMINISTRATION).click();
    await expect(heading(page, ADMINISTRATION)).toBeFocused();
    await expect(page).toHaveURL("/admin");
    await expect(fact(page, "Account")).toHaveText(ADMIN.email);
    await expect(fact(page, "Acting as")).toHaveText("admins");
    await expect(page.getByText("has to check the group in the access token for itself")).toBeVisible();
    await link(page, "Back to the dashboard").click();
    await onDashboard(page, ADMIN.email);
    await link(page, ADMINISTRATION).click();
    await expect(heading(page, ADMINISTRATION)).toBeVisible();
    await expectAccessible(page);
  });

  test("is not linked for others, who are told so at its address and can go back", async ({ page }) => {
    await signIn(page, USER);
    await expect(link(page, "Security")).toBeVisible();
    await expect(link(page, ADMINISTRATION)).toHaveCount(0);
    await page.goto("/admin");
    await expect(heading(page, FORBIDDEN)).toBeVisible();
    await expect(page.getByText(`You are signed in as ${USER.email}, and this page is for other people.`)).toBeVisible();
    await expect(page.getByText("Only people in the group")).toHaveCount(0);
    await expectAccessible(page);
    await link(page, "Back to the dashboard").click();
    await onDashboard(page, USER.email);
  });

  test("is found again after the sign-in that its address led to", async ({ page }) => {
    await page.goto("/admin");
    await onSignIn(page);
    await submitSignIn(page, ADMIN);
    await expect(heading(page, ADMINISTRATION)).toBeVisible();
    await expect(page).toHaveURL("/admin");
  });

  test("can be left for another account", async ({ page }) => {
    await page.goto("/admin");
    await submitSignIn(page, USER);
    await expect(heading(page, FORBIDDEN)).toBeVisible();
    await button(page, "Use another account").click();
    await onSignIn(page);
    await submitSignIn(page, ADMIN);
    await onDashboard(page, ADMIN.email);
    await expect(link(page, ADMINISTRATION)).toBeVisible();
  });

  test("never flashes the refusal at those whom it is for", async ({ page }) => {
    await signIn(page, ADMIN);
    const headings = await recordHeadings(page);
    await page.goto("/admin");
    await expect(heading(page, ADMINISTRATION)).toBeVisible();
    await page.reload();
    await expect(heading(page, ADMINISTRATION)).toBeVisible();
    expect(await headings()).toEqual([ADMINISTRATION]);
  });

  test("flashes nothing of itself at others", async ({ page }) => {
    const headings = await recordHeadings(page);
    await page.goto("/admin");
    await submitSignIn(page, USER);
    await expect(heading(page, FORBIDDEN)).toBeVisible();
    expect(await headings()).toEqual(["Sign in", FORBIDDEN]);
  });
});

test.describe("A role", () => {
  test("that was just given is seen by checking again, without another sign-in", async ({ page, pool }) => {
    await signIn(page, USER);
    await page.goto("/admin");
    await button(page, "Check again").click();
    await expect(page.getByText(NOT_YET)).toBeVisible();
    await join(pool, USER, "admins");
    await button(page, "Check again").click();
    await expect(heading(page, ADMINISTRATION)).toBeFocused();
    await expect(page).toHaveURL("/admin");
    expect((await pool.operations()).filter((operation) => operation === "InitiateAuth")).toHaveLength(1);
  });

  test("is seen at the next renewal, in the place where one is, and so is its loss", async ({ page, pool, time }) => {
    await signIn(page, USER);
    await page.goto("/admin");
    await expect(heading(page, FORBIDDEN)).toBeVisible();
    await join(pool, USER, "admins");
    await time.pass(HOUR);
    await expect(heading(page, ADMINISTRATION)).toBeVisible();
    await leave(pool, USER, "admins");
    await time.pass(HOUR);
    await expect(heading(page, FORBIDDEN)).toBeVisible();
    await expect(page.getByText("Only people in the group")).toHaveCount(0);
  });

  test("that was taken away goes from the dashboard with a renewal on request", async ({ page, pool }) => {
    await signIn(page, ADMIN);
    await expect(link(page, ADMINISTRATION)).toBeVisible();
    await leave(pool, ADMIN, "admins");
    await button(page, "Refresh now").click();
    await expect(link(page, ADMINISTRATION)).toHaveCount(0);
    await expect(fact(page, "Groups")).toHaveText("None");
    await onDashboard(page, ADMIN.email);
  });

  test("comes and goes in all tabs at once", async ({ context, page, pool }) => {
    await signIn(page, USER);
    const other = await context.newPage();
    await other.goto("/admin");
    await expect(heading(other, FORBIDDEN)).toBeVisible();
    await join(pool, USER, "admins");
    await button(page, "Refresh now").click();
    await expect(heading(other, ADMINISTRATION)).toBeVisible();
    await expect(link(page, ADMINISTRATION)).toBeVisible();
  });

  test("stands in the order of its precedence, not in that of the token", async ({ page, pool }) => {
    const groups = [{ auditors: { precedence: 20 } }, { admins: { precedence: 10 } }, { zookeepers: { precedence: 0 } }];
    await page.route("**/amplify_outputs.json", async (route) => {
      const outputs = await (await route.fetch()).json();
      outputs.auth.groups = groups;
      await route.fulfill({ json: outputs });
    });
    for (const GroupName of ["auditors", "zookeepers", "unheard-of"]) {
      await pool.call("CreateGroup", { UserPoolId: POOL_ID, GroupName });
      await join(pool, ADMIN, GroupName);
    }
    await signIn(page, ADMIN);
    const order = ["zookeepers", "admins", "auditors", "unheard-of"];
    await expect(badges(page, "Groups")).toHaveText(order);
    await link(page, ADMINISTRATION).click();
    await expect(fact(page, "Acting as")).toHaveText("zookeepers");
    await expect(badges(page, "All roles")).toHaveText(order);
  });

  test("cannot be looked up where the pool does not answer, and what was known stays", async ({ page, wire, expectTrouble }) => {
    await signIn(page, USER);
    await page.goto("/admin");
    await expect(heading(page, FORBIDDEN)).toBeVisible();
    expectTrouble(/ERR_|Failed to load/);
    await wire.refuse("GetTokensFromRefreshToken");
    await button(page, "Check again").click();
    await expect(alert(page)).toBeVisible();
    await expect(page.getByText(NOT_YET)).toHaveCount(0);
    await expect(heading(page, FORBIDDEN)).toBeVisible();
  });
});
