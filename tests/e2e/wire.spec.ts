import { CLIENT } from "./support/passwordless";
import { POOL } from "./support/pool";
import { expect } from "./support/test";
import { SIGN_IN, test } from "./support/tiny-test";

test.describe("the wire", () => {
  for (const who of ["page", "worker"] as const) {
    test(`has what a ${who} sends and is answered`, async ({ app, page, wire }) => {
      const answered = wire.waitFor("InitiateAuth");
      const answer = await app.ask(page, who, SIGN_IN);
      expect(await answered).toMatchObject({ from: who, method: "POST", url: `${POOL}/`, body: SIGN_IN.body, status: 200, answer });
      expect(answer).toContain("RefreshToken");
      expect(wire.count("InitiateAuth")).toBe(1);
    });

    test(`refuses, answers and edits what a ${who} asks for`, async ({ app, page, wire, pool, expectTrouble }) => {
      expectTrouble(/request failed: POST .* net::ERR_CONNECTION_REFUSED/);
      if (who === "page") expectTrouble(/Failed to load resource: net::ERR_CONNECTION_REFUSED/);
      const ask = () => app.ask(page, who, SIGN_IN);
      const end = await wire.refuse("InitiateAuth");
      expect(await ask()).toBe("TypeError: Failed to fetch");
      expect(await pool.operations()).toEqual([]);
      await end();
      await wire.answer("InitiateAuth", { body: "something else" });
      expect(await ask()).toBe("something else");
      expect(await pool.operations()).toEqual([]);
      await wire.restore();
      await wire.edit("InitiateAuth", (body) => `${JSON.parse(body).AuthenticationResult.TokenType}!`);
      expect(await ask()).toBe("Bearer!");
      await wire.restore();
      expect(await ask()).toContain("RefreshToken");
      expect(await pool.operations()).toEqual(["InitiateAuth", "InitiateAuth"]);
    });

    test(`loses and holds what a ${who} asks for`, async ({ app, page, wire, pool, expectTrouble }) => {
      expectTrouble(/request failed: POST .* net::ERR_CONNECTION_RESET/);
      if (who === "page") expectTrouble(/Failed to load resource: net::ERR_CONNECTION_RESET/);
      await wire.loseAnswer("InitiateAuth");
      expect(await app.ask(page, who, SIGN_IN)).toBe("TypeError: Failed to fetch");
      expect(await pool.operations()).toEqual(["InitiateAuth"]);
      await wire.restore();
      const held = await wire.hold("InitiateAuth");
      const answer = app.ask(page, who, SIGN_IN);
      expect(JSON.parse((await held.arrived).body)).toMatchObject({ ClientId: CLIENT });
      expect(await pool.operations()).toEqual(["InitiateAuth"]);
      await held.release();
      expect(await answer).toContain("RefreshToken");
      expect(await pool.operations()).toEqual(["InitiateAuth", "InitiateAuth"]);
    });
  }

  test("says so if nobody calls", async ({ page, wire }) => {
    await page.title();
    await expect(wire.waitFor("SignUp", 100)).rejects.toThrow("nobody called SignUp");
  });
});
