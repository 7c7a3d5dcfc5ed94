import { atHostedPages, atProvider, choose, configure, keptInTab, PEOPLE, signInAtHostedPages, signInThrough, TOKEN, withOAuth } from "./support/hosted";
import { POOL, USER } from "./support/pool";
import { alert, button, email, heading, items, onDashboard, onSignIn, password } from "./support/screens";
import { RENEWAL, withoutWorkers } from "./support/session";
import { expect, test } from "./support/test";

const APP = "http://localhost:8080";

test.describe("people come in through", () => {
  for (const { kind, provider, label } of [
    { kind: "a social provider", provider: "Google", label: "Google" },
    { kind: "an OIDC provider", provider: "Workforce", label: "Example Workforce" },
    { kind: "a SAML provider", provider: "Partner", label: "Example Partner" },
  ]) {
    test(`${kind}, and their session is renewed as any other`, async ({ page, wire, secrets }) => {
      await signInThrough(page, provider, "robin", label);

      await onDashboard(page, PEOPLE.robin);
      await expect(page).toHaveURL("/dashboard");
      const renewed = wire.waitFor(RENEWAL);
      await button(page, "Refresh now").click();
      expect((await renewed).status).toBe(200);
      await expect(page.getByText("Your session has been renewed.")).toBeVisible();
      expect(secrets.count("authorization code"), "the scan below knows the code").toBe(1);
      expect(secrets.count("code_verifier"), "and the verifier").toBe(1);
      expect(secrets.count("RefreshToken")).toBeGreaterThan(0);
    });
  }

  for (const { file, provider, label } of [
    { file: "FACEBOOK", provider: "Facebook", label: "Facebook" },
    { file: "LOGIN_WITH_AMAZON", provider: "LoginWithAmazon", label: "Amazon" },
    { file: "SIGN_IN_WITH_APPLE", provider: "SignInWithApple", label: "Apple" },
  ]) {
    test(`${label}, as amplify_outputs.json calls it`, async ({ page }) => {
      await configure(page, (outputs) => {
        outputs.auth.oauth = { ...outputs.auth.oauth, identity_providers: [file] };
      });
      await signInThrough(page, provider, "robin", label);
      await onDashboard(page, PEOPLE.robin);
    });
  }

  test("the hosted pages, with a password", async ({ page }) => {
    await page.goto("/sign-in");
    await button(page, "More ways to sign in").click();
    await signInAtHostedPages(page, USER);
    await onDashboard(page, USER.email);
  });

  test("their organisation, by the domain of their address and without a password", async ({ page }) => {
    await page.goto("/sign-in");
    await email(page).fill("robin@workforce.example");
    await expect(password(page)).toBeHidden();
    await button(page, "Continue with single sign-on").click();
    await page.waitForURL(atProvider("Workforce"));
    await choose(page, "Workforce", "robin");
    await onDashboard(page, PEOPLE.robin);
  });
});

test("the request is one of code, PKCE, state and nonce, to the address of this very origin", async ({ page }) => {
  const asked: URL[] = [];
  page.on("request", (request) => {
    if (request.url().startsWith(`${POOL}/oauth2/authorize`)) asked.push(new URL(request.url()));
  });
  await configure(page, (outputs) => {
    outputs.auth.oauth = {
      ...outputs.auth.oauth,
      redirect_sign_in_uri: ["https://localhost:8080/callback", "http://localhost:8081/callback", `${APP}/callback`, `${APP}/`],
    };
  });
  await page.goto("/sign-in");
  await button(page, "Continue with Google").click();
  await page.waitForURL(atProvider("Google"));
  const [first] = asked;
  const query = Object.fromEntries(first?.searchParams ?? []);
  expect(query).toMatchObject({
    response_type: "code",
    client_id: "localspaclient000000000001",
    redirect_uri: `${APP}/callback`,
    scope: "openid email profile aws.cognito.signin.user.admin",
    identity_provider: "Google",
    code_challenge_method: "S256",
    lang: "en",
  });
  for (const random of [query.code_challenge, query.nonce, query.state?.replace("yc.", "")]) expect(random).toMatch(/^[\w-]{43}$/);

  // A second request has nothing in common with the first.
  await page.goto("/sign-in");
  await button(page, "Continue with Google").click();
  await page.waitForURL(atProvider("Google"));
  const again = Object.fromEntries(asked[1]?.searchParams ?? []);
  for (const name of ["state", "nonce", "code_challenge"]) expect(again[name]).not.toBe(query[name]);
});

