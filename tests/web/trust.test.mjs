// What people may see, and who decided so: care teams, consent, protection, erasure.
import assert from "node:assert/strict";
import { createPublicKey, verify } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { onAFolder, password } from "./city.mjs";
import { card, listed, onPhone, staff, told, unfold, yes } from "./staff.mjs";
import { caller, picture, stage } from "./stage.mjs";

let ask;
const city = stage(async (url) => (ask = await staff(url)));
const { at } = city;

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

  it("sees who has looked, and who tried to", async () => {
    await at(
      address,
      async (page) => {
        const lines = card(page, "だれが見たか").getByRole("listitem");
        const of = (name) => lines.filter({ hasText: name });
        await of("架空 医子").filter({ hasText: "患者として登録した" }).waitFor();
        const refused = of("理学 四郎").filter({ hasText: "拒否" });
        await refused.filter({ hasText: "患者の情報を見た" }).first().waitFor();
        await page.getByRole("heading", { name: "同意書" }).evaluate((title) => title.scrollIntoView());
        await picture(page, "patient-looked");
      },
      { login: "kango" },
    );
  });

  it("stands in the overview, of one's own patients or without content for administrators", async () => {
    await at(
      "/patients",
      async (page) => {
        await page.getByRole("link", { name: "担当チームの一覧" }).click();
        const line = listed(page, "患者　花江");
        await line.getByText("看護 一郎").waitFor();
        await line.getByText("架空 医子").waitFor();
        await picture(page, "teams-own");
        await line.getByRole("link", { name: "患者　花江" }).click();
        await page.locator(".person-name").waitFor();
      },
      { login: "kango" },
    );
    await at("/", async (page) => {
      await page.locator("#menus").getByRole("link", { name: "担当チーム" }).click();
      const line = listed(page, "患者　花江").first();
      await line.getByText("担当メンバー 2 人").waitFor();
      await unfold(line, "担当チーム");
      await line.getByText("看護 一郎").waitFor();
      await line.getByText("主担当", { exact: true }).waitFor();
      await unfold(line, "メンバーに入ってほしい人を申し込む");
      await line.getByLabel("名前でさがす").fill("薬師");
      await page.keyboard.press("Enter");
      await line.getByLabel("入ってほしい人").getByText("薬師 二美").waitFor({ state: "attached" });
      await line.getByLabel("理由").fill("訪問服薬指導のため");
      await line.getByRole("button", { name: "申し込む" }).click();
      await told(page, "申し込みました。");
      await line.getByText("理由: 訪問服薬指導のため").waitFor();
      const accept = line.getByRole("button", { name: "受け入れる" });
      assert.equal(await accept.count(), 0, "a second person answers");
      const text = await page.locator("main").innerText();
      assert.ok(!text.includes("架空町501") && !text.includes("1941"), "no more than names");
      await picture(page, "teams");
      await page.getByLabel("さがす", { exact: true }).fill("いない人");
      await page.keyboard.press("Enter");
      await page.getByText("当てはまるチームはありません。").waitFor();
    });
  });

  it("of one waits for an administrator, who is told, sees the team and answers", async () => {
    const doctor = await caller(city.url, "ishi");
    const { id } = await doctor("POST", "/patients", {
      person: { name: "独居　松子", kana: "ドッキョ　マツコ" },
      consent: { form: "連携同意書 第2版", date: "2026-01-05", scopes: ["team"] },
      role: "主治医",
    });
    const [pharmacist] = (await ask("GET", "/colleagues?text=薬師")).items;
    const request = { member: pharmacist.id, role: "服薬指導", reason: "薬が増えたため" };
    await doctor("POST", `/patients/${id}/requests`, request);
    await at("/notices", async (page) => {
      const words = "架空 医子 さんが、薬師 二美 さんを独居　松子 さんの担当チームに入れることを申し込みました。";
      await page.getByRole("link", { name: words }).click();
      await page.getByRole("heading", { name: "このチーム" }).waitFor();
      await page.getByText("理由: 薬が増えたため").waitFor();
      await page.getByRole("button", { name: "受け入れる" }).click();
      await told(page, "受け入れ、チーム全員に知らせました。");
      await page.getByText("待っている申込みはありません。").waitFor();
      await page.getByRole("listitem").filter({ hasText: "薬師 二美" }).waitFor();
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

  it("stand among those decided when the page is left, and are taken back from there", async () => {
    await at("/suspects", async (page) => {
      const cards = page.locator("#list .card");
      const pair = cards.filter({ hasText: "秋山　ハナ" });
      await pair.getByRole("button", { name: "別の人" }).click();
      await pair.getByText("決定: 別の人").waitFor();
      const tabs = page.getByRole("navigation", { name: "重複の疑い" });
      await tabs.getByRole("link", { name: "済み" }).click();
      await page.waitForURL(/decided/);
      await pair.getByText("決定: 別の人").waitFor();
      assert.equal(await cards.count(), 1);
      assert.equal(await tabs.locator("[aria-current]").innerText(), "済み");
      await picture(page, "suspects-decided");
      await pair.getByRole("button", { name: "取り消す" }).click();
      await pair.getByRole("button", { name: "同じ人" }).waitFor();
      await page.reload();
      await page.getByText("決めた組はまだありません。").waitFor();
      await tabs.getByRole("link", { name: "未決定" }).click();
      await pair.getByRole("button", { name: "別の人" }).waitFor();
    });
  });
});

describe("a person on no roster", () => {
  it("is found by an officer, who sees and protects the person like any other", async () => {
    await at("/evacuees", async (page) => {
      await page.getByRole("link", { name: "名簿にない人もさがす" }).click();
      await page.getByText("のどれかを入れて探します").waitFor();
      await page.getByLabel("さがす").fill("かんじゃはなえ");
      await page.getByLabel("生年月日").fill("昭和16年5月6日");
      await page.keyboard.press("Enter");
      await listed(page, "患者　花江").waitFor();
      assert.ok(!page.url().includes("%"), "no address tells who was looked for");
      await picture(page, "people");
      await page.getByRole("link", { name: "患者　花江" }).click();
      await page.getByText("要支援者名簿には載っていません").waitFor();
      await card(page, "だれが見たか").getByText("架空 医子").first().waitFor();
      assert.equal(await page.getByText("ラベル", { exact: true }).count(), 0);
      await page.getByText("この人を保護する").waitFor();
      await picture(page, "person-no-roster");
    });
  });

  it("is reached by the person's own id where there is an entry too", async () => {
    const found = await ask("POST", "/evacuees/search", { filter: { text: "石塚正雄" } });
    await at(`/person?person=${found.items[0].person}`, async (page) => {
      await page.getByRole("button", { name: "書き直す" }).waitFor();
      await page.getByRole("group", { name: "ラベル" }).waitFor();
    });
  });
});

describe("erasing a person", () => {
  it("takes the name and a proof of who it is, leaves a signed proof, and nothing else", async () => {
    const found = await ask("POST", "/evacuees/search", { filter: { text: "草間武" } });
    const { id, person } = found.items[0];
    await at(
      `/person?id=${id}`,
      async (page) => {
        let stale = true;
        // As the server answers once the sign-in is ten minutes old.
        await page.route("**/api/v1/people/*/erasure", (route) => {
          if (!stale || route.request().method() !== "POST") return route.continue();
          stale = false;
          const body = JSON.stringify({ code: 4002, name: "reauthenticate", message: "もう一度" });
          return route.fulfill({ status: 403, contentType: "application/json", body });
        });
        const place = card(page, "消去");
        await unfold(place, "この人の記録を完全に消去する");
        await place.getByLabel("理由").selectOption({ label: "保存期間が過ぎた" });
        await place.getByLabel(/と入力します/).fill("草間 勇");
        await place.getByRole("button", { name: "完全に消去する" }).click();
        await place.getByText("確認の入力: この人の氏名と違います。").waitFor();
        await picture(page, "erase");
        await place.getByLabel(/と入力します/).fill("草間 武");
        await place.getByRole("button", { name: "完全に消去する" }).click();
        const dialog = page.getByRole("dialog", { name: "もう一度、本人確認をします" });
        await dialog.getByLabel(/パスワード/).fill(password);
        await page.keyboard.press("Enter");
        await told(page, "消去しました。証明を保存してください。");
        const proof = card(page, "消去の証明");
        await proof.getByText("保存期間が過ぎた").waitFor();
        // The city's backup; a server has its own means.
        if (!onAFolder) await listed(proof, "2030年3月31日 まで").waitFor();
        const text = await page.locator("body").innerText();
        assert.ok(!text.includes("草間"), "the page knows the name no more");
        await picture(page, "erased");
        const saved = page.waitForEvent("download");
        await proof.getByRole("button", { name: "証明を保存する" }).click();
        const file = JSON.parse(readFileSync(await (await saved).path(), "utf8"));
        assert.equal(file.person, person);
        const key = { kty: "OKP", crv: "Ed25519", x: file.signer };
        const signer = createPublicKey({ key, format: "jwk" });
        const signature = Buffer.from(file.signature, "base64url");
        assert.ok(verify(null, Buffer.from(file.proof), signer, signature), "anybody can check the proof");
        // The address of the proof is the person's.
        await page.reload();
        await proof.getByText("保存期間が過ぎた").waitFor();
        await page.goto(`${city.url}/person?id=${id}`);
        await page.locator("#notice .notice-bad").waitFor();
      },
      { allow: [/403|404/] },
    );
  });

  it("is not offered to who may not see all that would go", async () => {
    const found = await ask("POST", "/evacuees/search", { filter: { text: "秘匿花子" } });
    await at(
      `/person?id=${found.items[0].id}`,
      async (page) => {
        await page.getByText("指定された職員だけに表示されます").waitFor();
        assert.equal(await page.getByText("完全に消去する").count(), 0);
      },
      { login: "hoka" },
    );
  });
});

onPhone(city, {
  kanri: [
    "/policy",
    "/disclosures",
    "/notices",
    "/teams",
    "/people",
    async () => {
      const found = await ask("POST", "/evacuees/search", { filter: { text: "石塚正雄" } });
      return `/person?person=${found.items[0].person}`;
    },
  ],
  ishi: ["/", "/patients", "/teams"],
  jishu: ["/disclosed"],
});
