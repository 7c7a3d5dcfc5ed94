import { button, code, email, heading, onDashboard, onSignIn, password, signIn, signUp, submitSignIn } from "./support/screens";
import { POOL, USER } from "./support/pool";
import { DAY, RENEWAL, ROTATION, hasNoticed, limitSession, pass, sleep } from "./support/session";
import { expect, test } from "./support/test";

const ANN = { email: "ann@example.com", password: "Harvest-Moon-7!" };

test.describe("The session of the only tab", () => {
  test("outlives ten reloads, each without a request to the pool", async ({ page, pool }) => {
    await signIn(page, USER);
    const before = await pool.operations();
    for (let reload = 0; reload < 10; reload++) {
      await page.reload();
      await onDashboard(page, USER.email);
    }
    expect(await pool.operations()).toEqual(before);
  });

  test("outlives a trip to another site, and back by address and by button", async ({ page }) => {
    await signIn(page, USER);
    await page.goto(`${POOL}/mailbox`);
    await page.goto("/");
    await onDashboard(page, USER.email);
    await page.goto(`${POOL}/mailbox`);
    await page.goBack();
    await onDashboard(page, USER.email);
  });

  test("is taken up where it was by a page that is asked for by its own address", async ({ page }) => {
    await signIn(page, USER);
    await page.goto("/dashboard?x=1");
    await onDashboard(page, USER.email);
    await expect(page).toHaveURL("/dashboard?x=1");
    await page.goto("/sign-up");
    await onDashboard(page, USER.email);
    await expect(page).toHaveURL("/dashboard");
  });
});

test.describe("One session for all tabs", () => {
  test("is there in a second tab, and ends in both", async ({ page, context }) => {
    await signIn(page, USER);
    const second = await context.newPage();
    await second.goto("/");
    await onDashboard(second, USER.email);
    await button(second, "Sign out").click();
    await onSignIn(second);
    await onSignIn(page);
    await expect(page).toHaveURL("/sign-in");
  });

  test("is there for a tab that a link opens", async ({ page, context }) => {
    await signIn(page, USER);
    const opened = context.waitForEvent("page");
    await page.evaluate(() => void open("/dashboard", "_blank", "noopener"));
    await onDashboard(await opened, USER.email);
  });

  test("signs in everywhere: on sign-in, sign-up and a code's screen", async ({ page, context, pool }) => {
    await page.goto("/");
    await onSignIn(page);
    const [signingUp, waiting, asking, guest] = [await context.newPage(), await context.newPage(), await context.newPage(), await context.newPage()];
    await signingUp.goto("/sign-up");
    await email(signingUp).fill(ANN.email);
    await signUp(waiting, { ...ANN, email: "bob@example.com" });
    await asking.goto("/dashboard?x=1");
    await onSignIn(asking);
    await guest.goto("/forgot-password");
    await expect(heading(guest, "Forgot your password?")).toBeVisible();
    await submitSignIn(page, USER);
    for (const tab of [page, signingUp, waiting, asking, guest]) await onDashboard(tab, USER.email);
    await expect(asking).toHaveURL("/dashboard?x=1");
    expect((await pool.operations()).filter((operation) => operation === "RespondToAuthChallenge")).toHaveLength(1);
  });

  test("does not begin with another tab's sign-in page: a code's screen goes on", async ({ page, context, pool }) => {
    await signUp(page, ANN);
    const second = await context.newPage();
    await second.goto("/sign-in");
    await onSignIn(second);
    await submitSignIn(second, { ...USER, password: "not-the-password" });
    await expect(second.getByRole("alert")).toBeVisible();
    await second.goto("/sign-up");
    await expect(heading(second, "Create your account")).toBeVisible();
    await second.close();
    await expect(heading(page, "Confirm your account")).toBeVisible();
    await code(page).fill(await pool.code(ANN.email));
    await onDashboard(page, ANN.email);
  });

  test("keeps what two tabs have begun apart", async ({ page, context, pool }) => {
    const second = await context.newPage();
    await signUp(page, ANN);
    await signUp(second, { ...ANN, email: "bob@example.com" });
    // The code is Ann's, although Bob began later.
    await code(page).fill(await pool.code(ANN.email));
    await onDashboard(page, ANN.email);
    await onDashboard(second, ANN.email);
  });
});

test("Five tabs that open together with expired tokens ask for new ones once", async ({ page, context, pool, wire, workers }) => {
  const seconds = 200;
  await pool.client({ ...ROTATION, access_token_validity_seconds: seconds, id_token_validity_seconds: seconds });
  await workers.useClock();
  await signIn(page, USER);
  const worker = await workers.only();
  const others = await Promise.all(Array.from({ length: 4 }, () => context.newPage()));
  for (const tab of others) await tab.goto("/dashboard");
  for (const tab of others) await tab.close();
  await hasNoticed(worker, 1);
  await sleep(pool, worker, seconds + 20);
  expect(wire.count(RENEWAL)).toBe(0);
  const tabs = await Promise.all(Array.from({ length: 5 }, () => context.newPage()));
  // The security area needs a token at once, and a sign-in of the last five minutes.
  await Promise.all(tabs.map((tab, index) => tab.goto(index % 2 === 0 ? "/dashboard" : "/security")));
  for (const [index, tab] of tabs.entries()) {
    if (index % 2 === 0) await onDashboard(tab, USER.email);
    else await expect(heading(tab, "Security")).toBeVisible();
  }
  await onDashboard(page, USER.email);
  await expect(page.getByText(/^Renews in \d+ minutes$/)).toBeVisible();
  expect(wire.count(RENEWAL), "as the tabs tell it").toBe(1);
  expect((await pool.operations()).filter((operation) => operation === RENEWAL), "as the pool tells it").toHaveLength(1);
  expect(workers.alive).toEqual([worker]);
});

