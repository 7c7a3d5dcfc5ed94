import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { confirmSignIn, signIn } from "aws-amplify/auth";
import { PHONE, firstFactors, givePhone } from "../support/admin.mjs";
import { configure } from "../support/amplify.mjs";
import { intercepting } from "../support/fetch.mjs";
import { USER, flip, otherThan, usePool } from "../support/pool.mjs";

const pool = usePool();
beforeEach(() => configure(pool));

const enter = (preferredChallenge, password) =>
  signIn({ username: USER.email, password, options: { authFlowType: "USER_AUTH", preferredChallenge } });

for (const [factor, to, step] of [
  ["EMAIL_OTP", USER.email, "CONFIRM_SIGN_IN_WITH_EMAIL_CODE"],
  ["SMS_OTP", PHONE, "CONFIRM_SIGN_IN_WITH_SMS_CODE"],
]) {
  test(`Amplify signs in with ${factor} and no password`, async () => {
    await firstFactors(pool, "PASSWORD", factor);
    await givePhone(pool, USER.email);
    assert.equal((await enter(factor)).nextStep.signInStep, step);
    const code = await pool.code(to);
    await assert.rejects(confirmSignIn({ challengeResponse: otherThan(code) }), { name: "CodeMismatchException" });
    assert.equal((await confirmSignIn({ challengeResponse: code })).isSignedIn, true);
  });
}

for (const factor of ["PASSWORD", "PASSWORD_SRP"]) {
  test(`Amplify signs in with ${factor} in USER_AUTH`, async () => {
    await firstFactors(pool, "PASSWORD", "EMAIL_OTP");
    await assert.rejects(enter(factor, "Sunflower-43!"), { name: "NotAuthorizedException" });
    assert.equal((await enter(factor, USER.password)).isSignedIn, true);
  });

  test(`Amplify chooses ${factor} from what the account offers`, async () => {
    await firstFactors(pool, "PASSWORD", "EMAIL_OTP");
    const { nextStep } = await enter();
    assert.equal(nextStep.signInStep, "CONTINUE_SIGN_IN_WITH_FIRST_FACTOR_SELECTION");
    assert.deepEqual([...nextStep.availableChallenges].sort(), ["EMAIL_OTP", "PASSWORD", "PASSWORD_SRP"]);
    const chosen = await confirmSignIn({ challengeResponse: factor });
    assert.equal(chosen.nextStep.signInStep, "CONFIRM_SIGN_IN_WITH_PASSWORD");
    await assert.rejects(confirmSignIn({ challengeResponse: "Sunflower-43!" }), { name: "NotAuthorizedException" });
    await enter();
    await confirmSignIn({ challengeResponse: factor });
    assert.equal((await confirmSignIn({ challengeResponse: USER.password })).isSignedIn, true);
  });
}

test("Amplify chooses a code by mail from what the account offers", async () => {
  await firstFactors(pool, "PASSWORD", "EMAIL_OTP");
  await enter();
  const chosen = await confirmSignIn({ challengeResponse: "EMAIL_OTP" });
  assert.equal(chosen.nextStep.signInStep, "CONFIRM_SIGN_IN_WITH_EMAIL_CODE");
  assert.equal((await confirmSignIn({ challengeResponse: await pool.code(USER.email) })).isSignedIn, true);
});

test("Amplify is refused in USER_AUTH when its proof is changed on the way", async () => {
  await firstFactors(pool, "PASSWORD", "EMAIL_OTP");
  const changed = [];
  const change = (_, { ChallengeResponses: answers }) => {
    if (!answers?.PASSWORD_CLAIM_SIGNATURE) return;
    answers.PASSWORD_CLAIM_SIGNATURE = flip(answers.PASSWORD_CLAIM_SIGNATURE);
    changed.push("PASSWORD_CLAIM_SIGNATURE");
  };
  const attempt = () => enter("PASSWORD_SRP", USER.password);
  await assert.rejects(intercepting(change, attempt), { name: "NotAuthorizedException" });
  assert.equal(changed.length, 1);
  assert.equal((await attempt()).isSignedIn, true);
});
