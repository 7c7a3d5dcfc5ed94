import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { fetchAuthSession, fetchDevices, forgetDevice, rememberDevice, signIn, signOut } from "aws-amplify/auth";
import { devices } from "../support/admin.mjs";
import { configure, stored } from "../support/amplify.mjs";
import { intercepting } from "../support/fetch.mjs";
import { USER, flip, usePool } from "../support/pool.mjs";

const pool = usePool();
let store;
beforeEach(() => {
  store = configure(pool);
});

const enter = () => signIn({ username: USER.email, password: USER.password });

test("Amplify confirms a device and proves it at the next sign-in", async () => {
  await devices(pool);
  await enter();
  const key = stored(store, ".deviceKey");
  assert.ok(key);
  await signOut();
  const challenges = [];
  const watch = (operation, body) => challenges.push(body.ChallengeName ?? operation);
  assert.equal((await intercepting(watch, enter)).isSignedIn, true);
  const proof = ["InitiateAuth", "PASSWORD_VERIFIER", "DEVICE_SRP_AUTH", "DEVICE_PASSWORD_VERIFIER"];
  assert.deepEqual(challenges.slice(0, 4), proof);
  const { tokens } = await fetchAuthSession({ forceRefresh: true });
  assert.equal(tokens.accessToken.payload.device_key, key);
});

test("Amplify is refused when the device's proof is changed on the way", async () => {
  await devices(pool);
  await enter();
  await signOut();
  const change = (_, body) => {
    if (body.ChallengeName !== "DEVICE_PASSWORD_VERIFIER") return;
    body.ChallengeResponses.PASSWORD_CLAIM_SIGNATURE = flip(body.ChallengeResponses.PASSWORD_CLAIM_SIGNATURE);
  };
  await assert.rejects(intercepting(change, enter), { name: "NotAuthorizedException" });
});

test("Amplify remembers, lists and forgets its device", async () => {
  await devices(pool, { onlyWhenTold: true });
  await enter();
  const key = stored(store, ".deviceKey");
  await rememberDevice();
  const [device] = await fetchDevices();
  assert.equal(device.id, key);
  assert.ok(device.createDate instanceof Date && !Number.isNaN(device.createDate.valueOf()));
  await forgetDevice();
  assert.deepEqual(await fetchDevices(), []);
  assert.equal(stored(store, ".deviceKey"), undefined);
});

test("Amplify signs in again on a device that was forgotten elsewhere", async () => {
  await devices(pool);
  await enter();
  const kept = new Map(store.items);
  const key = stored(store, ".deviceKey");
  await forgetDevice({ device: { id: key } });
  await signOut();
  store.items = new Map([...kept].filter(([name]) => /device|randomPassword/i.test(name)));
  assert.equal((await enter()).isSignedIn, true);
  assert.notEqual(stored(store, ".deviceKey"), key);
});
