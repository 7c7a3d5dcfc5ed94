import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import {
  confirmSignIn,
  fetchMFAPreference,
  setUpTOTP,
  signIn,
  signOut,
  updateMFAPreference,
  verifyTOTPSetup,
} from "aws-amplify/auth";
import { PHONE, givePhone, mfa } from "../support/admin.mjs";
import { configure } from "../support/amplify.mjs";
import { USER, otherThan, usePool } from "../support/pool.mjs";
import { nextTotp } from "../support/totp.mjs";

const pool = usePool();
beforeEach(() => configure(pool));

const enter = () => signIn({ username: USER.email, password: USER.password });

/** A user whose contact is verified is asked for a code that went there. */
const withoutVerifiedContact = () => pool.user({ email: USER.email, attributes: { email_verified: "false" } });

async function enrol() {
  const { sharedSecret, getSetupUri } = await setUpTOTP();
  assert.match(getSetupUri("Local").href, /^otpauth:\/\/totp\/Local:/);
  await verifyTOTPSetup({ code: await nextTotp(pool, sharedSecret) });
  return sharedSecret;
}

test("Amplify signs in with an authenticator app", async () => {
  await mfa(pool, "OPTIONAL", "TOTP");
  await enter();
  const secret = await enrol();
  await updateMFAPreference({ totp: "PREFERRED" });
  assert.deepEqual(await fetchMFAPreference(), { preferred: "TOTP", enabled: ["TOTP"] });
  await signOut();
  assert.equal((await enter()).nextStep.signInStep, "CONFIRM_SIGN_IN_WITH_TOTP_CODE");
  const code = await nextTotp(pool, secret);
  await assert.rejects(confirmSignIn({ challengeResponse: otherThan(code) }), { name: "CodeMismatchException" });
  assert.equal((await confirmSignIn({ challengeResponse: code })).isSignedIn, true);
});

for (const [kind, to, step, setting] of [
  ["SMS", PHONE, "CONFIRM_SIGN_IN_WITH_SMS_CODE", { sms: "PREFERRED" }],
  ["EMAIL", USER.email, "CONFIRM_SIGN_IN_WITH_EMAIL_CODE", { email: "PREFERRED" }],
]) {
  test(`Amplify signs in with a code by ${kind}`, async () => {
    await mfa(pool, "OPTIONAL", kind);
    await givePhone(pool, USER.email);
    await enter();
    await updateMFAPreference(setting);
    assert.deepEqual(await fetchMFAPreference(), { preferred: kind, enabled: [kind] });
    await signOut();
    const { nextStep } = await enter();
    assert.equal(nextStep.signInStep, step);
    assert.equal(nextStep.codeDeliveryDetails.deliveryMedium, kind);
    const code = await pool.code(to);
    await assert.rejects(confirmSignIn({ challengeResponse: otherThan(code) }), { name: "CodeMismatchException" });
    assert.equal((await confirmSignIn({ challengeResponse: code })).isSignedIn, true);
  });
}

test("Amplify chooses between factors", async () => {
  await mfa(pool, "OPTIONAL", "TOTP", "SMS");
  await givePhone(pool, USER.email);
  await enter();
  const secret = await enrol();
  await updateMFAPreference({ totp: "ENABLED", sms: "ENABLED" });
  await signOut();
  const { nextStep } = await enter();
  assert.equal(nextStep.signInStep, "CONTINUE_SIGN_IN_WITH_MFA_SELECTION");
  assert.deepEqual([...nextStep.allowedMFATypes].sort(), ["SMS", "TOTP"]);
  const chosen = await confirmSignIn({ challengeResponse: "TOTP" });
  assert.equal(chosen.nextStep.signInStep, "CONFIRM_SIGN_IN_WITH_TOTP_CODE");
  assert.equal((await confirmSignIn({ challengeResponse: await nextTotp(pool, secret) })).isSignedIn, true);
});

test("Amplify sets up an app where the pool demands a second factor", async () => {
  await mfa(pool, "ON", "TOTP");
  const { nextStep } = await enter();
  assert.equal(nextStep.signInStep, "CONTINUE_SIGN_IN_WITH_TOTP_SETUP");
  const { sharedSecret } = nextStep.totpSetupDetails;
  const code = await nextTotp(pool, sharedSecret);
  await assert.rejects(confirmSignIn({ challengeResponse: otherThan(code) }), {
    name: "EnableSoftwareTokenMFAException",
  });
  assert.equal((await confirmSignIn({ challengeResponse: code })).isSignedIn, true);
  await signOut();
  assert.equal((await enter()).nextStep.signInStep, "CONFIRM_SIGN_IN_WITH_TOTP_CODE");
});

test("Amplify sets up codes by e-mail where the pool demands a second factor", async () => {
  await mfa(pool, "ON", "EMAIL");
  await withoutVerifiedContact();
  assert.equal((await enter()).nextStep.signInStep, "CONTINUE_SIGN_IN_WITH_EMAIL_SETUP");
  const { nextStep } = await confirmSignIn({ challengeResponse: USER.email });
  assert.equal(nextStep.signInStep, "CONFIRM_SIGN_IN_WITH_EMAIL_CODE");
  const code = await pool.code(USER.email);
  await assert.rejects(confirmSignIn({ challengeResponse: otherThan(code) }), { name: "CodeMismatchException" });
  assert.equal((await confirmSignIn({ challengeResponse: code })).isSignedIn, true);
});

test("Amplify chooses which factor to set up", async () => {
  await mfa(pool, "ON", "TOTP", "EMAIL");
  await withoutVerifiedContact();
  const { nextStep } = await enter();
  assert.equal(nextStep.signInStep, "CONTINUE_SIGN_IN_WITH_MFA_SETUP_SELECTION");
  assert.deepEqual([...nextStep.allowedMFATypes].sort(), ["EMAIL", "TOTP"]);
  const chosen = await confirmSignIn({ challengeResponse: "TOTP" });
  assert.equal(chosen.nextStep.signInStep, "CONTINUE_SIGN_IN_WITH_TOTP_SETUP");
  const code = await nextTotp(pool, chosen.nextStep.totpSetupDetails.sharedSecret);
  assert.equal((await confirmSignIn({ challengeResponse: code })).isSignedIn, true);
});