test("the answer leaves the address bar, the history and sessionStorage before the program fetches anything", async ({ page }) => {
  const seen: { address: string; kept: number }[] = [];
  await page.route("**/amplify_outputs.json", async (route) => {
    seen.push({ address: page.url(), kept: await page.evaluate(() => sessionStorage.length) });
    await route.continue();
  });
  await signInThrough(page, "Google", "robin");
  expect(seen).toEqual([
    { address: `${APP}/sign-in`, kept: 0 },
    { address: `${APP}/callback`, kept: 0 },
  ]);
  const history = await page.evaluate(() => history.length);
  await page.reload();
  await onDashboard(page, PEOPLE.robin);
  expect(await page.evaluate(() => history.length)).toBe(history);
});

test("all that waits for the answer is one transaction, in this tab", async ({ page, context }) => {
  await page.goto("/sign-in");
  await button(page, "Continue with Google").click();
  await page.waitForURL(atProvider("Google"));
  const other = await context.newPage();
  await other.goto("/sign-in");
  expect(await other.evaluate(() => sessionStorage.length), "other tabs have none").toBe(0);
  const kept = await keptInTab(page);
  expect(kept.map(([key, value]) => [key, JSON.parse(value)])).toEqual([
    [
      "yew-cognito.authorization",
      {
        transaction: {
          state: expect.stringMatching(/^yc\.[\w-]{43}$/),
          nonce: expect.stringMatching(/^[\w-]{43}$/),
          verifier: expect.stringMatching(/^[\w-]{43}$/),
          redirect_uri: `${APP}/callback`,
          begun: expect.any(Number),
          reauthenticates: false,
        },
        via: { Provider: "Google" },
        acr_values: [],
        max_age: null,
        custom_state: null,
        return_to: null,
        is_look: false,
      },
    ],
  ]);
  await page.goBack();
  await choose(page, "Google", "robin");
  await onDashboard(page, PEOPLE.robin);
});

test("whoever comes back without an answer leaves nothing behind", async ({ page }) => {
  await page.goto("/sign-in");
  await button(page, "Continue with Google").click();
  await page.waitForURL(atProvider("Google"));
  await page.goBack();
  await onSignIn(page);
  expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
});

test("a deep link survives the trip", async ({ page }) => {
  await page.goto("/security");
  await onSignIn(page);
  await button(page, "Continue with Google").click();
  await choose(page, "Google", "robin");
  await expect(heading(page, "Security")).toBeVisible();
  await expect(page).toHaveURL("/security");
});

