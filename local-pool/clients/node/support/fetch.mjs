// Looks at, and changes, what a client that uses fetch sends.

const TARGET = "AWSCognitoIdentityProviderService.";

/**
 * While `work` runs, `change(operation, body)` sees the body of each operation's request, and may change
 * it, before it is sent.
 */
export async function intercepting(change, work) {
  const original = globalThis.fetch;
  globalThis.fetch = (input, init) => {
    const target = new Headers(init?.headers).get("x-amz-target");
    if (!target?.startsWith(TARGET)) return original(input, init);
    const body = JSON.parse(init.body);
    change(target.slice(TARGET.length), body);
    return original(input, { ...init, body: JSON.stringify(body) });
  };
  try {
    return await work();
  } finally {
    globalThis.fetch = original;
  }
}
