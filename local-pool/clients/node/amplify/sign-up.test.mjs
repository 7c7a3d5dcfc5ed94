import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import {
  autoSignIn,
  confirmResetPassword,
  confirmSignUp,
  fetchUserAttributes,
  resendSignUpCode,
  resetPassword,
  signIn,
  signUp,
} from "aws-amplify/auth";
import { configure, spareTheWait } from "../support/amplify.mjs";
import { USER, otherThan, usePool } from "../support/pool.mjs";

const pool = usePool();
beforeEach(() => configure(pool));

const GUEST = { username: "guest@example.com", password: "Hyacinth-7-days" };
const attributes = { email: GUEST.username, given_name: "Guest" };

test("Amplify signs up, confirms with the code and signs in", async () => {
  const { isSignUpComplete, userId, nextStep } = await signUp({ ...GUEST, options: { userAttributes: attributes } });
  assert.equal(isSignUpComplete, false);
  assert.equal(nextStep.signUpStep, "CONFIRM_SIGN_UP");
  assert.equal(nextStep.codeDeliveryDetails.deliveryMedium, "EMAIL");
  const code = await pool.code(GUEST.username);
  await assert.rejects(confirmSignUp({ username: GUEST.username, confirmationCode: otherThan(code) }), {
    name: "CodeMismatchException",
  });
  const done = await confirmSignUp({ username: GUEST.username, confirmationCode: code });
  assert.equal(done.isSignUpComplete, true);
  assert.equal((await signIn(GUEST)).isSignedIn, true);
  const { sub, given_name, email_verified } = await fetchUserAttributes();
  assert.deepEqual({ sub, given_name, email_verified }, { sub: userId, given_name: "Guest", email_verified: "true" });
});

test("Amplify signs in by itself after the confirmation", async (t) => {
  spareTheWait(t);
  await signUp({ ...GUEST, options: { userAttributes: attributes, autoSignIn: true } });
  const done = await confirmSignUp({ username: GUEST.username, confirmationCode: await pool.code(GUEST.username) });
  assert.equal(done.nextStep.signUpStep, "COMPLETE_AUTO_SIGN_IN");
  assert.equal((await autoSignIn()).isSignedIn, true);
});

test("Amplify asks for the code again", async () => {
  await signUp({ ...GUEST, options: { userAttributes: attributes } });
  const { destination, deliveryMedium } = await resendSignUpCode({ username: GUEST.username });
  assert.match(destination, /^g\*+@e\*+$/);
  assert.equal(deliveryMedium, "EMAIL");
  assert.equal((await pool.messages(GUEST.username)).length, 2);
  await confirmSignUp({ username: GUEST.username, confirmationCode: await pool.code(GUEST.username) });
});

test("Amplify cannot sign up with a weak password or a taken address", async () => {
  const weak = { ...GUEST, password: "short", options: { userAttributes: attributes } };
  await assert.rejects(signUp(weak), { name: "InvalidPasswordException" });
  const taken = { username: USER.email, password: GUEST.password, options: { userAttributes: { email: USER.email } } };
  await assert.rejects(signUp(taken), { name: "UsernameExistsException" });
});

test("Amplify resets a forgotten password", async () => {
  const { isPasswordReset, nextStep } = await resetPassword({ username: USER.email });
  assert.equal(isPasswordReset, false);
  assert.equal(nextStep.resetPasswordStep, "CONFIRM_RESET_PASSWORD_WITH_CODE");
  const code = await pool.code(USER.email);
  const confirm = (confirmationCode) =>
    confirmResetPassword({ username: USER.email, newPassword: GUEST.password, confirmationCode });
  await assert.rejects(confirm(otherThan(code)), { name: "CodeMismatchException" });
  await confirm(code);
  await assert.rejects(signIn({ username: USER.email, password: USER.password }), { name: "NotAuthorizedException" });
  assert.equal((await signIn({ username: USER.email, password: GUEST.password })).isSignedIn, true);
});
