// amazon-cognito-identity-js with promises for its callbacks.
import {
  AuthenticationDetails,
  CognitoRefreshToken,
  CognitoUser,
  CognitoUserAttribute,
  CognitoUserPool,
} from "amazon-cognito-identity-js";
import { CLIENT_ID, POOL_ID } from "./pool.mjs";

/** What the library keeps its tokens in. */
export class MemoryStorage {
  items = new Map();
  setItem(key, value) {
    this.items.set(key, value);
  }
  getItem(key) {
    return this.items.get(key) ?? null;
  }
  removeItem(key) {
    this.items.delete(key);
  }
}

export function userPool(pool, storage = new MemoryStorage()) {
  return new CognitoUserPool({ UserPoolId: POOL_ID, ClientId: CLIENT_ID, endpoint: pool.url, Storage: storage });
}

export function user(pool, email, storage = new MemoryStorage()) {
  return new CognitoUser({ Username: email, Pool: userPool(pool, storage), Storage: storage });
}

/** A method whose last argument is `(error, result)`. */
export function call(target, method, ...args) {
  return new Promise((resolve, reject) => {
    target[method](...args, (error, result) => (error ? reject(error) : resolve(result)));
  });
}

/**
 * A method that takes a map of callbacks: `{event, args}` of the one that is called; rejects on failure.
 * `place` says where the map goes among the arguments, by default last.
 */
export function outcome(target, method, args = [], place = args.length) {
  return new Promise((resolve, reject) => {
    const callbacks = { onFailure: reject };
    for (const event of EVENTS) callbacks[event] = (...args) => resolve({ event, args });
    const all = [...args];
    all.splice(place, 0, callbacks);
    target[method](...all);
  });
}

const EVENTS = [
  "onSuccess",
  "newPasswordRequired",
  "mfaRequired",
  "totpRequired",
  "mfaSetup",
  "selectMFAType",
  "customChallenge",
  "associateSecretCode",
  "inputVerificationCode",
];

export function authenticate(user, password) {
  const details = new AuthenticationDetails({ Username: user.getUsername(), Password: password });
  return outcome(user, "authenticateUser", [details]);
}

/** A user with a session, by SRP. */
export async function signedIn(pool, { email, password }, storage) {
  const signing = user(pool, email, storage);
  const { event } = await authenticate(signing, password);
  if (event !== "onSuccess") throw new Error(`signing in led to ${event}`);
  return signing;
}

export function attribute(name, value) {
  return new CognitoUserAttribute({ Name: name, Value: value });
}

export function refreshToken(token) {
  return new CognitoRefreshToken({ RefreshToken: token });
}
