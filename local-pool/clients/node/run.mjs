// Runs the tests in this folder: `node run.mjs [part of a test's name ...]`. Prints the name of each test and
// ends with `N passed, N failed`.
import { readdirSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { run } from "node:test";
import { fileURLToPath } from "node:url";

if (!process.env.LOCAL_POOL_BIN) {
  console.error("LOCAL_POOL_BIN has to name the local pool's program: cargo build -p local-pool");
  process.exit(2);
}

// The AWS SDK announces when it is going to need a later Node.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";

const folder = dirname(fileURLToPath(import.meta.url));

const files = readdirSync(folder, { recursive: true })
  .filter((file) => file.endsWith(".test.mjs") && !file.startsWith(`node_modules${sep}`))
  .sort();

const escape = (text) => text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
const filters = process.argv.slice(2);
const tests = run({
  files: files.map((file) => join(folder, file)),
  concurrency: 2,
  timeout: 60_000,
  testNamePatterns: filters.length > 0 ? [new RegExp(filters.map(escape).join("|"), "i")] : undefined,
});

const counts = { passed: 0, failed: 0 };
const isSuite = (event) => event.details.type === "suite";
const where = (event) => relative(folder, event.file ?? "");
tests.on("test:pass", (event) => {
  if (isSuite(event) || event.skip !== undefined) return;
  counts.passed += 1;
  console.log(`ok      ${where(event)}: ${event.name}`);
});
tests.on("test:fail", (event) => {
  if (isSuite(event)) return;
  counts.failed += 1;
  console.log(`FAILED  ${where(event)}: ${event.name}`);
  console.log(event.details.error?.cause?.stack ?? event.details.error?.cause ?? event.details.error);
});
tests.on("test:stderr", (event) => process.stderr.write(event.message));
tests.on("end", () => {
  console.log(`${counts.passed} passed, ${counts.failed} failed`);
  process.exitCode = counts.failed > 0 ? 1 : 0;
});
tests.resume();
