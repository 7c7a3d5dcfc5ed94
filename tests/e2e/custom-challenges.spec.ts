import { button, describedAs, email, heading, onDashboard, onSignIn, password } from "./support/screens";
import { submitPassword, withFlow, withQuestions } from "./support/second-factors";
import { USER } from "./support/pool";
import { type Page, expect, test } from "./support/test";

const SKY = {
  parameters: { title: "A question", question: "What is the colour of the sky?", label: "Colour", hint: "On a clear day.", secretNote: "never shown" },
  expects: { answer: "blue" },
};
const AGAIN = "That wasn’t right. Try again.";

const byName = async (page: Page) => {
  await page.goto("/sign-in");
  await email(page).fill(USER.email);
  await expect(password(page)).toHaveCount(0);
  await button(page, "Continue").click();
};

for (const [flow, first, begin] of [
  ["CUSTOM_WITH_SRP", "after the password", submitPassword],
  ["CUSTOM_WITHOUT_SRP", "without a password", byName],
] as const) {
  test.describe(`The pool's own question ${first}`, () => {
    test("is asked in its own words, and asked again after a wrong answer", async ({ page, pool }) => {
      await withQuestions(pool, [SKY]);
      await withFlow(page, flow);
      await begin(page);
      await expect(heading(page, "A question")).toBeVisible();
      await expect(page.getByText("What is the colour of the sky?")).toBeVisible();
      await expect(page.getByText("never shown")).toHaveCount(0);
      const answer = page.getByLabel("Colour", { exact: true });
      await expect(answer).toBeFocused();
      await expect(answer).toHaveAccessibleDescription("On a clear day.");
      await button(page, "Continue").click();
      await describedAs(answer, "Enter your answer.");
      await answer.fill("geen");
      await button(page, "Continue").click();
      await describedAs(answer, AGAIN);
      await expect(answer).toBeFocused();
      await expect(answer).toHaveValue("geen");
      await answer.fill("green");
      await expect(answer).not.toHaveAttribute("aria-invalid");
      await answer.press("Enter");
      await describedAs(answer, AGAIN);
      await answer.fill("blue ");
      await answer.press("Enter");
      await onDashboard(page, USER.email);
    });
  });
}

test.describe("The pool's own questions", () => {
  test("come one after the other, each with an empty field of its kind", async ({ page, pool }) => {
    await withQuestions(pool, [
      SKY,
      { parameters: { prompt: "We sent you a word.", type: "code" }, expects: { code_to: "email" } },
      { parameters: { message: "And your PIN?", type: "password", label: "PIN" }, expects: { answer: " 1234 " } },
    ]);
    await withFlow(page, "CUSTOM_WITH_SRP");
    await submitPassword(page);
    await page.getByLabel("Colour").fill("blue");
    await page.getByLabel("Colour").press("Enter");
    await expect(heading(page, "One more question")).toBeVisible();
    await expect(page.getByText("We sent you a word.")).toBeVisible();
    const word = page.getByLabel("Your answer");
    await expect(word).toHaveValue("");
    await expect(word).toBeFocused();
    await expect(word).toHaveAttribute("autocomplete", "one-time-code");
    await word.fill(await pool.code(USER.email));
    await word.press("Enter");
    const pin = page.getByLabel("PIN", { exact: true });
    await expect(pin).toHaveAttribute("type", "password");
    await expect(pin).toBeFocused();
    await pin.fill(" 1234 ");
    await pin.press("Enter");
    await onDashboard(page, USER.email);
  });

  test("end the sign-in after too many wrong answers, and say so", async ({ page, pool }) => {
    await withQuestions(pool, [SKY], 2);
    await withFlow(page, "CUSTOM_WITH_SRP");
    await submitPassword(page);
    const answer = page.getByLabel("Colour");
    await answer.fill("green");
    await answer.press("Enter");
    await describedAs(answer, AGAIN);
    await answer.fill("red");
    await answer.press("Enter");
    await onSignIn(page);
    await expect(page.getByText("That answer wasn’t right. Start again.")).toBeVisible();
    await expect(email(page)).toHaveValue(USER.email);
  });

  test("are asked again if they took too long", async ({ page, pool }) => {
    await withQuestions(pool, [SKY]);
    await withFlow(page, "CUSTOM_WITH_SRP");
    await submitPassword(page);
    const answer = page.getByLabel("Colour");
    await expect(answer).toBeFocused();
    await pool.advance(4 * 60);
    await answer.fill("blue");
    await answer.press("Enter");
    await expect(page.getByText("That took a while, so please answer again.")).toBeVisible();
    await answer.fill("blue");
    await answer.press("Enter");
    await onDashboard(page, USER.email);
  });
});
