import type { BrowserContext } from "@playwright/test";
import { alert, button, code, email, heading, onDashboard, onSignIn, password, signIn, signUp, submitSignIn } from "./support/screens";
import { givePhone, requireMfa, submitPassword } from "./support/second-factors";
import { USER } from "./support/pool";
import type { SharedWorker } from "./support/shared-worker";
import { type Page, expect, test } from "./support/test";
import type { Wire } from "./support/wire";

const LOST = "Something went wrong in your browser, and you were signed out. Please sign in again.";
const GONE = "Something went wrong in your browser. Try again.";
const NEWCOMER = { email: "ada@example.com", password: "Sunflower-42!" };

/** Every way in which a worker ends by itself or is ended, and what its console says then. */
const ends: Record<string, { end: (worker: SharedWorker) => Promise<void>; trouble?: RegExp }> = {
  "throws an exception": { end: (worker) => worker.throws("it went wrong"), trouble: /exception: .*it went wrong/ },
  traps: { end: (worker) => worker.traps(), trouble: /exception: .*unreachable/ },
  "leaves a rejection unhandled": {
    end: (worker) => worker.evaluate(`void setTimeout(() => Promise.reject(new Error("nobody cares")))`),
    trouble: /exception: .*nobody cares/,
  },
  "closes itself": { end: (worker) => worker.evaluate("void setTimeout(() => self.close())") },
  "is closed": { end: (worker) => worker.close() },
};

async function onLoss(page: Page): Promise<void> {
  await onSignIn(page);
  await expect(page.getByText(LOST)).toBeVisible();
}

async function open(context: BrowserContext, address: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(address);
  return page;
}

/** The engine's first request of all: whoever is in its worker's page has found it. */
const begins = (wire: Wire) => wire.waitFor(/jwks\.json$/);

test.describe("When the engine's worker", () => {
  for (const [how, { end, trouble }] of Object.entries(ends)) {
    test(`${how}, all tabs say so, and are signed in again together`, async ({ context, page, workers, expectTrouble }) => {
      if (trouble) expectTrouble(trouble);
      await signIn(page, USER, "/dashboard?x=1");
      const second = await open(context, "/security");
      await expect(heading(second, "Security")).toBeVisible();
      const third = await open(context, "/dashboard");
      await onDashboard(third, USER.email);
      const worker = await workers.only();
      await end(worker);
      for (const tab of [page, second, third]) await onLoss(tab);
      await expect(page).toHaveURL("/sign-in?return_to=%2Fdashboard%3Fx%3D1");
      await expect(second).toHaveURL("/sign-in?return_to=%2Fsecurity");
      expect(await workers.only()).toBe(worker);
      expect(worker.lives).toBe(2);
      await submitSignIn(second, USER);
      await onDashboard(page, USER.email);
      await expect(page).toHaveURL("/dashboard?x=1");
      await onDashboard(third, USER.email);
      await expect(heading(second, "Security")).toBeVisible();
      for (const tab of [page, second, third]) await expect(tab.getByText(LOST)).toHaveCount(0);
      expect(workers.alive).toEqual([worker]);
    });

    test(`${how} during a sign-in, the form says so and keeps what was typed`, async ({ page, workers, wire, expectTrouble }) => {
      if (trouble) expectTrouble(trouble);
      await page.goto("/sign-in");
      const held = await wire.hold("InitiateAuth");
      await submitSignIn(page, USER);
      await held.arrived;
      await end(await workers.only());
      await expect(alert(page)).toHaveText(GONE);
      await expect(email(page)).toHaveValue(USER.email);
      await expect(password(page)).toHaveValue(USER.password);
      await wire.restore();
      await button(page, "Sign in").click();
      await onDashboard(page, USER.email);
    });
  }

  test("crashes with the tab whose process it lived in, the others go on", async ({ context, page, workers }) => {
    await signIn(page, USER);
    const second = await open(context, "/dashboard?x=1");
    await onDashboard(second, USER.email);
    const worker = await workers.only();
    const crashed = page.waitForEvent("crash");
    await worker.kill();
    await crashed;
    await page.close();
    await onLoss(second);
    await submitSignIn(second, USER);
    await onDashboard(second, USER.email);
    await expect(second).toHaveURL("/dashboard?x=1");
    await onDashboard(await open(context, "/"), USER.email);
    expect(worker.lives).toBe(2);
  });

  test("is lost three times in a row, every page goes on with an engine of its own", async ({ context, page, workers, wire }) => {
    await signIn(page, USER);
    const second = await open(context, "/");
    await onDashboard(second, USER.email);
    const worker = await workers.only();
    for (const lives of [2, 3]) {
      const found = begins(wire);
      await worker.close();
      await found;
      expect(worker.lives).toBe(lives);
      await submitSignIn(page, USER);
      await onDashboard(second, USER.email);
    }
    await worker.close();
    for (const tab of [page, second]) {
      await onLoss(tab);
      await submitSignIn(tab, USER);
      await onDashboard(tab, USER.email);
    }
    expect(workers.alive).toEqual([]);
    const { from } = wire.sent.filter(({ operation }) => operation === "RespondToAuthChallenge").at(-1) ?? {};
    expect(from).toBe("page");
    // Whoever comes later knows nothing of it.
    const third = await open(context, "/");
    await onSignIn(third);
    expect(worker.lives).toBe(4);
  });

  test("is lost now and then, but lasts a minute between, it is started again", async ({ page, workers, wire }) => {
    await page.addInitScript(() => {
      const now = performance.now.bind(performance);
      performance.now = () => now() + Number(document.documentElement.dataset.later ?? 0);
    });
    await signIn(page, USER);
    const worker = await workers.only();
    for (const lives of [2, 3, 4, 5]) {
      if (lives === 4) await page.evaluate(() => (document.documentElement.dataset.later = "61000"));
      const found = begins(wire);
      await worker.close();
      await found;
      expect(worker.lives).toBe(lives);
      await onLoss(page);
      await submitSignIn(page, USER);
      await onDashboard(page, USER.email);
    }
    expect(wire.sent.filter(({ from, operation }) => operation && from === "page")).toEqual([]);
  });

  test("is lost, a reload at once finds the next one", async ({ page, workers }) => {
    await signIn(page, USER, "/dashboard?x=1");
    const worker = await workers.only();
    await worker.close();
    await page.reload();
    await onSignIn(page);
    await submitSignIn(page, USER);
    await onDashboard(page, USER.email);
    await expect(page).toHaveURL("/dashboard?x=1");
    expect(await workers.only()).toBe(worker);
  });

  test("ends as a tab connects to it, that tab meets the others at the next one", async ({ context, page, workers }) => {
    await signIn(page, USER);
    const worker = await workers.only();
    await worker.evaluate(`addEventListener("connect", () => self.close())`);
    const second = await open(context, "/");
    await onLoss(page);
    await onSignIn(second);
    await expect(email(second)).toBeVisible();
    await submitSignIn(second, USER);
    await onDashboard(second, USER.email);
    await onDashboard(page, USER.email);
    expect(workers.alive).toEqual([worker]);
  });
});

