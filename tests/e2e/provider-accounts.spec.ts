import { choose, configure, PEOPLE, withOAuth } from "./support/hosted";
import { USER } from "./support/pool";
import { alert, button, describedAs, email, heading, items, link, onDashboard, onSignIn, submitSignIn } from "./support/screens";
import { expect, test } from "./support/test";

test("whoever has an account by another provider is led to the way that they know", async ({ page, pool }) => {
  await pool.settings({ triggers: { pre_sign_up: "user already exists with another provider" } });
  await page.goto("/sign-in");
  await button(page, "Continue with Google").click();
  await choose(page, "Google", "user");
  await expect(alert(page)).toContainText("You have an account here already");
  await expect(heading(page, "You’re not signed in")).toBeFocused();
  await button(page, "Go to sign-in").click();
  await onSignIn(page);
  await submitSignIn(page, USER);
  await onDashboard(page, USER.email);
});

test("an account that was just linked comes in at the second try, and stands among the linked ones", async ({ page, pool }) => {
  await pool.settings({ triggers: { link_by_email: true } });
  await page.goto("/sign-in");
  await button(page, "Continue with Google").click();
  await choose(page, "Google", "user");
  await expect(alert(page)).toContainText("have just been linked");
  await button(page, "Try again with Google").click();
  await choose(page, "Google", "user");
  await onDashboard(page, USER.email);
  await link(page, "Security").click();
  await expect(items(page, "Linked accounts")).toHaveCount(1);
  await expect(items(page, "Linked accounts")).toContainText("Google");
});

test("with a domain that is asked for, single sign-on wants an address and goes by its domain", async ({ page }) => {
  await configure(page, withOAuth({ email_domains: true }));
  await page.goto("/sign-in");
  await button(page, "Single sign-on").click();
  await describedAs(email(page), /Enter your work email first/);
  await expect(email(page)).toBeFocused();
  await email(page).fill("robin@workforce.example");
  await button(page, "Single sign-on").click();
  await choose(page, "Workforce", "robin");
  await onDashboard(page, PEOPLE.robin);
});

test("whoever is new can come in from the sign-up page, too", async ({ page }) => {
  await page.goto("/sign-up");
  await expect(button(page, "More ways to sign up")).toBeVisible();
  await button(page, "Continue with Google").click();
  await choose(page, "Google", "robin");
  await onDashboard(page, PEOPLE.robin);
});
