import type { CDPSession, Page } from "@playwright/test";
import type { Pool } from "./pool";
import { POOL } from "./pool";

export const CLIENT = "localspaclient000000000001";

export type Answer = Record<string, unknown> & { __type?: string };

/** Has the app and the pool offer ways to sign in without a password; `passwordless` is amplify_outputs.json's. */
export async function offer(page: Page, pool: Pool, passwordless: Record<string, unknown>, auth: Record<string, unknown> = {}): Promise<void> {
  await page.route("**/amplify_outputs.json", async (route) => {
    const outputs = await (await route.fetch()).json();
    Object.assign(outputs.auth, { passwordless }, auth);
    await route.fulfill({ json: outputs });
  });
  await pool.settings({
    allowed_first_auth_factors: ["PASSWORD", "EMAIL_OTP", "SMS_OTP", "WEB_AUTHN"],
    web_authn: { relying_party_id: "localhost", user_verification: "required" },
  });
  await pool.client({
    explicit_auth_flows: ["ALLOW_USER_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
  });
}

/** One operation, called by the page itself. */
export async function call(page: Page, operation: string, input: Record<string, unknown>): Promise<Answer> {
  return page.evaluate(
    async ([endpoint, operation, input]) => {
      const response = await fetch(endpoint, {
        method: "POST",
        headers: {
          "content-type": "application/x-amz-json-1.1",
          "x-amz-target": `AWSCognitoIdentityProviderService.${operation}`,
        },
        body: JSON.stringify(input),
      });
      return response.json();
    },
    [POOL, operation, input] as const,
  );
}

/** Lets the browser's authenticator make a passkey. */
export function create(page: Page, options: unknown): Promise<unknown> {
  return page.evaluate(async (json) => {
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(json as never);
    const credential = (await navigator.credentials.create({ publicKey })) as PublicKeyCredential;
    return credential.toJSON();
  }, options);
}

/** The browser's own authenticator, built into the device. */
export class Authenticator {
  private constructor(
    private readonly devtools: CDPSession,
    private readonly authenticatorId: string,
  ) {}

  static async on(page: Page): Promise<Authenticator> {
    const devtools = await page.context().newCDPSession(page);
    await devtools.send("WebAuthn.enable");
    const { authenticatorId } = await devtools.send("WebAuthn.addVirtualAuthenticator", {
      options: {
        protocol: "ctap2",
        transport: "internal",
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    return new Authenticator(devtools, authenticatorId);
  }

  /** Whether somebody is there to touch it, and picks its passkey wherever one is suggested. */
  async present(enabled: boolean): Promise<void> {
    await this.devtools.send("WebAuthn.setAutomaticPresenceSimulation", { authenticatorId: this.authenticatorId, enabled });
  }

  /** Whether it knows the person's finger. */
  async verifies(isUserVerified: boolean): Promise<void> {
    await this.devtools.send("WebAuthn.setUserVerified", { authenticatorId: this.authenticatorId, isUserVerified });
  }

  /** How many passkeys it holds. */
  async count(): Promise<number> {
    const { credentials } = await this.devtools.send("WebAuthn.getCredentials", { authenticatorId: this.authenticatorId });
    return credentials.length;
  }

  /** Loses them all. */
  async clear(): Promise<void> {
    await this.devtools.send("WebAuthn.clearCredentials", { authenticatorId: this.authenticatorId });
  }
}

/** Registers a passkey past the app; the page is at the app's address. Returns the access token it took. */
export async function register(page: Page, user: { email: string; password: string }): Promise<string> {
  const signedIn = await call(page, "InitiateAuth", {
    ClientId: CLIENT,
    AuthFlow: "USER_PASSWORD_AUTH",
    AuthParameters: { USERNAME: user.email, PASSWORD: user.password },
  });
  const result = signedIn.AuthenticationResult as { AccessToken: string } | undefined;
  if (!result) throw new Error(`no tokens: ${signedIn.__type ?? signedIn.ChallengeName}`);
  const { AccessToken } = result;
  const started = await call(page, "StartWebAuthnRegistration", { AccessToken });
  const Credential = await create(page, started.CredentialCreationOptions);
  const completed = await call(page, "CompleteWebAuthnRegistration", { AccessToken, Credential });
  if (completed.__type) throw new Error(`not registered: ${completed.__type}`);
  return AccessToken;
}
