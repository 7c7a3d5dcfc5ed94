import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import {
  associateWebAuthnCredential,
  confirmSignIn,
  deleteWebAuthnCredential,
  fetchAuthSession,
  listWebAuthnCredentials,
  signIn,
  signOut,
} from "aws-amplify/auth";
import { passkeys } from "../support/admin.mjs";
import { configure } from "../support/amplify.mjs";
import { Authenticator, browse } from "../support/authenticator.mjs";
import { USER, usePool } from "../support/pool.mjs";

const pool = usePool();
let authenticator;
beforeEach(async () => {
  configure(pool);
  authenticator = new Authenticator();
  browse(authenticator);
  await passkeys(pool);
  await signIn({ username: USER.email, password: USER.password });
  await associateWebAuthnCredential();
});

const enter = (preferredChallenge) =>
  signIn({ username: USER.email, options: { authFlowType: "USER_AUTH", preferredChallenge } });

test("Amplify signs in with a passkey that it has registered", async () => {
  await signOut();
  assert.equal((await enter("WEB_AUTHN")).isSignedIn, true);
  const { tokens } = await fetchAuthSession();
  assert.deepEqual(tokens.idToken.payload.amr, ["swk"]);
});

test("Amplify chooses a passkey from what the account offers", async () => {
  await signOut();
  const { nextStep } = await enter();
  assert.equal(nextStep.signInStep, "CONTINUE_SIGN_IN_WITH_FIRST_FACTOR_SELECTION");
  assert.ok(nextStep.availableChallenges.includes("WEB_AUTHN"));
  assert.equal((await confirmSignIn({ challengeResponse: "WEB_AUTHN" })).isSignedIn, true);
});

test("Amplify is refused when the passkey signs something else, or is another", async () => {
  await signOut();
  authenticator.lying = true;
  await assert.rejects(enter("WEB_AUTHN"), { name: "NotAuthorizedException" });
  const another = new Authenticator();
  await another.create({ publicKey: { rp: { id: "localhost" }, user: { id: [1] }, challenge: [1] } });
  browse(another);
  await assert.rejects(enter("WEB_AUTHN"), { name: "NotAuthorizedException" });
});

test("Amplify lists and deletes its passkeys", async () => {
  await assert.rejects(associateWebAuthnCredential());
  const { credentials } = await listWebAuthnCredentials();
  assert.equal(credentials.length, 1);
  const [{ credentialId, relyingPartyId, createdAt }] = credentials;
  assert.equal(relyingPartyId, "localhost");
  assert.ok(createdAt instanceof Date && !Number.isNaN(createdAt.valueOf()));
  await deleteWebAuthnCredential({ credentialId });
  assert.deepEqual((await listWebAuthnCredentials()).credentials, []);
  await signOut();
  assert.equal((await enter("WEB_AUTHN")).nextStep.signInStep, "CONTINUE_SIGN_IN_WITH_FIRST_FACTOR_SELECTION");
});
