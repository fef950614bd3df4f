// Six short stories, each in a city of its own: what must hold on a bad day. The same stories run
// through C++, C, Python and HTTP in tests/conformance.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { describe, it } from "node:test";
import { onAFolder, open, password, signIn } from "./city.mjs";
import { caller, phone, picture, stage } from "./stage.mjs";

const card = (page, title) =>
  page.locator("section.card", { has: page.getByRole("heading", { name: title, exact: true }) });
const listed = (page, words) => page.locator("li.entry", { hasText: words });
const told = (page, words) => page.locator("#notice").getByText(words).waitFor();
const yes = (page) => page.on("dialog", (dialog) => dialog.accept());
const shows = async (page, words) => (await page.locator("body").innerText()).includes(words);
const settled = (page) => page.waitForLoadState("networkidle");

const member = (ask, login, name, profession, roles, more = {}) =>
  ask("POST", "/members", { login, name, profession, roles, password, ...more });
const patient = (ask, name, address) =>
  ask("POST", "/patients", {
    person: { name, kana: "ジンブツ", addresses: [{ text: address }] },
    consent: { form: "連携同意書 第2版", date: "2026-01-05", scopes: ["team"] },
    role: "主治医",
  });

describe("a nurse changes office", () => {
  const city = stage(people);
  let nurse;
  let old;

  async function people(url) {
    const ask = await caller(url);
    const office = (name, kana) =>
      ask("POST", "/organisations", { kind: "visiting_nurse_station", name, kana, districts: [] });
    const station = await office("架空訪問看護", "カクウ");
    await office("仮名訪問看護", "カメイ");
    nurse = await member(ask, "kango", "看護 一郎", "nurse", ["professional"], { organisation: station.id });
    await member(ask, "ishi", "架空 医子", "physician", ["professional"]);
    const doctor = await caller(url, "ishi");
    old = await patient(doctor, "患者　花江", "茨城県常総市水海道架空町501番地");
    await doctor("POST", `/patients/${old.id}/team`, { member: nurse.id, role: "訪問看護" });
  }

  it("and on the page that she has open she sees nothing more at once", async () => {
    const own = `/patient?id=${old.id}`;
    await city.at(
      own,
      async (page) => {
        await page.getByText("茨城県常総市水海道架空町501番地").waitFor();
        await city.at("/members", async (office) => {
          await listed(office, "看護 一郎").locator("summary").click();
          await office.getByRole("button", { name: "登録を変える" }).click();
          await office.getByLabel("事業所").first().selectOption({ label: "仮名訪問看護" });
          await office.getByRole("button", { name: "保存する" }).click();
          await told(office, "看護 一郎 さんの登録を変えました。");
        });
        await city.at(
          own,
          async (doctor) => {
            yes(doctor);
            await listed(doctor, "看護 一郎").getByRole("button", { name: "担当を終える" }).click();
            await told(doctor, "担当を終え、チーム全員に知らせました。");
            await listed(doctor, "看護 一郎").getByText("終了").waitFor();
          },
          { login: "ishi" },
        );
        await page.reload();
        await page.getByRole("heading", { name: "担当チームの人だけが見られます" }).waitFor();
        assert.ok(!(await shows(page, "架空町501")) && !(await shows(page, "花江")));
        await page.goto(`${city.url}/patients`);
        await page.getByText("当てはまる担当の患者はいません。").waitFor();
      },
      { login: "kango", allow: [/403/] },
    );
  });
});

