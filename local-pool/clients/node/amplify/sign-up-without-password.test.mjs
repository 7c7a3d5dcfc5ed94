// In a file, and so a process, of its own: Amplify drops a second autoSignIn() within a third of a second of the
// first, whoever asks for it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { autoSignIn, confirmSignUp, fetchUserAttributes, signUp } from "aws-amplify/auth";
import { firstFactors } from "../support/admin.mjs";
import { configure, spareTheWait } from "../support/amplify.mjs";
import { usePool } from "../support/pool.mjs";

const pool = usePool();
const GUEST = { username: "guest@example.com" };
const attributes = { email: GUEST.username, given_name: "Guest" };

test("Amplify signs up and in with nothing but the code that confirms", async (t) => {
  configure(pool);
  spareTheWait(t);
  await firstFactors(pool, "PASSWORD", "EMAIL_OTP");
  const options = { userAttributes: attributes, autoSignIn: { authFlowType: "USER_AUTH" } };
  await signUp({ username: GUEST.username, options });
  const done = await confirmSignUp({ username: GUEST.username, confirmationCode: await pool.code(GUEST.username) });
  assert.equal(done.nextStep.signUpStep, "COMPLETE_AUTO_SIGN_IN");
  assert.equal((await autoSignIn()).isSignedIn, true);
  assert.equal((await pool.messages(GUEST.username)).length, 1);
  assert.equal((await fetchUserAttributes()).given_name, "Guest");
});