test.describe("When the last tab has been closed, the session", () => {
  const cases: Record<string, { session: Record<string, unknown>; seconds: number }> = {
    "outlasts it for half a minute": { session: {}, seconds: 30 },
    "outlasts it for as long as the site says": { session: { closed_seconds: 200 }, seconds: 200 },
  };
  for (const [what, { session, seconds }] of Object.entries(cases)) {
    for (const revoked of [false, true]) {
      test(`${what}, and is then ${revoked ? "revoked" : "forgotten"}`, async ({ page, context, pool, workers }) => {
        await limitSession(context, { ...session, revoke_when_closed: revoked });
        await workers.useClock();
        await signIn(page, USER);
        const worker = await workers.only();
        await page.close();
        await hasNoticed(worker, 0);
        await pass(pool, worker, seconds - 5);
        const again = await context.newPage();
        await again.goto("/");
        await onDashboard(again, USER.email);
        await again.close();
        await hasNoticed(worker, 0);
        await pass(pool, worker, seconds + 1);
        if (revoked) await expect.poll(() => pool.operations()).toContain("RevokeToken");
        const late = await context.newPage();
        await late.goto("/dashboard");
        await onSignIn(late);
        await expect(late.getByRole("status").filter({ hasText: /./ }), "nobody need be told why").toHaveCount(0);
        if (!revoked) expect(await pool.operations()).not.toContain("RevokeToken");
        // It is the engine that forgot, not the browser that ended it.
        expect(workers.alive).toEqual([worker]);
        expect(worker.lives).toBe(1);
      });
    }
  }

  test("does not outlast a device's sleep, even if no timer ran", async ({ page, context, pool, workers }) => {
    await workers.useClock();
    await signIn(page, USER);
    const worker = await workers.only();
    await page.close();
    await hasNoticed(worker, 0);
    await sleep(pool, worker, 31);
    const late = await context.newPage();
    await late.goto("/dashboard");
    await onSignIn(late);
    expect(workers.alive).toEqual([worker]);
  });

  test("goes on while one of two is open", async ({ page, context, pool, workers }) => {
    await workers.useClock();
    await signIn(page, USER);
    const second = await context.newPage();
    await second.goto("/");
    await onDashboard(second, USER.email);
    const worker = await workers.only();
    await page.close();
    await hasNoticed(worker, 1);
    await pass(pool, worker, DAY);
    await second.reload();
    await onDashboard(second, USER.email);
  });
});

test.describe("Beside each other without harm:", () => {
  test("pages of two builds", async ({ page, context, workers, wire, request }) => {
    await signIn(page, USER);
    const first = await workers.only();
    // Another build is another name of the program; its page names it before boot.js reads the name.
    const program = (await page.locator("meta[name=program]").getAttribute("content")) ?? "";
    const [glue = "", wasm = ""] = program.split(" ");
    await wire.answer(/\/another-build\.js$/, { body: await (await request.get(glue)).text(), contentType: "text/javascript" });
    const newer = await context.newPage();
    await newer.addInitScript((content) => {
      new MutationObserver(() => {
        document.querySelector("meta[name=program]")?.setAttribute("content", content);
      }).observe(document, { childList: true, subtree: true });
    }, `/another-build.js ${wasm}`);
    await newer.goto("/");
    await onSignIn(newer);
    await expect.poll(() => workers.alive.length).toBe(2);
    const second = workers.alive.find((worker) => worker !== first);
    expect(second?.identity.url).toContain("/engine.js?another-build.js&");
    await signIn(newer, { ...USER });
    await button(page, "Refresh now").click();
    await expect(page.getByText("Your session has been renewed.")).toBeVisible();
    await button(newer, "Sign out").click();
    await onSignIn(newer);
    await onDashboard(page, USER.email);
    await page.reload();
    await onDashboard(page, USER.email);
    expect(workers.alive).toEqual([first, second]);
  });

  test("pages of two configurations", async ({ page, context, workers }) => {
    await signIn(page, USER);
    const other = await context.newPage();
    await limitSession(other, { closed_seconds: 60 });
    await other.goto("/");
    await onSignIn(other);
    await expect.poll(() => workers.alive.length).toBe(2);
    await expect(password(other)).toHaveValue("");
    await signIn(other, USER);
    await button(page, "Sign out").click();
    await onSignIn(page);
    await other.reload();
    await onDashboard(other, USER.email);
  });
});
