import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { confirmSignIn, fetchAuthSession, fetchUserAttributes, getCurrentUser, signIn, signOut } from "aws-amplify/auth";
import { configure, stored } from "../support/amplify.mjs";
import { intercepting } from "../support/fetch.mjs";
import { verified } from "../support/jwt.mjs";
import { ADMIN, CLIENT_ID, NEWCOMER, USER, flip, usePool } from "../support/pool.mjs";

const pool = usePool();
let store;
beforeEach(() => {
  store = configure(pool);
});

const credentials = ({ email, password }) => ({ username: email, password });
const refused = { name: "NotAuthorizedException", message: "Incorrect username or password." };

test("Amplify signs in by SRP and gets tokens that the pool has signed", async () => {
  const result = await signIn(credentials(USER));
  assert.deepEqual(result, { isSignedIn: true, nextStep: { signInStep: "DONE" } });
  const { tokens, userSub } = await fetchAuthSession();
  const id = await verified(pool, tokens.idToken.toString());
  assert.equal(id.iss, pool.issuer);
  assert.equal(id.aud, CLIENT_ID);
  assert.equal(id.sub, userSub);
  const access = await verified(pool, tokens.accessToken.toString());
  assert.equal(access.client_id, CLIENT_ID);
  const { username, userId, signInDetails } = await getCurrentUser();
  assert.equal(userId, id.sub);
  assert.equal(username, access.username);
  assert.equal(signInDetails.authFlowType, "USER_SRP_AUTH");
  assert.equal((await fetchUserAttributes()).email, USER.email);
});

test("Amplify gets the groups", async () => {
  await signIn(credentials(ADMIN));
  const { tokens } = await fetchAuthSession();
  assert.deepEqual(tokens.accessToken.payload["cognito:groups"], ["admins"]);
});

test("Amplify is refused with a wrong password, and as an unknown user in the same words", async () => {
  await assert.rejects(signIn({ username: USER.email, password: "Sunflower-43!" }), refused);
  await assert.rejects(signIn({ username: "nobody@example.com", password: USER.password }), refused);
});

test("Amplify is refused when its proof is changed on the way", async () => {
  let changed = 0;
  const change = (operation, body) => {
    if (operation !== "RespondToAuthChallenge") return;
    const answers = body.ChallengeResponses;
    answers.PASSWORD_CLAIM_SIGNATURE = flip(answers.PASSWORD_CLAIM_SIGNATURE);
    changed += 1;
  };
  await assert.rejects(intercepting(change, () => signIn(credentials(USER))), refused);
  assert.equal(changed, 1);
});

test("Amplify signs in with USER_PASSWORD_AUTH where the client allows it", async () => {
  const input = { ...credentials(USER), options: { authFlowType: "USER_PASSWORD_AUTH" } };
  await assert.rejects(signIn(input), { name: "InvalidParameterException" });
  await pool.client({ explicit_auth_flows: ["ALLOW_USER_PASSWORD_AUTH"] });
  assert.equal((await signIn(input)).isSignedIn, true);
});

test("Amplify replaces a temporary password", async () => {
  const { isSignedIn, nextStep } = await signIn(credentials(NEWCOMER));
  assert.equal(isSignedIn, false);
  assert.equal(nextStep.signInStep, "CONFIRM_SIGN_IN_WITH_NEW_PASSWORD_REQUIRED");
  const { isSignedIn: done } = await confirmSignIn({ challengeResponse: "Marigold-43!" });
  assert.equal(done, true);
  await signOut();
  assert.equal((await signIn({ username: NEWCOMER.email, password: "Marigold-43!" })).isSignedIn, true);
});

test("Amplify is sent to the step that the account needs", async () => {
  const cases = [
    ["UNCONFIRMED", "CONFIRM_SIGN_UP"],
    ["RESET_REQUIRED", "RESET_PASSWORD"],
  ];
  for (const [status, step] of cases) {
    await pool.user({ email: USER.email, status });
    const { isSignedIn, nextStep } = await signIn(credentials(USER));
    assert.equal(isSignedIn, false);
    assert.equal(nextStep.signInStep, step);
  }
});

test("Amplify refreshes, by itself and when told", async () => {
  await signIn(credentials(USER));
  const before = (await fetchAuthSession()).tokens.accessToken;
  await pool.advance(60);
  const after = (await fetchAuthSession({ forceRefresh: true })).tokens.accessToken;
  assert.ok(after.payload.iat >= before.payload.iat + 60);
  await verified(pool, after.toString());
  assert.ok((await pool.operations()).includes("GetTokensFromRefreshToken"));
});

test("Amplify keeps its session where refresh tokens rotate", async () => {
  await pool.client({ refresh_token_rotation: { enabled: true, retry_grace_period_seconds: 0 } });
  await signIn(credentials(USER));
  const seen = new Set([stored(store, ".refreshToken")]);
  for (let round = 1; round <= 2; round += 1) {
    await fetchAuthSession({ forceRefresh: true });
    seen.add(stored(store, ".refreshToken"));
    assert.equal(seen.size, round + 1);
  }
  assert.equal((await fetchUserAttributes()).email, USER.email);
});

test("Amplify revokes its session when it signs out", async () => {
  await signIn(credentials(USER));
  await signOut();
  assert.equal((await pool.operations()).at(-1), "RevokeToken");
  assert.equal((await fetchAuthSession()).tokens, undefined);
});

test("Amplify signs out everywhere", async () => {
  await signIn(credentials(USER));
  const elsewhere = new Map(store.items);
  await signOut({ global: true });
  assert.equal((await pool.operations()).at(-1), "GlobalSignOut");
  store.items = elsewhere;
  await assert.rejects(fetchUserAttributes(), { name: "NotAuthorizedException" });
  assert.equal((await fetchAuthSession({ forceRefresh: true })).tokens, undefined);
});

test("Amplify keeps its session through failures of the service", async () => {
  await signIn(credentials(USER));
  await pool.fault({ operation: "GetTokensFromRefreshToken", status: 500, type: "InternalErrorException" });
  await pool.fault({ operation: "GetTokensFromRefreshToken", drop: true });
  const { tokens } = await fetchAuthSession({ forceRefresh: true });
  await verified(pool, tokens.accessToken.toString());
  const refreshes = (await pool.operations()).filter((operation) => operation === "GetTokensFromRefreshToken");
  assert.equal(refreshes.length, 3);
});
