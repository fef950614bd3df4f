// The pages in a browser: what an officer does in a day, on a desk and on a phone.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { open, password } from "./city.mjs";
import { phone, picture, stage } from "./stage.mjs";

const city = stage();
const { at } = city;
const rows = (page) => page.locator(".people tbody tr");

// 26 columns; the rows below are the interesting ones. In CP932 each of these characters is two bytes.
const header =
  "管理番号,宛名番号,氏名,フリガナ,生年月日,性別,郵便番号,住所又は居所,行政区,電話番号,携帯電話番号,避難支援等を必要とする事由,要介護状態区分,身体障害者手帳,療育手帳,精神障害者保健福祉手帳,難病,医療機器・電源,平常時の名簿情報提供の同意,同意確認日,個別避難計画,避難先,避難支援等実施者,避難支援等実施者連絡先,かかりつけ医,備考";
const record = (reference, name, kana, born, sex) =>
  `${reference},,${name},${kana},${born},${sex},303-0001,茨城県常総市架空町${reference}番地,水海道,0297-88-${reference},,独居高齢者,要介護2,,,,,,同意,R7.4.1,,,,,,`;

/** Text in CP932, by asking the decoder about every pair of bytes once. */
function cp932(text) {
  const decoder = new TextDecoder("shift_jis");
  const bytes = new Map();
  for (let lead = 0x81; lead <= 0xfc; ++lead) {
    for (let trail = 0x40; trail <= 0xfc; ++trail) {
      const decoded = decoder.decode(Uint8Array.of(lead, trail));
      if (decoded.length === 1 && !bytes.has(decoded)) bytes.set(decoded, [lead, trail]);
    }
  }
  return Buffer.from(
    [...text].flatMap((each) => (each.charCodeAt(0) < 0x80 ? [each.charCodeAt(0)] : bytes.get(each))),
  );
}

const roster = cp932(
  [
    header,
    record("7001", "取込　一子", "トリコミ イチコ", "S15.3.5", "女"),
    record("7002", "取込　二郎", "トリコミ ジロウ", "昭和15年2月30日", "男"),
    record("7003", "", "トリコミ サンコ", "S16.4.6", "女"),
    record("7004", "取込　四郎", "トリコミ シロウ", "不詳", "男"),
    record("7005", "取込　五子", "トリコミ ゴコ", "令和20年4月1日", "女"),
    "",
  ].join("\r\n"),
);

describe("sign-in", () => {
  it("says so when the password is wrong, and lets in by keyboard alone", async () => {
    const { page, context, wrong } = await open(city.browser, city.url, { allow: [/401/] });
    await page.goto(`${city.url}/`);
    await page.waitForURL(`${city.url}/sign-in`);
    await page.getByLabel("ID").and(page.locator(":focus")).waitFor();
    await page.keyboard.type("kanri");
    await page.keyboard.press("Tab");
    await page.keyboard.type("not the password");
    await page.keyboard.press("Enter");
    await page.getByRole("alert").getByText("サインインできません").waitFor();
    assert.equal(await page.locator(":focus").getAttribute("id"), "password");
    await page.keyboard.type(password);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.waitForURL(`${city.url}/`);
    await page.getByRole("heading", { name: "市民 太郎 さん" }).waitFor();
    const [cookie] = await context.cookies();
    assert.deepEqual([cookie.name, cookie.httpOnly, cookie.sameSite], ["renraku", true, "Strict"]);
    await context.close();
    assert.deepEqual(wrong, []);
  });

  it("ends with signing out", async () => {
    await at(
      "/",
      async (page) => {
        await page.getByRole("button", { name: "サインアウト" }).click();
        await page.waitForURL(`${city.url}/sign-in`);
        await page.goto(`${city.url}/evacuees`);
        await page.waitForURL(`${city.url}/sign-in`);
      },
      { allow: [/401/] },
    );
  });

  it("has a skip link first", async () => {
    await at("/evacuees", async (page) => {
      await rows(page).first().waitFor();
      await page.evaluate(() => document.activeElement.blur());
      await page.keyboard.press("Tab");
      assert.equal(await page.locator(":focus").innerText(), "本文へ移動");
      await page.keyboard.press("Enter");
      assert.equal(await page.evaluate(() => document.activeElement.id), "main");
    });
  });
});

