import { alert, button, code, describedAs, email, heading, link, newPassword, onDashboard, onSignIn, password, signIn, submitSignIn } from "./support/screens";
import { ADMIN, NEWCOMER, POOL_ID, USER } from "./support/pool";
import { expect, test } from "./support/test";

const NO_MATCH = "Those details don’t match an account. Check them and try again.";

test.describe("Sign-in", () => {
  test("shows who is signed in and to which groups they belong", async ({ page }) => {
    await signIn(page, ADMIN);
    await expect(page).toHaveURL("/dashboard");
    await expect(page).toHaveTitle(/^Hello · /);
    await expect(page.getByText("admins", { exact: true })).toBeVisible();
    await expect(page.getByText(/^Renews in ([34]\d|5[0-5]|29) minutes$/)).toBeVisible();
  });

  test("finds the account whatever the case of the address and the spaces around it", async ({ page }) => {
    await page.goto("/sign-in");
    await submitSignIn(page, { ...USER, email: " User@Example.COM " });
    await onDashboard(page, USER.email);
  });

  for (const [who, address] of [
    ["a wrong password", USER.email],
    ["an unknown user", "nobody@example.com"],
  ] as const) {
    test(`says the same words for ${who}, and keeps what was typed`, async ({ page }) => {
      await page.goto("/sign-in");
      await submitSignIn(page, { email: address, password: "Wrong-one-1!" });
      await expect(alert(page)).toHaveText(NO_MATCH);
      await expect(alert(page)).toBeFocused();
      await expect(email(page)).toHaveValue(address);
      await expect(password(page)).toHaveValue("Wrong-one-1!");
      await expect(email(page)).not.toHaveAttribute("aria-invalid");
      await expect(button(page, "Sign in")).toBeEnabled();
    });
  }

  test("after a wrong password works with the right one", async ({ page }) => {
    await page.goto("/sign-in");
    await submitSignIn(page, { ...USER, password: "Wrong-one-1!" });
    await expect(alert(page)).toBeVisible();
    await password(page).fill(USER.password);
    await password(page).press("Enter");
    await onDashboard(page, USER.email);
  });

  test("asks for a new try, or a new password, after too many wrong ones", async ({ page, wire }) => {
    await page.goto("/sign-in");
    const lockedOut = page.getByText("Too many wrong passwords. Wait a little and try again, or reset your password.");
    await email(page).fill(USER.email);
    // Five lock it for a second, which a slow machine may miss; each one more doubles that.
    for (let wrong = 0; wrong < 12 && !(await lockedOut.isVisible()); wrong += 1) {
      await password(page).fill(`Wrong-one-${wrong}!`);
      await button(page, "Sign in").click();
      await expect.poll(() => wire.sent.filter(({ status }) => status === 400).length).toBe(wrong + 1);
      await expect(button(page, "Sign in")).not.toHaveAttribute("aria-busy");
    }
    await expect(lockedOut).toBeVisible();
  });

  test("says when an account is disabled", async ({ page, pool }) => {
    await pool.user({ email: USER.email, disabled: true });
    await page.goto("/sign-in");
    await submitSignIn(page, USER);
    await expect(alert(page)).toHaveText("This account has been disabled. Ask an administrator to enable it.");
  });

  test("sends one request for two quick clicks", async ({ page, pool }) => {
    await page.goto("/sign-in");
    await email(page).fill(USER.email);
    await password(page).fill(USER.password);
    await button(page, "Sign in").dblclick();
    await onDashboard(page, USER.email);
    const started = (await pool.operations()).filter((operation) => operation === "InitiateAuth");
    expect(started).toHaveLength(1);
  });

  test("shows the password on demand and hides it again", async ({ page }) => {
    await page.goto("/sign-in");
    await password(page).fill(USER.password);
    await expect(password(page)).toHaveAttribute("type", "password");
    const toggle = button(page, "Show password");
    await toggle.click();
    await expect(toggle).toHaveAttribute("aria-pressed", "true");
    await expect(password(page)).toHaveAttribute("type", "text");
    await expect(password(page)).toHaveValue(USER.password);
    await toggle.click();
    await expect(password(page)).toHaveAttribute("type", "password");
  });

  test("leaves no secret in the page: not in its title, its text, or an input", async ({ page, secrets }) => {
    await signIn(page, USER);
    const inputs = await page.locator("input").evaluateAll((all) => all.map((input) => (input as HTMLInputElement).value));
    expect(inputs).toEqual([]);
    // The watch over every test looks at all the rest; here it must have had something to look for.
    for (const kind of ["password", "IdToken", "AccessToken", "RefreshToken"]) {
      expect(secrets.count(kind), kind).toBe(1);
    }
  });
});

