import assert from "node:assert/strict";
import { test } from "node:test";
import { attribute, authenticate, call, outcome, signedIn, user } from "../support/identity-js.mjs";
import { USER, otherThan, usePool } from "../support/pool.mjs";

const pool = usePool();

async function attributes(signed) {
  const list = await call(signed, "getUserAttributes");
  return Object.fromEntries(list.map((attribute) => [attribute.getName(), attribute.getValue()]));
}

test("identity-js changes the password", async () => {
  const signed = await signedIn(pool, USER);
  await assert.rejects(call(signed, "changePassword", "Sunflower-43!", "Marigold-43!"), {
    code: "NotAuthorizedException",
  });
  await assert.rejects(call(signed, "changePassword", USER.password, "short"), { code: "InvalidPasswordException" });
  assert.equal(await call(signed, "changePassword", USER.password, "Marigold-43!"), "SUCCESS");
  await signedIn(pool, { ...USER, password: "Marigold-43!" });
  await assert.rejects(authenticate(user(pool, USER.email), USER.password), { code: "NotAuthorizedException" });
});

test("identity-js changes and removes attributes", async () => {
  const signed = await signedIn(pool, USER);
  const changes = [attribute("name", "Sun"), attribute("locale", "fi")];
  assert.equal(await call(signed, "updateAttributes", changes), "SUCCESS");
  const { name, locale } = await attributes(signed);
  assert.deepEqual({ name, locale }, { name: "Sun", locale: "fi" });
  assert.equal(await call(signed, "deleteAttributes", ["locale"]), "SUCCESS");
  assert.equal((await attributes(signed)).locale, undefined);
  await assert.rejects(call(signed, "updateAttributes", [attribute("sub", "mine")]));
});

test("identity-js verifies a new address", async () => {
  const signed = await signedIn(pool, USER);
  const address = "moved@example.com";
  assert.equal(await call(signed, "updateAttributes", [attribute("email", address)]), "SUCCESS");
  const { event, args } = await outcome(signed, "getAttributeVerificationCode", ["email"]);
  assert.equal(event, "inputVerificationCode");
  assert.equal(args[0].CodeDeliveryDetails.AttributeName, "email");
  const code = await pool.code(address);
  await assert.rejects(outcome(signed, "verifyAttribute", ["email", otherThan(code)]), {
    code: "CodeMismatchException",
  });
  assert.equal((await outcome(signed, "verifyAttribute", ["email", code])).event, "onSuccess");
  const { email, email_verified } = await attributes(signed);
  assert.deepEqual({ email, email_verified }, { email: address, email_verified: "true" });
  await signedIn(pool, { email: address, password: USER.password });
});

test("identity-js deletes the account", async () => {
  const signed = await signedIn(pool, USER);
  assert.equal(await call(signed, "deleteUser"), "SUCCESS");
  await assert.rejects(authenticate(user(pool, USER.email), USER.password), { code: "NotAuthorizedException" });
});
