// The people of the tests of trust, and how tests read and work their pages.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { password } from "./city.mjs";
import { caller, phone, picture } from "./stage.mjs";

export const listed = (page, words) => page.locator("li.entry", { hasText: words });
export const card = (page, title) =>
  page.locator("section.card", { has: page.getByRole("heading", { name: title }) });
export const unfold = (place, title) => place.locator("summary", { hasText: title }).click();
export const told = (page, words) => page.locator("#notice").getByText(words).waitFor();
export const yes = (page) => page.on("dialog", (dialog) => dialog.accept());

/** Adds three offices and who works there; gives the calls of the officer kanri. */
export async function staff(url) {
  const ask = await caller(url);
  const office = (kind, name, kana, districts = []) =>
    ask("POST", "/organisations", { kind, name, kana, districts });
  const nurses = await office("visiting_nurse_station", "架空訪問看護ステーション", "カクウホウモンカンゴ");
  const clinic = await office("clinic", "架空内科医院", "カクウナイカイイン");
  const welfare = await office("voluntary_disaster", "架空町自主防災会", "カクウチョウ", ["水海道"]);
  const member = (login, name, profession, roles, organisation) =>
    ask("POST", "/members", { login, name, profession, roles, organisation: organisation.id, password });
  await member("jimu", "事務 恵子", "nurse", ["office_administrator"], nurses);
  await member("ishi", "架空 医子", "physician", ["professional"], clinic);
  await member("kango", "看護 一郎", "nurse", ["professional"], nurses);
  await member("shomei", "証明 五子", "nurse", ["professional"], nurses);
  await member("kusuri", "薬師 二美", "pharmacist", ["professional"], clinic);
  await member("jishu", "防災 三太", "city_officer", ["receiver"], welfare);
  return ask;
}

/** Opens whatever unfolds, and what a button opens below it. */
async function openAll(page) {
  const unfoldAll = () =>
    page.evaluate(() => document.querySelectorAll("details").forEach((each) => (each.open = true)));
  await unfoldAll();
  for (const [name, opened] of [
    ["証明書", page.locator("summary", { hasText: "証明書を結び付ける" })],
    ["見えるようになる人数を確かめる", page.getByRole("table")],
  ]) {
    const button = page.getByRole("button", { name, exact: true }).first();
    if (!(await button.isVisible())) continue;
    await button.click();
    await opened.first().waitFor();
  }
  await unfoldAll();
}

/**
 * Tests that nothing on these pages is wider than a phone. places: by login, addresses or what gives
 * one.
 */
export function onPhone(city, places) {
  const visit = async (page, each) => {
    const address = new URL(typeof each === "string" ? each : await each(), city.url);
    const path = address.pathname;
    await page.goto(address.href);
    await page.waitForLoadState("networkidle");
    await openAll(page);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(width <= 375, `${path} is ${width} wide`);
    const burst = await page.evaluate(
      () =>
        [...document.querySelectorAll(".card")].filter((each) => each.scrollWidth > each.clientWidth).length,
    );
    assert.equal(burst, 0, `${path} has cards that are too narrow for what is in them`);
    await picture(page, `phone-dark-${path.slice(1) || "home"}`);
  };
  describe("on a phone, in the dark", () => {
    for (const [login, paths] of Object.entries(places)) {
      it(`nothing that ${login} sees is wider than the screen`, async () => {
        const look = async (page) => {
          for (const each of paths) await visit(page, each);
        };
        await city.at("/", look, { login, colorScheme: "dark", ...phone });
      });
    }
  });
}