test("the back button after the sign-in leads back to nothing that could be used", async ({ page, wire, expectTrouble }) => {
  expectTrouble(/status of 400.*\/idp\//);
  await signInThrough(page, "Google", "robin");
  await onDashboard(page, PEOPLE.robin);
  const redeemed = wire.count(TOKEN);
  await page.goBack();
  // Where the provider's page was; its answer is used up.
  await expect.poll(() => page.url()).not.toContain("code=");
  await page.goForward();
  await onDashboard(page, PEOPLE.robin);
  expect(wire.count(TOKEN), "no code is redeemed again").toBe(redeemed);
});

test("whoever turns back at the provider finds the sign-in page as it was", async ({ page }) => {
  await page.goto("/sign-in");
  await button(page, "Continue with Google").click();
  await page.waitForURL(atProvider("Google"));
  await page.goBack();
  await onSignIn(page);
  await expect(button(page, "Continue with Google")).toBeEnabled();
  await button(page, "Continue with Example Workforce").click();
  await choose(page, "Workforce", "kim");
  await onDashboard(page, PEOPLE.kim);
});

test("sign-out ends the session at the hosted pages, too", async ({ page }) => {
  await signInThrough(page, "Google", "robin");
  const logout = page.waitForRequest((request) => request.url().startsWith(`${POOL}/logout?`));
  await button(page, "Sign out").click();
  const query = new URL((await logout).url()).searchParams;
  expect(Object.fromEntries(query)).toEqual({ client_id: "localspaclient000000000001", logout_uri: `${APP}/` });
  await onSignIn(page);
  // There is nobody left over there who could come in without being asked.
  await button(page, "More ways to sign in").click();
  await page.waitForURL(atHostedPages);
});

test("a session that came by the app's own form ends here alone", async ({ page }) => {
  const gone: string[] = [];
  page.on("request", (request) => gone.push(request.url()));
  await page.goto("/sign-in");
  await email(page).fill(USER.email);
  await password(page).fill(USER.password);
  await button(page, "Sign in").click();
  await onDashboard(page, USER.email);
  await button(page, "Sign out").click();
  await onSignIn(page);
  expect(gone.filter((url) => url.includes("/logout"))).toEqual([]);
});

test("linked accounts stand on the security page", async ({ page }) => {
  await signInThrough(page, "Partner", "robin", "Example Partner");
  await page.goto("/security");
  const account = items(page, "Linked accounts");
  await expect(account).toHaveCount(1);
  await expect(account).toContainText("Example Partner");
  await expect(account).toContainText(PEOPLE.robin);
});

test("without sessionStorage nobody is sent away, and the form says why", async ({ page }) => {
  await page.addInitScript(() => {
    const own = Object.getOwnPropertyDescriptor(window, "sessionStorage") ?? {};
    const get = () => {
      throw new DOMException("blocked", "SecurityError");
    };
    Object.defineProperty(window, "sessionStorage", { get, configurable: true });
    (window as unknown as { journeyUnblock: () => void }).journeyUnblock = () => Object.defineProperty(window, "sessionStorage", own);
  });
  await page.goto("/sign-in");
  await button(page, "Continue with Google").click();
  await expect(alert(page)).toContainText("doesn’t let this site remember");
  await expect(page).toHaveURL("/sign-in");
  await page.evaluate(() => (window as unknown as { journeyUnblock: () => void }).journeyUnblock());
});

test("an address of this app that the configuration does not list is told before anybody is sent away", async ({ page }) => {
  await configure(page, (outputs) => {
    outputs.auth.oauth = { ...outputs.auth.oauth, redirect_sign_in_uri: ["https://elsewhere.example/callback"] };
  });
  await page.goto("/sign-in");
  await button(page, "Continue with Google").click();
  await expect(alert(page)).toContainText("redirect_sign_in_uri");
  await expect(button(page, "Continue with Google")).toBeEnabled();
});

const SILENT = withOAuth({ silent_sign_in: true });

test.describe("silent sign-in", () => {
  test.beforeEach(async ({ page }) => withoutWorkers(page));

  test("finds the session of somebody whose page was lost", async ({ page }) => {
    await configure(page, SILENT);
    await signInThrough(page, "Google", "robin");
    await page.reload();
    await onDashboard(page, PEOPLE.robin);
  });

  test("asks for a sign-in where nobody is signed in over there any more, once", async ({ page }) => {
    await configure(page, SILENT);
    await signInThrough(page, "Google", "robin");
    await page.context().clearCookies();
    const looks: string[] = [];
    page.on("request", (request) => {
      if (request.url().includes("prompt=none")) looks.push(request.url());
    });
    await page.reload();
    await onSignIn(page);
    await page.reload();
    await onSignIn(page);
    expect(looks).toHaveLength(1);
  });

  test("is a matter of reloads: who comes back later than a session would outlast signs in", async ({ page }) => {
    await configure(page, (outputs) => {
      SILENT(outputs);
      outputs.custom.cognito = { ...outputs.custom.cognito, session: { closed_seconds: 1 } };
    });
    await signInThrough(page, "Google", "robin");
    await page.goto("about:blank");
    await page.waitForTimeout(1500);
    await page.goto("/dashboard");
    await onSignIn(page);
  });

  test("says nothing where the hosted pages have no such thing", async ({ page }) => {
    await configure(page, SILENT);
    await signInThrough(page, "Google", "robin");
    await page.route(/oauth2\/authorize.*prompt=none/, (route) => {
      const asked = new URL(route.request().url()).searchParams;
      const location = `${asked.get("redirect_uri")}?error=invalid_request&state=${asked.get("state")}`;
      return route.fulfill({ status: 302, headers: { location } });
    });
    await page.reload();
    await onSignIn(page);
  });

  test("does not undo a sign-out", async ({ page }) => {
    await configure(page, SILENT);
    await signInThrough(page, "Google", "robin");
    await button(page, "Sign out").click();
    await onSignIn(page);
    await page.reload();
    await onSignIn(page);
  });
});
