import { expectAccessible } from "./support/accessible";
import { button, code, heading, items, link, onDashboard, onSignIn, submitSignIn } from "./support/screens";
import { PHONE, givePhone, requireMfa, submitPassword } from "./support/second-factors";
import { POOL, USER } from "./support/pool";
import { type Page, type Pool, expect, test } from "./support/test";

const CLIENT = "localspaclient000000000001";

async function rememberDevices(pool: Pool, only_remembered_on_user_prompt: boolean): Promise<void> {
  await pool.settings({ devices: { challenge_required_on_new_device: true, only_remembered_on_user_prompt } });
}

async function enterCode(page: Page, pool: Pool): Promise<void> {
  await expect(heading(page, "Check your phone")).toBeVisible();
  await code(page).fill(await pool.code(PHONE));
}

async function signInAgain(page: Page): Promise<void> {
  await button(page, "Sign out").click();
  await onSignIn(page);
  await submitSignIn(page, USER);
}

test.describe("A device", () => {
  test.beforeEach(async ({ pool }) => {
    await requireMfa(pool, { sms: true });
    await givePhone(pool);
    await rememberDevices(pool, true);
  });

  test("that is to be remembered needs no code any more, not even from a new engine", async ({ page, pool, workers }) => {
    await submitPassword(page);
    await enterCode(page, pool);
    await expect(heading(page, "Remember this device?")).toBeVisible();
    await button(page, "Yes, remember it").click();
    await onDashboard(page, USER.email);
    await signInAgain(page);
    await onDashboard(page, USER.email);
    // As when the browser is started again.
    await page.goto("about:blank");
    await (await workers.only()).close();
    await page.goto("/sign-in");
    await submitSignIn(page, USER);
    await onDashboard(page, USER.email);
    expect(await pool.mails(PHONE)).toHaveLength(1);
  });

  test("is asked about where one wanted to go, once, and the address stays", async ({ page, pool }) => {
    await page.goto("/dashboard?x=1");
    await submitSignIn(page, USER);
    await enterCode(page, pool);
    await expect(heading(page, "Remember this device?")).toBeFocused();
    await expect(page).toHaveURL("/dashboard?x=1");
    await button(page, "Not on this one").click();
    await onDashboard(page, USER.email);
    await expect(page).toHaveURL("/dashboard?x=1");
    await link(page, "Security").click();
    await expect(heading(page, "Security")).toBeVisible();
    await link(page, "Back to the dashboard").click();
    await onDashboard(page, USER.email);
    await button(page, "Refresh now").click();
    await expect(page.getByText("Your session has been renewed.")).toBeVisible();
  });

  test("that is not to be remembered needs a code each time", async ({ page, pool, wire }) => {
    await submitPassword(page);
    await enterCode(page, pool);
    const told = wire.waitFor("UpdateDeviceStatus");
    await button(page, "Not on this one").click();
    expect((await told).status).toBe(200);
    await onDashboard(page, USER.email);
    await signInAgain(page);
    await enterCode(page, pool);
    await onDashboard(page, USER.email);
    expect(await pool.mails(PHONE)).toHaveLength(2);
  });

  test("that could not be remembered says so, and does not stand in the way", async ({ page, pool }) => {
    await submitPassword(page);
    await enterCode(page, pool);
    await expect(heading(page, "Remember this device?")).toBeVisible();
    await pool.fault({ operation: "UpdateDeviceStatus", type: "TooManyRequestsException", times: 3 });
    await button(page, "Yes, remember it").click();
    await expect(page.getByRole("alert")).toHaveText("The sign-in service is busy. Try again in a moment.");
    await button(page, "Not on this one").click();
    await onDashboard(page, USER.email);
  });

  test("is remembered without a question where the pool always does, and its session is renewed", async ({ page, pool, wire }) => {
    await rememberDevices(pool, false);
    await submitPassword(page);
    await enterCode(page, pool);
    await onDashboard(page, USER.email);
    await signInAgain(page);
    await onDashboard(page, USER.email);
    const renewed = wire.waitFor("GetTokensFromRefreshToken");
    await button(page, "Refresh now").click();
    expect((await renewed).status).toBe(200);
    await expect(page.getByText("Your session has been renewed.")).toBeVisible();
    expect(await pool.mails(PHONE)).toHaveLength(1);
  });

  test("that was forgotten elsewhere needs a code again, and is then remembered anew", async ({ page, pool }) => {
    await rememberDevices(pool, false);
    await pool.client({ explicit_auth_flows: ["ALLOW_USER_SRP_AUTH", "ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"] });
    await submitPassword(page);
    await enterCode(page, pool);
    await onDashboard(page, USER.email);
    await forgetElsewhere(pool);
    await signInAgain(page);
    await enterCode(page, pool);
    await onDashboard(page, USER.email);
    await signInAgain(page);
    await onDashboard(page, USER.email);
  });

  test("is listed, and forgotten after a question", async ({ page, pool }) => {
    await rememberDevices(pool, false);
    await submitPassword(page);
    await enterCode(page, pool);
    await onDashboard(page, USER.email);
    await link(page, "Security").click();
    const devices = items(page, "Devices");
    await expect(devices).toHaveCount(1);
    await expect(devices).toContainText("This device");
    await expect(devices).toContainText("Last sign-in: ");
    await page.getByRole("button", { name: /^Forget Device/ }).click();
    await expect(page.getByText("Forget this device? The next sign-in on it asks for everything again.")).toBeVisible();
    await button(page, "Keep it").click();
    await page.getByRole("button", { name: /^Forget Device/ }).click();
    await expectAccessible(page);
    await button(page, "Forget this device").click();
    await expect(page.getByText("The device is forgotten.")).toBeVisible();
    await expect(page.getByText("No device is remembered.")).toBeVisible();
    await expect(page.getByRole("heading", { level: 2, name: "Devices" })).toBeFocused();
    await link(page, "Back to the dashboard").click();
    await signInAgain(page);
    await enterCode(page, pool);
    await onDashboard(page, USER.email);
  });

  test("is asked about on a screen for everybody", async ({ page, pool }) => {
    await submitPassword(page);
    await enterCode(page, pool);
    await expect(heading(page, "Remember this device?")).toBeVisible();
    await expectAccessible(page);
  });
});

/** Signs in elsewhere, with the newest code, and forgets all devices there. */
async function forgetElsewhere(pool: Pool): Promise<void> {
  const { Session } = await pool.call("InitiateAuth", {
    ClientId: CLIENT,
    AuthFlow: "USER_PASSWORD_AUTH",
    AuthParameters: { USERNAME: USER.email, PASSWORD: USER.password },
  });
  const { AuthenticationResult } = await pool.call("RespondToAuthChallenge", {
    ClientId: CLIENT,
    ChallengeName: "SMS_MFA",
    Session,
    ChallengeResponses: { USERNAME: USER.email, SMS_MFA_CODE: await pool.code(PHONE) },
  });
  const { AccessToken } = AuthenticationResult as { AccessToken: string };
  const { Devices } = (await pool.call("ListDevices", { AccessToken })) as { Devices: { DeviceKey: string }[] };
  expect(Devices.length, `devices at ${POOL}`).toBeGreaterThan(0);
  for (const { DeviceKey } of Devices) await pool.call("ForgetDevice", { AccessToken, DeviceKey });
}