describe("evacuees", () => {
  it("come in pages by reading", async () => {
    await at("/evacuees", async (page) => {
      await rows(page).nth(49).waitFor();
      assert.equal(await rows(page).count(), 50);
      const first = await rows(page).first().innerText();
      await page.getByRole("button", { name: "次のページ" }).click();
      await page.getByText("2 ページ目").waitFor();
      assert.notEqual(await rows(page).first().innerText(), first);
      await page.getByRole("button", { name: "前のページ" }).click();
      await page.getByText("1 ページ目").waitFor();
      assert.equal(await rows(page).first().innerText(), first);
      await picture(page, "evacuees");
    });
  });

  it("are found in any spelling and filtered by label", async () => {
    await at("/evacuees", async (page) => {
      await rows(page).first().waitFor();
      await page.getByLabel("さがす").fill("高崎ハナ");
      await page.keyboard.press("Enter");
      await page.waitForFunction(() => document.querySelectorAll(".people tbody tr").length === 1);
      assert.match(await rows(page).first().innerText(), /髙﨑　ハナ/);
      assert.ok(!page.url().includes("%"), "no address tells who was looked for");
      await page.getByLabel("さがす").fill("");
      await page.getByLabel("ラベル").selectOption({ label: "医療機器" });
      await page.waitForFunction(() => document.querySelectorAll(".people tbody tr").length > 1);
      await page.waitForFunction(() =>
        [...document.querySelectorAll(".people .label-cell")].every((cell) => cell.innerText === "医療機器"),
      );
    });
  });

  it("keep the filter on the way back from a person", async () => {
    await at("/evacuees", async (page) => {
      await rows(page).first().waitFor();
      await page.getByLabel("同意").selectOption({ label: "不同意" });
      await page.waitForFunction(() =>
        [...document.querySelectorAll(".consent-cell")].every((cell) => cell.innerText === "不同意"),
      );
      await rows(page).first().getByRole("link").click();
      await page.locator(".person-name").waitFor();
      await page.goBack();
      await rows(page).first().waitFor();
      assert.equal(await page.getByLabel("同意").inputValue(), "refused");
      assert.equal(await rows(page).first().locator(".consent-cell").innerText(), "不同意");
    });
  });
});

/** Opens the one person whom the words find. */
async function visit(page, words) {
  await rows(page).first().waitFor();
  await page.getByLabel("さがす").fill(words);
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.querySelectorAll(".people tbody tr").length === 1);
  await rows(page).first().getByRole("link").click();
  await page.locator(".person-name").waitFor();
}

describe("a person", () => {
  it("shows who has looked, takes a label, and tells the change in the history", async () => {
    await at("/evacuees", async (page) => {
      await visit(page, "渡邉　静江");
      const looked = page.locator("section", { has: page.getByRole("heading", { name: "だれが見たか" }) });
      await looked.getByText("市民 太郎").first().waitFor();
      await page.getByLabel("見守り").check();
      await page.getByText("ラベルを変えました。").first().waitFor();
      const history = page.locator("section", { has: page.getByRole("heading", { name: "履歴" }) });
      await history
        .getByText(/ラベル:/)
        .first()
        .waitFor();
      await page.locator(".chip-yellow").first().waitFor();
    });
  });

  it("keeps both when two write at once", async () => {
    await at(
      "/evacuees",
      async (page) => {
        await visit(page, "沼尻　美代");
        await page.getByRole("button", { name: "書き直す" }).click();
        await page.getByLabel("避難先").fill("わたしの避難先");
        await at(new URL(page.url()).pathname + new URL(page.url()).search, async (other) => {
          await other.getByRole("button", { name: "書き直す" }).click();
          await other.getByLabel("避難先").fill("ほかの人の避難先");
          await other.getByLabel("備考").fill("ほかの人の備考");
          await other.getByRole("button", { name: "保存する" }).click();
          await other.getByText("保存しました。").first().waitFor();
        });
        await page.getByRole("button", { name: "保存する" }).click();
        await page.getByText("ほかの人が先に変更しました").first().waitFor();
        await page.getByRole("cell", { name: "ほかの人の避難先" }).waitFor();
        assert.equal(await page.getByLabel("備考").inputValue(), "ほかの人の備考");
        await page.getByRole("button", { name: "保存する" }).click();
        await page.getByText("保存しました。").first().waitFor();
        await page.locator(".facts").getByText("わたしの避難先").waitFor();
        await page.locator(".facts").getByText("ほかの人の備考").waitFor();
        await picture(page, "person");
      },
      { allow: [/409/] },
    );
  });

  it("under protection hides the place from those not named", async () => {
    await at(
      "/evacuees",
      async (page) => {
        await visit(page, "秘匿");
        await page.getByText("指定された職員だけに表示されます").waitFor();
        const text = await page.locator("body").innerText();
        for (const place of ["秘密架空町", "0297-99-9999", "0297999999", "秘密地区", "秘密避難所"]) {
          assert.ok(!text.includes(place), place);
        }
      },
      { login: "hoka" },
    );
    await at("/evacuees", async (page) => {
      await visit(page, "秘匿");
      await page.getByText("秘密架空町999番地").waitFor();
    });
  });
});

