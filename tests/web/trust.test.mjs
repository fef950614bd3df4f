// Who people are, what they may see, and who decided so: accounts, second factor, teams, consent.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { describe, it } from "node:test";
import { open, password, signIn } from "./city.mjs";
import { caller, phone, picture, stage } from "./stage.mjs";

const city = stage(people);
const { at } = city;
let ask;

const listed = (page, words) => page.locator("li.entry", { hasText: words });
const card = (page, title) =>
  page.locator("section.card", { has: page.getByRole("heading", { name: title }) });
const unfold = (place, title) => place.locator("summary", { hasText: title }).click();
const told = (page, words) => page.locator("#notice").getByText(words).waitFor();
const yes = (page) => page.on("dialog", (dialog) => dialog.accept());

async function people(url) {
  ask = await caller(url);
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
  await member("kusuri", "薬師 二美", "pharmacist", ["professional"], clinic);
  await member("jishu", "防災 三太", "city_officer", ["receiver"], welfare);
}

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

describe("a care team", () => {
  let address;

  it("begins with who registers the patient, and grows by colleagues", async () => {
    await at(
      "/patients",
      async (page) => {
        await unfold(page.locator("#more"), "新しい患者を登録する");
        await page.getByLabel("氏名").fill("患者　花江");
        await page.getByLabel("フリガナ").fill("カンジャ ハナエ");
        await page.getByLabel("生年月日").fill("1941-05-06");
        await page.getByLabel("住所").fill("茨城県常総市水海道架空町501番地");
        await page.getByLabel("自分の役割").fill("主治医");
        await page.getByLabel("同意書の名前と保管場所").fill("連携同意書 第2版");
        await page.getByRole("button", { name: "登録する" }).click();
        await page.locator(".person-name").waitFor();
        address = new URL(page.url()).pathname + new URL(page.url()).search;
        const team = card(page, "担当メンバー");
        await unfold(team, "メンバーを加える");
        await team.getByLabel("名前でさがす").fill("看護");
        await page.keyboard.press("Enter");
        await team.locator("option", { hasText: "看護 一郎・看護師" }).waitFor({ state: "attached" });
        await team
          .getByLabel("加える人")
          .selectOption({ label: "看護 一郎・看護師・架空訪問看護ステーション" });
        await team.getByLabel("役割").fill("訪問看護");
        await team.getByRole("button", { name: "チームに加える" }).click();
        await told(page, "チームに加え、チーム全員に知らせました。");
        await listed(page, "看護 一郎").waitFor();
        await picture(page, "patient");
      },
      { login: "ishi" },
    );
  });

  it("is told to its members, who see the patient", async () => {
    await at(
      "/",
      async (page) => {
        await page.getByRole("link", { name: "お知らせ（未読 1 件）" }).click();
        const notice = listed(page, "患者　花江 さんの担当チームに、あなたが加わりました");
        await notice.waitFor();
        await picture(page, "notices");
        await notice.getByRole("button", { name: "読んだことにする" }).click();
        await notice.getByText("未読").waitFor({ state: "detached" });
        await notice.getByRole("link").click();
        await page.getByText("茨城県常総市水海道架空町501番地").waitFor();
      },
      { login: "kango" },
    );
  });

  it("is closed to others, who ask to join and are let in by a second person", async () => {
    const stranger = async (work) => at(address, work, { login: "hajime", allow: [/403/] });
    await ask("POST", "/members", {
      login: "hajime",
      name: "理学 四郎",
      profession: "therapist",
      roles: ["professional"],
      password,
    });
    await stranger(async (page) => {
      await page.getByRole("heading", { name: "担当チームの人だけが見られます" }).waitFor();
      assert.ok(!(await page.locator("body").innerText()).includes("花江"));
      await page.getByLabel("入りたい理由").fill("訪問リハビリを始めるため");
      await page.getByRole("button", { name: "チームに入ることを申し込む" }).click();
      await told(page, "申し込みました。");
    });
    await at(
      address,
      async (page) => {
        const waiting = card(page, "チームへの申込み");
        await waiting.getByText("訪問リハビリを始めるため").waitFor();
        await waiting.getByRole("button", { name: "受け入れる" }).click();
        await told(page, "受け入れ、チーム全員に知らせました。");
      },
      { login: "kango" },
    );
    await stranger(async (page) => {
      yes(page);
      await page.locator(".person-name").waitFor();
      await page.getByRole("button", { name: "チームから抜ける" }).click();
      await page.getByText("当てはまる担当の患者はいません。").waitFor();
      await page.goto(city.url + address);
      await page.getByRole("heading", { name: "担当チームの人だけが見られます" }).waitFor();
    });
  });

  it("loses sight when the consent is withdrawn", async () => {
    await at(
      address,
      async (page) => {
        yes(page);
        await page.getByRole("button", { name: "取消しを記録する" }).click();
        await told(page, "同意の取消しを記録しました。");
        await page.getByText("有効な同意がありません。").waitFor();
      },
      { login: "ishi" },
    );
    await at(
      address,
      (page) => page.getByRole("heading", { name: "担当チームの人だけが見られます" }).waitFor(),
      { login: "kango", allow: [/403/] },
    );
  });
});