describe("a mother flees", () => {
  const places = ["隠里", "0297-00-9876", "0297009876"];
  const city = stage(people);
  let mother;

  async function people(url) {
    const ask = await caller(url);
    const welfare = await ask("POST", "/organisations", {
      kind: "voluntary_disaster",
      name: "架空町自主防災会",
      kana: "カクウチョウ",
      districts: ["隠里地区"],
    });
    await member(ask, "jishu", "防災 三太", "city_officer", ["receiver"], { organisation: welfare.id });
    mother = await ask("POST", "/evacuees", {
      person: {
        name: "母　花",
        kana: "ハハ　ハナ",
        addresses: [{ kind: "residence", postal_code: "3030001", text: "茨城県常総市隠里町１２３" }],
        phones: [{ kind: "home", digits: "", written: "0297-00-9876" }],
      },
      evacuee: { district: "隠里地区", shelter: "隠里小学校", supporter: "隠里　支援子", consent: "granted" },
    });
  }

  const find = async (page, words) => {
    await page.goto(`${city.url}/evacuees`);
    await page.getByLabel("さがす").fill(words);
    await page.keyboard.press("Enter");
    await settled(page);
  };
  const nowhere = async (page, where, part = "#main") => {
    const content = await page.locator(part).innerHTML();
    for (const place of places) assert.ok(!content.includes(place), `${place}: ${where}`);
  };

  it("and her address vanishes everywhere within one act", async () => {
    const own = `/person?id=${mother.id}`;
    const before = async (path, login, words) =>
      city.at(path, (page) => page.getByText(words).first().waitFor(), { login });
    await before(own, "hoka", "茨城県常総市隠里町１２３");
    await before("/disclosed", "jishu", "母　花");

    await city.at(own, async (page) => {
      await page.getByText("この人を保護する").click();
      await page.getByRole("button", { name: "保護する", exact: true }).click();
      await told(page, "保護を変えました。");
      await page.getByText("茨城県常総市隠里町１２３").waitFor();
    });

    await city.at(
      own,
      async (page) => {
        await page.getByText("指定された職員だけに表示されます").waitFor();
        await page.getByRole("heading", { name: "履歴" }).waitFor();
        await nowhere(page, "her own page");
        await page.getByRole("button", { name: "書き直す" }).click();
        await nowhere(page, "the form that changes it");
        for (const words of ["隠里町", "隠里地区", "0297009876"]) {
          await find(page, words);
          await page.getByText("当てはまる人はいません。").waitFor();
        }
        await find(page, "母　花");
        await page.getByRole("link", { name: "母　花" }).waitFor();
        await nowhere(page, "the list", "#list");
        const saved = page.waitForEvent("download");
        await page.goto(`${city.url}/import`);
        await page.getByRole("button", { name: "名簿を書き出す（CSV）" }).click();
        const file = readFileSync(await (await saved).path());
        const written = new TextDecoder("shift_jis").decode(file);
        assert.ok(written.includes("母　花"));
        for (const place of places) assert.ok(!written.includes(place), `${place}: the file`);
      },
      { login: "hoka" },
    );
    await city.at(
      "/disclosed",
      async (page) => {
        await settled(page);
        assert.ok(!(await shows(page, "母　花")));
        await nowhere(page, "what is disclosed");
      },
      { login: "jishu" },
    );
  });
});

describe("an administrator tries to read notes", () => {
  const city = stage(people);
  const secrets = ["患者　花江", "架空町501", "夜に不安が強い"];
  let kept;
  let entry;

  async function people(url) {
    const ask = await caller(url);
    await member(ask, "soumu", "総務 七海", "city_officer", ["administrator"]);
    await member(ask, "ishi", "架空 医子", "physician", ["professional"]);
    kept = await patient(await caller(url, "ishi"), "患者　花江", "茨城県常総市水海道架空町501番地");
    entry = await ask("POST", "/evacuees", {
      person: { name: "患者　花江", kana: "カンジャ　ハナエ", addresses: [{ text: "架空町501" }] },
      evacuee: { note: "夜に不安が強い" },
    });
  }

  it("and no page shows any, whatever address is typed in", async () => {
    const paths = [`/patient?id=${kept.id}`, "/patients", `/person?id=${entry.id}`, "/evacuees", "/suspects"];
    await city.at(
      "/",
      async (page) => {
        await page.getByRole("heading", { name: "総務 七海 さん" }).waitFor();
        for (const name of ["要支援者一覧", "担当の患者"]) {
          assert.equal(await page.getByRole("link", { name }).count(), 0, name);
        }
        for (const path of paths) {
          await page.goto(city.url + path);
          await page
            .getByText(/担当チームの人だけが見られます|許可されていません|権限/)
            .first()
            .waitFor();
          await settled(page);
          const content = await page.content();
          for (const secret of secrets) assert.ok(!content.includes(secret), `${secret}: ${path}`);
        }
      },
      { login: "soumu", allow: [/403/] },
    );
  });

  it("and each try stands in the journal", async () => {
    const ask = await caller(city.url);
    for (const about of [`action=patient_view&subject=${kept.id}`, "action=evacuee_view"]) {
      const { items } = await ask("GET", `/journal?${about}`);
      assert.ok(items.length > 0 && items.every((each) => each.outcome === "refused"), about);
    }
  });
});

