// Verifies tokens with Node's own cryptography and the pool's published keys.
import { createPublicKey, verify } from "node:crypto";

const parse = (part) => JSON.parse(Buffer.from(part, "base64url").toString());

/** The claims of a token that the pool has signed; throws if the signature is not by one of its keys. */
export async function verified(pool, token) {
  const [header, payload, signature] = token.split(".");
  const { alg, kid } = parse(header);
  const { keys } = await (await fetch(`${pool.issuer}/.well-known/jwks.json`)).json();
  const jwk = keys.find((key) => key.kid === kid);
  if (alg !== "RS256" || !jwk) throw new Error(`no RS256 key ${kid} is published`);
  const key = createPublicKey({ key: jwk, format: "jwk" });
  const good = verify("sha256", Buffer.from(`${header}.${payload}`), key, Buffer.from(signature, "base64url"));
  if (!good) throw new Error("the signature is wrong");
  return parse(payload);
}
