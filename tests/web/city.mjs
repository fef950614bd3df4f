// A server with a fresh city, and a browser that watches itself.
import { spawn, execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

const require = createRequire(join(process.env.RENRAKU_WEB_PACKAGES, "package.json"));
const { chromium } = require("playwright-core");

export const password = "himitsu-no-kotoba-13";

const onAServer = process.env.RENRAKU_TEST_ENGINE === "postgresql";
/** A reason to skip what is about the files of a store's folder, where the stores are a server's. */
export const onAFolder = onAServer && "about the files of a store's folder";

/** A new database of the server that with_postgresql runs; keys and tails lie in `home`. */
function database(home) {
  const name = `web_${randomUUID().replaceAll("-", "")}`;
  execFileSync("createdb", ["--strategy", "file_copy", name]);
  process.env.RENRAKU_HOME = home;
  return {
    store: process.env.RENRAKU_TEST_SERVER.replace("{}", name),
    drop: () => execFileSync("dropdb", ["--force", name]),
  };
}

/**
 * Makes the store and serves it on a free port of the loopback. `stop` ends it and clears up;
 * between `end` and `start` the folder is anybody's, and what is served then can be another store.
 */
export async function serve() {
  const folder = mkdtempSync(join(tmpdir(), "renraku-web-"));
  const place = (name) => join(folder, name);
  const { store, drop } = onAServer ? database(folder) : { store: place("city.renraku"), drop: () => {} };
  const key = place("key");
  execFileSync(process.env.RENRAKU_MAKE_CITY, [store, key], { stdio: "inherit" });
  let server;
  let ended;

  async function start({ served = store, listen = "127.0.0.1:0", settings = [] } = {}) {
    const flags = { store: served, "host-key-file": key, listen, rate: 100000, "sign-in-rate": 1000 };
    const words = Object.entries(flags).flatMap(([name, value]) => [`--${name}`, value]);
    server = spawn(process.env.RENRAKU_SERVER, [...words, ...settings], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    ended = new Promise((resolve) => server.once("exit", resolve));
    return new Promise((resolve, reject) => {
      createInterface({ input: server.stdout }).once("line", resolve);
      ended.then((code) => reject(new Error(`the server ended with ${code}`)));
    });
  }
  async function end() {
    server.kill("SIGTERM");
    return ended;
  }
  async function stop() {
    const code = await end();
    drop();
    rmSync(folder, { recursive: true });
    return code;
  }
  return { url: await start(), place, store, key, start, end, stop };
}

export async function launch() {
  return chromium.launch({
    executablePath: process.env.RENRAKU_CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--font-render-hinting=none",
    ],
  });
}

/**
 * A page in a context of its own. `wrong` collects what no page may do: errors and warnings on the
 * console, refused resources, requests to anybody else. Answers of 4xx are listed by the console
 * too; those a test provokes are allowed by it.
 */
export async function open(browser, url, { allow = [], ...options } = {}) {
  const context = await browser.newContext({
    locale: "ja-JP",
    timezoneId: "Asia/Tokyo",
    viewport: { width: 1280, height: 860 },
    ...options,
  });
  const page = await context.newPage();
  const wrong = [];
  const note = (text) => allow.some((pattern) => pattern.test(text)) || wrong.push(text);
  page.on(
    "console",
    (message) => ["error", "warning"].includes(message.type()) && note(`console: ${message.text()}`),
  );
  page.on("pageerror", (error) => note(`error: ${error.message}`));
  page.on(
    "request",
    (request) =>
      request.url().startsWith(url) ||
      request.url().startsWith("blob:") ||
      note(`elsewhere: ${request.url()}`),
  );
  page.on(
    "requestfailed",
    (request) => request.failure()?.errorText !== "net::ERR_ABORTED" && note(`failed: ${request.url()}`),
  );
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) =>
      console.error(`CSP: ${event.violatedDirective} ${event.blockedURI}`),
    );
  });
  page.setDefaultTimeout(15_000);
  return { page, context, wrong };
}

export async function signIn(page, url, login = "kanri") {
  await page.goto(`${url}/sign-in`);
  await page.getByLabel("ID").fill(login);
  await page.getByLabel("パスワード").fill(password);
  await page.getByRole("button", { name: "サインイン" }).click();
  await page.waitForURL(`${url}/`);
}