describe("a thief rewrites the journal", { skip: onAFolder }, () => {
  const city = stage();
  const at = (name) => city.server.place(name);
  const copy = (of, to) => {
    rmSync(to, { recursive: true, force: true });
    cpSync(of, to, { recursive: true });
  };
  const steal = (deed, number) =>
    execFileSync(process.env.RENRAKU_THIEF, [city.server.store, city.server.key, deed, String(number)]);
  const witnessed = () => ({ settings: ["--witness", at("witness")] });

  /** What the page says of the journal to `login`. */
  async function verdict(words, { name, ...options } = {}) {
    await city.at(
      "/",
      async (page) => {
        await page.getByRole("link", { name: "操作記録の検証" }).click();
        await page.getByRole("button", { name: "検証する" }).click();
        await card(page, "記録の検証").locator(".notice").getByText(words).waitFor();
        await page.getByText("読んだ記録").waitFor();
        const { scroll, client } = await page.evaluate(() => ({
          scroll: document.documentElement.scrollWidth,
          client: document.documentElement.clientWidth,
        }));
        assert.ok(scroll <= client, "wider than the screen");
        if (name) await picture(page, name);
      },
      options,
    );
  }

  it("and without a witness the page says what it can't tell", async () => {
    await verdict("終わりが切り取られていないこと、全体が書き直されていないことまでは確かめられません。");
  });

  it("and with one it is whole until then", async () => {
    await city.restart(() => copy(city.server.store, at("older")), witnessed());
    await verdict("操作記録は書かれたままです。証人の控えとも一致しました。", { name: "journal" });
    await city.restart(() => {
      copy(city.server.store, at("honest"));
      copy(at("witness"), at("honest.witness"));
    }, witnessed());
    await verdict("証人の控えとも一致しました。", { login: "hoka" });
  });

  for (const [what, deed, words] of [
    ["one entry is altered", () => steal("alter", 7), "操作記録が書き換えられています（常総市の記録 7 件目）。"],
    [
      "all is written anew and signed",
      () => steal("rewrite", 7),
      /証人の控えと違う内容に書き直されています（遅くとも常総市の記録 \d+ 件目から）/,
    ],
    [
      "the end is cut off and signed",
      () => steal("drop", 100),
      /操作記録の終わりが失われています（常総市の記録 \d+ 件目から先がありません）/,
    ],
    [
      "an older folder is put back",
      () => copy(at("older"), city.server.store),
      "証人の控えと違う内容に書き直されています",
    ],
  ]) {
    it(`and when ${what}, an officer is told in plain words`, async () => {
      await city.restart(() => {
        copy(at("honest"), city.server.store);
        copy(at("honest.witness"), at("witness"));
        deed();
      }, witnessed());
      await verdict(words, { login: "hoka" });
      await verdict("利用を止めて、運用の責任者に知らせてください。", { name: "journal-forged" });
      await verdict("利用を止めて", { ...phone, colorScheme: "dark", name: "phone-dark-journal" });
    });
  }
});

/** The operator's command line, beside the server or without one. */
function operator(server) {
  const key = server.place("key.hex");
  writeFileSync(key, `${readFileSync(server.key).toString("hex")}\n`, { mode: 0o600 });
  return (...words) =>
    execFileSync(
      process.env.RENRAKU_PYTHON,
      ["-m", "renraku", ...words, "--store", server.store, "--host-key-file", key],
      { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] },
    ).trim();
}

describe("a laptop is lost", () => {
  const city = stage();

  it("and whoever holds it is asked to sign in, and its slot opens the store no more", async () => {
    const renraku = operator(city.server);
    const own = city.server.place("laptop.key");
    renraku("keys", "add-host-key", own, "--name", "往診用ノート");
    const slot = JSON.parse(renraku("keys", "list", "--json")).find((each) => each.name === "往診用ノート");
    const opens = () => {
      const words = ["-m", "renraku", "keys", "list", "--store", city.server.store, "--host-key-file", own];
      execFileSync(process.env.RENRAKU_PYTHON, words, { stdio: "ignore" });
    };
    opens();

    const laptop = await open(city.browser, city.url, { allow: [/401/] });
    await signIn(laptop.page, city.url, "hoka");
    await laptop.page.goto(`${city.url}/evacuees`);
    await laptop.page.locator(".people tbody tr").first().waitFor();

    renraku("keys", "revoke", slot.id);
    assert.throws(opens, /Command failed/);
    await city.at(
      "/members",
      async (page) => {
        yes(page);
        const line = listed(page, "架空 次郎");
        await line.locator("summary").click();
        await line.getByRole("button", { name: "利用を止める" }).click();
        await told(page, "架空 次郎 さんの利用を止めました。");
        await line.locator("summary").click();
        await line.getByRole("button", { name: "利用を再開する" }).click();
        await told(page, "架空 次郎 さんの利用を再開しました。");
      },
      { login: "kanri" },
    );
    await laptop.page.getByRole("link", { name: /一覧/ }).first().click();
    await laptop.page.waitForURL(`${city.url}/sign-in`);
    await laptop.page.goto(`${city.url}/evacuees`);
    await laptop.page.waitForURL(`${city.url}/sign-in`);
    assert.ok(!(await shows(laptop.page, "秋山")));
    await laptop.context.close();
    assert.deepEqual(laptop.wrong, []);

    await city.at("/evacuees", (page) => page.locator(".people tbody tr").first().waitFor(), {
      login: "hoka",
    });
    await city.restart();
    assert.throws(opens, /Command failed/);
  });
});

