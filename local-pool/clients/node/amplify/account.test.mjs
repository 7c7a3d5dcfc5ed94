import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import {
  confirmUserAttribute,
  deleteUser,
  deleteUserAttributes,
  fetchUserAttributes,
  sendUserAttributeVerificationCode,
  signIn,
  signOut,
  updatePassword,
  updateUserAttribute,
  updateUserAttributes,
} from "aws-amplify/auth";
import { configure } from "../support/amplify.mjs";
import { USER, otherThan, usePool } from "../support/pool.mjs";

const pool = usePool();
beforeEach(async () => {
  configure(pool);
  await signIn({ username: USER.email, password: USER.password });
});

test("Amplify changes the password", async () => {
  const change = (oldPassword) => updatePassword({ oldPassword, newPassword: "Marigold-43!" });
  await assert.rejects(change("Sunflower-43!"), { name: "NotAuthorizedException" });
  await change(USER.password);
  await signOut();
  assert.equal((await signIn({ username: USER.email, password: "Marigold-43!" })).isSignedIn, true);
});

test("Amplify changes and removes attributes", async () => {
  const result = await updateUserAttributes({ userAttributes: { name: "Sun", locale: "fi" } });
  assert.equal(result.name.nextStep.updateAttributeStep, "DONE");
  const { name, locale } = await fetchUserAttributes();
  assert.deepEqual({ name, locale }, { name: "Sun", locale: "fi" });
  await deleteUserAttributes({ userAttributeKeys: ["locale"] });
  assert.equal((await fetchUserAttributes()).locale, undefined);
});

test("Amplify verifies a new address", async () => {
  const userAttribute = { attributeKey: "email", value: "moved@example.com" };
  const { isUpdated, nextStep } = await updateUserAttribute({ userAttribute });
  assert.equal(isUpdated, false);
  assert.equal(nextStep.updateAttributeStep, "CONFIRM_ATTRIBUTE_WITH_CODE");
  const first = await pool.code(userAttribute.value);
  const confirm = (confirmationCode) => confirmUserAttribute({ userAttributeKey: "email", confirmationCode });
  await assert.rejects(confirm(otherThan(first)), { name: "CodeMismatchException" });
  const { deliveryMedium } = await sendUserAttributeVerificationCode({ userAttributeKey: "email" });
  assert.equal(deliveryMedium, "EMAIL");
  await confirm(await pool.code(userAttribute.value));
  const { email, email_verified } = await fetchUserAttributes();
  assert.deepEqual({ email, email_verified }, { email: userAttribute.value, email_verified: "true" });
});

test("Amplify deletes the account", async () => {
  await deleteUser();
  await assert.rejects(signIn({ username: USER.email, password: USER.password }), { name: "NotAuthorizedException" });
});
