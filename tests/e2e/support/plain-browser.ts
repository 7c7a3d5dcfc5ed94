import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import type { BrowserContext, LaunchOptions, Page } from "@playwright/test";
import { chromium } from "@playwright/test";

/** A browser whose pages are in the background like anybody's: elsewhere Playwright has every page be in front. */
export class PlainBrowser {
  private constructor(
    readonly context: BrowserContext,
    readonly close: () => Promise<void>,
  ) {}

  static async launch(options: LaunchOptions): Promise<PlainBrowser> {
    const port = await freePort();
    const launched = await chromium.launch({ ...options, args: [...(options.args ?? []), `--remote-debugging-port=${port}`] });
    const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`, { noDefaults: true });
    const [context] = browser.contexts();
    if (!context) throw new Error("the browser has no context");
    return new PlainBrowser(context, async () => {
      await browser.close();
      await launched.close();
    });
  }

  /** Freezes a page as a browser does with one in the background. Returns how to let it go on. */
  async freeze(page: Page): Promise<() => Promise<void>> {
    const session = await this.context.newCDPSession(page);
    await session.send("Page.setWebLifecycleState", { state: "frozen" });
    return async () => {
      await session.send("Page.setWebLifecycleState", { state: "active" });
      await session.detach();
    };
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