describe("a roster", () => {
  it("is checked first, explains every row, is taken, and its open row is mended", async () => {
    await at(
      "/import",
      async (page) => {
        await page.setInputFiles("#file", { name: "名簿.csv", mimeType: "text/csv", buffer: roster });
        await page.getByLabel("地区だけのファイル").fill("水海道");
        await page.getByRole("button", { name: /内容を確かめる/ }).click();
        await page.getByText("名簿はまだ変わっていません").waitFor();
        await page.getByText("Shift_JIS（CP932）").waitFor();
        const refused = page.locator("section", {
          has: page.getByRole("heading", { name: /取り込めない行/ }),
        });
        const cells = (await refused.locator("tbody tr").allInnerTexts()).map((text) => text.split("\t"));
        assert.deepEqual(cells, [
          ["3", "生年月日", "読み取れない値です"],
          ["4", "氏名", "必要な項目が空です"],
          ["6", "生年月日", "今日より後の日付です"],
        ]);
        await page.getByText("生年月日が不明のまま取り込みます").waitFor();
        await picture(page, "import");
        await page.getByRole("button", { name: "取り込む", exact: true }).click();
        await accepted(page);
        await page.getByText("取り込みました。").first().waitFor();

        await page.goto(`${city.url}/open-rows`);
        const row = page.locator("form", { has: page.getByRole("heading", { name: "3 行目" }) });
        await row.getByLabel("生年月日").fill("昭和15年2月31日");
        await row.getByRole("button", { name: "直して取り込む" }).click();
        await row.getByText("まだ取り込めません").waitFor();
        await picture(page, "open-rows");
        await row.getByLabel("生年月日").fill("昭和15年2月28日");
        await row.getByRole("button", { name: "直して取り込む" }).click();
        await page.getByText("3 行目を取り込みました。").first().waitFor();
        await row.waitFor({ state: "detached" });

        page.on("dialog", (dialog) => dialog.accept());
        await page
          .locator("form", { has: page.getByRole("heading", { name: "4 行目" }) })
          .getByRole("button", { name: "不要とする" })
          .click();
        await page.getByText("4 行目を不要としました。").first().waitFor();
        assert.equal(await page.locator("main form").count(), 1);

        await page.goto(`${city.url}/evacuees`);
        await visit(page, "取込　二郎");
        await page.getByText("1940年2月28日").waitFor();
      },
      { allow: [/400/, /409/] },
    );
  });

  it("of a tenth more asks again before it is taken", async () => {
    const file = cp932(
      [header, record("7101", "別市　一子", "ベッシ イチコ", "S15.3.5", "女"), ""].join("\r\n"),
    );
    await at(
      "/import",
      async (page) => {
        await page.setInputFiles("#file", { name: "違う名簿.csv", mimeType: "text/csv", buffer: file });
        await page.getByRole("button", { name: /内容を確かめる/ }).click();
        await page.getByText("名簿はまだ変わっていません").waitFor();
        await page.getByRole("button", { name: "取り込む", exact: true }).click();
        await page.getByText("1 割を超える人").waitFor();
        const go = page.getByRole("button", { name: "それでも取り込む" });
        assert.ok(await go.isDisabled());
        await page.getByLabel("正しいファイルであることを確かめました。").check();
        assert.ok(await go.isEnabled());
        await page.goto(`${city.url}/evacuees`);
        await page.getByLabel("さがす").fill("別市");
        await page.keyboard.press("Enter");
        await page.getByText("当てはまる人はいません").waitFor();
      },
      { allow: [/409/] },
    );
  });
});

