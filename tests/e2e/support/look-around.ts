/** Chromium's, and not yet in TypeScript's library. */
declare const navigation: { entries(): { url: string | null; getState(): unknown }[] };

export type Place = { place: string; text: string };

/** What `lookAround` says of a key in a database whose bytes a script can get. */
export const READABLE_KEY = "a key that a script can read";

/** Runs in a page: everything that a script of the page can read. */
export async function lookAround(): Promise<Place[]> {
  const places: Place[] = [];
  const look = (place: string, text: string) => places.push({ place, text });
  for (const [name, storage] of Object.entries({ localStorage, sessionStorage })) {
    for (const [key, value] of Object.entries(storage)) look(`${name}: ${key}`, String(value));
  }
  for (const { name = "" } of await indexedDB.databases()) look(`IndexedDB: ${name}`, `${name} ${await database(name)}`);
  for (const name of await caches.keys()) look(`Cache: ${name}`, `${name || "(no name)"} ${await cache(name)}`);
  look("document.cookie", document.cookie);
  look("location", location.href);
  look("history.state", strings(history.state));
  for (const entry of navigation.entries()) look("history", `${entry.url} ${strings(entry.getState())}`);
  look("window.name", window.name);
  look("document.title", document.title);
  look("document", document.documentElement.outerHTML);
  for (const entry of performance.getEntries()) {
    look("performance entry", `${entry.name} ${"detail" in entry ? strings(entry.detail) : ""}`);
  }
  const visited = new Set<unknown>([window]);
  for (const key of Reflect.ownKeys(window)) {
    const { value } = Reflect.getOwnPropertyDescriptor(window, key) ?? {};
    const text = strings(value, visited);
    if (text !== "") look(`window.${String(key)}`, text);
  }
  // What scripts have hung on the document and its elements.
  look("element", strings([document, ...document.querySelectorAll("*")], visited));
  return places;

  /** Every string that can be reached from a value without calling anything. */
  function strings(root: unknown, visited = new Set<unknown>()): string {
    const found: string[] = [];
    let values = [root];
    for (let depth = 0; depth < 12 && values.length > 0 && visited.size < 200_000; depth += 1) {
      const inner: unknown[] = [];
      for (const value of values) {
        if (typeof value === "string") found.push(value);
        if (value === null || !["object", "function"].includes(typeof value) || visited.has(value)) continue;
        visited.add(value);
        if (value instanceof ArrayBuffer) found.push(bytes(new Uint8Array(value)));
        else if (ArrayBuffer.isView(value)) inner.push(value.buffer);
        else {
          if (value instanceof Map || value instanceof Set) inner.push(...value.keys(), ...value.values());
          for (const key of Reflect.ownKeys(value as object)) {
            if (typeof key === "string") found.push(key);
            inner.push(Reflect.getOwnPropertyDescriptor(value as object, key)?.value);
          }
        }
      }
      values = inner;
    }
    return found.join("\n");
  }

  function bytes(data: Uint8Array): string {
    return new TextDecoder("latin1").decode(data);
  }

  async function cache(name: string): Promise<string> {
    const opened = await caches.open(name);
    const requests = await opened.keys();
    const bodies = requests.map(async (request) => `${request.url} ${(await (await opened.match(request))?.text()) ?? ""}`);
    return (await Promise.all(bodies)).join("\n");
  }

  async function database(name: string): Promise<string> {
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const opened = await done(indexedDB.open(name));
    const found: string[] = [];
    for (const store of opened.objectStoreNames) {
      const records = opened.transaction(store).objectStore(store);
      found.push(record(await done(records.getAllKeys())), record(await done(records.getAll())));
    }
    opened.close();
    return found.join(" ");
  }

  function record(value: unknown): string {
    if (value instanceof CryptoKey) return value.extractable ? "a key that a script can read" : "";
    if (value instanceof ArrayBuffer) return bytes(new Uint8Array(value));
    if (ArrayBuffer.isView(value)) return record(value.buffer);
    if (value !== null && typeof value === "object") return Object.values(value).map(record).join(" ");
    return String(value);
  }
}