describe("who may see the roster", () => {
  it("is proposed by one officer, who sees the numbers first, and decided by another", async () => {
    await at("/policy", async (page) => {
      const form = card(page, "新しい方針を提案する");
      await form.getByLabel("提供の根拠").selectOption("unless_refused");
      await form.getByLabel("条例の名前").fill("架空市名簿条例");
      await form.getByRole("button", { name: "見えるようになる人数を確かめる" }).click();
      await form.getByRole("row", { name: /自主防災組織（1 団体） .*＋/ }).waitFor();
      await picture(page, "policy");
      await form.getByRole("button", { name: "この方針を提案する" }).click();
      await told(page, "提案しました。");
      await page.getByText("提案した人は決定できません。").waitFor();
    });
    await at(
      "/policy",
      async (page) => {
        yes(page);
        await page.getByRole("button", { name: "人数を確かめて決める" }).click();
        await page.getByRole("button", { name: "決定する" }).click();
        await told(page, "決定しました。");
        await listed(page, "架空市名簿条例").getByText("決定", { exact: true }).waitFor();
      },
      { login: "hoka" },
    );
  });

  it("keeps what a person said, on the person's page", async () => {
    const found = await ask("POST", "/evacuees/search", { filter: { text: "石塚ハナ", district: "豊岡" } });
    await at(`/person?id=${found.items[0].id}`, async (page) => {
      const place = card(page, "提供への同意");
      await unfold(place, "記録を加える");
      await place.getByLabel("本人の意思").selectOption({ label: "不同意" });
      await place.getByLabel("提供先").selectOption({ label: "自主防災組織" });
      await place.getByRole("button", { name: "記録する" }).click();
      await told(page, "提供への同意を記録しました。");
      await listed(place, "名簿 → 自主防災組織").getByText("不同意").waitFor();
    });
  });

  it("is handed out as a recorded disclosure, with receipt and return", async () => {
    await at("/disclosures", async (page) => {
      const saved = page.waitForEvent("download");
      await page.getByLabel("提供先").selectOption({ label: "架空町自主防災会（自主防災組織）" });
      await page.getByRole("button", { name: "名簿を作って保存する" }).click();
      assert.equal((await saved).suggestedFilename(), "disclosure.csv");
      await told(page, /人の名簿を作り、提供として記録しました/);
      await picture(page, "disclosures");
      const line = listed(page, "架空町自主防災会 へ 名簿").first();
      await unfold(line, "受領を記録する");
      await line.getByLabel("受け取った人").fill("架空 会長");
      await line.getByRole("button", { name: "受領を記録する" }).click();
      await told(page, "受領を記録しました。");
      await unfold(line, "返却・廃棄を記録する");
      await line.getByRole("button", { name: "返却を記録する" }).click();
      await told(page, "返却を記録しました。");
      await line.getByText("返却済み").waitFor();
    });
  });

  it("is seen by a receiver's members for their own district alone", async () => {
    await at(
      "/disclosed",
      async (page) => {
        await page.locator("li.entry").first().waitFor();
        const districts = await page.locator("li.entry .chip").allInnerTexts();
        assert.deepEqual([...new Set(districts)], ["水海道"]);
        await picture(page, "disclosed");
        await page.locator("li.entry a").first().click();
        await page.locator(".person-name").waitFor();
        await page.getByRole("heading", { name: "支援に必要なこと" }).waitFor();
      },
      { login: "jishu" },
    );
  });
});

