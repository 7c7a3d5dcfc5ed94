import { expectAccessible } from "./support/accessible";
import { wrongTotp, scan, secretOf } from "./support/authenticator";
import { button, code, describedAs, email, heading } from "./support/screens";
import { giveAuthenticator, givePhone, requireMfa, submitPassword, withChoice, withFlow, withoutContact, withQuestions } from "./support/second-factors";
import type { Pool } from "./support/pool";
import { type Page, expect, test } from "./support/test";

/** Every screen of a sign-in under way, and how to get there. */
const screens: Record<string, (page: Page, pool: Pool) => Promise<void>> = {
  "a code, wrong": async (page, pool) => {
    await requireMfa(pool, { sms: true });
    await givePhone(pool);
    await submitPassword(page);
    await code(page).fill("000000");
    await describedAs(code(page), /That code isn’t right/);
  },
  "an authenticator's code": async (page, pool) => {
    await giveAuthenticator(pool, "A phone with quite a long name, as people give them");
    await submitPassword(page);
    await expect(code(page)).toBeFocused();
  },
  "a choice": async (page, pool) => {
    await withChoice(pool);
    await submitPassword(page);
    await expect(heading(page, "Confirm it’s you")).toBeVisible();
  },
  "a choice of what to set up": async (page, pool) => {
    await requireMfa(pool, { software_token: true, email: true });
    await withoutContact(pool);
    await submitPassword(page);
    await expect(heading(page, "Add a second step")).toBeVisible();
  },
  "an authenticator to set up, with its key and a wrong code": async (page, pool) => {
    await requireMfa(pool, { software_token: true });
    await submitPassword(page);
    const secret = secretOf(await scan(page));
    await button(page, "Can’t scan it?").click();
    await code(page).fill(wrongTotp(secret));
    await describedAs(code(page), /That code isn’t right/);
  },
  "an address to set up": async (page, pool) => {
    await requireMfa(pool, { email: true });
    await withoutContact(pool);
    await submitPassword(page);
    await expect(email(page)).toBeFocused();
  },
  "a question": async (page, pool) => {
    await withQuestions(pool, [{ parameters: { question: "What is the colour of the sky?", hint: "On a clear day." }, expects: { answer: "blue" } }]);
    await withFlow(page, "CUSTOM_WITH_SRP");
    await submitPassword(page);
    await expect(page.getByLabel("Your answer")).toBeFocused();
  },
  "a question with a secret answer": async (page, pool) => {
    await withQuestions(pool, [{ parameters: { question: "What is your PIN?", type: "password" }, expects: { answer: "1234" } }]);
    await withFlow(page, "CUSTOM_WITH_SRP");
    await submitPassword(page);
    await expect(page.getByLabel("Your answer")).toBeFocused();
  },
};

for (const [name, arrive] of Object.entries(screens)) {
  test(`Accessible in light and dark, and never wider than the window: ${name}`, async ({ page, pool }) => {
    await arrive(page, pool);
    await expectAccessible(page);
  });
}
