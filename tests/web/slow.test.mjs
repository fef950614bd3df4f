// A page whose server is slow: nobody's press may be lost, so nothing can be pressed before it is heard.
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { describe, it } from "node:test";
import { stage } from "./stage.mjs";

const folder = new URL("../../examples/server/web", import.meta.url);
const entrance = "sign-in.html";
const paths = readdirSync(folder)
  .filter((name) => name.endsWith(".html") && name !== entrance)
  .map((name) => (name === "home.html" ? "/" : `/${name.replace(".html", "")}`));
const session = "**/api/v1/session";
const awake = "button:enabled, input:enabled, select:enabled, textarea:enabled";

describe("a page that does not know yet who is here", () => {
  const city = stage();

  /** Opens the page at `path` and gives what lets the held answer about the session go. */
  async function held(page, path) {
    let release;
    const gate = new Promise((resolve) => (release = resolve));
    await page.unroute(session);
    await page.route(session, async (route) => {
      await gate;
      await route.continue();
    });
    await page.goto(city.url + path);
    return release;
  }

  it("offers nothing to press", async () => {
    assert.ok(paths.length >= 20);
    // Pages of nobody in particular, or of what this member may not see, say so once they know.
    const allow = [/40[34]/];
    await city.at(
      "/",
      async (page) => {
        for (const path of paths) {
          const release = await held(page, path);
          assert.equal(await page.locator(awake).count(), 0, path);
          const answered = page.waitForResponse(session);
          release();
          await answered;
        }
      },
      { allow },
    );
  });

  it("hears a press that had to wait", async () => {
    await city.at("/", async (page) => {
      const release = await held(page, "/import");
      const saved = page.waitForEvent("download");
      const pressed = page.getByRole("button", { name: "名簿を書き出す（CSV）" }).click();
      release();
      await pressed;
      assert.equal((await saved).suggestedFilename(), "roster.csv");
    });
  });
});
