import type { Page } from "@playwright/test";
import type { Pool } from "./pool";
import type { Workers } from "./workers";

/** The clocks of a test, moved together: the page's, the engine's, wherever it runs, and the pool's. */
export class Time {
  private constructor(
    private readonly page: Page,
    private readonly pool: Pool,
    private readonly workers: Workers,
  ) {}

  /** To be called before the page opens the app. */
  static async of(page: Page, pool: Pool, workers: Workers): Promise<Time> {
    await page.clock.install();
    await workers.useClock();
    return new Time(page, pool, workers);
  }

  /** Lets time pass. */
  async pass(seconds: number): Promise<void> {
    await this.pool.advance(seconds);
    for (const worker of this.workers.alive) await worker.clock("forward", seconds * 1000);
    await this.page.clock.fastForward(seconds * 1000);
  }
}
