import type { Page } from "@playwright/test";
import { alert, button, describedAs, email, heading, newPassword, onDashboard, onSignIn, openWithKeys, password, signIn, signUp, submitSignIn, code, link } from "./support/screens";
import { NEWCOMER, USER } from "./support/pool";
import { expect, test } from "./support/test";

test("times are shown although the browser names a language that is none", async ({ page }) => {
  // What Chromium says on Linux without a locale.
  await page.addInitScript(() => {
    Object.defineProperty(navigator, "language", { get: () => "en-US@posix" });
    Object.defineProperty(navigator, "languages", { get: () => ["en-US@posix"] });
  });
  await page.goto("/sign-in");
  await submitSignIn(page, USER);
  await onDashboard(page, USER.email);
});

test.describe("The theme", () => {
  test("is remembered over a reload and is there before the first paint", async ({ page }) => {
    // Keeps every value that the document's theme has had, and the one it had when it had been parsed.
    await page.addInitScript(() => {
      const seen: (string | null)[] = [];
      const look = () => seen.push(document.documentElement.getAttribute("data-theme"));
      new MutationObserver(look).observe(document, { attributes: true, subtree: true, attributeFilter: ["data-theme"] });
      addEventListener("DOMContentLoaded", look);
      Object.assign(window, { themesSeen: seen });
    });
    const seen = () => page.evaluate(() => (window as unknown as { themesSeen: string[] }).themesSeen);
    const root = page.locator("html");
    const background = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);

    await page.emulateMedia({ colorScheme: "light" });
    await page.goto("/sign-in");
    await onSignIn(page);
    expect(await seen()).toEqual([null]);
    const light = await background();
    await page.getByRole("button", { name: "Theme: as the system. Change to light." }).click();
    await expect(root).toHaveAttribute("data-theme", "light");
    await page.getByRole("button", { name: "Theme: light. Change to dark." }).click();
    await expect(root).toHaveAttribute("data-theme", "dark");
    const dark = await background();
    expect(dark).not.toBe(light);

    await page.reload();
    await onSignIn(page);
    await expect(page.getByRole("button", { name: "Theme: dark. Change to the system's." })).toBeVisible();
    await expect(root).toHaveAttribute("data-theme", "dark");
    expect(await background()).toBe(dark);
    expect(new Set(await seen()), "no other theme, not even for a moment").toEqual(new Set(["dark"]));

    await page.getByRole("button", { name: "Theme: dark. Change to the system's." }).click();
    await expect(root).not.toHaveAttribute("data-theme");
    expect(await page.evaluate(() => localStorage.length)).toBe(0);
  });

  test("follows the system without a choice", async ({ page }) => {
    await page.emulateMedia({ colorScheme: "dark" });
    await page.goto("/sign-in");
    await onSignIn(page);
    const background = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    const dark = await background();
    await page.emulateMedia({ colorScheme: "light" });
    await expect.poll(background).not.toBe(dark);
  });
});

test.describe("Before the program is there", () => {
  test("nothing can be submitted, and no password gets into the address", async ({ page }) => {
    let load: () => void = () => undefined;
    const slow = new Promise<void>((resolve) => (load = resolve));
    await page.route("**/*.wasm", async (route) => {
      await slow;
      await route.continue();
    });
    await page.goto("/sign-in", { waitUntil: "commit" });
    await expect(page.getByRole("status", { name: "Loading" })).toBeAttached();
    await page.keyboard.type(USER.password);
    await page.keyboard.press("Enter");
    await expect(page.locator("form, input")).toHaveCount(0);
    expect(new URL(page.url()).search).toBe("");
    load();
    await onSignIn(page);
    await expect(page).toHaveURL("/sign-in");
    // Should a form ever be submitted by the browser itself, it is not by GET.
    for (const form of await page.locator("form").all()) await expect(form).toHaveAttribute("method", "post");
  });

  test("a program that does not come is explained", async ({ page, expectTrouble }) => {
    expectTrouble(/ERR_FAILED|Failed to fetch|Failed to load/);
    await page.route("**/*.wasm", (route) => route.abort());
    await page.goto("/sign-in");
    await expect(alert(page)).toContainText("The page did not load completely");
    await page.unroute("**/*.wasm");
    await button(page, "Reload").click();
    await onSignIn(page);
  });
});

