import { defineConfig } from "@playwright/test";

// `cargo xtask test e2e` sets these: the browser to drive (Playwright's own if unset) and the file for
// its count of results. The journeys start the local user pool themselves, from YEW_COGNITO_POOL.
const executablePath = process.env.YEW_COGNITO_CHROMIUM || undefined;
const outputFile = process.env.YEW_COGNITO_REPORT;

// Passkeys need a domain: with 127.0.0.1 the browser refuses them.
const baseURL = "http://localhost:8080";

export default defineConfig({
  testDir: ".",
  testMatch: "**/*.spec.ts",
  // The journeys share one local user pool, which some of them restart.
  workers: 1,
  fullyParallel: false,
  forbidOnly: Boolean(process.env.CI),
  retries: 0,
  timeout: 30_000,
  expect: { timeout: 10_000 },
  reporter: outputFile ? [["list"], ["json", { outputFile }]] : "list",
  use: {
    baseURL,
    locale: "en-US",
    timezoneId: "UTC",
    // A failure comes with the page's accessibility tree; a trace, which costs a quarter of the time, with
    // `--trace retain-on-failure`.
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath,
      args: [
        // Chromium's sandbox does not start as root, as in a container.
        ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  projects: [{ name: "chromium", use: { browserName: "chromium" } }],
  webServer: {
    command: "trunk serve --release",
    cwd: "../..",
    url: baseURL,
    reuseExistingServer: true,
    timeout: 600_000,
  },
});
