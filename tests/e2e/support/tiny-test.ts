import { CLIENT } from "./passwordless";
import { POOL, USER } from "./pool";
import { type Page, test as base } from "./test";
import { type Question, TinyApp } from "./tiny-app";

type Fixtures = {
  app: TinyApp;
  /** On the tiny app. */
  page: Page;
  /** Has the page's worker ask a question. */
  ask: (question: Question) => Promise<string>;
};

/** Tests of the tests' own means. */
export const test = base.extend<Fixtures>({
  app: async ({}, use) => {
    const app = new TinyApp();
    await app.start();
    await use(app);
    await app.stop();
  },
  pool: async ({ pool }, use) => {
    await pool.client({ explicit_auth_flows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"] });
    await use(pool);
  },
  page: async ({ context, app, watched }, use) => {
    const page = await context.newPage();
    await page.goto(app.origin);
    await use(page);
  },
  ask: async ({ app, page }, use) => use((question) => app.ask(page, "worker", question)),
});

export const HELLO: Question = { url: "/hello" };
/** A sign-in by one request. */
export const SIGN_IN: Question = {
  url: `${POOL}/`,
  method: "POST",
  headers: { "content-type": "application/x-amz-json-1.1", "x-amz-target": "AWSCognitoIdentityProviderService.InitiateAuth" },
  body: JSON.stringify({
    ClientId: CLIENT,
    AuthFlow: "USER_PASSWORD_AUTH",
    AuthParameters: { USERNAME: USER.email, PASSWORD: USER.password },
  }),
};
