// oidc-client-ts in Node: transactions in memory, and no window.
import { InMemoryWebStorage, OidcClient, WebStorageStateStore } from "oidc-client-ts";
import { CLIENT_ID } from "./pool.mjs";

export const CALLBACK = "http://localhost:8080/callback";
export const SCOPE = "openid email profile aws.cognito.signin.user.admin";

export function oidc(pool, more = {}) {
  return new OidcClient({
    authority: pool.issuer,
    client_id: CLIENT_ID,
    redirect_uri: CALLBACK,
    scope: SCOPE,
    loadUserInfo: false,
    stateStore: new WebStorageStateStore({ store: new InMemoryWebStorage() }),
    ...more,
  });
}

/** The address of a sign-in that begins now. */
export async function begun(client, more = {}) {
  return (await client.createSigninRequest({ nonce: "n-0S6_WzA2Mj", ...more })).url;
}
