import assert from "node:assert/strict";
import { test } from "node:test";
import { devices, mfa } from "../support/admin.mjs";
import { intercepting } from "../support/fetch.mjs";
import { MemoryStorage, authenticate, call, outcome, signedIn, user } from "../support/identity-js.mjs";
import { USER, flip, usePool } from "../support/pool.mjs";
import { nextTotp } from "../support/totp.mjs";

const pool = usePool();

const answers = async () => (await pool.operations()).filter((name) => name === "RespondToAuthChallenge").length;

test("identity-js confirms a device and proves it at the next sign-in", async () => {
  await devices(pool);
  const storage = new MemoryStorage();
  const first = await signedIn(pool, USER, storage);
  assert.ok((await pool.operations()).includes("ConfirmDevice"));
  const { Device } = (await outcome(first, "getDevice")).args[0];
  assert.equal(Device.DeviceKey, first.deviceKey);
  const before = await answers();
  const second = await signedIn(pool, USER, storage);
  // PASSWORD_VERIFIER, DEVICE_SRP_AUTH, DEVICE_PASSWORD_VERIFIER.
  assert.equal((await answers()) - before, 3);
  assert.equal(second.getSignInUserSession().getAccessToken().payload.device_key, first.deviceKey);
});

test("identity-js is refused when the device's proof is changed on the way", async () => {
  await devices(pool);
  const storage = new MemoryStorage();
  await signedIn(pool, USER, storage);
  const change = (_, body) => {
    if (body.ChallengeName !== "DEVICE_PASSWORD_VERIFIER") return;
    body.ChallengeResponses.PASSWORD_CLAIM_SIGNATURE = flip(body.ChallengeResponses.PASSWORD_CLAIM_SIGNATURE);
  };
  await assert.rejects(
    intercepting(change, () => authenticate(user(pool, USER.email, storage), USER.password)),
    { code: "NotAuthorizedException" },
  );
});

test("identity-js is not asked for a second factor on a remembered device", async () => {
  await devices(pool, { onlyWhenTold: true });
  await mfa(pool, "OPTIONAL", "TOTP");
  const storage = new MemoryStorage();
  const first = await signedIn(pool, USER, storage);
  const secret = (await outcome(first, "associateSoftwareToken")).args[0];
  await outcome(first, "verifySoftwareToken", [await nextTotp(pool, secret), "phone"]);
  await call(first, "setUserMfaPreference", null, { Enabled: true, PreferredMfa: true });
  assert.equal((await authenticate(user(pool, USER.email, storage), USER.password)).event, "totpRequired");
  await outcome(first, "setDeviceStatusRemembered");
  assert.equal((await authenticate(user(pool, USER.email, storage), USER.password)).event, "onSuccess");
  await outcome(first, "setDeviceStatusNotRemembered");
  assert.equal((await authenticate(user(pool, USER.email, storage), USER.password)).event, "totpRequired");
});

test("identity-js lists and forgets devices, and signs in again without", async () => {
  await devices(pool);
  const storage = new MemoryStorage();
  const signed = await signedIn(pool, USER, storage);
  const list = async () => (await outcome(signed, "listDevices", [60, null])).args[0].Devices;
  const [device, ...others] = await list();
  assert.deepEqual(others, []);
  assert.equal(device.DeviceKey, signed.deviceKey);
  await outcome(signed, "forgetSpecificDevice", [device.DeviceKey]);
  assert.deepEqual(await list(), []);
  // The storage still has the device: the service says that it does not know it, and gets another.
  const again = await signedIn(pool, USER, storage);
  assert.notEqual(again.deviceKey, device.DeviceKey);
});

test("identity-js refreshes on its device only", async () => {
  await devices(pool);
  const storage = new MemoryStorage();
  const signed = await signedIn(pool, USER, storage);
  const token = signed.getSignInUserSession().getRefreshToken();
  signed.client.requestWithRetry = signed.client.request;
  const session = await call(signed, "refreshSession", token);
  assert.ok(session.isValid());
  const withoutDevice = (_, body) => delete body.AuthParameters.DEVICE_KEY;
  await assert.rejects(
    intercepting(withoutDevice, () => call(signed, "refreshSession", token)),
    { code: "NotAuthorizedException" },
  );
});
