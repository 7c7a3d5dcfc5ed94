import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { AuthenticationDetails } from "amazon-cognito-identity-js";
import { customChallenges } from "../support/admin.mjs";
import { authenticate, outcome, user } from "../support/identity-js.mjs";
import { USER, otherThan, usePool } from "../support/pool.mjs";

const pool = usePool();
let signing;
beforeEach(async () => {
  await pool.client({ explicit_auth_flows: ["ALLOW_CUSTOM_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"] });
  const question = { parameters: { question: "6 * 7" }, expects: { answer: "42" } };
  await customChallenges(pool, question, { expects: { code_to: "email" } });
  signing = user(pool, USER.email);
  signing.setAuthenticationFlowType("CUSTOM_AUTH");
});

const refused = { code: "NotAuthorizedException" };
const begin = () => outcome(signing, "initiateAuth", [new AuthenticationDetails({ Username: USER.email })]);
const answer = (text) => outcome(signing, "sendCustomChallengeAnswer", [text], 1);

for (const [way, start] of [
  ["without a password", begin],
  ["after SRP", () => authenticate(signing, USER.password)],
]) {
  test(`identity-js answers custom challenges ${way}`, async () => {
    const { event, args } = await start();
    assert.equal(event, "customChallenge");
    assert.equal(args[0].question, "6 * 7");
    assert.equal((await answer("42")).event, "customChallenge");
    const { event: done, args: tokens } = await answer(await pool.code(USER.email));
    assert.equal(done, "onSuccess");
    assert.equal(tokens[0].getIdToken().payload.email, USER.email);
  });
}

test("identity-js is refused after three wrong answers", async () => {
  await begin();
  assert.equal((await answer("41")).event, "customChallenge");
  assert.equal((await answer("42")).event, "customChallenge");
  const wrong = otherThan(await pool.code(USER.email));
  assert.equal((await answer(wrong)).event, "customChallenge");
  await assert.rejects(answer(wrong), refused);
});

test("identity-js is refused before any custom challenge with a wrong password", async () => {
  await assert.rejects(authenticate(signing, "Sunflower-43!"), refused);
});
