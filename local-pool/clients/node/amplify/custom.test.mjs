import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { confirmSignIn, fetchAuthSession, signIn } from "aws-amplify/auth";
import { customChallenges } from "../support/admin.mjs";
import { configure } from "../support/amplify.mjs";
import { intercepting } from "../support/fetch.mjs";
import { USER, flip, otherThan, usePool } from "../support/pool.mjs";

const pool = usePool();
beforeEach(async () => {
  configure(pool);
  await pool.client({ explicit_auth_flows: ["ALLOW_CUSTOM_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"] });
  const question = { parameters: { question: "6 * 7" }, expects: { answer: "42" } };
  await customChallenges(pool, question, { expects: { code_to: "email" } });
});

const enter = (authFlowType, password) => signIn({ username: USER.email, password, options: { authFlowType } });
const answer = (challengeResponse) => confirmSignIn({ challengeResponse });
const STEP = "CONFIRM_SIGN_IN_WITH_CUSTOM_CHALLENGE";

for (const [flow, password] of [
  ["CUSTOM_WITHOUT_SRP", undefined],
  ["CUSTOM_WITH_SRP", USER.password],
]) {
  test(`Amplify answers custom challenges, ${flow}`, async () => {
    const { nextStep } = await enter(flow, password);
    assert.equal(nextStep.signInStep, STEP);
    assert.equal(nextStep.additionalInfo.question, "6 * 7");
    assert.equal((await answer("42")).nextStep.signInStep, STEP);
    assert.equal((await answer(await pool.code(USER.email))).isSignedIn, true);
    assert.equal((await fetchAuthSession()).tokens.idToken.payload.email, USER.email);
  });

  test(`Amplify is refused after three wrong answers, ${flow}`, async () => {
    await enter(flow, password);
    assert.equal((await answer("41")).nextStep.signInStep, STEP);
    assert.equal((await answer("42")).nextStep.signInStep, STEP);
    const wrong = otherThan(await pool.code(USER.email));
    assert.equal((await answer(wrong)).nextStep.signInStep, STEP);
    await assert.rejects(answer(wrong), { name: "NotAuthorizedException" });
  });
}

test("Amplify is refused before any custom challenge with a wrong password or proof", async () => {
  const refused = { name: "NotAuthorizedException" };
  await assert.rejects(enter("CUSTOM_WITH_SRP", "Sunflower-43!"), refused);
  const change = (_, { ChallengeResponses: answers }) => {
    if (answers) answers.PASSWORD_CLAIM_SIGNATURE = flip(answers.PASSWORD_CLAIM_SIGNATURE);
  };
  await assert.rejects(intercepting(change, () => enter("CUSTOM_WITH_SRP", USER.password)), refused);
  assert.deepEqual(await pool.messages(USER.email), []);
});