test.describe("With the keyboard alone", () => {
  /** The label of what has the focus. */
  const focused = (page: Page) =>
    page.evaluate(() => {
      const element = document.activeElement as HTMLInputElement;
      return element.labels?.[0]?.textContent ?? element.ariaLabel ?? element.textContent?.trim();
    });

  test("one can sign in and out", async ({ page }) => {
    await page.goto("/sign-in");
    await expect(email(page)).toBeFocused();
    await page.keyboard.type(USER.email);
    for (let tabs = 0; tabs < 2 && !(await password(page).evaluate((input) => input === document.activeElement)); tabs += 1) {
      await page.keyboard.press("Tab");
    }
    await expect(password(page)).toBeFocused();
    await page.keyboard.type(USER.password);
    await page.keyboard.press("Enter");
    await onDashboard(page, USER.email);
    await expect(heading(page, "Hello")).toBeFocused();
    await page.keyboard.press("Tab");
    await expect(button(page, "Refresh now")).toBeFocused();
    await page.keyboard.press("Tab");
    await expect(button(page, "Sign out")).toBeFocused();
    await page.keyboard.press("Enter");
    await onSignIn(page);
    await expect(heading(page, "Sign in")).toBeFocused();
  });

  test("everything can be reached, and the fields first", async ({ page }) => {
    await page.goto("/sign-in");
    await expect(email(page)).toBeFocused();
    const order: (string | undefined)[] = [];
    const expected = [
      ...["Password", "Show password", "Forgot your password?", "Sign in"],
      ...["Continue with Google", "Continue with Example Workforce", "Continue with Example Partner", "More ways to sign in"],
      "Create an account",
    ];
    for (const _ of expected) {
      await page.keyboard.press("Tab");
      order.push(await focused(page));
    }
    // A button holds the words for while it is busy as well.
    expect(order).toEqual(expected.map((words) => expect.stringMatching(new RegExp(`^${words.replace("?", "\\?")}`))));
  });

  test("the focus goes to the first field that is wrong, which says what is wrong", async ({ page, pool }) => {
    await page.goto("/sign-in");
    await button(page, "Sign in").press("Enter");
    await expect(email(page)).toBeFocused();
    await describedAs(email(page), "Enter your email.");
    await describedAs(password(page), "Enter your password.");
    await email(page).fill("user");
    await page.keyboard.press("Enter");
    await describedAs(email(page), "Enter an email like name@example.com.");
    await email(page).fill(USER.email);
    await expect(email(page)).not.toHaveAttribute("aria-invalid");
    await page.keyboard.press("Enter");
    await expect(password(page)).toBeFocused();
    expect(await pool.operations()).toEqual([]);
  });

  test("what goes wrong is spoken: fields, alert and notices are live", async ({ page, workers }) => {
    await openWithKeys(page);
    for (const field of [email(page), password(page)]) {
      const message = page.locator(`#${(await field.getAttribute("aria-describedby"))?.split(" ")[0]}`);
      await expect(message).toHaveAttribute("aria-live", "polite");
    }
    await submitSignIn(page, { ...USER, password: "Wrong-one-1!" });
    await expect(alert(page)).toBeVisible();
    await workers.setOffline(true);
    await expect(page.getByRole("status").filter({ hasText: "You are offline." })).toBeVisible();
    await workers.setOffline(false);
  });
});

test.describe("Password managers", () => {
  test("are told what each field is", async ({ page }) => {
    await page.goto("/sign-in");
    await expect(email(page)).toHaveAttribute("autocomplete", "username");
    await expect(email(page)).toHaveAttribute("type", "email");
    await expect(password(page)).toHaveAttribute("autocomplete", "current-password");
    await submitSignIn(page, NEWCOMER);
    await expect(newPassword(page)).toHaveAttribute("autocomplete", "new-password");
    // Saved for this account, although no field shows it.
    await expect(page.getByLabel("Account")).toHaveAttribute("autocomplete", "username");
    await expect(page.getByLabel("Account")).toHaveValue(NEWCOMER.email);

    await signUp(page, { email: "ada@example.com", password: "Correct-horse-7" });
    await expect(code(page)).toHaveAttribute("autocomplete", "one-time-code");
    await expect(code(page)).toHaveAttribute("inputmode", "numeric");
    await link(page, "Start over").click();
    await expect(email(page)).toHaveAttribute("autocomplete", "username");
    await expect(password(page)).toHaveAttribute("autocomplete", "new-password");
    await page.goto("/forgot-password");
    await expect(email(page)).toHaveAttribute("autocomplete", "username");
  });

  test("may fill in fields without a key being pressed", async ({ page }) => {
    await page.goto("/sign-in");
    await onSignIn(page);
    await email(page).evaluate((input, value) => ((input as HTMLInputElement).value = value), USER.email);
    await password(page).evaluate((input, value) => ((input as HTMLInputElement).value = value), USER.password);
    await button(page, "Sign in").click();
    await onDashboard(page, USER.email);
  });
});

test("Each screen has a title of its own, which never holds who is signed in", async ({ page }) => {
  await page.goto("/sign-in");
  await expect(page).toHaveTitle("Sign in · Your account");
  await link(page, "Create an account").click();
  await expect(page).toHaveTitle("Create your account · Your account");
  await signIn(page, USER);
  await expect(page).toHaveTitle("Hello · Your account");
});
