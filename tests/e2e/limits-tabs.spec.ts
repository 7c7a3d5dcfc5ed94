import { USER } from "./support/pool";
import { button, onDashboard, onSignIn, signIn } from "./support/screens";
import { type Page, type Pool, expect, test } from "./support/test";
import type { Workers } from "./support/workers";

const warning = (page: Page) => page.getByRole("dialog", { name: "Are you still there?" });

/** Two tabs of one session that ends after five idle minutes and warns one minute ahead. */
async function twoTabs(page: Page, workers: Workers): Promise<[Page, Page]> {
  await page.context().route("**/amplify_outputs.json", async (route) => {
    const outputs = await (await route.fetch()).json();
    outputs.custom.cognito.session = { idle_minutes: 5, idle_warning_seconds: 60 };
    await route.fulfill({ json: outputs });
  });
  await workers.useClock();
  await signIn(page, USER);
  const other = await page.context().newPage();
  await other.goto("/dashboard");
  await onDashboard(other, USER.email);
  return [page, other];
}

async function pass(workers: Workers, pool: Pool, seconds: number): Promise<void> {
  await pool.advance(seconds);
  await (await workers.only()).clock("forward", seconds * 1000);
}

test.describe("The limits of a session that tabs share", () => {
  test("are warned of in every tab, and whoever stays in one stays in all", async ({ page, pool, workers }) => {
    const tabs = await twoTabs(page, workers);
    await pass(workers, pool, 4 * 60 + 5);
    for (const tab of tabs) await expect(warning(tab)).toBeVisible();
    await button(tabs[1], "Stay signed in").click();
    for (const tab of tabs) await expect(warning(tab)).toHaveCount(0);
    await pass(workers, pool, 3 * 60);
    for (const tab of tabs) await onDashboard(tab, USER.email);
  });

  test("count from the last touch of any tab", async ({ page, pool, workers }) => {
    const tabs = await twoTabs(page, workers);
    await pass(workers, pool, 3 * 60);
    await tabs[1].bringToFront();
    await tabs[1].mouse.click(5, 5);
    // The touch is on its way to the engine before anything that is asked after it.
    await button(tabs[1], "Refresh now").click();
    await expect(tabs[1].getByText("Your session has been renewed.")).toBeVisible();
    await pass(workers, pool, 2 * 60);
    for (const tab of tabs) await expect(warning(tab)).toHaveCount(0);
    await pass(workers, pool, 2 * 60);
    for (const tab of tabs) await expect(warning(tab)).toBeVisible();
  });

  test("sign all of them out", async ({ page, pool, wire, workers }) => {
    const tabs = await twoTabs(page, workers);
    const revoked = wire.waitFor("RevokeToken");
    await pass(workers, pool, 5 * 60 + 5);
    for (const tab of tabs) {
      await onSignIn(tab);
      await expect(tab.getByText("because nobody used this page for a while")).toBeVisible();
    }
    expect((await revoked).status).toBe(200);
  });
});
