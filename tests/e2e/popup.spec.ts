import { expectAccessible } from "./support/accessible";
import { atProvider, choose, configure, PEOPLE, refuse, TOKEN, withOAuth } from "./support/hosted";
import { alert, button, onDashboard, onSignIn } from "./support/screens";
import { withoutWorkers } from "./support/session";
import { type Page, expect, test } from "./support/test";

test.beforeEach(async ({ context }) => configure(context, withOAuth({ popup: true })));

async function openPopup(page: Page): Promise<Page> {
  await page.goto("/sign-in");
  const opened = page.waitForEvent("popup");
  await button(page, "Continue with Google").click();
  const popup = await opened;
  await popup.waitForURL(atProvider("Google"));
  return popup;
}

for (const where of ["in a worker", "in the page"]) {
  test(`people sign in in a popup, which closes, with the engine ${where}`, async ({ page }) => {
    if (where === "in the page") await withoutWorkers(page);
    const popup = await openPopup(page);
    await expect(page, "the page stays").toHaveURL("/sign-in");
    expect(await page.evaluate(() => sessionStorage.length), "and keeps nothing").toBe(0);
    const closed = popup.waitForEvent("close");
    await choose(popup, "Google", "robin");
    await closed;
    await onDashboard(page, PEOPLE.robin);
  });
}

test("the opener is told by the popup itself where the browser leaves the two together", async ({ page, context, wire }) => {
  await context.addInitScript(() => Reflect.deleteProperty(window, "BroadcastChannel"));
  // The popup stays where it is, in one group with its opener, and comes from there.
  await context.route(/\/oauth2\/authorize\?/, (route) => route.fulfill({ status: 204 }));
  await page.goto("/sign-in");
  const [popup, asked] = await Promise.all([
    page.waitForEvent("popup"),
    context.waitForEvent("request", (request) => request.url().includes("/oauth2/authorize?")),
    button(page, "Continue with Google").click(),
  ]);
  const state = new URL(asked.url()).searchParams.get("state") ?? "";
  const redeemed = wire.waitFor(TOKEN);
  await popup.evaluate((address) => window.location.assign(address), `http://localhost:8080/callback?code=no-such-code&state=${state}`);
  expect((await redeemed).body).toContain("code=no-such-code");
  await expect(alert(page)).toContainText("used already or took too long");
});

test("a popup that was closed is noticed, and the button is there again", async ({ page }) => {
  const popup = await openPopup(page);
  await expect(button(page, "Waiting for the window…")).toBeVisible();
  await popup.close();
  await expect(alert(page)).toContainText("was closed", { timeout: 20_000 });
  const again = page.waitForEvent("popup");
  await button(page, "Continue with Google").click();
  await choose(await again, "Google", "robin");
  await onDashboard(page, PEOPLE.robin);
});

test("a popup that a page on the way has cut off looks closed, and signs in all the same", async ({ page, context }) => {
  await context.route(/\/oauth2\/authorize\?/, async (route) => {
    const response = await route.fetch({ maxRedirects: 0 });
    await route.fulfill({ response, headers: { ...response.headers(), "cross-origin-opener-policy": "same-origin" } });
  });
  const popup = await openPopup(page);
  await expect(alert(page)).toContainText("was closed", { timeout: 20_000 });
  expect(popup.isClosed()).toBe(false);
  await choose(popup, "Google", "robin");
  await onDashboard(page, PEOPLE.robin);
});

test("waiting can be given up, which closes the popup", async ({ page }) => {
  const popup = await openPopup(page);
  const closed = popup.waitForEvent("close");
  await expectAccessible(page);
  await button(page, "Cancel").click();
  await closed;
  await expect(button(page, "Continue with Google")).toBeEnabled();
});

test("a popup that the browser blocks is told, and nothing waits", async ({ page, wire }) => {
  await page.addInitScript(() => {
    window.open = () => null;
  });
  await page.goto("/sign-in");
  await button(page, "Continue with Google").click();
  await expect(alert(page)).toContainText("blocked the sign-in window");
  await expect(button(page, "Continue with Google")).toBeEnabled();
  expect(wire.count(TOKEN)).toBe(0);
});