describe("who was missing from the file", () => {
  it("stays until an officer decides, who can take it back", async () => {
    await at("/missing", async (page) => {
      const first = page.locator("#list .card").first();
      await first.getByRole("button", { name: "名簿に残す" }).click();
      await first.getByText("決定: 名簿に残す").waitFor();
      await first.getByRole("button", { name: "取り消す" }).click();
      await first.getByRole("button", { name: "転出" }).waitFor();
    });
  });
});

describe("home", () => {
  it("says how many wait in each list, and leads there", async () => {
    await at("/", async (page) => {
      await page.locator("#figures a").first().waitFor();
      const shown = await page
        .locator("#figures .figure")
        .evaluateAll((figures) =>
          figures.map((figure) => [
            figure.querySelector("dt").innerText,
            parseInt(figure.querySelector("dd").innerText),
            new URL(figure.querySelector("a").href).pathname,
          ]),
        );
      const listed = (path) =>
        page.evaluate(async (path) => {
          const answer = await fetch(`/api/v1${path}?size=200`);
          return (await answer.json()).items.length;
        }, path);
      assert.deepEqual(shown, [
        ["名簿の人数", await listed("/evacuees"), "/evacuees"],
        ["未取込の行", await listed("/roster/open-rows"), "/open-rows"],
        ["重複の疑い", await listed("/roster/suspects"), "/suspects"],
        ["名簿にない人", await listed("/roster/missing"), "/missing"],
        ["食い違い", await listed("/roster/conflicts"), "/conflicts"],
      ]);
      assert.ok(shown[1][1] > 0 && shown[3][1] > 0, "some wait, or nothing is proved");
      await page.locator("#figures").getByText("未取込の行").click();
      await page.waitForURL(`${city.url}/open-rows`);
      await page.locator("main form").first().waitFor();
      assert.equal(await page.locator("main form").count(), shown[1][1]);
    });
  });
});

/** Goes on when the import asks whether so large a change is meant. */
async function accepted(page) {
  const box = page.getByLabel("正しいファイルであることを確かめました。");
  await page.getByText("取り込みました。").first().or(box).waitFor();
  if (await box.isVisible()) {
    await box.check();
    await page.getByRole("button", { name: "それでも取り込む" }).click();
  }
}

describe("on a phone", () => {
  const paths = [
    "/",
    "/evacuees",
    "/import",
    "/open-rows",
    "/suspects",
    "/suspects?decided",
    "/missing",
    "/conflicts",
  ];
  it("nothing is wider than the screen", async () => {
    await at(
      "/",
      async (page) => {
        const fits = async (where) => {
          await page.waitForLoadState("networkidle");
          assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 375, where);
        };
        for (const path of paths) {
          await page.goto(city.url + path);
          await fits(path);
          if (path === "/") await picture(page, "home-phone");
          if (path === "/evacuees") await picture(page, "evacuees-phone");
        }
        await page.goto(`${city.url}/evacuees`);
        await visit(page, "渡邉　静江");
        await fits("person");
        await picture(page, "person-phone");
        await page.getByRole("button", { name: "書き直す" }).click();
        await fits("edit");
        await page.goto(`${city.url}/sign-in`);
        await fits("sign-in");
      },
      phone,
    );
  });
});

describe("pictures", () => {
  it("of home, light and dark, and of the sign-in", async () => {
    for (const [name, options] of [
      ["home", {}],
      ["home-dark", { colorScheme: "dark" }],
    ]) {
      await at(
        "/",
        async (page) => {
          await page.locator(".figure").first().waitFor();
          await picture(page, name);
        },
        options,
      );
    }
    const { page, context } = await open(city.browser, city.url);
    await page.goto(`${city.url}/sign-in`);
    await page.getByLabel("ID").and(page.locator(":focus")).waitFor();
    await picture(page, "sign-in");
    await context.close();
  });
});
