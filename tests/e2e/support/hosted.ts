import type { Page, Route } from "@playwright/test";
import { POOL, TOKEN_ENDPOINT } from "./pool";
import { type Account, button } from "./screens";
import { expect } from "./test";

/** The made-up people of every identity provider. */
export const PEOPLE = { robin: "robin@example.com", kim: "kim@example.com", user: "user@example.com" };

/** For `wire`: where codes are redeemed. */
export const TOKEN = new RegExp(`^${TOKEN_ENDPOINT}$`);

/** At a page that plays an identity provider. */
export const atProvider = (provider: string): RegExp => new RegExp(`^${POOL}/idp/[^/]+/${provider}\\?`);
/** At the hosted pages. */
export const atHostedPages = new RegExp(`^${POOL}/login\\?`);

/** Chooses somebody at the page that plays `provider`. */
export async function choose(page: Page, provider: string, who: string): Promise<void> {
  await page.waitForURL(atProvider(provider));
  await page.locator(`button[value="${who}"]`).click();
}

/** Says no there, or has it fail. */
export async function refuse(page: Page, provider: string, how: "Deny access" | "Fail" = "Deny access"): Promise<void> {
  await page.waitForURL(atProvider(provider));
  await button(page, how).click();
}

/** Somebody of one's own making. */
export async function chooseOther(page: Page, provider: string, person: { email?: string; given?: string }): Promise<void> {
  await page.waitForURL(atProvider(provider));
  await page.getByText("Somebody else").click();
  await page.getByLabel("E-mail", { exact: true }).fill(person.email ?? "");
  await page.getByLabel("Given name").fill(person.given ?? "");
  await button(page, "Continue").click();
}

/** Chooses somebody, and stops ahead of the app: the address that the browser would come back to. */
export async function catchAnswer(page: Page, provider: string, who: string): Promise<URL> {
  await page.waitForURL(atProvider(provider));
  const form = page.locator("form", { has: page.locator(`button[value="${who}"]`) });
  const hidden = await form.locator("input[type=hidden]").evaluateAll((inputs) => inputs.map((input) => [(input as HTMLInputElement).name, (input as HTMLInputElement).value]));
  const headers = { origin: POOL };
  let response = await page.request.post(page.url(), { form: { ...Object.fromEntries(hidden), answer: who }, headers, maxRedirects: 0 });
  for (;;) {
    const to = new URL(response.headers().location ?? "", POOL);
    if (to.origin !== POOL) return to;
    response = await page.request.get(to.href, { maxRedirects: 0 });
  }
}

type Kept = { transaction: Record<string, unknown>; return_to: unknown };

/** Looks into the tab's storage while its browser is away, from a page of this origin that is not the app. */
export async function keptInTab(page: Page): Promise<[string, string][]> {
  await page.goto("/engine.js");
  return page.evaluate(() => Object.entries(sessionStorage).map(([key, value]): [string, string] => [key, String(value)]));
}

/** Changes what waits there for the answer. */
export async function tamper(page: Page, change: (kept: Kept) => void): Promise<void> {
  const [[key, text] = ["", ""]] = await keptInTab(page);
  const kept = JSON.parse(text) as Kept;
  change(kept);
  await page.evaluate(([key, text]) => sessionStorage.setItem(key, text), [key, JSON.stringify(kept)] as const);
}

/** Signs in with a password at the hosted pages. */
export async function signInAtHostedPages(page: Page, account: Account): Promise<void> {
  await page.waitForURL(atHostedPages);
  await page.getByLabel("E-mail").fill(account.email);
  await page.getByLabel("Password").fill(account.password);
  await button(page, "Sign in").click();
}

/** From the sign-in page to the dashboard, by way of an identity provider. */
export async function signInThrough(page: Page, provider: string, who: keyof typeof PEOPLE, label = provider): Promise<void> {
  await page.goto("/sign-in");
  await button(page, `Continue with ${label}`).click();
  await choose(page, provider, who);
  await expect(page.getByText("You are signed in.")).toBeVisible();
}

type Outputs = { auth: Record<string, Record<string, unknown>>; custom: { cognito: Record<string, Record<string, unknown>> } };

/** Has the app read another amplify_outputs.json. */
export async function configure(where: { route: Page["route"] }, change: (outputs: Outputs) => void): Promise<void> {
  await where.route("**/amplify_outputs.json", async (route: Route) => {
    const outputs = (await (await route.fetch()).json()) as Outputs;
    change(outputs);
    await route.fulfill({ json: outputs });
  });
}

/** Sets `custom.cognito.oauth`'s entries. */
export const withOAuth = (settings: Record<string, unknown>) => (outputs: Outputs): void => {
  outputs.custom.cognito.oauth = { ...outputs.custom.cognito.oauth, ...settings };
};
