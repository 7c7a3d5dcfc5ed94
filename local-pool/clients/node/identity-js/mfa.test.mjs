import assert from "node:assert/strict";
import { test } from "node:test";
import { PHONE, givePhone, mfa } from "../support/admin.mjs";
import { authenticate, call, outcome, signedIn, user } from "../support/identity-js.mjs";
import { USER, otherThan, usePool } from "../support/pool.mjs";
import { nextTotp } from "../support/totp.mjs";

const pool = usePool();
const PREFERRED = { Enabled: true, PreferredMfa: true };
const ENABLED = { Enabled: true, PreferredMfa: false };

/** A secret in the user's authenticator app. */
async function enrol(signed) {
  const { event, args } = await outcome(signed, "associateSoftwareToken");
  assert.equal(event, "associateSecretCode");
  const [secret] = args;
  const code = await nextTotp(pool, secret);
  await assert.rejects(outcome(signed, "verifySoftwareToken", [otherThan(code), "phone"]), {
    code: "EnableSoftwareTokenMFAException",
  });
  const verified = await outcome(signed, "verifySoftwareToken", [code, "phone"]);
  assert.equal(verified.args[0].Status, "SUCCESS");
  return secret;
}

test("identity-js signs in with an authenticator app", async () => {
  await mfa(pool, "OPTIONAL", "TOTP");
  const signed = await signedIn(pool, USER);
  const secret = await enrol(signed);
  assert.equal(await call(signed, "setUserMfaPreference", null, PREFERRED), "SUCCESS");
  const again = user(pool, USER.email);
  assert.equal((await authenticate(again, USER.password)).event, "totpRequired");
  const code = await nextTotp(pool, secret);
  await assert.rejects(outcome(again, "sendMFACode", [otherThan(code), "SOFTWARE_TOKEN_MFA"], 1), {
    code: "CodeMismatchException",
  });
  const { event } = await outcome(again, "sendMFACode", [code, "SOFTWARE_TOKEN_MFA"], 1);
  assert.equal(event, "onSuccess");
});

test("identity-js signs in with a code by SMS", async () => {
  await mfa(pool, "OPTIONAL", "SMS");
  await givePhone(pool, USER.email);
  const signed = await signedIn(pool, USER);
  await call(signed, "setUserMfaPreference", PREFERRED, null);
  const again = user(pool, USER.email);
  const { event, args } = await authenticate(again, USER.password);
  assert.equal(event, "mfaRequired");
  assert.match(args[1].CODE_DELIVERY_DESTINATION, /^\+\*+0100$/);
  assert.equal(args[1].CODE_DELIVERY_DELIVERY_MEDIUM, "SMS");
  const code = await pool.code(PHONE);
  await assert.rejects(outcome(again, "sendMFACode", [otherThan(code)]), { code: "CodeMismatchException" });
  assert.equal((await outcome(again, "sendMFACode", [code])).event, "onSuccess");
});

test("identity-js chooses between an app and SMS", async () => {
  await mfa(pool, "OPTIONAL", "TOTP", "SMS");
  await givePhone(pool, USER.email);
  const signed = await signedIn(pool, USER);
  const secret = await enrol(signed);
  await call(signed, "setUserMfaPreference", ENABLED, ENABLED);
  const again = user(pool, USER.email);
  const { event, args } = await authenticate(again, USER.password);
  assert.equal(event, "selectMFAType");
  assert.deepEqual(JSON.parse(args[1].MFAS_CAN_CHOOSE).sort(), ["SMS_MFA", "SOFTWARE_TOKEN_MFA"]);
  assert.equal((await outcome(again, "sendMFASelectionAnswer", ["SOFTWARE_TOKEN_MFA"])).event, "totpRequired");
  const code = await nextTotp(pool, secret);
  assert.equal((await outcome(again, "sendMFACode", [code, "SOFTWARE_TOKEN_MFA"], 1)).event, "onSuccess");

  const later = user(pool, USER.email);
  await authenticate(later, USER.password);
  await assert.rejects(outcome(later, "sendMFASelectionAnswer", ["EMAIL_OTP"]), {
    code: "InvalidParameterException",
  });
  assert.equal((await outcome(later, "sendMFASelectionAnswer", ["SMS_MFA"])).event, "mfaRequired");
  assert.equal((await outcome(later, "sendMFACode", [await pool.code(PHONE)])).event, "onSuccess");
});

test("identity-js sets up an app where the pool demands a second factor", async () => {
  await mfa(pool, "ON", "TOTP");
  const signing = user(pool, USER.email);
  assert.equal((await authenticate(signing, USER.password)).event, "mfaSetup");
  const { args } = await outcome(signing, "associateSoftwareToken");
  const code = await nextTotp(pool, args[0]);
  const { event, args: done } = await outcome(signing, "verifySoftwareToken", [code, "phone"]);
  assert.equal(event, "onSuccess");
  assert.ok(done[0].isValid());
  assert.equal((await authenticate(user(pool, USER.email), USER.password)).event, "totpRequired");
});
