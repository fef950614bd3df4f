import { all, download, get, put } from "./api.js";
import { colleagueNames } from "./colleague.js";
import { $, choice, el, field, say, tell } from "./dom.js";
import { check, form, input, unfold } from "./form.js";
import { pager } from "./pages.js";
import { chip, entries, entry, section } from "./parts.js";
import { start } from "./shell.js";
import { date, organisations, purposes, receivers, time, today } from "./words.js";

let list;
let receiving = new Map();

function makeForm() {
  return form(
    el(
      "div",
      { class: "fields" },
      field(
        "提供先",
        choice(
          "receiver",
          [...receiving].map(([id, each]) => [id, `${each.name}（${organisations[each.kind]}）`]),
        ),
      ),
      field("何を提供するか", choice("purpose", Object.entries(purposes))),
      field("返してもらう日", input("return_by", { type: "date", min: today() })),
      field(
        "文字コード",
        choice("encoding", [
          ["cp932", "Shift_JIS（Windows の Excel）"],
          ["utf-8-bom", "UTF-8"],
        ]),
      ),
    ),
    "名簿を作って保存する",
    async ({ receiver, purpose, return_by, encoding }) => {
      const options = { encoding, return_by: return_by || null };
      const headers = await download("disclosure.csv", "POST", "/disclosures", {
        receiver,
        purpose,
        options,
      });
      await list.restart();
      const lost = Number(headers.get("X-Renraku-Unencodable"));
      const letters = lost > 0 ? ` Shift_JIS にない文字が ${lost} か所あり、〓 にしました。` : "";
      tell("good", `${headers.get("X-Renraku-People")} 人の名簿を作り、提供として記録しました。${letters}`);
    },
  );
}

const receipt = (each) =>
  form(
    el(
      "div",
      { class: "fields" },
      field("受け取った人", input("received_by", { required: true })),
      field(
        "受け取った日",
        input("received_on", { type: "date", required: true, value: today(), max: today() }),
      ),
    ),
    "受領を記録する",
    async (values) => {
      await put(`/disclosures/${each.id}/receipt`, { ...values, revision: each.revision });
      await list.show();
      tell("good", "受領を記録しました。");
    },
    { quiet: true },
  );

const comeBack = (each) =>
  form(
    el(
      "div",
      { class: "fields" },
      field(
        "戻ったか、廃棄した日",
        input("returned_on", { type: "date", required: true, value: today(), max: today() }),
      ),
    ),
    "返却を記録する",
    async (values) => {
      await put(`/disclosures/${each.id}/return`, { ...values, revision: each.revision });
      await list.show();
      tell("good", "返却を記録しました。");
    },
    { quiet: true },
  );

function state(each) {
  if (each.returned_on) return chip(`返却済み ${date(each.returned_on)}`, "granted");
  if (each.return_by && each.return_by < today()) return chip("返却の期限を過ぎています", "refused");
  return each.received_on ? chip("提供中") : chip("受領待ち", "yellow");
}

const line = (names) => (each) =>
  entry({
    title: `${receiving.get(each.receiver)?.name ?? "（不明な提供先）"} へ ${purposes[each.purpose]}`,
    chips: [state(each), chip(`${each.people.toLocaleString("ja-JP")} 人`)],
    small: [
      `${time(each.made_at)} 作成（${names.get(each.made_by) ?? "不明"}）`,
      each.received_by && `受領: ${each.received_by}（${date(each.received_on)}）`,
      each.return_by && `返却の期限 ${date(each.return_by)}`,
    ],
    content: [
      !each.received_on && unfold("受領を記録する", receipt(each)),
      !each.returned_on && unfold("返却・廃棄を記録する", comeBack(each)),
    ],
  });

start(async () => {
  const names = await colleagueNames();
  const all_of_them = await all("/organisations");
  receiving = new Map(
    all_of_them.filter((each) => receivers.includes(each.kind)).map((each) => [each.id, each]),
  );
  const late = check("overdue", "返却の期限を過ぎたものだけ");
  const lines = el("div");
  $("list").replaceChildren(el("h2", {}, "提供の記録"), late, lines);
  list = pager(async (after) => {
    const overdue = late.querySelector("input").checked;
    const page = await get(`/disclosures?size=20&overdue=${overdue}&after=${encodeURIComponent(after)}`);
    lines.replaceChildren(entries(page.items.map(line(names)), "提供の記録はありません。"));
    say(`${page.items.length} 件を表示しています。`);
    return { count: page.items.length, next: page.next };
  });
  late.addEventListener("change", () => list.restart().catch((error) => tell("bad", error.message)));
  $("make").replaceChildren(
    receiving.size > 0
      ? section("名簿を作る", makeForm())
      : section("名簿を作る", el("p", { class: "soft" }, "提供先の団体が、まだ登録されていません。")),
  );
  await list.show();
});
