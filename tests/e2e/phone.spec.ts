import type { Locator, Page } from "@playwright/test";
import { expectAccessible } from "./support/accessible";
import { alert, button, code, describedAs, email, heading, link, newPassword, onDashboard, onSignIn, password } from "./support/screens";
import { POOL_ID, type Pool, USER } from "./support/pool";
import { expect, test } from "./support/test";

/** Of the numbers that no one has: Ofcom keeps them for drama. */
const ADA = { number: "+442079460958", national: "020 7946 0958", password: "Correct-horse-7" };

const phone = (page: Page): Locator => page.getByRole("textbox", { name: "Phone number", exact: true });
const country = (page: Page): Locator => page.getByRole("combobox", { name: "Country", exact: true });
const emailOrPhone = (page: Page): Locator => page.getByLabel("Email or phone number", { exact: true });

/** Has the app and the pool know people by these attributes. */
async function knownBy(page: Page, pool: Pool, attributes: string[], auth: Record<string, unknown> = {}): Promise<void> {
  await page.route("**/amplify_outputs.json", async (route) => {
    const outputs = await (await route.fetch()).json();
    const names = { username_attributes: attributes, standard_required_attributes: [], user_verification_types: attributes };
    Object.assign(outputs.auth, names, auth);
    await route.fulfill({ json: outputs });
  });
  await pool.settings({ username_attributes: attributes, auto_verified_attributes: attributes });
}

const byPhone = (page: Page, pool: Pool): Promise<void> => knownBy(page, pool, ["phone_number"]);

/** Somebody with an account. */
async function giveAccount(pool: Pool, account: { number: string; password: string } = ADA): Promise<void> {
  await pool.call("AdminCreateUser", {
    UserPoolId: POOL_ID,
    Username: account.number,
    MessageAction: "SUPPRESS",
    UserAttributes: [{ Name: "phone_number_verified", Value: "true" }],
  });
  const { number: Username, password: Password } = account;
  await pool.call("AdminSetUserPassword", { UserPoolId: POOL_ID, Username, Password, Permanent: true });
}

/** The attributes that the pool has of somebody. */
async function attributesOf(pool: Pool, username: string): Promise<Record<string, string>> {
  const { UserAttributes } = await pool.call("AdminGetUser", { UserPoolId: POOL_ID, Username: username });
  return Object.fromEntries((UserAttributes as { Name: string; Value: string }[]).map(({ Name, Value }) => [Name, Value]));
}

/** What a password manager or the browser's autofill does. */
async function autofill(field: Locator, value: string): Promise<void> {
  await field.evaluate((input, value) => {
    (input as HTMLInputElement).value = value;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }, value);
}

/** What a paste does, without a clipboard that other tests share. */
async function paste(page: Page, text: string): Promise<void> {
  await phone(page).focus();
  await page.keyboard.insertText(text);
}

/** The country that the field shows and the one that is chosen. */
async function showsCountry(page: Page, region: string, callingCode: string): Promise<void> {
  await expect(country(page)).toHaveValue(region);
  await expect(page.locator(".yc-phone > .country > span")).toHaveText(`${region} ${callingCode}`);
}

