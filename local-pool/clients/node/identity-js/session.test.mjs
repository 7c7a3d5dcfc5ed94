import assert from "node:assert/strict";
import { test } from "node:test";
import { intercepting } from "../support/fetch.mjs";
import { MemoryStorage, call, outcome, refreshToken, signedIn, userPool } from "../support/identity-js.mjs";
import { verified } from "../support/jwt.mjs";
import { USER, flip, usePool } from "../support/pool.mjs";

const pool = usePool();

test("identity-js reads the user with the access token", async () => {
  const signed = await signedIn(pool, USER);
  const attributes = await call(signed, "getUserAttributes");
  const email = attributes.find((attribute) => attribute.getName() === "email");
  assert.equal(email.getValue(), USER.email);
  const data = await call(signed, "getUserData");
  assert.equal(data.Username, signed.getSignInUserSession().getAccessToken().payload.username);
});

test("identity-js finds its session again in the storage", async () => {
  const storage = new MemoryStorage();
  const before = (await signedIn(pool, USER, storage)).getSignInUserSession();
  const found = userPool(pool, storage).getCurrentUser();
  const session = await call(found, "getSession");
  assert.equal(session.getAccessToken().getJwtToken(), before.getAccessToken().getJwtToken());
});

test("identity-js refreshes its tokens and keeps the refresh token", async () => {
  const signed = await signedIn(pool, USER);
  const before = signed.getSignInUserSession();
  await pool.advance(60);
  const after = await call(signed, "refreshSession", before.getRefreshToken());
  assert.equal(after.getRefreshToken().getToken(), before.getRefreshToken().getToken());
  const access = await verified(pool, after.getAccessToken().getJwtToken());
  assert.ok(access.iat >= before.getAccessToken().payload.iat + 60);
  assert.equal(access.auth_time, before.getAccessToken().payload.auth_time);
  assert.equal(access.origin_jti, before.getAccessToken().payload.origin_jti);
  assert.notEqual(access.jti, before.getAccessToken().payload.jti);
});

test("identity-js refreshes by itself when the tokens have expired", async () => {
  const storage = new MemoryStorage();
  await pool.client({ access_token_validity_seconds: 1, id_token_validity_seconds: 1 });
  await signedIn(pool, USER, storage);
  await pool.client({ access_token_validity_seconds: 3600, id_token_validity_seconds: 3600 });
  await new Promise((resolve) => setTimeout(resolve, 2100));
  const session = await call(userPool(pool, storage).getCurrentUser(), "getSession");
  assert.ok(session.isValid());
});

test("identity-js is signed out when the session has been revoked", async () => {
  const signed = await signedIn(pool, USER);
  const token = signed.getSignInUserSession().getRefreshToken();
  await call({ signOut: (done) => signed.signOut(done) }, "signOut");
  assert.deepEqual((await pool.operations()).at(-1), "RevokeToken");
  const again = await signedIn(pool, USER);
  await assert.rejects(refreshOnce(again, token), { code: "NotAuthorizedException" });
});

test("identity-js cannot use a refresh token that was changed", async () => {
  const signed = await signedIn(pool, USER);
  const token = signed.getSignInUserSession().getRefreshToken().getToken();
  await assert.rejects(refreshOnce(signed, refreshToken(flip(token, 40))), { code: "NotAuthorizedException" });
});

test("identity-js signs out everywhere", async () => {
  const here = await signedIn(pool, USER);
  const there = await signedIn(pool, USER);
  const token = there.getSignInUserSession().getRefreshToken();
  assert.equal((await outcome(here, "globalSignOut")).event, "onSuccess");
  await assert.rejects(refreshOnce(there, token), { code: "NotAuthorizedException" });
  await assert.rejects(call(there, "getUserAttributes"), { code: "NotAuthorizedException" });
});

test("identity-js is refused when its access token is changed on the way", async () => {
  const signed = await signedIn(pool, USER);
  const change = (_, body) => {
    const at = body.AccessToken.lastIndexOf(".") + 10;
    body.AccessToken = flip(body.AccessToken, at);
  };
  await assert.rejects(
    intercepting(change, () => call(signed, "getUserAttributes")),
    { code: "NotAuthorizedException" },
  );
});

/** Its own refresh tries again for seconds, whatever the error. */
function refreshOnce(signed, token) {
  signed.client.requestWithRetry = signed.client.request;
  return call(signed, "refreshSession", token);
}
