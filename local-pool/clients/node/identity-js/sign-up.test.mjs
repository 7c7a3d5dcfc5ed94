import assert from "node:assert/strict";
import { test } from "node:test";
import { attribute, authenticate, call, outcome, signedIn, user, userPool } from "../support/identity-js.mjs";
import { USER, otherThan, usePool } from "../support/pool.mjs";

const pool = usePool();

const GUEST = { email: "guest@example.com", password: "Hyacinth-7-days" };

function signUp({ email, password }) {
  return call(userPool(pool), "signUp", email, password, [attribute("email", email), attribute("name", "Guest")], null);
}

test("identity-js signs up, confirms with the code and signs in", async () => {
  const { user: guest, userConfirmed, userSub, codeDeliveryDetails } = await signUp(GUEST);
  assert.equal(userConfirmed, false);
  assert.match(userSub, /^[0-9a-f-]{36}$/);
  assert.equal(codeDeliveryDetails.DeliveryMedium, "EMAIL");
  assert.equal(codeDeliveryDetails.AttributeName, "email");
  assert.match(codeDeliveryDetails.Destination, /^g\*+@e\*+$/);
  await assert.rejects(authenticate(user(pool, GUEST.email), GUEST.password), { code: "UserNotConfirmedException" });
  const code = await pool.code(GUEST.email);
  await assert.rejects(call(guest, "confirmRegistration", otherThan(code), false), { code: "CodeMismatchException" });
  assert.equal(await call(guest, "confirmRegistration", code, false), "SUCCESS");
  const session = (await signedIn(pool, GUEST)).getSignInUserSession();
  assert.equal(session.getIdToken().payload.sub, userSub);
  assert.equal(session.getIdToken().payload.name, "Guest");
});

test("identity-js asks for the code again, and the new one counts", async () => {
  const { user: guest } = await signUp(GUEST);
  const first = await pool.code(GUEST.email);
  const delivery = await call(guest, "resendConfirmationCode");
  assert.equal(delivery.CodeDeliveryDetails.DeliveryMedium, "EMAIL");
  const second = await pool.code(GUEST.email);
  if (first !== second) {
    await assert.rejects(call(guest, "confirmRegistration", first, false), { code: "CodeMismatchException" });
  }
  assert.equal(await call(guest, "confirmRegistration", second, false), "SUCCESS");
});

test("identity-js is refused with a code that has expired", async () => {
  const { user: guest } = await signUp(GUEST);
  const code = await pool.code(GUEST.email);
  await pool.advance(24 * 3600 + 1);
  await assert.rejects(call(guest, "confirmRegistration", code, false), { code: "ExpiredCodeException" });
});

test("identity-js cannot sign up with a weak password or a taken address", async () => {
  await assert.rejects(signUp({ ...GUEST, password: "short" }), { code: "InvalidPasswordException" });
  await assert.rejects(signUp(USER), { code: "UsernameExistsException" });
});

test("identity-js resets a forgotten password", async () => {
  const forgetful = user(pool, USER.email);
  const { event, args } = await outcome(forgetful, "forgotPassword");
  assert.equal(event, "inputVerificationCode");
  assert.equal(args[0].CodeDeliveryDetails.DeliveryMedium, "EMAIL");
  const code = await pool.code(USER.email);
  const confirm = (code) => outcome(forgetful, "confirmPassword", [code, GUEST.password]);
  await assert.rejects(confirm(otherThan(code)), { code: "CodeMismatchException" });
  assert.equal((await confirm(code)).event, "onSuccess");
  await signedIn(pool, { email: USER.email, password: GUEST.password });
  await assert.rejects(authenticate(user(pool, USER.email), USER.password), { code: "NotAuthorizedException" });
});