test.describe("A password set by an administrator", () => {
  test("has to be replaced by one that keeps the rules", async ({ page }) => {
    await page.goto("/sign-in");
    await submitSignIn(page, NEWCOMER);
    await expect(heading(page, "Choose your own password")).toBeVisible();
    await newPassword(page).fill("too-simple");
    await button(page, "Save and sign in").click();
    await describedAs(newPassword(page), /Some of this is still missing:/);
    await expect(newPassword(page)).toBeFocused();
    await newPassword(page).fill("Brand-new-9");
    await button(page, "Save and sign in").click();
    await onDashboard(page, NEWCOMER.email);
  });

  test("can be chosen again when only the pool refuses it", async ({ page }) => {
    // This page's rules are laxer than the pool's.
    await page.route("**/amplify_outputs.json", async (route) => {
      const config = await (await route.fetch()).json();
      config.auth.password_policy = { min_length: 6 };
      await route.fulfill({ json: config });
    });
    await page.goto("/sign-in");
    await submitSignIn(page, NEWCOMER);
    await newPassword(page).fill("simple");
    await button(page, "Save and sign in").click();
    await describedAs(newPassword(page), /^Password (not long enough|must have)/);
    await newPassword(page).fill("Brand-new-9");
    await button(page, "Save and sign in").click();
    await onDashboard(page, NEWCOMER.email);
  });

  test("comes with what the account lacks, and a phone number may be written as people do", async ({ page, pool }) => {
    await pool.settings({ schema: { phone_number: { required: true }, given_name: { required: true } } });
    await page.goto("/sign-in");
    await submitSignIn(page, NEWCOMER);
    await expect(heading(page, "Choose your own password")).toBeVisible();
    const [name, phone] = [page.getByLabel("First name", { exact: true }), page.getByLabel("Phone number", { exact: true })];
    await newPassword(page).fill("Brand-new-9");
    await phone.fill("+44 20");
    await button(page, "Save and sign in").click();
    await describedAs(name, "Fill this in.");
    await describedAs(phone, "This number is too short.");
    await name.fill("Nel");
    await phone.fill("+44 20 7946 0958");
    await button(page, "Save and sign in").click();
    await onDashboard(page, NEWCOMER.email);
    const { UserAttributes } = await pool.call("AdminGetUser", { UserPoolId: POOL_ID, Username: NEWCOMER.email });
    expect(UserAttributes).toContainEqual({ Name: "phone_number", Value: "+442079460958" });
    expect(UserAttributes).toContainEqual({ Name: "given_name", Value: "Nel" });
  });

  test("is asked for again if the way is broken off", async ({ page }) => {
    await page.goto("/sign-in");
    await submitSignIn(page, NEWCOMER);
    await expect(heading(page, "Choose your own password")).toBeVisible();
    await page.reload();
    await onSignIn(page);
    await submitSignIn(page, NEWCOMER);
    await link(page, "Back to sign in").click();
    await onSignIn(page);
    await expect(email(page)).toHaveValue(NEWCOMER.email);
  });
});

test.describe("A forgotten password", () => {
  test("is replaced by code, and the new one is signed in with at once", async ({ page, pool }) => {
    await page.goto("/sign-in");
    await email(page).fill(USER.email);
    await link(page, "Forgot your password?").click();
    await expect(heading(page, "Forgot your password?")).toBeFocused();
    await expect(email(page)).toHaveValue(USER.email);
    await button(page, "Send code").click();
    await expect(heading(page, "Choose a new password")).toBeVisible();
    await code(page).pressSequentially(await pool.code(USER.email));
    await expect(newPassword(page)).toBeFocused();
    await newPassword(page).fill("Another-day-8");
    await button(page, "Save and sign in").click();
    await onDashboard(page, USER.email);

    await button(page, "Sign out").click();
    await submitSignIn(page, USER);
    await expect(alert(page)).toHaveText(NO_MATCH);
    await submitSignIn(page, { ...USER, password: "Another-day-8" });
    await onDashboard(page, USER.email);
  });

  test("asks for nothing that tells whether there is an account", async ({ page }) => {
    await page.goto("/forgot-password");
    await email(page).fill("nobody@example.com");
    await button(page, "Send code").click();
    await expect(heading(page, "Choose a new password")).toBeVisible();
    await code(page).fill("123456");
    await newPassword(page).fill("Another-day-8");
    await button(page, "Save and sign in").click();
    await describedAs(code(page), "That code isn’t right. Check it, or get a new one.");
  });

  test("keeps the new password typed when the code is wrong", async ({ page, pool }) => {
    await page.goto("/forgot-password");
    await email(page).fill(USER.email);
    await button(page, "Send code").click();
    await expect(heading(page, "Choose a new password")).toBeVisible();
    const right = await pool.code(USER.email);
    await code(page).fill(right === "111111" ? "222222" : "111111");
    await newPassword(page).fill("Another-day-8");
    await button(page, "Save and sign in").click();
    await describedAs(code(page), "That code isn’t right. Check it, or get a new one.");
    await expect(code(page)).toBeFocused();
    await expect(newPassword(page)).toHaveValue("Another-day-8");
    await code(page).fill(right);
    await button(page, "Save and sign in").click();
    await onDashboard(page, USER.email);
  });

  test("that an administrator has reset leads to the code as well", async ({ page, pool }) => {
    await pool.user({ email: USER.email, status: "RESET_REQUIRED" });
    await page.goto("/sign-in");
    await submitSignIn(page, USER);
    await expect(heading(page, "Choose a new password")).toBeVisible();
  });
});
