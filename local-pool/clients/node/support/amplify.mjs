// aws-amplify in Node: one configuration for the process, tokens in memory.
import { Amplify } from "aws-amplify";
import { cognitoUserPoolsTokenProvider } from "aws-amplify/auth/cognito";
import { ConsoleLogger } from "aws-amplify/utils";
import { CLIENT_ID, POOL_ID } from "./pool.mjs";

// Amplify names a device after the browser, and Node 20 has no `navigator`.
globalThis.navigator ??= { userAgent: `Node ${process.version}` };

// Without its warning that the endpoint is not AWS's own.
ConsoleLogger.LOG_LEVEL = "ERROR";

class MemoryStore {
  items = new Map();
  async setItem(key, value) {
    this.items.set(key, value);
  }
  async getItem(key) {
    return this.items.get(key) ?? null;
  }
  async removeItem(key) {
    this.items.delete(key);
  }
  async clear() {
    this.items.clear();
  }
}

/** Configures Amplify for the pool, and for `more`; nobody is signed in. Returns the store of its tokens. */
export function configure(pool, more = {}) {
  Amplify.configure({
    Auth: {
      Cognito: {
        userPoolId: POOL_ID,
        userPoolClientId: CLIENT_ID,
        userPoolEndpoint: pool.url,
        loginWith: { email: true },
        ...more,
      },
    },
  });
  const store = new MemoryStore();
  cognitoUserPoolsTokenProvider.setKeyValueStorage(store);
  return store;
}

/** What the store holds under the key that ends so. */
export function stored(store, ending) {
  for (const [key, value] of store.items) if (key.endsWith(ending)) return value;
  return undefined;
}

/** Amplify waits three minutes for the confirmation, even after it has come; the process need not. */
export function spareTheWait(t) {
  const { setTimeout } = globalThis;
  t.mock.method(globalThis, "setTimeout", (...args) => setTimeout(...args).unref());
}
