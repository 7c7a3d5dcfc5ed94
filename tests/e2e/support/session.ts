import type { BrowserContext, Page } from "@playwright/test";
import type { Pool } from "./pool";
import type { SharedWorker } from "./shared-worker";
import { expect } from "./test";

export const MINUTE = 60;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const RENEWAL = "GetTokensFromRefreshToken";
/** Every renewal hands out a new refresh token and ends the one before at once. */
export const ROTATION = { refresh_token_rotation: { enabled: true, retry_grace_period_seconds: 0 } };

/** Sets amplify_outputs.json's `custom.cognito.session`. */
export async function limitSession(where: BrowserContext | Page, session: Record<string, unknown>): Promise<void> {
  await where.route("**/amplify_outputs.json", async (route) => {
    const outputs = await (await route.fetch()).json();
    outputs.custom.cognito.session = session;
    await route.fulfill({ json: outputs });
  });
}

/** Time passes for the pool and for the engine's worker, whose timers run. */
export async function pass(pool: Pool, worker: SharedWorker, seconds: number): Promise<void> {
  await pool.advance(seconds);
  await worker.clock("forward", seconds * 1000);
}

/** The device sleeps: time passes, and no timer runs. */
export async function sleep(pool: Pool, worker: SharedWorker, seconds: number): Promise<void> {
  await pool.advance(seconds);
  await worker.clock("jump", seconds * 1000);
}

/** Until the worker knows how many pages there are: it learns so from a lock that each of them holds. */
export async function hasNoticed(worker: SharedWorker, pages: number): Promise<void> {
  const names = `navigator.locks.query().then(({ held, pending }) => {
    return new Set([...held, ...pending].map(({ name }) => name).filter((name) => name.startsWith("page/"))).size;
  })`;
  await expect.poll(() => worker.evaluate<number>(names), "the pages that the worker knows of").toBe(pages);
}

/** A browser that has no SharedWorkers: the engine runs in the page. */
export async function withoutWorkers(where: BrowserContext | Page): Promise<void> {
  await where.addInitScript(() => {
    delete (window as Partial<typeof globalThis>).SharedWorker;
  });
}
