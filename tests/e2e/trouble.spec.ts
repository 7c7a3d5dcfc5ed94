import type { Route } from "@playwright/test";
import { alert, button, email, heading, onDashboard, onSignIn, openWithKeys, password, submitSignIn } from "./support/screens";
import { USER } from "./support/pool";
import { expect, test } from "./support/test";

const NO_CONNECTION = /net::ERR_(CONNECTION_REFUSED|CONNECTION_RESET|EMPTY_RESPONSE|SOCKET_NOT_CONNECTED)/;
const UNREACHABLE = "We can’t reach the sign-in service";
const KEYS = /jwks\.json$/;
const CONFIG = "**/amplify_outputs.json";

test.describe("Without the pool", () => {
  test("the page says so and what to do, and recovers by itself", async ({ page, pool, expectTrouble }) => {
    expectTrouble(NO_CONNECTION);
    await pool.stop();
    await page.goto("/sign-in");
    await expect(heading(page, UNREACHABLE)).toBeFocused();
    await expect(page.getByText("http://127.0.0.1:9229 does not answer.")).toBeVisible();
    await expect(button(page, "Try again")).toBeVisible();
    await expect(email(page)).toBeHidden();
    await pool.start();
    await expect(heading(page, UNREACHABLE)).toBeHidden({ timeout: 20_000 });
    await submitSignIn(page, USER);
    await onDashboard(page, USER.email);
  });

  test("what was typed before it was known is still there after it", async ({ page, wire, expectTrouble }) => {
    expectTrouble(NO_CONNECTION);
    const recover = await wire.refuse(KEYS);
    const first = await wire.hold(KEYS);
    await page.goto("/sign-in");
    await email(page).fill(USER.email);
    await password(page).fill(USER.password);
    await first.refuse();
    await expect(heading(page, UNREACHABLE)).toBeVisible();
    await recover();
    await button(page, "Try again").click();
    await expect(heading(page, UNREACHABLE)).toBeHidden();
    await expect(email(page)).toHaveValue(USER.email);
    await expect(password(page)).toHaveValue(USER.password);
    await button(page, "Sign in").click();
    await onDashboard(page, USER.email);
  });

  test("a sign-in fails with what was typed kept, and works on the second try", async ({ page, pool, expectTrouble }) => {
    expectTrouble(NO_CONNECTION);
    // Without them there would be no form, but a page that tells of the trouble.
    await openWithKeys(page);
    await pool.stop();
    await submitSignIn(page, USER);
    await expect(alert(page)).toHaveText("We couldn’t reach the sign-in service. Check your connection and try again.");
    await expect(alert(page)).toBeFocused();
    await expect(email(page)).toHaveValue(USER.email);
    await expect(password(page)).toHaveValue(USER.password);
    await pool.start();
    await button(page, "Sign in").click();
    await onDashboard(page, USER.email);
  });

  test("an answer that makes no sense is no sign-in", async ({ page, pool }) => {
    await page.goto("/sign-in");
    await pool.fault({ operation: "InitiateAuth", body: "malformed", times: 9 });
    await submitSignIn(page, USER);
    await expect(alert(page)).toContainText("The answer of the sign-in service made no sense.");
    await onSignIn(page);
  });

  test("too many requests are answered by waiting, not by losing the form", async ({ page, pool }) => {
    await page.goto("/sign-in");
    await pool.fault({ operation: "InitiateAuth", type: "TooManyRequestsException", status: 400, times: 1 });
    await submitSignIn(page, USER);
    await expect(alert(page).or(page.getByText("You are signed in."))).toBeVisible();
    if (await alert(page).isVisible()) {
      await expect(alert(page)).toHaveText("The sign-in service is busy. Try again in a moment.");
      await button(page, "Sign in").click();
    }
    await onDashboard(page, USER.email);
  });
});

