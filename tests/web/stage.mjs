// What the tests of one file share: a city, a browser, pictures, and calls past the pages.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before } from "node:test";
import { fileURLToPath } from "node:url";
import { launch, open, password, serve, signIn } from "./city.mjs";

// The README's pictures are written only when asked for, so that a test leaves the tree as it was.
const pictures = process.env.RENRAKU_SCREENSHOTS
  ? fileURLToPath(new URL("../../docs/images", import.meta.url))
  : mkdtempSync(join(tmpdir(), "renraku-pictures-"));

export const phone = {
  viewport: { width: 375, height: 780 },
  deviceScaleFactor: 2,
  isMobile: true,
  hasTouch: true,
};

export const picture = (page, name) => page.screenshot({ path: join(pictures, `${name}.png`) });

/**
 * Serves a fresh city to the tests of this file, or of this suite; `url`, `browser` and `server` are
 * there once they run. prepare(url) is done before them.
 */
export function stage(prepare = async () => {}) {
  const here = { url: "", browser: null, server: null, at, restart };

  before(async () => {
    mkdirSync(pictures, { recursive: true });
    here.server = await serve();
    here.url = here.server.url;
    await prepare(here.url);
    here.browser = await launch();
  });

  after(async () => {
    await here.browser?.close();
    assert.equal(await here.server?.stop(), 0, "SIGTERM ends the server cleanly");
  });

  /** Ends the server, does `meanwhile` to its folder, and starts it at the same address. */
  async function restart(meanwhile = () => {}, options = {}) {
    assert.equal(await here.server.end(), 0, "SIGTERM ends the server cleanly");
    await meanwhile();
    await here.server.start({ listen: new URL(here.url).host, ...options });
  }

  /** Runs `work` with a signed-in page, which must have done nothing that no page may do. */
  async function at(path, work, options = {}) {
    const { page, context, wrong } = await open(here.browser, here.url, options);
    await signIn(page, here.url, options.login);
    if (path !== "/") await page.goto(here.url + path);
    await work(page);
    await context.close();
    assert.deepEqual(wrong, []);
  }
  return here;
}

/** Signs in without a browser; gives (method, path, json) => what the server said. */
export async function caller(url, login = "kanri") {
  const ask = async (method, path, json, headers = {}) => {
    const answer = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { "Content-Type": "application/json", Origin: url, ...headers },
      body: json === undefined ? undefined : JSON.stringify(json),
    });
    const text = await answer.text();
    assert.ok(answer.ok, `${method} ${path}: ${text}`);
    return { answer, said: text ? JSON.parse(text) : null };
  };
  const { answer, said } = await ask("POST", "/session", { municipality: "082112", login, password });
  const own = { Cookie: answer.headers.get("Set-Cookie").split(";")[0], "X-Renraku-Token": said.token };
  return async (...call) => (await ask(call[0], call[1], call[2], own)).said;
}
