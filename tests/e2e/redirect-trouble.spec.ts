import type { Page } from "@playwright/test";
import { expectAccessible } from "./support/accessible";
import { atProvider, catchAnswer, choose, chooseOther, configure, keptInTab, PEOPLE, refuse, signInAtHostedPages, signInThrough, TOKEN, tamper } from "./support/hosted";
import { POOL_ID, USER } from "./support/pool";
import { alert, button, heading, onDashboard, onSignIn, submitSignIn } from "./support/screens";
import { expect, test } from "./support/test";

/** Leaves for Google; what comes back is left to the test. */
async function answerOfGoogle(page: Page, who = "robin"): Promise<URL> {
  await page.goto("/sign-in");
  await button(page, "Continue with Google").click();
  return catchAnswer(page, "Google", who);
}

async function isNotSignedIn(page: Page, words: string | RegExp): Promise<void> {
  await expect(heading(page, "You’re not signed in")).toBeVisible();
  await expect(alert(page)).toContainText(words);
  expect(page.url(), "nothing of the answer stays in the address").not.toMatch(/code=|state=|error=/);
}

test("whoever says no at the provider is told that nothing has happened, and may try again or otherwise", async ({ page, wire }) => {
  await page.goto("/sign-in");
  await button(page, "Continue with Google").click();
  await refuse(page, "Google");
  await isNotSignedIn(page, "didn’t allow this site");
  await expectAccessible(page);
  expect(wire.count(TOKEN)).toBe(0);

  await button(page, "Try again with Google").click();
  await refuse(page, "Google");
  await isNotSignedIn(page, "didn’t allow this site");
  await button(page, "Sign in another way").click();
  await onSignIn(page);
  await submitSignIn(page, USER);
  await onDashboard(page, USER.email);
});

test("a provider that wants more than it may show is not taken for a look of ours", async ({ page }) => {
  const answer = await answerOfGoogle(page);
  await page.goto(`/callback?error=interaction_required&state=${answer.searchParams.get("state")}`);
  await isNotSignedIn(page, /./);
  await button(page, "Go to sign-in").click();
  await onSignIn(page);
});

test("a sign-out everywhere that the token’s scopes do not allow ends the session at the hosted pages all the same", async ({ page }) => {
  await configure(page, (outputs) => {
    outputs.auth.oauth = { ...outputs.auth.oauth, scopes: ["openid", "email"] };
  });
  await signInThrough(page, "Google", "robin");
  await Promise.all([page.waitForRequest(/\/logout\?/), button(page, "Sign out everywhere").click()]);
  await onSignIn(page);
  await button(page, "Continue with Google").click();
  await expect(page).toHaveURL(atProvider("Google"));
});

test("a provider that fails is told apart from one that refuses", async ({ page }) => {
  await page.goto("/sign-in");
  await button(page, "Continue with Google").click();
  await refuse(page, "Google", "Fail");
  await isNotSignedIn(page, "failed");
});

test("a provider that tells no e-mail address leaves the person with what to do", async ({ page }) => {
  await page.goto("/sign-in");
  await button(page, "Continue with Google").click();
  await choose(page, "Google", "sam");
  await isNotSignedIn(page, "your email address");
  await expect(button(page, "Try again with Google")).toBeVisible();
  await button(page, "Sign in another way").click();
  await onSignIn(page);
});

test("an account of somebody disabled says so", async ({ page, pool }) => {
  await signInThrough(page, "Google", "robin");
  await button(page, "Sign out").click();
  await onSignIn(page);
  const { Users } = (await pool.call("ListUsers", { UserPoolId: POOL_ID, Filter: 'email = "robin@example.com"' })) as {
    Users: { Username: string }[];
  };
  await pool.call("AdminDisableUser", { UserPoolId: POOL_ID, Username: Users[0]?.Username });
  await button(page, "Continue with Google").click();
  await choose(page, "Google", "robin");
  await isNotSignedIn(page, "disabled");
});

test("an answer with another state is not used, and neither is the transaction again", async ({ page, wire }) => {
  const answer = await answerOfGoogle(page);
  const tampered = new URL(answer);
  tampered.searchParams.set("state", `yc.${"A".repeat(43)}`);
  await page.goto(tampered.href);
  await isNotSignedIn(page, "doesn’t belong to the sign-in");
  // The right one comes too late.
  await page.goto(answer.href);
  await isNotSignedIn(page, "finished already");
  expect(wire.count(TOKEN)).toBe(0);
});

