// A browser's passkeys in software, for a client that asks `navigator.credentials`: ES256, no attestation.
import { createHash, generateKeyPairSync, randomBytes, sign } from "node:crypto";

const ORIGIN = "http://localhost:8080";
const PRESENT_AND_VERIFIED = 0x05;
const ATTESTED = 0x40;

const sha256 = (data) => createHash("sha256").update(data).digest();
/** The bytes in a buffer of their own: what browsers give. */
const buffer = (bytes) => Uint8Array.from(bytes).buffer;

class AuthenticatorAttestationResponse {
  constructor(clientData, authenticatorData, publicKey) {
    this.clientDataJSON = buffer(clientData);
    const length = Buffer.from([0x58, authenticatorData.length]);
    // CBOR: {"fmt": "none", "attStmt": {}, "authData": bytes}
    const parts = ["\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData", length, authenticatorData];
    this.attestationObject = buffer(
      Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part, "latin1") : part))),
    );
    this.getTransports = () => ["internal"];
    this.getPublicKeyAlgorithm = () => -7;
    this.getAuthenticatorData = () => buffer(authenticatorData);
    this.getPublicKey = () => buffer(publicKey.export({ type: "spki", format: "der" }));
  }
}

class AuthenticatorAssertionResponse {
  constructor(clientData, authenticatorData, signature, userHandle) {
    this.clientDataJSON = buffer(clientData);
    this.authenticatorData = buffer(authenticatorData);
    this.signature = buffer(signature);
    this.userHandle = buffer(userHandle);
  }
}

class PublicKeyCredential {
  type = "public-key";
  authenticatorAttachment = "platform";

  constructor(id, response) {
    this.id = id.toString("base64url");
    this.rawId = buffer(id);
    this.response = response;
  }

  getClientExtensionResults() {
    return {};
  }

  /** What a client sends that hands the browser's JSON on. */
  toJSON() {
    const encode = (bytes) => Buffer.from(bytes).toString("base64url");
    const bytes = Object.entries(this.response).filter(([, value]) => value instanceof ArrayBuffer);
    return {
      id: this.id,
      rawId: this.id,
      type: this.type,
      clientExtensionResults: {},
      response: Object.fromEntries(bytes.map(([name, value]) => [name, encode(value)])),
    };
  }
}

/** An authenticator with room for one passkey; `create` and `get` are those of `navigator.credentials`. */
export class Authenticator {
  #keys = generateKeyPairSync("ec", { namedCurve: "P-256" });
  #id = randomBytes(32);
  #userHandle;
  /** Signs something else than it was asked to. */
  lying = false;

  async create({ publicKey }) {
    this.#userHandle = Buffer.from(publicKey.user.id);
    const { x, y } = this.#keys.publicKey.export({ format: "jwk" });
    // COSE: {1: 2, 3: -7, -1: 1, -2: x, -3: y}
    const key = ["a5010203262001215820", x, "225820", y].map((part, index) =>
      index % 2 ? Buffer.from(part, "base64url") : Buffer.from(part, "hex"),
    );
    const attested = Buffer.concat([Buffer.alloc(16), Buffer.from([0, this.#id.length]), this.#id, ...key]);
    const data = Buffer.concat([this.#data(publicKey.rp.id, ATTESTED), attested]);
    const clientData = this.#clientData("webauthn.create", publicKey);
    const response = new AuthenticatorAttestationResponse(clientData, data, this.#keys.publicKey);
    return new PublicKeyCredential(this.#id, response);
  }

  async get({ publicKey }) {
    const data = this.#data(publicKey.rpId, 0);
    const clientData = this.#clientData("webauthn.get", publicKey);
    const signed = Buffer.concat([data, this.lying ? randomBytes(32) : sha256(clientData)]);
    const signature = sign("sha256", signed, this.#keys.privateKey);
    const response = new AuthenticatorAssertionResponse(clientData, data, signature, this.#userHandle);
    return new PublicKeyCredential(this.#id, response);
  }

  #data(relyingParty, flags) {
    return Buffer.concat([sha256(relyingParty), Buffer.from([PRESENT_AND_VERIFIED | flags, 0, 0, 0, 0])]);
  }

  #clientData(type, { challenge }) {
    const text = Buffer.from(challenge).toString("base64url");
    return Buffer.from(JSON.stringify({ type, challenge: text, origin: ORIGIN, crossOrigin: false }));
  }
}

/** Makes this process a browser on a secure page, as far as passkeys go. */
export function browse(authenticator) {
  globalThis.window = { document: {}, isSecureContext: true, PublicKeyCredential };
  Object.assign(globalThis, {
    PublicKeyCredential,
    AuthenticatorAttestationResponse,
    AuthenticatorAssertionResponse,
  });
  Object.defineProperty(globalThis.navigator, "credentials", { value: authenticator, configurable: true });
}
