import { button, code, heading, onDashboard, onSignIn, signIn, signUp, submitSignIn } from "./support/screens";
import { USER } from "./support/pool";
import { MINUTE, RENEWAL, ROTATION, pass } from "./support/session";
import { expect, test } from "./support/test";
import { Thief } from "./support/thief";

const ANN = { email: "ann@example.com", password: "Harvest-Moon-7!" };

// What is left behind anywhere, the fixtures look for at the end of every test; here they have most to find.
test("In a whole journey no refresh token passes through a page, and nothing stays behind", async ({ page: first, context, pool, workers, wire, secrets, thief }) => {
  // A script is there from the start only in pages that open after it.
  await first.close();
  const page = await context.newPage();
  await pool.client(ROTATION);
  await workers.useClock();
  await signUp(page, ANN);
  await code(page).fill(await pool.code(ANN.email));
  await onDashboard(page, ANN.email);
  const worker = await workers.only();
  await button(page, "Sign out").click();
  await onSignIn(page);
  await submitSignIn(page, ANN);
  await onDashboard(page, ANN.email);
  await page.reload();
  await onDashboard(page, ANN.email);
  const second = await context.newPage();
  // What it shows comes from the pool, by the access token.
  await second.goto("/security");
  await expect(heading(second, "Security")).toBeVisible();
  const renewed = wire.waitFor(RENEWAL);
  await pass(pool, worker, 56 * MINUTE);
  await renewed;
  await button(page, "Refresh now").click();
  await expect(page.getByText("Your session has been renewed.")).toBeVisible();
  // The thief's own look is the stricter one while there is something to be had.
  await expect.poll(() => secrets.count("RefreshToken"), "one from each sign-in and each renewal").toBe(4);
  const tokens = secrets.known("RefreshToken");
  expect(await thief.findings(tokens)).toEqual([]);
  expect(await secrets.findings(context, pool)).toEqual([]);
  expect(wire.sent.filter(({ from, operation }) => from === "page" && operation !== undefined)).toEqual([]);
  await button(page, "Sign out").click();
  for (const tab of [page, second]) await onSignIn(tab);
  await expect.poll(() => pool.operations()).toContain("RevokeToken");
});

test("With the engine in the page the same thief gets it: that is what the worker is for", async ({ page: first, context, secrets, watched: _ }) => {
  await first.close();
  // Not the fixture's, which would not have it.
  const thief = await Thief.in(context);
  const page = await context.newPage();
  await page.addInitScript(() => {
    delete (window as Partial<typeof globalThis>).SharedWorker;
  });
  await signIn(page, USER);
  await expect.poll(() => secrets.count("RefreshToken")).toBe(1);
  await expect.poll(() => thief.findings(secrets.known("RefreshToken"))).toEqual(expect.arrayContaining(["fetch's answer", "WASM's memory"]));
});
