// Who people are: accounts, second factor, certificates, and the applications that speak for them.
import assert from "node:assert/strict";
import { createHash, createHmac } from "node:crypto";
import { describe, it } from "node:test";
import { open, password, signIn } from "./city.mjs";
import { card, listed, onPhone, staff, told, unfold, yes } from "./staff.mjs";
import { caller, picture, stage } from "./stage.mjs";

let ask;
const city = stage(async (url) => (ask = await staff(url)));
const { at } = city;

/** The code that an authenticator program shows (RFC 6238: SHA-1, 30 seconds, 6 digits). */
function totp(secret) {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...secret].map((each) => letters.indexOf(each).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const hash = createHmac("sha1", key).update(step).digest();
  const from = hash[19] & 15;
  return String((hash.readUInt32BE(from) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

describe("accounts of an office", () => {
  it("are added, stopped and opened again by its own administrator", async () => {
    await at(
      "/members",
      async (page) => {
        yes(page);
        await page.getByRole("heading", { name: "架空訪問看護ステーションの利用者" }).waitFor();
        await listed(page, "看護 一郎").first().waitFor();
        assert.equal(await listed(page, "架空 医子").count(), 0, "another office's staff");
        await unfold(page.locator("#more"), "利用者を加える");
        await page.getByLabel("ID", { exact: true }).fill("atarashi");
        await page.getByLabel("氏名").first().fill("新人 花");
        await page.getByRole("button", { name: "加える" }).click();
        await told(page, "新人 花 さんを加えました。");
        await picture(page, "members");
        const line = listed(page, "新人 花");
        await unfold(line, "操作");
        await line.getByRole("button", { name: "利用を止める" }).click();
        await told(page, "新人 花 さんの利用を止めました。");
        await line.getByText("利用停止", { exact: true }).waitFor();
        await unfold(line, "操作");
        await line.getByRole("button", { name: "利用を再開する" }).click();
        await told(page, "新人 花 さんの利用を再開しました。");
      },
      { login: "jimu" },
    );
  });

  it("come from a CSV file, with their first passwords shown once", async () => {
    await at(
      "/members",
      async (page) => {
        await unfold(page.locator("#more"), "CSV でまとめて登録する");
        const rows = "ID,氏名,職種\r\nmatome1,架空 一子,看護師\r\nmatome2,,看護師\r\n";
        await page
          .getByLabel("利用者のファイル（CSV）")
          .setInputFiles({ name: "利用者.csv", mimeType: "text/csv", buffer: Buffer.from(rows) });
        await page.getByRole("button", { name: /内容を確かめる/ }).click();
        await page.getByText("2 行のうち 1 人を登録できます。").waitFor();
        await page.getByRole("cell", { name: "必要な項目が空です" }).waitFor();
        await page.getByRole("button", { name: "登録する", exact: true }).click();
        await page.getByText("1 人を登録しました。").waitFor();
        assert.ok((await page.locator("td .secret").innerText()).length >= 13);
        await listed(page, "架空 一子").waitFor();
        await picture(page, "members-import");
      },
      { login: "jimu" },
    );
  });

  it("get a new password when theirs was forgotten", async () => {
    await at(
      "/members",
      async (page) => {
        const line = listed(page, "看護 一郎");
        await unfold(line, "操作");
        await line.getByRole("button", { name: "パスワードを作り直す" }).click();
        await line.getByLabel("看護 一郎 さんの新しいパスワード").fill(password);
        await line.getByRole("button", { name: "このパスワードにする" }).click();
        await told(page, "看護 一郎 さんのパスワードを変えました。");
      },
      { login: "jimu" },
    );
  });
});

describe("a second factor", () => {
  let codes;

  it("is set up with a QR code, a first code, and recovery codes on paper", async () => {
    await at(
      "/account",
      async (page) => {
        const place = card(page, "二要素認証");
        await place.getByRole("button", { name: "設定を始める" }).click();
        await place.getByRole("img", { name: "QR コード" }).waitFor();
        await picture(page, "second-factor");
        await unfold(place, "読み取れないとき");
        const secret = (await place.locator(".secret").innerText()).replaceAll(" ", "");
        await place.getByLabel("認証アプリに出た 6 桁のコード").fill("000000");
        await place.getByRole("button", { name: "確かめて有効にする" }).click();
        await place.getByText("コードが違います").waitFor();
        await place.getByLabel("認証アプリに出た 6 桁のコード").fill(totp(secret));
        await place.getByRole("button", { name: "確かめて有効にする" }).click();
        await place.locator(".codes li").nth(9).waitFor();
        codes = await place.locator(".codes li").allInnerTexts();
        await place.getByRole("button", { name: "控えました" }).click();
        await place.getByText("回復コードは残り 10 個です。").waitFor();
      },
      { login: "kusuri", allow: [/400|401|403/] },
    );
  });

  it("is asked for at the next sign-in, and a recovery code stands in", async () => {
    const { page, context, wrong } = await open(city.browser, city.url, { allow: [/401/] });
    await page.goto(`${city.url}/sign-in`);
    await page.getByLabel("ID").fill("kusuri");
    await page.getByLabel("パスワード").fill(password);
    await page.getByRole("button", { name: "サインイン" }).click();
    await page.getByLabel("確認コード").and(page.locator(":focus")).waitFor();
    await picture(page, "sign-in-code");
    await page.keyboard.type(codes[0]);
    await page.keyboard.press("Enter");
    await page.waitForURL(`${city.url}/`);
    await page.goto(`${city.url}/account`);
    await page.getByText("回復コードは残り 9 個です。").waitFor();
    await page.getByText("パスワード＋回復コード").waitFor();
    await context.close();
    assert.deepEqual(wrong, []);
  });

  it("stands beside where one is signed in, to be ended from here", async () => {
    await at(
      "/account",
      async (page) => {
        const other = await open(city.browser, city.url, { allow: [/401/] });
        await signIn(other.page, city.url, "hoka");
        await page.reload();
        const places = card(page, "サインイン中の場所").locator("li.entry");
        await places.nth(1).waitFor();
        const count = await places.count();
        await places.first().getByRole("button", { name: "サインアウトさせる" }).click();
        await told(page, "サインアウトさせました。");
        assert.equal(await places.count(), count - 1);
        await other.page.goto(`${city.url}/evacuees`);
        await other.page.waitForURL(`${city.url}/sign-in`);
        await other.context.close();
      },
      { login: "hoka" },
    );
  });

  it("or the password is asked for again before what is grave, which then goes on", async () => {
    await at(
      "/import",
      async (page) => {
        let stale = true;
        // As the server answers once the sign-in is ten minutes old.
        await page.route("**/api/v1/roster/export*", (route) => {
          if (!stale) return route.continue();
          stale = false;
          const body = JSON.stringify({ code: 4002, name: "reauthenticate", message: "もう一度" });
          return route.fulfill({ status: 403, contentType: "application/json", body });
        });
        const saved = page.waitForEvent("download");
        await page.getByRole("button", { name: "名簿を書き出す（CSV）" }).click();
        const dialog = page.getByRole("dialog", { name: "もう一度、本人確認をします" });
        await picture(page, "proof");
        await dialog.getByLabel(/パスワード/).fill("not the password");
        await page.keyboard.press("Enter");
        await dialog.getByText("違うようです").waitFor();
        await dialog.getByLabel(/パスワード/).fill(password);
        await page.keyboard.press("Enter");
        assert.equal((await saved).suggestedFilename(), "roster.csv");
        await dialog.waitFor({ state: "detached" });
      },
      { allow: [/401|403/] },
    );
  });
});

describe("a client certificate", () => {
  const der = Buffer.from([0x30, 0x03, 0x02, 0x01, 0x07]);
  const fingerprint = createHash("sha256").update(der).digest("hex");
  const shown = { fingerprint, issuer: "CN=架空市認証局,O=架空市,C=JP", subject: "CN=証明 五子" };

  it("is bound by its file or by whose it is, and taken back, by the office's administrator", async () => {
    await at(
      "/members",
      async (page) => {
        yes(page);
        const line = listed(page, "証明 五子").first();
        await unfold(line, "操作");
        await line.getByRole("button", { name: "証明書", exact: true }).click();
        await line.getByText("結び付けた証明書はありません。").waitFor();
        await unfold(line, "証明書を結び付ける");
        const form = line.locator("form", { hasText: "何を結び付けるか" });
        await form.getByRole("button", { name: "結び付ける" }).click();
        await form.getByText("指紋（SHA-256）を入力してください。").waitFor();
        const file = form.getByLabel("証明書のファイル（CER・PEM）から指紋を読む");
        await file.setInputFiles({ name: "a.txt", mimeType: "text/plain", buffer: Buffer.from("text") });
        await form.getByText("証明書のファイルではないようです。").waitFor();
        const pem = `-----BEGIN CERTIFICATE-----\n${der.toString("base64")}\n-----END CERTIFICATE-----\n`;
        await file.setInputFiles({ name: "a.pem", mimeType: "text/plain", buffer: Buffer.from(pem) });
        await form.getByText("ファイルから指紋を読みました。").waitFor();
        const read = await form.getByLabel("指紋（SHA-256）", { exact: true }).inputValue();
        assert.equal(read.replaceAll(" ", ""), fingerprint);
        await form.getByRole("button", { name: "結び付ける" }).click();
        await told(page, "証明書を結び付けました。");
        await line.getByText("この 1 枚だけ", { exact: true }).waitFor();
        await unfold(line, "証明書を結び付ける");
        await form.getByLabel("何を結び付けるか").selectOption("renewed");
        await form.getByLabel("発行者").fill(shown.issuer);
        await form.getByLabel("証明書の名前").fill(shown.subject);
        await form.getByRole("button", { name: "結び付ける" }).click();
        await line.getByText("更新後も有効", { exact: true }).waitFor();
        await line.scrollIntoViewIfNeeded();
        await picture(page, "certificates");
        for (const left of [1, 0]) {
          await line.getByRole("button", { name: "失効させる" }).first().click();
          await line.getByText("失効", { exact: true }).nth(1 - left).waitFor();
          assert.equal(await line.getByRole("button", { name: "失効させる" }).count(), left);
        }
        await told(page, "証明書を失効させました。");
      },
      { login: "jimu" },
    );
  });

  it("that this connection shows stands on the account's page, and whether it counts", async () => {
    const office = await caller(city.url, "jimu");
    const account = async (login, work) =>
      at(
        "/",
        async (page) => {
          // As under client-authority.
          await page.route("**/api/v1/session/certificate", (route) => route.fulfill({ json: shown }));
          await page.goto(`${city.url}/account`);
          await work(page, card(page, "証明書"));
        },
        { login, allow: [/409/] },
      );
    await account("shomei", async (page, place) => {
      await place.getByText("管理者に、この内容を伝えてください。").waitFor();
      const { member } = await page.evaluate(async () => (await fetch("/api/v1/session")).json());
      await office("POST", `/members/${member.id}/certificates`, { ...shown, fingerprint: "" });
      await page.reload();
      await place.getByText("結び付けてあります。").waitFor();
      assert.equal(await place.locator("button, summary").count(), 0, "binding is an administrator's");
      await place.scrollIntoViewIfNeeded();
      await picture(page, "certificate-shown");
    });
    await account("jimu", async (page, place) => {
      await place.getByRole("button", { name: "更新後も使えるように結び付ける" }).click();
      await told(page, "この証明書は、すでに結び付けられています。");
    });
  });
});

describe("a vendor's application", () => {
  const key = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";

  it("is registered with what it may do for whom, and revoked", async () => {
    await at(
      "/",
      async (page) => {
        yes(page);
        await page.locator("#menus").getByRole("link", { name: "外部のアプリ" }).click();
        await unfold(page.locator("#more"), "アプリを登録する");
        await page.getByLabel("アプリの名前").fill("架空訪問記録");
        await page.getByLabel("使える最後の日").fill("2099-03-31");
        await page.getByLabel("公開鍵（Ed25519）").fill("too short");
        await page.getByRole("button", { name: "登録する" }).click();
        await page.getByRole("alert").getByText("公開鍵: ").waitFor();
        await page.getByLabel("公開鍵（Ed25519）").fill(key);
        await page.getByLabel("看護師").check();
        await page.getByLabel("患者の情報を見る").check();
        await page.getByLabel("名前でさがす").fill("架空 次郎");
        await page.keyboard.press("Enter");
        await page.getByLabel("名指しで許す人").getByText("架空 次郎").waitFor({ state: "attached" });
        await page.getByRole("button", { name: "この人を加える" }).click();
        await page.getByRole("button", { name: "外す", exact: true }).waitFor();
        await picture(page, "application-register");
        await page.getByRole("button", { name: "登録する" }).click();
        await told(page, "「架空訪問記録」を登録しました。");
        const line = listed(page, "架空訪問記録");
        await unfold(line, "範囲と公開鍵");
        await line.getByText("患者の情報を見る", { exact: true }).waitFor();
        await line.getByText("架空 次郎", { exact: true }).waitFor();
        await line.getByText(key, { exact: true }).waitFor();
        await line.getByRole("button", { name: "失効させる" }).click();
        await told(page, "「架空訪問記録」を失効させました。");
        await line.getByText("失効", { exact: true }).waitFor();
        assert.equal(await line.getByRole("button").count(), 0, "what is revoked stays so");
      },
      { allow: [/400/] },
    );
  });

  it("of the service does nothing here until it is accepted, and can be sent away", async () => {
    await at("/applications", async (page) => {
      yes(page);
      const line = listed(page, "架空クラウド連携");
      await line.getByText("未承認", { exact: true }).waitFor();
      await picture(page, "applications");
      await line.getByRole("button", { name: "承認する" }).click();
      await told(page, "「架空クラウド連携」を承認しました。");
      await line.getByText("有効", { exact: true }).waitFor();
      await line.getByRole("button", { name: "この自治体では使わない" }).click();
      await told(page, "この自治体では「架空クラウド連携」を使わないことにしました。");
      await line.waitFor({ state: "detached" });
    });
  });
});

describe("who has looked at me", () => {
  it("is told to officers on their own page, without what they did themselves", async () => {
    const { items } = await ask("GET", "/members?size=200");
    const hoka = items.find((each) => each.login === "hoka");
    await ask("GET", `/members/${hoka.id}/factors`);
    await at(
      "/account",
      async (page) => {
        const lines = card(page, "自分を見た人").getByRole("listitem");
        await lines.filter({ hasText: "二要素認証のようすを見た" }).first().waitFor();
        const who = await lines.locator("strong").allInnerTexts();
        assert.ok(who.includes("市民 太郎") && !who.includes("架空 次郎"), who.join());
        await picture(page, "account");
      },
      { login: "hoka" },
    );
  });
});

onPhone(city, { kanri: ["/members", "/account", "/applications"] });

describe("a newcomer where a second factor is required", () => {
  it("can do nothing but set one up, and then everything", async () => {
    const own = await ask("POST", "/session/totp");
    await ask("PUT", "/session/totp", { code: totp(own.secret) });
    await ask("PUT", "/municipality/two-factor", { two_factor: "required" });
    const { page, context, wrong } = await open(city.browser, city.url, { allow: [/401|403/] });
    await page.goto(`${city.url}/sign-in`);
    await page.getByLabel("ID").fill("ishi");
    await page.getByLabel("パスワード").fill(password);
    await page.getByRole("button", { name: "サインイン" }).click();
    await page.waitForURL(`${city.url}/account`);
    await page.getByText("この自治体では二要素認証が必要です。").waitFor();
    await picture(page, "newcomer");
    await page.getByRole("button", { name: "設定を始める" }).click();
    await unfold(page.locator("main"), "読み取れないとき");
    const secret = (await page.locator(".secret").innerText()).replaceAll(" ", "");
    await page.getByLabel("認証アプリに出た 6 桁のコード").fill(totp(secret));
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "控えました" }).click();
    await page.waitForURL(`${city.url}/`);
    await page.getByRole("link", { name: "担当の患者" }).first().waitFor();
    await context.close();
    assert.deepEqual(wrong, []);
  });
});