describe("protection", () => {
  it("is set on the person's page, hides the place from the next officer, and is lifted", async () => {
    const found = await ask("POST", "/evacuees/search", { filter: { text: "古矢武" } });
    const address = `/person?id=${found.items[0].id}`;
    const refused = { allow: [/400/] };
    const protect = async (page) => {
      await unfold(page.locator("main"), "この人を保護する");
      await page.getByRole("button", { name: "保護する", exact: true }).click();
      await told(page, "保護を変えました。");
      await page.getByText("担当職員", { exact: true }).waitFor();
      await page.getByRole("heading", { name: "居場所を見られる担当メンバー" }).waitFor();
      await picture(page, "protection");
      await unfold(page.locator("main"), "担当メンバーに居場所の閲覧を許す");
      await page.getByLabel("名前でさがす").first().fill("看護 一郎");
      await page.keyboard.press("Enter");
      await page
        .getByRole("combobox", { name: "見せる人" })
        .getByText("看護 一郎・")
        .waitFor({ state: "attached" });
      await page.getByLabel("最後の日").fill(new Date(Date.now() + 7 * 86_400e3).toISOString().slice(0, 10));
      await page.getByLabel("理由").first().fill("訪問のため");
      await page.getByRole("button", { name: "居場所の閲覧を許す", exact: true }).click();
      await page.getByText("見せる人（担当チームの人に限ります）").first().waitFor();
    };
    await at(address, protect, refused);
    await at(
      address,
      async (page) => {
        await page.getByText("指定された職員だけに表示されます").waitFor();
        assert.ok(!(await page.locator("body").innerText()).includes("架空町"));
      },
      { login: "hoka" },
    );
    await at(address, async (page) => {
      yes(page);
      await page.getByRole("button", { name: "保護を解除する" }).click();
      await told(page, "保護を解除しました。");
    });
  });
});

describe("two who may be one", () => {
  it("stand side by side, wait for later, are decided, and taken back", async () => {
    const doctor = await caller(city.url, "ishi");
    for (const [name, kana, birth_date] of [
      ["秋山　ハナ", "アキヤマ　ハナ", "1928-01-01"],
      ["石塚　ハナ", "イシツカ　ハナ", "1935-02-02"],
    ]) {
      await doctor("POST", "/patients", {
        person: { name, kana, birth_date },
        consent: { form: "連携同意書 第2版", date: "2026-01-05", scopes: ["team"] },
        role: "主治医",
      });
    }
    await at("/suspects", async (page) => {
      const cards = page.locator("#list .card");
      const of = (name) => cards.filter({ hasText: name });
      await cards.nth(1).waitFor();
      const first = (await cards.first().innerText()).includes("秋山") ? "秋山　ハナ" : "石塚　ハナ";
      assert.equal(await of(first).locator(".pair > *").count(), 2);
      await of(first).getByRole("button", { name: "あとで決める" }).click();
      assert.match(await cards.last().innerText(), new RegExp(first));
      await of(first).getByRole("button", { name: "別の人" }).click();
      await of(first).getByText("決定: 別の人").waitFor();
      await picture(page, "suspects");
      await of(first).getByRole("button", { name: "取り消す" }).click();
      await of(first).getByRole("button", { name: "同じ人" }).waitFor();
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

describe("on a phone, in the dark", () => {
  const places = {
    kanri: ["/members", "/account", "/policy", "/disclosures", "/notices"],
    ishi: ["/", "/patients"],
    jishu: ["/disclosed"],
  };
  for (const [login, paths] of Object.entries(places)) {
    it(`nothing that ${login} sees is wider than the screen`, async () => {
      await at(
        "/",
        async (page) => {
          for (const path of paths) {
            await page.goto(city.url + path);
            await page.waitForLoadState("networkidle");
            await page.evaluate(() =>
              document.querySelectorAll("details").forEach((each) => (each.open = true)),
            );
            const preview = page.getByRole("button", { name: "見えるようになる人数を確かめる" });
            if (await preview.isVisible()) {
              await preview.click();
              await page.getByRole("table").waitFor();
            }
            const width = await page.evaluate(() => document.documentElement.scrollWidth);
            assert.ok(width <= 375, `${path} is ${width} wide`);
            const burst = await page.evaluate(
              () =>
                [...document.querySelectorAll(".card")].filter((each) => each.scrollWidth > each.clientWidth)
                  .length,
            );
            assert.equal(burst, 0, `${path} has cards that are too narrow for what is in them`);
            await picture(page, `phone-dark-${path.slice(1) || "home"}`);
          }
        },
        { login, colorScheme: "dark", ...phone },
      );
    });
  }
});

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
