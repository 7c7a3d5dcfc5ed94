import type { BrowserContext, Page } from "@playwright/test";
import { submitSignIn, onDashboard } from "./support/screens";
import { Guard } from "./support/guard";
import { USER } from "./support/pool";
import { Secrets } from "./support/secrets";
import { expect, test } from "./support/test";
import { Wire } from "./support/wire";

/** The journeys are watched for leaks and errors; these tests show that the watch bites. */
test.describe("the watch over every test", () => {
  let context: BrowserContext;
  let page: Page;
  let guard: Guard;
  let secrets: Secrets;
  let token: string;

  test.beforeEach(async ({ browser, baseURL }) => {
    context = await browser.newContext({ baseURL });
    guard = new Guard();
    secrets = new Secrets(baseURL ?? "");
    await guard.watch(context);
    await secrets.watch(context);
    page = await context.newPage();
    await page.goto("/sign-in");
    const answer = (await Wire.of(context)).waitFor("RespondToAuthChallenge");
    await submitSignIn(page, USER);
    token = JSON.parse((await answer).answer).AuthenticationResult.AccessToken;
    await onDashboard(page, USER.email);
  });

  test.afterEach(() => context.close());

  test("finds nothing to complain about after a sign-in", async ({ pool }) => {
    expect(await secrets.findings(context, pool)).toEqual([]);
    expect(guard.findings).toEqual([]);
    for (const kind of ["password", "IdToken", "AccessToken", "RefreshToken"]) {
      expect(secrets.count(kind), kind).toBe(1);
    }
  });

  // In this order none of them is found because of another.
  const hidingPlaces: Record<string, (secret: string) => void> = {
    "localStorage: yew-cognito.theme": (secret) => localStorage.setItem("yew-cognito.theme", secret),
    "sessionStorage: a": (secret) => sessionStorage.setItem("a", secret),
    "document.cookie": (secret) => (document.cookie = `a=${secret}`),
    document: (secret) => document.body.setAttribute("data-a", secret),
    "document.title": (secret) => (document.title = secret),
    location: (secret) => history.replaceState(null, "", `#${secret}`),
    "history.state": (secret) => history.replaceState({ deep: [secret] }, ""),
    "window.name": (secret) => (window.name = secret),
    "window.leak": (secret) => Object.assign(window, { leak: secret }),
    "window.nested": (secret) => Object.assign(window, { nested: { inside: secret } }),
    "performance entry": (secret) => performance.mark(secret),
    console: (secret) => console.log(secret),
  };

  test("finds a token wherever a page can leave it", async ({ pool }) => {
    for (const [place, hide] of Object.entries(hidingPlaces)) {
      const finding = `secret (AccessToken) in ${place}`;
      expect(await secrets.findings(context, pool)).not.toContain(finding);
      await page.evaluate(hide, token);
      expect(await secrets.findings(context, pool)).toContain(finding);
    }
  });

  test("finds a part of a token, and a password that is only encoded", async ({ pool }) => {
    const password = "pass word!";
    secrets.add("password", password);
    await page.evaluate(
      ({ part, password }) => {
        performance.mark(part);
        history.replaceState(null, "", `?p=${encodeURIComponent(password)}`);
        window.name = btoa(password);
      },
      { part: token.split(".")[1] ?? "", password },
    );
    const findings = await secrets.findings(context, pool);
    expect(findings).toContain("secret (part of AccessToken) in performance entry");
    expect(findings).toContain("secret (password) in location");
    expect(findings).toContain("secret (password) in window.name");
  });

  test("finds databases, caches, and anything in storage but the theme", async ({ pool }) => {
    await page.evaluate(async () => {
      localStorage.setItem("other", "x");
      localStorage.setItem("yew-cognito.theme", "x");
      sessionStorage.setItem("other", "x");
      document.cookie = "other=x";
      await caches.open("other");
      await new Promise((resolve) => (indexedDB.open("other").onsuccess = resolve));
    });
    const findings = await secrets.findings(context, pool);
    for (const place of [
      "localStorage: other",
      "localStorage: yew-cognito.theme",
      "sessionStorage: other",
      "cookie other",
      "Cache: other",
      "IndexedDB: other",
    ]) {
      expect(findings).toContain(`left behind: ${place}`);
    }
  });

  test("sees errors, warnings, exceptions, failed requests and violations of the policy", async () => {
    await page.evaluate(() => {
      console.error("an error");
      console.warn("a warning");
      setTimeout(() => {
        throw new Error("an exception");
      });
      const image = document.createElement("img");
      image.src = "https://evil.example/pixel.png";
      document.body.append(image);
      void fetch("http://127.0.0.1:9").catch(() => undefined);
    });
    for (const trouble of [
      "console error: an error",
      "console warning: a warning",
      "an exception",
      "img-src blocked https://evil.example/pixel.png",
      "connect-src blocked http://127.0.0.1:9",
    ]) {
      await expect.poll(() => guard.findings).toContainEqual(expect.stringContaining(trouble));
    }
  });

  test("lets pass what was announced, and complains if it does not happen", async () => {
    guard.expectTrouble(/as announced/);
    guard.expectTrouble(/never comes/);
    await page.evaluate(() => console.error("as announced"));
    await expect.poll(() => guard.findings).toEqual(["announced, but it did not happen: /never comes/"]);
  });
});
