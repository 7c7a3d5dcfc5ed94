import assert from "node:assert/strict";
import { test } from "node:test";
import { fetchAuthSession, signIn, signOut } from "aws-amplify/auth";
import { configure } from "../support/amplify.mjs";
import { IDENTITY_POOL_ID, USER, usePool } from "../support/pool.mjs";

const pool = usePool();

test("Amplify gets credentials for guests and for users", async () => {
  configure(pool, {
    identityPoolId: IDENTITY_POOL_ID,
    identityPoolEndpoint: pool.url,
    allowGuestAccess: true,
  });
  const guest = await fetchAuthSession();
  assert.match(guest.credentials.accessKeyId, /^ASIA[A-Z0-9]{16}$/);
  await signIn({ username: USER.email, password: USER.password });
  const user = await fetchAuthSession();
  assert.notEqual(user.credentials.secretAccessKey, guest.credentials.secretAccessKey);
  assert.notEqual(user.identityId, guest.identityId);
  const left = user.credentials.expiration.getTime() - Date.now();
  assert.ok(left > 3590e3 && left < 3610e3, `${left} ms`);
  const again = await fetchAuthSession({ forceRefresh: true });
  assert.equal(again.identityId, user.identityId);
  assert.notEqual(again.credentials.sessionToken, user.credentials.sessionToken);
  await signOut();
});
