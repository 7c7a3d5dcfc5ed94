import { USER } from "./support/pool";
import { onDashboard, onSignIn, submitSignIn } from "./support/screens";
import { expect, test } from "./support/test";

const PROGRAM = /^[^?]*_bg\.wasm$/;

test("A worker that takes its time to load is waited for, by every tab", async ({ page, context, wire, workers }) => {
  await page.clock.install();
  const forPage = await wire.hold(PROGRAM);
  await page.goto("/sign-in", { waitUntil: "commit" });
  await forPage.arrived;
  const forWorker = await wire.hold(PROGRAM);
  await forPage.release();
  await forWorker.arrived;
  // Far longer than one gets that says nothing.
  await page.clock.fastForward(20_000);
  await expect(page.getByRole("status")).toHaveText("Loading");
  await forWorker.release();
  await onSignIn(page);
  await submitSignIn(page, USER);
  await onDashboard(page, USER.email);
  expect(wire.sent.find(({ operation }) => operation === "InitiateAuth")?.from).toBe("worker");
  const second = await context.newPage();
  await second.goto("/");
  await onDashboard(second, USER.email);
  expect(workers.alive).toHaveLength(1);
});