test.describe("When the engine's worker is lost", () => {
  test("during a sign-up, what was typed is kept, and signs up", async ({ page, workers, wire }) => {
    await page.goto("/sign-up");
    const held = await wire.hold("SignUp");
    await email(page).fill(NEWCOMER.email);
    await password(page).fill(NEWCOMER.password);
    await button(page, "Create account").click();
    await held.arrived;
    await (await workers.only()).close();
    await expect(alert(page)).toHaveText(GONE);
    await expect(email(page)).toHaveValue(NEWCOMER.email);
    await expect(password(page)).toHaveValue(NEWCOMER.password);
    await wire.restore();
    await button(page, "Create account").click();
    await expect(heading(page, "Confirm your account")).toBeVisible();
  });

  test("before a sign-up is confirmed, the code is good, and the password is asked for", async ({ page, pool, workers, wire }) => {
    await signUp(page, NEWCOMER);
    const found = begins(wire);
    await (await workers.only()).close();
    await found;
    await code(page).fill(await pool.code(NEWCOMER.email));
    await onSignIn(page);
    await expect(page.getByText("That worked. Sign in to go on.")).toBeVisible();
    await expect(email(page)).toHaveValue(NEWCOMER.email);
    await password(page).fill(NEWCOMER.password);
    await button(page, "Sign in").click();
    await onDashboard(page, NEWCOMER.email);
  });

  test("while a sign-up is confirmed, the code can be sent again", async ({ page, pool, workers, wire }) => {
    await signUp(page, NEWCOMER);
    const held = await wire.hold("ConfirmSignUp");
    const sent = await pool.code(NEWCOMER.email);
    await code(page).fill(sent);
    await held.arrived;
    await (await workers.only()).close();
    await expect(alert(page)).toHaveText(GONE);
    await expect(code(page)).toHaveValue(sent);
    await wire.restore();
    await button(page, "Confirm").click();
    await onSignIn(page);
  });

  test("before a second factor is given, the sign-in begins anew and says why", async ({ page, pool, workers, wire }) => {
    await requireMfa(pool, { sms: true });
    await givePhone(pool);
    await submitPassword(page);
    await expect(code(page)).toBeFocused();
    const found = begins(wire);
    await (await workers.only()).close();
    await found;
    await code(page).fill("123456");
    await onSignIn(page);
    await expect(page.getByText("This took too long, so the sign-in has expired. Start again.")).toBeVisible();
  });
});