test.describe("Sign-up by phone number", () => {
  test.beforeEach(async ({ page, pool }) => {
    await byPhone(page, pool);
    await page.goto("/sign-up");
  });

  test("leads from a country and a number as at home over the texted code to the dashboard", async ({ page, pool }) => {
    await showsCountry(page, "US", "+1");
    await country(page).selectOption("United Kingdom +44");
    await showsCountry(page, "GB", "+44");
    await phone(page).fill(ADA.national);
    await password(page).fill(ADA.password);
    await expect(phone(page)).toHaveValue(ADA.national);
    await button(page, "Create account").click();
    await expect(heading(page, "Confirm your account")).toBeVisible();
    await expect(page.getByText(/^We texted a code to \+\*+0958\./)).toBeVisible();
    await expect(code(page)).toBeFocused();
    await code(page).pressSequentially(await pool.code(ADA.number));
    await onDashboard(page, ADA.number);
    expect(await attributesOf(pool, ADA.number)).toMatchObject({ phone_number: ADA.number, phone_number_verified: "true" });
  });

  test("takes nothing but the keyboard", async ({ page, pool }) => {
    await expect(phone(page)).toBeFocused();
    await page.keyboard.press("Shift+Tab");
    await expect(country(page)).toBeFocused();
    await page.keyboard.type("United K");
    await showsCountry(page, "GB", "+44");
    await page.keyboard.press("Tab");
    await expect(phone(page)).toBeFocused();
    await page.keyboard.type(ADA.national);
    await page.keyboard.press("Tab");
    await expect(password(page)).toBeFocused();
    await page.keyboard.type(ADA.password);
    await page.keyboard.press("Enter");
    await expect(code(page)).toBeFocused();
    await page.keyboard.type(await pool.code(ADA.number));
    await onDashboard(page, ADA.number);
  });

  test("takes up a number that was typed before the country was picked", async ({ page, pool }) => {
    await phone(page).fill(ADA.national);
    await password(page).fill(ADA.password);
    await describedAs(phone(page), "This number is too long.");
    await country(page).selectOption("GB");
    await expect(phone(page)).not.toHaveAttribute("aria-invalid");
    await expect(phone(page)).toHaveValue(ADA.national);
    await button(page, "Create account").click();
    await expect(heading(page, "Confirm your account")).toBeVisible();
    expect((await attributesOf(pool, ADA.number)).phone_number).toBe(ADA.number);
  });

  test("tells beside the field that there is an account already", async ({ page, pool }) => {
    await giveAccount(pool);
    await paste(page, "+44 20 7946 0958");
    await password(page).fill(ADA.password);
    await button(page, "Create account").click();
    await describedAs(phone(page), "There is an account with these details already. Sign in instead.");
    await expect(phone(page)).toBeFocused();
    await link(page, "Sign in").click();
    await onSignIn(page);
    await showsCountry(page, "GB", "+44");
    await expect(phone(page)).toHaveValue("2079460958");
  });

  test("can be confirmed after a reload, which asks for the number again", async ({ page, pool }) => {
    await paste(page, "+44 20 7946 0958");
    await password(page).fill(ADA.password);
    await button(page, "Create account").click();
    await expect(heading(page, "Confirm your account")).toBeVisible();
    await page.reload();
    await expect(phone(page)).toBeFocused();
    await code(page).fill(await pool.code(ADA.number));
    await describedAs(phone(page), "Enter your phone number.");
    await country(page).selectOption("GB");
    await phone(page).fill(ADA.national);
    await button(page, "Confirm").click();
    await onSignIn(page);
    await showsCountry(page, "GB", "+44");
    await expect(phone(page)).toHaveValue("2079460958");
  });
});

