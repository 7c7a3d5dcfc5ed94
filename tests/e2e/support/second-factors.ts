import { type Account, submitSignIn } from "./screens";
import { POOL_ID, type Pool, USER } from "./pool";
import { totp } from "./authenticator";
import type { Page } from "./test";

export const PHONE = "+15550100123";
const CLIENT_ID = "localspaclient000000000001";

export type Methods = { sms?: boolean; software_token?: boolean; email?: boolean };

export async function requireMfa(pool: Pool, methods: Methods): Promise<void> {
  await pool.settings({ mfa: { configuration: "ON", sms: false, software_token: false, email: false, ...methods } });
}

/** Gives the user a phone that text messages reach. */
export async function givePhone(pool: Pool): Promise<void> {
  await pool.user({ email: USER.email, attributes: { phone_number: PHONE, phone_number_verified: "true" } });
}

/** Makes the user one whom no code reaches, so that a second factor has to be set up. */
export async function withoutContact(pool: Pool): Promise<void> {
  await pool.user({ email: USER.email, attributes: { email_verified: "false" } });
}

/** Lets the user choose between text messages and e-mails. */
export async function withChoice(pool: Pool): Promise<void> {
  await requireMfa(pool, { sms: true, email: true });
  await givePhone(pool);
  await pool.call("AdminSetUserMFAPreference", {
    UserPoolId: POOL_ID,
    Username: USER.email,
    SMSMfaSettings: { Enabled: true },
    EmailMfaSettings: { Enabled: true },
  });
}

/** Sets an authenticator app up for the user, as on another device. Its secret is the answer. */
export async function giveAuthenticator(pool: Pool, name?: string): Promise<string> {
  await pool.client({ explicit_auth_flows: ["ALLOW_USER_SRP_AUTH", "ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"] });
  await pool.settings({ mfa: { configuration: "OPTIONAL", software_token: true } });
  const { AuthenticationResult } = await pool.call("InitiateAuth", {
    ClientId: CLIENT_ID,
    AuthFlow: "USER_PASSWORD_AUTH",
    AuthParameters: { USERNAME: USER.email, PASSWORD: USER.password },
  });
  const { AccessToken } = AuthenticationResult as { AccessToken: string };
  const { SecretCode } = (await pool.call("AssociateSoftwareToken", { AccessToken })) as { SecretCode: string };
  // One step back, so that the code of now has not been used.
  await pool.call("VerifySoftwareToken", { AccessToken, UserCode: totp(SecretCode, -1), FriendlyDeviceName: name });
  await pool.call("SetUserMFAPreference", { AccessToken, SoftwareTokenMfaSettings: { Enabled: true, PreferredMfa: true } });
  return SecretCode;
}

/** Serves the app with another way to sign in by password. */
export async function withFlow(page: Page, flow: string): Promise<void> {
  await page.route("**/amplify_outputs.json", async (route) => {
    const config = await (await route.fetch()).json();
    config.auth.authentication_flow_type = flow;
    await route.fulfill({ json: config });
  });
}

/** Has the pool ask its own questions. */
export async function withQuestions(pool: Pool, challenges: Record<string, unknown>[], attempts = 3): Promise<void> {
  await pool.client({ explicit_auth_flows: ["ALLOW_CUSTOM_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"] });
  await pool.settings({ custom_auth: { attempts, challenges } });
}

/** Opens the app and submits the password. */
export async function submitPassword(page: Page, account: Account = USER): Promise<void> {
  await page.goto("/sign-in");
  await submitSignIn(page, account);
}

export const other = (code: string): string => (code === "111111" ? "222222" : "111111");
