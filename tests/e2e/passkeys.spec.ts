import type { Page } from "@playwright/test";
import { Authenticator, type Answer, CLIENT, call, create } from "./support/passwordless";
import { USER } from "./support/pool";
import { expect, test } from "./support/test";

function signIn(page: Page, flow: string, parameters: Record<string, string>): Promise<Answer> {
  return call(page, "InitiateAuth", { ClientId: CLIENT, AuthFlow: flow, AuthParameters: parameters });
}

function accessToken(answer: Answer): string {
  const result = answer.AuthenticationResult as { AccessToken: string } | undefined;
  if (!result) throw new Error(`no tokens: ${answer.__type ?? answer.ChallengeName}`);
  return result.AccessToken;
}

/** The claims of a JWT. */
function claims(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
}

/** Lets the browser's authenticator sign a challenge. */
function sign(page: Page, options: string): Promise<string> {
  return page.evaluate(async (json) => {
    const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(JSON.parse(json));
    const credential = (await navigator.credentials.get({ publicKey })) as PublicKeyCredential;
    return JSON.stringify(credential.toJSON());
  }, options);
}

type Challenge = { Session: string; ChallengeParameters: { CREDENTIAL_REQUEST_OPTIONS: string } };

async function challenge(page: Page): Promise<Challenge> {
  const asked = { USERNAME: USER.email, PREFERRED_CHALLENGE: "WEB_AUTHN" };
  const answer = await signIn(page, "USER_AUTH", asked);
  expect(answer.ChallengeName).toBe("WEB_AUTHN");
  return answer as unknown as Challenge;
}

function answer(page: Page, { Session }: Challenge, credential: string): Promise<Answer> {
  return call(page, "RespondToAuthChallenge", {
    ClientId: CLIENT,
    ChallengeName: "WEB_AUTHN",
    Session,
    ChallengeResponses: { USERNAME: USER.email, CREDENTIAL: credential },
  });
}

test.describe("passkeys in the local pool, with the browser's own authenticator", () => {
  test.beforeEach(async ({ page, pool }) => {
    await pool.settings({
      allowed_first_auth_factors: ["PASSWORD", "WEB_AUTHN"],
      web_authn: { relying_party_id: "localhost", user_verification: "required" },
    });
    await pool.client({
      explicit_auth_flows: ["ALLOW_USER_AUTH", "ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
    });
    await Authenticator.on(page);
    await page.goto("/sign-in");
  });

  async function register(page: Page): Promise<string> {
    const signedIn = await signIn(page, "USER_PASSWORD_AUTH", { USERNAME: USER.email, PASSWORD: USER.password });
    const token = accessToken(signedIn);
    const started = await call(page, "StartWebAuthnRegistration", { AccessToken: token });
    const credential = await create(page, started.CredentialCreationOptions);
    const completed = await call(page, "CompleteWebAuthnRegistration", { AccessToken: token, Credential: credential });
    expect(completed).toEqual({});
    return token;
  }

  test("registers one, lists it, signs in with it twice, and deletes it", async ({ page }) => {
    const token = await register(page);
    const listed = await call(page, "ListWebAuthnCredentials", { AccessToken: token });
    const credentials = listed.Credentials as { CredentialId: string; RelyingPartyId: string }[];
    expect(credentials).toHaveLength(1);
    expect(credentials[0]?.RelyingPartyId).toBe("localhost");
    for (let time = 0; time < 2; time++) {
      const asked = await challenge(page);
      const credential = await sign(page, asked.ChallengeParameters.CREDENTIAL_REQUEST_OPTIONS);
      const signedIn = await answer(page, asked, credential);
      const { acr, amr } = claims(accessToken(signedIn));
      expect({ acr, amr }).toEqual({ acr: "urn:cognito:loa:3", amr: ["swk"] });
      const replayed = await answer(page, asked, credential);
      expect(replayed.__type).toBe("NotAuthorizedException");
    }
    const CredentialId = credentials[0]?.CredentialId;
    await call(page, "DeleteWebAuthnCredential", { AccessToken: token, CredentialId });
    const after = await signIn(page, "USER_AUTH", { USERNAME: USER.email, PREFERRED_CHALLENGE: "WEB_AUTHN" });
    expect(after.ChallengeName).toBe("SELECT_CHALLENGE");
    expect(after.AvailableChallenges).toEqual(["PASSWORD", "PASSWORD_SRP"]);
  });

  test("refuses a signature of another challenge", async ({ page }) => {
    await register(page);
    const [one, other] = [await challenge(page), await challenge(page)];
    const credential = await sign(page, one.ChallengeParameters.CREDENTIAL_REQUEST_OPTIONS);
    expect((await answer(page, other, credential)).__type).toBe("NotAuthorizedException");
  });
});