test("a refusal in the popup is told in the page", async ({ page }) => {
  const popup = await openPopup(page);
  await refuse(popup, "Google");
  await expect(alert(page)).toContainText("didn’t allow this site");
  await onSignIn(page);
});

test("messages of others are not listened to", async ({ page, context, wire }) => {
  const popup = await openPopup(page);
  // Of this very origin and window, and not the answer to this request.
  await page.evaluate(() => {
    const answer = `?code=stolen-code&state=ycp.${"A".repeat(43)}`;
    window.postMessage(answer, location.origin);
    new BroadcastChannel("yew-cognito.popup").postMessage(answer);
    for (const odd of [null, 1, { code: 1 }, "?code=1"]) window.postMessage(odd, location.origin);
  });
  await expect(button(page, "Waiting for the window…")).toBeVisible();
  expect(wire.count(TOKEN)).toBe(0);
  await choose(popup, "Google", "robin");
  await onDashboard(page, PEOPLE.robin);
  expect(wire.count(TOKEN)).toBe(1);
  expect(context.pages()).toHaveLength(1);
});

test("an answer for a popup that somebody opens as a page is handed to nobody", async ({ page, wire, expectTrouble }) => {
  expectTrouble(/Scripts may close only the windows that were opened by them/);
  await page.goto(`/callback?code=somebodys-code&state=ycp.${"A".repeat(43)}`);
  await expect(page.getByRole("heading", { name: "You can close this window" })).toBeVisible();
  await expect(page).toHaveURL("/callback");
  await expectAccessible(page);
  expect(wire.count(TOKEN)).toBe(0);
});

test("a page of another origin that opens the callback is told nothing", async ({ page, context, pool }) => {
  // The pool's own pages are of another origin; they open the app's callback as an attacker's would.
  expect(pool.isRunning).toBe(true);
  // Without this header the browser leaves the two together: it is the app that has to keep silent.
  await context.route(/\/callback\?/, async (route) => {
    const response = await route.fetch();
    const { "cross-origin-opener-policy": _, ...headers } = response.headers();
    await route.fulfill({ response, headers });
  });
  const openers: boolean[] = [];
  await context.exposeFunction("journeyOpener", (has: boolean) => openers.push(has));
  await context.addInitScript(() => {
    if (location.pathname === "/callback") (window as unknown as { journeyOpener: (has: boolean) => void }).journeyOpener(window.opener !== null);
  });
  await page.goto("http://127.0.0.1:9229/");
  await page.evaluate(() => {
    const heard: string[] = [];
    Object.assign(window, { heard });
    window.addEventListener("message", (event) => heard.push(String(event.data)));
  });
  const opened = context.waitForEvent("page");
  await page.evaluate((state) => {
    window.open(`http://localhost:8080/callback?code=a-code&state=${state}`);
  }, `ycp.${"A".repeat(43)}`);
  // It has done what it does when it closes itself.
  const popup = await opened;
  await expect.poll(() => popup.isClosed()).toBe(true);
  expect(openers, "it has an opener that it could tell").toEqual([true]);
  expect(await page.evaluate(() => (window as unknown as { heard: string[] }).heard)).toEqual([]);
});

test("an app that stands in a frame signs in by popup, whatever the configuration says", async ({ page, context }) => {
  await configure(context, withOAuth({ popup: false }));
  await context.route("http://localhost:8080/outside", (route) =>
    route.fulfill({ contentType: "text/html", body: '<!doctype html><title>Outside</title><iframe src="/sign-in" width="400" height="800"></iframe>' }),
  );
  // The policy that the app is shipped with lets nobody embed it.
  await context.route("http://localhost:8080/sign-in", async (route) => {
    const response = await route.fetch();
    const headers = response.headers();
    const policy = headers["content-security-policy"]?.replace("frame-ancestors 'none'", "frame-ancestors 'self'") ?? "";
    await route.fulfill({ response, headers: { ...headers, "content-security-policy": policy } });
  });
  await page.goto("/outside");
  const app = page.frameLocator("iframe");
  const opened = page.waitForEvent("popup");
  await app.getByRole("button", { name: "Continue with Google", exact: true }).click();
  await choose(await opened, "Google", "robin");
  await expect(app.getByText("You are signed in.")).toBeVisible();
  await expect(page).toHaveURL("/outside");
});
