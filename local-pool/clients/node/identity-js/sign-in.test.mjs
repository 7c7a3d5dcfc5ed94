import assert from "node:assert/strict";
import { test } from "node:test";
import { intercepting } from "../support/fetch.mjs";
import { authenticate, outcome, signedIn, user } from "../support/identity-js.mjs";
import { verified } from "../support/jwt.mjs";
import { ADMIN, CLIENT_ID, NEWCOMER, USER, flip, usePool } from "../support/pool.mjs";

const pool = usePool();

const refused = { code: "NotAuthorizedException", message: "Incorrect username or password." };

test("identity-js signs in by SRP and gets tokens that the pool has signed", async () => {
  const session = (await signedIn(pool, USER)).getSignInUserSession();
  assert.ok(session.isValid());
  const id = await verified(pool, session.getIdToken().getJwtToken());
  assert.equal(id.iss, pool.issuer);
  assert.equal(id.aud, CLIENT_ID);
  assert.equal(id.token_use, "id");
  assert.equal(id.email, USER.email);
  assert.equal(id.email_verified, true);
  const access = await verified(pool, session.getAccessToken().getJwtToken());
  assert.equal(access.client_id, CLIENT_ID);
  assert.equal(access.token_use, "access");
  assert.equal(access.sub, id.sub);
  assert.equal(access.username, id["cognito:username"]);
  assert.deepEqual(await pool.operations(), ["InitiateAuth", "RespondToAuthChallenge"]);
});

test("identity-js takes the address in any case", async () => {
  await signedIn(pool, { ...USER, email: "User@Example.COM" });
});

test("identity-js puts the groups in the tokens", async () => {
  const session = (await signedIn(pool, ADMIN)).getSignInUserSession();
  assert.deepEqual(session.getIdToken().payload["cognito:groups"], ["admins"]);
  assert.deepEqual(session.getAccessToken().payload["cognito:groups"], ["admins"]);
});

test("identity-js is refused with a wrong password", async () => {
  await assert.rejects(authenticate(user(pool, USER.email), "Sunflower-43!"), refused);
});

test("identity-js is refused as an unknown user in the same words", async () => {
  await assert.rejects(authenticate(user(pool, "nobody@example.com"), USER.password), refused);
});

for (const tampered of ["PASSWORD_CLAIM_SIGNATURE", "PASSWORD_CLAIM_SECRET_BLOCK"]) {
  test(`identity-js is refused when ${tampered} is changed on the way`, async () => {
    let changed = 0;
    const change = (operation, body) => {
      if (operation !== "RespondToAuthChallenge") return;
      body.ChallengeResponses[tampered] = flip(body.ChallengeResponses[tampered]);
      changed += 1;
    };
    await assert.rejects(
      intercepting(change, () => authenticate(user(pool, USER.email), USER.password)),
      { code: "NotAuthorizedException" },
    );
    assert.equal(changed, 1);
  });
}

test("identity-js is refused when SRP_A is changed on the way", async () => {
  const change = (operation, body) => {
    if (operation === "InitiateAuth") body.AuthParameters.SRP_A = flip(body.AuthParameters.SRP_A);
  };
  await assert.rejects(
    intercepting(change, () => authenticate(user(pool, USER.email), USER.password)),
    refused,
  );
});

test("identity-js is refused when it proves too late", async () => {
  const late = async () => {
    const original = globalThis.fetch;
    globalThis.fetch = async (input, init) => {
      if (new Headers(init?.headers).get("x-amz-target")?.endsWith(".RespondToAuthChallenge")) {
        globalThis.fetch = original;
        await pool.advance(181);
      }
      return original(input, init);
    };
    try {
      return await authenticate(user(pool, USER.email), USER.password);
    } finally {
      globalThis.fetch = original;
    }
  };
  await assert.rejects(late(), { code: "NotAuthorizedException" });
});

test("identity-js is locked out after wrong passwords and let in again later", async () => {
  // The fifth locks for a second, each one more for twice as long: the clock goes on while this runs.
  for (let attempt = 1; attempt <= 9; attempt += 1) {
    await assert.rejects(authenticate(user(pool, USER.email), "Sunflower-43!"), refused);
    if (attempt >= 5 && attempt < 9) await pool.advance(2 ** (attempt - 5));
  }
  await assert.rejects(authenticate(user(pool, USER.email), USER.password), {
    code: "NotAuthorizedException",
    message: "Password attempts exceeded",
  });
  await pool.advance(16);
  assert.equal((await authenticate(user(pool, USER.email), USER.password)).event, "onSuccess");
});

test("identity-js signs in with USER_PASSWORD_AUTH where the client allows it", async () => {
  const signing = user(pool, USER.email);
  signing.setAuthenticationFlowType("USER_PASSWORD_AUTH");
  await assert.rejects(authenticate(signing, USER.password), {
    code: "InvalidParameterException",
    message: "USER_PASSWORD_AUTH flow not enabled for this client",
  });
  await pool.client({ explicit_auth_flows: ["ALLOW_USER_PASSWORD_AUTH"] });
  assert.equal((await authenticate(signing, USER.password)).event, "onSuccess");
  await assert.rejects(authenticate(signing, "Sunflower-43!"), refused);
});

test("identity-js replaces a temporary password", async () => {
  const signing = user(pool, NEWCOMER.email);
  const { event, args } = await authenticate(signing, NEWCOMER.password);
  assert.equal(event, "newPasswordRequired");
  const [attributes, required] = args;
  assert.equal(attributes.email, NEWCOMER.email);
  assert.deepEqual(required, []);
  await assert.rejects(
    outcome(signing, "completeNewPasswordChallenge", ["short", {}]),
    { code: "InvalidPasswordException" },
  );
  const again = user(pool, NEWCOMER.email);
  await authenticate(again, NEWCOMER.password);
  const done = await outcome(again, "completeNewPasswordChallenge", ["Marigold-43!", {}]);
  assert.equal(done.event, "onSuccess");
  assert.ok(done.args[0].isValid());
  await signedIn(pool, { email: NEWCOMER.email, password: "Marigold-43!" });
  await assert.rejects(authenticate(user(pool, NEWCOMER.email), NEWCOMER.password), refused);
});

test("identity-js is told of an account that is not confirmed, disabled or to be reset", async () => {
  const cases = [
    [{ status: "UNCONFIRMED" }, "UserNotConfirmedException"],
    [{ status: "RESET_REQUIRED" }, "PasswordResetRequiredException"],
    [{ status: "CONFIRMED", disabled: true }, "NotAuthorizedException"],
  ];
  for (const [state, code] of cases) {
    await pool.user({ email: USER.email, ...state });
    await assert.rejects(authenticate(user(pool, USER.email), USER.password), { code }, code);
  }
});
