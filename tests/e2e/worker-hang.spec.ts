import type { BrowserContext } from "@playwright/test";
import { alert, button, email, onDashboard, onSignIn, password, signIn, submitSignIn } from "./support/screens";
import { USER } from "./support/pool";
import { type Page, expect, test } from "./support/test";

const LOST = "Something went wrong in your browser, and you were signed out. Please sign in again.";
const GONE = "Something went wrong in your browser. Try again.";

async function open(context: BrowserContext, address: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(address);
  return page;
}

/** Lets a page's time fly until it shows `words`: until it has given the worker up. */
async function fly(page: Page, words: string): Promise<void> {
  const seen = page.getByText(words);
  await expect(async () => {
    if (!(await seen.isVisible())) await page.clock.fastForward(500);
    await expect(seen).toBeVisible({ timeout: 1 });
  }).toPass({ intervals: [20] });
}

/** Pages see each other as in front everywhere in these tests; a person does not. */
const setVisibility = (page: Page, state: DocumentVisibilityState) =>
  page.evaluate((state) => {
    Object.defineProperty(document, "visibilityState", { configurable: true, get: () => state });
    document.dispatchEvent(new Event("visibilitychange"));
  }, state);

test.describe("A worker that hangs", () => {
  test("is given up in some seconds by whoever looks at a page, and all meet at the next one", async ({ context, page, workers }) => {
    test.setTimeout(90_000);
    await context.addInitScript(() => {
      let opened = 0;
      globalThis.SharedWorker = class extends SharedWorker {
        constructor(...parameters: ConstructorParameters<typeof SharedWorker>) {
          super(...parameters);
          document.documentElement.dataset.workers = String((opened += 1));
        }
      };
    });
    await signIn(page, USER);
    const [second, hidden] = [await open(context, "/dashboard?x=1"), await open(context, "/")];
    await onDashboard(second, USER.email);
    await onDashboard(hidden, USER.email);
    await setVisibility(hidden, "hidden");
    const worker = await workers.only();
    await worker.loops();
    for (const tab of [page, second]) await expect(tab.getByText(LOST)).toBeVisible({ timeout: 25_000 });
    await onDashboard(hidden, USER.email);
    await expect.poll(() => workers.alive.length).toBe(2);
    expect(workers.alive.map(({ identity }) => identity.name.slice(-2))).toEqual(["/0", "/1"]);
    await submitSignIn(page, USER);
    await onDashboard(second, USER.email);
    await setVisibility(hidden, "visible");
    await expect(hidden.locator("html")).toHaveAttribute("data-workers", "2", { timeout: 25_000 });
    await onDashboard(hidden, USER.email);
    await hidden.getByRole("button", { name: "Sign out" }).first().click();
    for (const tab of [hidden, page, second]) await onSignIn(tab);
  });

  test("leaves a sign-in's form usable, with what was typed", async ({ page, workers, wire }) => {
    await page.clock.install();
    await page.goto("/sign-in");
    const held = await wire.hold("InitiateAuth");
    await submitSignIn(page, USER);
    await held.arrived;
    await (await workers.only()).loops();
    await fly(page, GONE);
    await expect(alert(page)).toHaveText(GONE);
    await expect(email(page)).toHaveValue(USER.email);
    await expect(password(page)).toHaveValue(USER.password);
    await wire.restore();
    await button(page, "Sign in").click();
    await onDashboard(page, USER.email);
  });

  test("is passed over by a tab that is opened meanwhile", async ({ context, page, workers }) => {
    await page.clock.install();
    await signIn(page, USER);
    const worker = await workers.only();
    await worker.loops();
    const second = await open(context, "/");
    await onSignIn(second);
    await submitSignIn(second, USER);
    await onDashboard(second, USER.email);
    expect(workers.alive).toHaveLength(2);
  });

  test("and comes to itself again is nobody's any more, nor its session", async ({ context, page, workers, wire }) => {
    await page.clock.install();
    await signIn(page, USER);
    const worker = await workers.only();
    await worker.loops();
    await fly(page, LOST);
    await expect.poll(() => workers.alive.length).toBe(2);
    await worker.interrupt();
    const second = await open(context, "/");
    await onSignIn(second);
    await expect(email(second)).toBeVisible();
    expect(wire.count("InitiateAuth")).toBe(1);
    // A new tab is where the others are.
    await submitSignIn(second, USER);
    await onDashboard(page, USER.email);
  });
});
