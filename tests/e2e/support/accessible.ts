import AxeBuilder from "@axe-core/playwright";
import { type Page, expect } from "./test";

/** Holds the screen that is shown against axe, in light and dark, and against windows that are narrow. */
export async function expectAccessible(page: Page): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const { passes, violations } = await new AxeBuilder({ page }).analyze();
    expect(passes.length, "axe has seen the page").toBeGreaterThan(10);
    const found = violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html} ${node.failureSummary}`));
    expect(found, colorScheme).toEqual([]);
  }
  // 320 px is a small phone, or 400 % zoom on a desktop; 640 is 200 %.
  for (const width of [320, 360, 640]) {
    await page.setViewportSize({ width, height: 512 });
    const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(tooWide, `at ${width} px`).toBe(0);
  }
}