test.describe("Sign-in by phone number", () => {
  test.beforeEach(async ({ page, pool }) => {
    await byPhone(page, pool);
    await giveAccount(pool);
    await page.goto("/sign-in");
    await onSignIn(page);
    await password(page).fill(ADA.password);
  });

  test("understands a number with its calling code, however it is written, when it is pasted", async ({ page }) => {
    for (const written of ["0044 20 7946 0958", "00442079460958", "+44 (0)20 7946-0958", "tel:+442079460958", "+44 20 7946 0958"]) {
      await country(page).selectOption("US");
      await phone(page).fill("");
      await paste(page, written);
      await showsCountry(page, "GB", "+44");
      await expect(phone(page)).toHaveValue(written);
    }
    await button(page, "Sign in").click();
    await onDashboard(page, ADA.number);
  });

  test("follows the calling code while it is typed", async ({ page }) => {
    await phone(page).pressSequentially("+4");
    await showsCountry(page, "US", "+1");
    await phone(page).pressSequentially("4");
    await showsCountry(page, "GB", "+44");
    await phone(page).press("Backspace");
    await phone(page).pressSequentially("9");
    await showsCountry(page, "DE", "+49");
    await phone(page).fill("");
    await showsCountry(page, "DE", "+49");
  });

  test("understands how North America dials abroad", async ({ page }) => {
    await phone(page).pressSequentially("011 44 20 7946 0958");
    await showsCountry(page, "GB", "+44");
    await button(page, "Sign in").click();
    await onDashboard(page, ADA.number);
  });

  test("understands what the browser fills in", async ({ page }) => {
    await autofill(phone(page), ADA.number);
    await showsCountry(page, "GB", "+44");
    await button(page, "Sign in").click();
    await onDashboard(page, ADA.number);
  });

  test("leaves the rest of a number whose country is picked anew", async ({ page }) => {
    await paste(page, "+33 20 7946 0958");
    await showsCountry(page, "FR", "+33");
    await country(page).selectOption("GB");
    await showsCountry(page, "GB", "+44");
    await expect(phone(page)).toHaveValue("2079460958");
    await button(page, "Sign in").click();
    await onDashboard(page, ADA.number);
  });

  test("tells beside the field what is wrong, loses nothing, and sends nothing", async ({ page, pool }) => {
    await country(page).selectOption("GB");
    for (const [wrong, words] of [
      ["", "Enter your phone number."],
      ["0207", "This number is too short."],
      ["020 7946 0958 0958 0958", "This number is too long."],
      ["020 7946 FLOWERS", "A phone number has digits only."],
    ] as const) {
      await phone(page).fill(wrong);
      await button(page, "Sign in").click();
      await describedAs(phone(page), words);
      await expect(phone(page)).toBeFocused();
      await expect(phone(page)).toHaveValue(wrong);
      await showsCountry(page, "GB", "+44");
      await expect(password(page)).toHaveValue(ADA.password);
    }
    expect(await pool.operations()).not.toContain("InitiateAuth");
    await phone(page).fill(ADA.national);
    await expect(phone(page)).not.toHaveAttribute("aria-invalid");
    await button(page, "Sign in").click();
    await onDashboard(page, ADA.number);
  });

  test("keeps the number when the password is wrong", async ({ page }) => {
    await country(page).selectOption("GB");
    await phone(page).fill(ADA.national);
    await password(page).fill("Wrong-one-1!");
    await button(page, "Sign in").click();
    await expect(alert(page)).toHaveText("Those details don’t match an account. Check them and try again.");
    await showsCountry(page, "GB", "+44");
    // In full, as a password manager is to keep it.
    await expect(phone(page)).toHaveValue(ADA.number);
    await password(page).fill(ADA.password);
    await button(page, "Sign in").click();
    await onDashboard(page, ADA.number);
  });

  test("gives the number to the form for a new password, which texts a code", async ({ page, pool }) => {
    await country(page).selectOption("GB");
    await phone(page).fill(ADA.national);
    await link(page, "Forgot your password?").click();
    await expect(heading(page, "Forgot your password?")).toBeVisible();
    await showsCountry(page, "GB", "+44");
    await expect(phone(page)).toHaveValue("2079460958");
    await button(page, "Send code").click();
    await expect(heading(page, "Choose a new password")).toBeVisible();
    await expect(page.getByText(ADA.number)).toBeVisible();
    await code(page).fill(await pool.code(ADA.number));
    await newPassword(page).fill("Another-horse-8");
    await button(page, "Save and sign in").click();
    await onDashboard(page, ADA.number);
    await button(page, "Sign out").click();
    await onSignIn(page);
  });

  for (const begun of ["", "02 07"]) {
    test(`takes the country along with ${begun === "" ? "no number yet" : "a number that is not complete"}`, async ({ page }) => {
      await country(page).selectOption("GB");
      await phone(page).fill(begun);
      await link(page, "Forgot your password?").click();
      await expect(heading(page, "Forgot your password?")).toBeVisible();
      await showsCountry(page, "GB", "+44");
      await expect(phone(page)).toHaveValue(begun.replaceAll(" ", ""));
      await expect(phone(page)).not.toHaveAttribute("aria-invalid");
    });
  }

  test("leads someone who never confirmed to the code", async ({ page, pool }) => {
    const other = { number: "+442079460123", password: ADA.password };
    await pool.call("SignUp", { ClientId: "localspaclient000000000001", Username: other.number, Password: other.password });
    await country(page).selectOption("GB");
    await phone(page).fill("020 7946 0123");
    await button(page, "Sign in").click();
    await expect(heading(page, "Confirm your account")).toBeVisible();
    await code(page).fill(await pool.code(other.number));
    await onDashboard(page, other.number);
  });
});

test.describe("The first country", () => {
  for (const [locale, region, callingCode] of [
    ["en-GB", "GB", "+44"],
    ["de", "DE", "+49"],
    ["fr-CA", "CA", "+1"],
  ] as const) {
    test.describe(locale, () => {
      test.use({ locale });

      test(`is ${region} in a browser that speaks ${locale}`, async ({ page, pool }) => {
        await byPhone(page, pool);
        await page.goto("/sign-in");
        await showsCountry(page, region, callingCode);
      });
    });
  }

  test.describe("at home", () => {
    test.use({ locale: "en-GB" });

    test("lets people sign in with the number as at home", async ({ page, pool }) => {
      await byPhone(page, pool);
      await giveAccount(pool);
      await page.goto("/sign-in");
      await phone(page).fill("(020) 7946 0958");
      await password(page).fill(ADA.password);
      await password(page).press("Enter");
      await onDashboard(page, ADA.number);
    });
  });
});