describe("a server burns, its disk is left, and it is restored", { skip: onAFolder }, () =>
  burn({ witnessed: false }));
describe("a server burns, its witness alone is left, and it is restored", { skip: onAFolder }, () =>
  burn({ witnessed: true }));

function burn({ witnessed }) {
  const city = stage();

  it("and the revoked stay revoked, the others sign in again, and the journal is whole", async () => {
    const { store, place } = city.server;
    const renraku = operator(city.server);
    const watching = witnessed ? ["--witness", place("witness")] : [];
    if (witnessed) await city.restart(() => {}, { settings: watching });
    const backups = place("backups");
    mkdirSync(backups);
    const own = place("laptop.key");
    renraku("keys", "add-host-key", own, "--name", "往診用ノート");
    const file = renraku("backup", backups);

    const open_page = await open(city.browser, city.url, { allow: [/401/] });
    await signIn(open_page.page, city.url, "kanri");
    await open_page.page.goto(`${city.url}/members`);
    yes(open_page.page);
    const line = listed(open_page.page, "架空 次郎");
    await line.locator("summary").click();
    await line.getByRole("button", { name: "利用を止める" }).click();
    await told(open_page.page, "架空 次郎 さんの利用を止めました。");
    const slot = JSON.parse(renraku("keys", "list", "--json")).find((each) => each.name === "往診用ノート");
    renraku("keys", "revoke", slot.id, ...watching);

    const again = place("again.renraku");
    let report;
    await city.restart(
      () => {
        if (witnessed) rmSync(store, { recursive: true });
        else renameSync(store, place("disk"));
        const since = witnessed ? watching : ["--old-store", place("disk")];
        report = JSON.parse(renraku("restore", place(`backups/${file}`), again, ...since, "--json"));
      },
      { served: again },
    );
    assert.deepEqual(
      [report.old_store_read, report.witness_read, report.members_suspended, report.slots_revoked],
      [!witnessed, witnessed, 1, 1],
    );
    assert.notEqual(report.node, report.from);

    await open_page.page.goto(`${city.url}/evacuees`);
    await open_page.page.waitForURL(`${city.url}/sign-in`);
    await open_page.page.getByLabel("ID").fill("hoka");
    await open_page.page.getByLabel("パスワード").fill(password);
    await open_page.page.getByRole("button", { name: "サインイン" }).click();
    await open_page.page.getByRole("alert").getByText("サインインできません").waitFor();
    assert.equal(new URL(open_page.page.url()).pathname, "/sign-in");
    await open_page.context.close();
    assert.deepEqual(open_page.wrong, []);

    await city.at("/members", async (page) => {
      await listed(page, "架空 次郎").getByText("利用停止", { exact: true }).waitFor();
      await page.goto(`${city.url}/journal`);
      await page.getByRole("button", { name: "検証する" }).click();
      await card(page, "記録の検証").getByText("操作記録のつながりに乱れはありません。").waitFor();
    });
    const ask = await caller(city.url);
    const heads = await ask("GET", "/journal/heads");
    const nodes = heads.filter((each) => each.municipality === "082112").map((each) => each.node);
    assert.deepEqual(nodes.sort(), [report.from, report.node].sort());
    const words = ["-m", "renraku", "keys", "list", "--store", again, "--host-key-file", own];
    assert.throws(() => execFileSync(process.env.RENRAKU_PYTHON, words, { stdio: "ignore" }), /Command failed/);
  });
}
