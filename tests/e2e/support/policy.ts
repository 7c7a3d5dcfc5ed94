import type { Page } from "@playwright/test";

/** Has the pages that are opened from now on keep to another Content-Security-Policy as well. */
export async function addPolicy(page: Page, policy: string): Promise<void> {
  await page.addInitScript((policy) => {
    const meta = document.createElement("meta");
    meta.httpEquiv = "Content-Security-Policy";
    meta.content = policy;
    // In the head alone it counts, which is not there yet.
    const watch = new MutationObserver(() => {
      if (!document.head) return;
      watch.disconnect();
      document.head.append(meta);
    });
    watch.observe(document, { childList: true, subtree: true });
  }, policy);
}