test("an answer without a state is none", async ({ page, wire }) => {
  const answer = await answerOfGoogle(page);
  answer.searchParams.delete("state");
  await page.goto(answer.href);
  await isNotSignedIn(page, "doesn’t belong to the sign-in");
  expect(wire.count(TOKEN)).toBe(0);
});

test("an error that somebody has made up is not shown in its own words", async ({ page }) => {
  await page.goto(`/callback?error=access_denied&error_description=Call+0800+123+for+help&state=yc.${"A".repeat(43)}`);
  await isNotSignedIn(page, "finished already");
  await expect(page.getByText("0800")).toHaveCount(0);
});

test("an answer in another tab, or after the tab’s storage was cleared, finds nothing that waits for it", async ({ page, wire, context }) => {
  const answer = await answerOfGoogle(page);
  const other = await context.newPage();
  await other.goto(answer.href);
  await isNotSignedIn(other, "another tab");
  expect(wire.count(TOKEN)).toBe(0);
  // Its own tab is not concerned.
  await page.goto(answer.href);
  await onDashboard(page, PEOPLE.robin);
});

test("an answer that is opened a second time is told as used; to somebody signed in it is nothing", async ({ page, wire }) => {
  const answer = await answerOfGoogle(page);
  await page.goto(answer.href);
  await onDashboard(page, PEOPLE.robin);
  await page.goto(answer.href);
  await onDashboard(page, PEOPLE.robin);
  await expect(page).toHaveURL("/dashboard");
  await button(page, "Sign out").click();
  await onSignIn(page);
  await page.goto(answer.href);
  await isNotSignedIn(page, "finished already");
  expect(wire.count(TOKEN)).toBe(1);
});

test("a code that the service takes no more is told as used or too old", async ({ page, pool }) => {
  const answer = await answerOfGoogle(page);
  await pool.advance(301);
  await page.goto(answer.href);
  await isNotSignedIn(page, "used already or took too long");
  // The hosted pages know who it is, and ask nothing.
  await button(page, "Try again with Google").click();
  await onDashboard(page, PEOPLE.robin);
});

test("a transaction of long ago is over", async ({ page, wire }) => {
  const answer = await answerOfGoogle(page);
  await tamper(page, ({ transaction }) => (transaction.begun = Number(transaction.begun) - 15 * 60 * 1000));
  await page.goto(answer.href);
  await isNotSignedIn(page, "took too long");
  expect(wire.count(TOKEN)).toBe(0);
});

test("an ID token with another nonce is not taken, and what was issued is revoked", async ({ page, wire }) => {
  const answer = await answerOfGoogle(page);
  await tamper(page, ({ transaction }) => (transaction.nonce = "B".repeat(43)));
  const revoked = wire.waitFor("RevokeToken");
  await page.goto(answer.href);
  await isNotSignedIn(page, "couldn’t verify");
  expect((await revoked).status).toBe(200);
});

test("another verifier redeems nothing", async ({ page }) => {
  const answer = await answerOfGoogle(page);
  await tamper(page, ({ transaction }) => (transaction.verifier = "C".repeat(43)));
  await page.goto(answer.href);
  await isNotSignedIn(page, "used already or took too long");
});

test("a return path that leads off the site, put into the transaction, leads home", async ({ page }) => {
  for (const [who, path] of [
    ["robin", "//evil.example/"],
    ["kim", "https://evil.example/"],
  ] as const) {
    const answer = await answerOfGoogle(page, who);
    await tamper(page, (kept) => (kept.return_to = path));
    await page.goto(answer.href);
    await onDashboard(page, PEOPLE[who]);
    await expect(page).toHaveURL("/dashboard");
    await button(page, "Sign out").click();
    await onSignIn(page);
  }
});

test("nonsense in the tab’s storage is as good as nothing", async ({ page }) => {
  const answer = await answerOfGoogle(page);
  for (const nonsense of ["", "{", "null", '{"transaction":{}}', "[1]"]) {
    await keptInTab(page);
    await page.evaluate((text) => sessionStorage.setItem("yew-cognito.authorization", text), nonsense);
    await page.goto(answer.href);
    await isNotSignedIn(page, "another tab");
  }
});

