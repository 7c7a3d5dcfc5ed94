// The AWS SDK for JavaScript, pointed at the pool.
import * as cognito from "@aws-sdk/client-cognito-identity-provider";
import { CLIENT_ID, REGION } from "./pool.mjs";

/** A client whose keys are not those of anybody. */
export function sdk(pool) {
  return new cognito.CognitoIdentityProviderClient({
    region: REGION,
    endpoint: pool.url,
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
    maxAttempts: 1,
  });
}

/** Sends an operation by its name. */
export function send(client, operation, input) {
  return client.send(new cognito[`${operation}Command`](input));
}

/** InitiateAuth with USER_PASSWORD_AUTH, which the app client has to allow. */
export function passwordAuth(client, { email, password }, parameters = {}) {
  return send(client, "InitiateAuth", {
    AuthFlow: "USER_PASSWORD_AUTH",
    ClientId: CLIENT_ID,
    AuthParameters: { USERNAME: email, PASSWORD: password, ...parameters },
  });
}

export const PASSWORD_FLOW = {
  explicit_auth_flows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
};

/** RespondToAuthChallenge. */
export function answer(client, ChallengeName, Session, ChallengeResponses) {
  return send(client, "RespondToAuthChallenge", { ClientId: CLIENT_ID, ChallengeName, Session, ChallengeResponses });
}
