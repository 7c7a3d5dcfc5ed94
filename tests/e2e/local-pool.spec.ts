import { createHash, randomBytes } from "node:crypto";
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { POOL, USER } from "./support/pool";
import { expect, test } from "./support/test";

const CLIENT = "localspaclient000000000001";
const CALLBACK = "http://localhost:8080/callback";

/** An authorization request, and what proves that a code of it is ours. */
function request(more: Record<string, string> = {}): { url: string; verifier: string; nonce: string; state: string } {
  const [verifier, nonce, state] = [0, 0, 0].map(() => randomBytes(32).toString("base64url")) as [string, string, string];
  const challenge = createHash("sha256").update(verifier).digest("base64url");
  const query = new URLSearchParams({
    client_id: CLIENT,
    response_type: "code",
    redirect_uri: CALLBACK,
    scope: "openid email profile",
    code_challenge: challenge,
    code_challenge_method: "S256",
    state,
    nonce,
    ...more,
  });
  return { url: `${POOL}/oauth2/authorize?${query}`, verifier, nonce, state };
}

/** Where the browser was sent back to. The app has no redirect sign-in yet and knows no such page. */
async function callback(page: Page): Promise<URL> {
  await page.waitForURL(`${CALLBACK}?**`);
  return new URL(page.url());
}

/** Has a message sent. */
async function send(): Promise<void> {
  await fetch(POOL, {
    method: "POST",
    headers: {
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": "AWSCognitoIdentityProviderService.ForgotPassword",
    },
    body: JSON.stringify({ ClientId: CLIENT, Username: USER.email }),
  });
}

/** The claims of the ID token that a code is exchanged for. */
async function redeem(url: URL, asked: ReturnType<typeof request>): Promise<Record<string, unknown>> {
  expect(url.searchParams.get("state")).toBe(asked.state);
  const code = url.searchParams.get("code") ?? "";
  const form = { grant_type: "authorization_code", client_id: CLIENT, redirect_uri: CALLBACK, code };
  const exchange = (verifier: string) =>
    fetch(`${POOL}/oauth2/token`, { method: "POST", body: new URLSearchParams({ ...form, code_verifier: verifier }) });
  const response = await exchange(asked.verifier);
  expect(response.status).toBe(200);
  const { id_token: token } = (await response.json()) as { id_token: string };
  expect((await exchange(asked.verifier)).status, "a code works once").toBe(400);
  const claims = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
  expect(claims.nonce).toBe(asked.nonce);
  return claims;
}

// The cookies of the hosted pages are theirs to keep; the app has none.
test.afterEach(({ context }) => context.clearCookies());

test.describe("The hosted sign-in of the local pool", () => {
  test("signs a user of the pool in, and again without a question", async ({ page }) => {
    const asked = request();
    await page.goto(asked.url);
    await page.getByLabel("E-mail").fill(USER.email);
    await page.getByLabel("Password").fill(USER.password);
    await page.getByRole("button", { name: "Sign in" }).click();
    const claims = await redeem(await callback(page), asked);
    expect(claims.email).toBe(USER.email);

    const again = request({ prompt: "none" });
    await page.goto(again.url);
    expect((await redeem(await callback(page), again)).sub).toBe(claims.sub);
  });

  test("signs in with Google's stand-in", async ({ page }) => {
    const asked = request();
    await page.goto(asked.url);
    await page.getByRole("link", { name: "Continue with Google" }).click();
    await page.locator("button.person").first().click();
    const claims = await redeem(await callback(page), asked);
    expect(claims["cognito:username"]).toMatch(/^Google_/);
    expect(claims.amr).toEqual(["fed"]);
    expect(claims.identities).toHaveLength(1);
  });

  test("brings a denied consent back as an error", async ({ page }) => {
    const asked = request({ identity_provider: "Google" });
    await page.goto(asked.url);
    await page.getByRole("button", { name: "Deny access" }).click();
    const url = await callback(page);
    expect(url.searchParams.get("error")).toBeTruthy();
    expect(url.searchParams.get("state")).toBe(asked.state);
    expect(url.searchParams.get("code")).toBeNull();
  });
});

/** The pages for people, and the hosted ones. */
const pages: Record<string, string> = {
  home: "/",
  mailbox: "/mailbox",
  users: "/users",
  activity: "/activity",
  "hosted sign-in": request().url.slice(POOL.length),
  "a provider's stand-in": request({ identity_provider: "Partner" }).url.slice(POOL.length),
};

for (const [name, path] of Object.entries(pages)) {
  test(`The local pool's page is accessible in light and dark, and never wider than a phone: ${name}`, async ({ page }) => {
    await send();
    await page.goto(`${POOL}${path}`);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      for (const width of [1280, 360]) {
        await page.setViewportSize({ width, height: 800 });
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect(overflow).toBeLessThanOrEqual(0);
      }
    }
  });
}

test("The mailbox shows a message that arrives while one looks", async ({ page, pool }) => {
  await page.goto(`${POOL}/mailbox`);
  await expect(page.locator(".mail")).toHaveCount(0);
  await send();
  await expect(page.locator(".mail")).toHaveCount(1);
  await expect(page.locator(".code output")).toHaveText(await pool.code(USER.email));
});