test("Offline, a notice appears, and goes when the network is back", async ({ page, workers }) => {
  await openWithKeys(page);
  await email(page).fill(USER.email);
  await workers.setOffline(true);
  const notice = page.getByRole("status").filter({ hasText: "You are offline. What you have typed stays here until you are back." });
  await expect(notice).toBeVisible();
  await workers.setOffline(false);
  await expect(notice).toHaveCount(0);
  await expect(email(page)).toHaveValue(USER.email);
});

test.describe("A configuration that cannot be used is explained:", () => {
  type Case = {
    answer: (route: Route) => Promise<void>;
    title: string;
    explanation: RegExp;
    remedy: RegExp;
    trouble?: RegExp;
    never?: string;
  };
  /** The good file, spoilt. */
  const spoilt =
    (spoil: (config: { auth: Record<string, unknown> }) => void) =>
    async (route: Route): Promise<void> => {
      const config = await (await route.fetch()).json();
      spoil(config);
      await route.fulfill({ json: config });
    };
  const cases: Record<string, Case> = {
    "no file": {
      answer: (route) => route.fulfill({ status: 404, body: "" }),
      title: "The configuration is missing",
      explanation: /This site has no file amplify_outputs\.json/,
      remedy: /Run “npx ampx generate outputs”/,
      trouble: /status of 404/,
    },
    "no answer": {
      answer: (route) => route.abort("connectionrefused"),
      title: "The configuration cannot be loaded",
      explanation: /got no answer/,
      remedy: /Try again in a moment/,
      trouble: /ERR_CONNECTION_REFUSED/,
    },
    "a web page in its place": {
      answer: (route) => route.fulfill({ contentType: "text/html", body: "<!doctype html><title>App</title>" }),
      title: "There is a web page in place of the configuration",
      explanation: /is HTML/,
      remedy: /check that no redirect rule of the host catches it/,
    },
    "broken JSON": {
      answer: (route) => route.fulfill({ contentType: "application/json", body: '{\n  "auth": {,\n' }),
      title: "The configuration is not JSON",
      explanation: /beyond line 2, column \d+/,
      remedy: /Comments and trailing commas are not JSON/,
    },
    "a missing client id": {
      answer: spoilt((config) => delete config.auth.user_pool_client_id),
      title: "The configuration is incomplete",
      explanation: /no value for auth\.user_pool_client_id/,
      remedy: /fill the value in by hand/,
    },
    "a malformed pool id": {
      answer: spoilt((config) => (config.auth.user_pool_id = "nonsense <b>")),
      title: "The configuration has a mistake",
      explanation: /“nonsense <b>” for auth\.user_pool_id/,
      remedy: /Correct the value/,
    },
    "a client secret": {
      answer: spoilt((config) => (config.auth.user_pool_client_secret = "do-not-show-this")),
      title: "The configuration holds a client secret",
      explanation: /There is a value at auth\.user_pool_client_secret/,
      remedy: /make a public app client without a secret/,
      never: "do-not-show-this",
    },
    "an endpoint without TLS": {
      answer: spoilt((config) => Object.assign(config, { custom: { cognito: { endpoint: "http://pool.example" } } })),
      title: "An address may not be used",
      explanation: /custom\.cognito\.endpoint was refused/,
      remedy: /Use an https:\/\/ address/,
    },
  };

  for (const [name, { answer, title, explanation, remedy, trouble, never }] of Object.entries(cases)) {
    test(name, async ({ page, secrets, expectTrouble }) => {
      if (trouble) expectTrouble(trouble);
      if (never) secrets.add("client secret", never);
      let answered = 0;
      await page.route(CONFIG, async (route) => {
        await answer(route);
        answered += 1;
      });
      await page.goto("/sign-in");
      await expect(heading(page, title)).toBeVisible();
      await expect(page.getByText(explanation)).toBeVisible();
      await expect(page.getByText("What to do")).toBeVisible();
      await expect(page.getByText(remedy)).toBeVisible();
      if (never) expect(await page.content()).not.toContain(never);

      await button(page, "Try again").click();
      await expect.poll(() => answered).toBe(2);
      await expect(heading(page, title)).toBeVisible();
      await page.unroute(CONFIG);
      await button(page, "Try again").click();
      await onSignIn(page);
    });
  }
});