test.describe("Email or phone number", () => {
  test.beforeEach(async ({ page, pool }) => {
    await knownBy(page, pool, ["email", "phone_number"]);
    await giveAccount(pool);
    await page.goto("/sign-in");
    await onSignIn(page);
  });

  test("takes an address", async ({ page }) => {
    await emailOrPhone(page).fill(` ${USER.email} `);
    await password(page).fill(USER.password);
    await button(page, "Sign in").click();
    await onDashboard(page, USER.email);
  });

  test("takes a number with its calling code as people write it", async ({ page }) => {
    await emailOrPhone(page).fill("+44 (0)20 7946 0958");
    await password(page).fill(ADA.password);
    await button(page, "Sign in").click();
    await onDashboard(page, ADA.number);
  });

  test("says what is missing of a number as at home", async ({ page, pool }) => {
    await emailOrPhone(page).fill(ADA.national);
    await password(page).fill(ADA.password);
    await button(page, "Sign in").click();
    await describedAs(emailOrPhone(page), "Enter an email, or a number like +1 555 010 0123.");
    await expect(emailOrPhone(page)).toHaveValue(ADA.national);
    expect(await pool.operations()).not.toContain("InitiateAuth");
  });

  test("creates an account by number, which a texted code confirms", async ({ page, pool }) => {
    await page.goto("/sign-up");
    await emailOrPhone(page).fill("+44 20 7946 0123");
    await password(page).fill(ADA.password);
    await button(page, "Create account").click();
    await expect(heading(page, "Confirm your account")).toBeVisible();
    await code(page).fill(await pool.code("+442079460123"));
    await onDashboard(page, "+442079460123");
    expect(await attributesOf(pool, "+442079460123")).toMatchObject({ phone_number: "+442079460123" });
  });
});

test.describe("A phone number that the pool requires beside the address", () => {
  test.beforeEach(async ({ page, pool }) => {
    await knownBy(page, pool, ["email"], { standard_required_attributes: ["email", "phone_number"] });
    await pool.settings({ schema: { phone_number: { required: true } } });
    await page.goto("/sign-up");
  });

  test("is asked for with its country, and kept in full", async ({ page, pool }) => {
    await email(page).fill("ada@example.com");
    await country(page).selectOption("GB");
    await phone(page).fill(ADA.national);
    await password(page).fill(ADA.password);
    await button(page, "Create account").click();
    await expect(heading(page, "Confirm your account")).toBeVisible();
    await code(page).fill(await pool.code("ada@example.com"));
    await onDashboard(page, "ada@example.com");
    expect((await attributesOf(pool, "ada@example.com")).phone_number).toBe(ADA.number);
  });

  test("is missed before anything is sent", async ({ page, pool }) => {
    await email(page).fill("ada@example.com");
    await password(page).fill(ADA.password);
    await button(page, "Create account").click();
    await describedAs(phone(page), "Enter your phone number.");
    await expect(phone(page)).toBeFocused();
    expect(await pool.operations()).not.toContain("SignUp");
  });
});

/** The field as people may find it. */
const screens: Record<string, (page: Page) => Promise<void>> = {
  "a number with a long calling code": async (page) => {
    await page.goto("/sign-in");
    await paste(page, "+971 50 123 4567");
    await showsCountry(page, "AE", "+971");
  },
  "mistakes": async (page) => {
    await page.goto("/sign-up");
    await phone(page).fill("0207");
    await button(page, "Create account").click();
    await describedAs(phone(page), "This number is too short.");
  },
  "the choice of a country": async (page) => {
    await page.goto("/forgot-password");
    await country(page).focus();
  },
};

for (const [name, arrive] of Object.entries(screens)) {
  test(`Accessible in light and dark, and never wider than the window: ${name}`, async ({ page, pool }) => {
    await byPhone(page, pool);
    await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
    await arrive(page);
    await expectAccessible(page);
  });
}