test("two tabs that sign in at once: the second is asked whether to go on with the first one’s account", async ({ page, context, wire }) => {
  const other = await context.newPage();
  for (const tab of [page, other]) {
    await tab.goto("/sign-in");
    await button(tab, "Continue with Google").click();
    await tab.waitForURL(atProvider("Google"));
  }
  await choose(page, "Google", "robin");
  await onDashboard(page, PEOPLE.robin);
  await choose(other, "Google", "kim");
  await expect(heading(other, "You’re signed in already")).toBeVisible();
  await expect(other.getByText(`You are signed in as ${PEOPLE.robin}.`)).toBeVisible();
  await expectAccessible(other);
  expect(wire.count(TOKEN), "the second code is not redeemed").toBe(1);
  await button(other, "Continue").click();
  await onDashboard(other, PEOPLE.robin);
});

test("whoever comes back after another tab has signed in can use their own account instead", async ({ page, context }) => {
  await page.goto("/sign-in");
  await button(page, "Continue with Google").click();
  const other = await context.newPage();
  await signInThrough(other, "Workforce", "kim", "Example Workforce");
  await choose(page, "Google", "robin");
  await button(page, "Use another account").click();
  // The hosted logout leads back to the start.
  await onSignIn(page);
  await onSignIn(other);
  await button(page, "Continue with Google").click();
  await choose(page, "Google", "robin");
  await onDashboard(page, PEOPLE.robin);
  await onDashboard(other, PEOPLE.robin);
});

test("in an outage the answer is not lost on the person: the same again leads in", async ({ page, wire, expectTrouble }) => {
  const answer = await answerOfGoogle(page);
  expectTrouble(/request failed: POST .*\/oauth2\/token/);
  await wire.refuse(TOKEN);
  await page.goto(answer.href);
  await isNotSignedIn(page, "couldn’t reach");
  await wire.restore();
  await button(page, "Try again with Google").click();
  await onDashboard(page, PEOPLE.robin);
});

test("an app client with a secret is a mistake of the set-up, and told as one", async ({ page, wire }) => {
  const answer = await answerOfGoogle(page);
  await wire.answer(TOKEN, { status: 400, body: '{"error":"invalid_client"}' });
  await page.goto(answer.href);
  await isNotSignedIn(page, "without a secret");
});

test("somebody of one’s own making comes in, and an address that is none changes nothing", async ({ page }) => {
  await page.goto("/callback");
  await expect(heading(page, "Page not found")).toBeVisible();
  await page.goto("/sign-in?code=1&state=of-another-app");
  await onSignIn(page);
  await expect(page, "an app may have other callbacks").toHaveURL(/code=1/);
  await page.goto("/sign-in");
  await button(page, "Continue with Google").click();
  await chooseOther(page, "Google", { email: "jo@example.com", given: "Jo" });
  await onDashboard(page, "jo@example.com");
});

test("a wrong password at the hosted pages is theirs to tell", async ({ page, expectTrouble }) => {
  await page.goto("/sign-in");
  await button(page, "More ways to sign in").click();
  expectTrouble(/status of 400.*\/login/);
  await signInAtHostedPages(page, { ...USER, password: "Wrong-42!" });
  await expect(page.getByRole("alert")).toBeVisible();
  await signInAtHostedPages(page, USER);
  await onDashboard(page, USER.email);
});

test("a trigger that refuses is quoted", async ({ page, pool }) => {
  await pool.settings({ triggers: { pre_sign_up: "Only people of Example Corp may come in." } });
  await page.goto("/sign-in");
  await button(page, "Continue with Google").click();
  await choose(page, "Google", "robin");
  await isNotSignedIn(page, "Only people of Example Corp may come in.");
});

test("a company’s provider that refuses is told as one that failed", async ({ page }) => {
  await page.goto("/sign-in");
  await button(page, "Continue with Example Partner").click();
  await refuse(page, "Partner");
  // What a SAML provider says does not come through.
  await isNotSignedIn(page, /failed|didn’t allow/);
  await expect(button(page, "Try again with Example Partner")).toBeEnabled();
});
