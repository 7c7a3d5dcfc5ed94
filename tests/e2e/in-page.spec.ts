import { addPolicy } from "./support/policy";
import { button, heading, onDashboard, onSignIn, password, signIn, submitSignIn } from "./support/screens";
import { USER } from "./support/pool";
import { withoutWorkers } from "./support/session";
import { type Page, expect, test } from "./support/test";
import type { Wire } from "./support/wire";

const ENGINE = /\/engine\.js/;
const MINUTE = 60;

/** Why there is no engine in a worker, and what the browser says to that. */
const reasons: Record<string, { arrange: (page: Page, wire: Wire) => Promise<unknown>; troubles?: RegExp[] }> = {
  "without SharedWorkers": { arrange: withoutWorkers },
  "without Web Locks": {
    arrange: (page) => page.addInitScript(() => void Reflect.deleteProperty(Navigator.prototype, "locks")),
  },
  "whose worker's script is missing": {
    arrange: (_, wire) => wire.answer(ENGINE, { status: 404, body: "", contentType: "text/plain" }),
  },
  "whose worker's script is a web page": {
    arrange: (_, wire) => wire.answer(ENGINE, { body: "<!doctype html><title>App</title>", contentType: "text/html" }),
    troubles: [/^worker's console error: Failed to load module script: .*MIME type of "text\/html"/],
  },
  "whose worker's script cannot be fetched": { arrange: (_, wire) => wire.refuse(ENGINE) },
  "whose policy allows no worker": {
    arrange: (page) => addPolicy(page, "worker-src 'none'"),
    troubles: [/Creating a worker from '.*engine\.js.*' violates .*worker-src/, /securitypolicyviolation: worker-src blocked .*engine\.js/],
  },
  "whose policy vouches for no script": {
    arrange: (page) => addPolicy(page, "trusted-types 'none'"),
    troubles: [/Creating a TrustedTypePolicy named 'yew-cognito' violates/, /securitypolicyviolation: trusted-types blocked/],
  },
  "whose worker says nothing": {
    arrange: (_, wire) => wire.answer(ENGINE, { body: "", contentType: "text/javascript" }),
  },
};

test.describe("The engine is in the page in a browser or at a site", () => {
  for (const [reason, { arrange, troubles = [] }] of Object.entries(reasons)) {
    test(reason, async ({ page, wire, expectTrouble }) => {
      test.slow();
      for (const trouble of troubles) expectTrouble(trouble);
      await arrange(page, wire);
      const arrive = async () => {
        // Up to two workers are given some seconds each.
        await expect(heading(page, "Sign in")).toBeVisible({ timeout: 30_000 });
        await expect(page).toHaveURL("/sign-in?return_to=%2Fdashboard%3Fx%3D1");
        await submitSignIn(page, USER);
        await onDashboard(page, USER.email);
        await expect(page).toHaveURL("/dashboard?x=1");
      };
      await page.goto("/dashboard?x=1");
      await arrive();
      await page.reload();
      await arrive();
      const calls = wire.sent.filter(({ operation }) => operation !== undefined);
      expect(new Set(calls.map(({ from }) => from))).toEqual(new Set(["page"]));
    });
  }

  test("whose worker cannot load the program", async ({ page, wire, workers, expectTrouble }) => {
    expectTrouble(/^request failed: GET .*\.wasm net::ERR_CONNECTION_REFUSED/);
    expectTrouble(/^worker's console error: TypeError: Failed to fetch/);
    const config = await wire.hold(/amplify_outputs\.json$/);
    const program = wire.waitFor(/\.wasm$/);
    await page.goto("/dashboard");
    await config.arrived;
    await program;
    // The page has its own: this is for the worker.
    await wire.refuse(/^[^?]*\.wasm$/);
    await config.release();
    await onSignIn(page);
    await submitSignIn(page, USER);
    await onDashboard(page, USER.email);
    expect(workers.alive).toEqual([]);
  });
});

test.describe("With the engine in the page", () => {
  test.beforeEach(({ page }) => withoutWorkers(page));

  test("another tab has a session of its own", async ({ page, context }) => {
    await signIn(page, USER);
    const second = await context.newPage();
    await withoutWorkers(second);
    await second.goto("/dashboard");
    await onSignIn(second);
    await submitSignIn(second, USER);
    await onDashboard(second, USER.email);
    await button(second, "Sign out").click();
    await onSignIn(second);
    await button(page, "Refresh now").click();
    await expect(page.getByText("Your session has been renewed.")).toBeVisible();
  });

  test("the session is renewed in time while nobody does anything", async ({ page, wire, time }) => {
    await signIn(page, USER);
    const renewed = wire.waitFor("GetTokensFromRefreshToken");
    await time.pass(56 * MINUTE);
    expect(await renewed).toMatchObject({ from: "page", status: 200 });
    await expect(page.getByText(/Renews in [2-5]\d minutes/)).toBeVisible();
  });

  test("what needs a recent sign-in has one after a reload", async ({ page, time }) => {
    await signIn(page, USER);
    await time.pass(6 * MINUTE);
    await page.goto("/security");
    await expect(page).toHaveURL("/sign-in?return_to=%2Fsecurity");
    await submitSignIn(page, USER);
    await expect(heading(page, "Security")).toBeVisible();
    await expect(page).toHaveURL("/security");
    await expect(password(page)).toHaveCount(0);
  });
});
