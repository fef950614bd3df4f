// Accounts from a CSV file: looked through first, and taken only when asked to.
import { upload } from "./api.js";
import { choice, el, field, notice, say, tell } from "./dom.js";
import { encodings } from "./files.js";
import { action, form } from "./form.js";
import { table } from "./parts.js";

const why = {
  missing: "必要な項目が空です",
  invalid: "読み取れない値です",
  exists: "すでにある ID です",
  not_permitted: "登録できない役割・事業所です",
  not_found: "見つからない事業所です",
};

function report(said, dry) {
  return [
    dry
      ? notice("info", `${said.rows} 行のうち ${said.added} 人を登録できます。まだ登録していません。`)
      : notice("good", `${said.added} 人を登録しました。`),
    said.rejected.length > 0 && [
      el("h3", {}, `登録できない行（${said.rejected.length}）`),
      table(
        ["行", "列", "理由"],
        said.rejected.map((row) => [row.line, row.column || "行全体", why[row.reason] ?? row.reason]),
      ),
    ],
    !dry &&
      said.issued.length > 0 && [
        el("h3", {}, "最初のパスワード"),
        notice(
          "warn",
          "今だけ表示します。印刷して本人に手渡し、最初のサインインのあとで変えてもらってください。",
        ),
        table(
          ["行", "ID", "パスワード"],
          said.issued.map((each) => [each.line, each.login, el("code", { class: "secret" }, each.password)]),
        ),
        el(
          "div",
          { class: "row" },
          el("button", { class: "button", type: "button", onclick: () => print() }, "印刷する"),
        ),
      ],
  ];
}

/** The form; `changed` runs when accounts have been made. */
export function memberImport(changed) {
  const file = el("input", { type: "file", accept: ".csv,.txt,text/csv", required: true });
  const encoding = choice("encoding", encodings);
  const result = el("div", { class: "stack" });

  async function run(dry) {
    const options = new URLSearchParams({ dry_run: dry, encoding: encoding.value });
    const said = await upload(`/members/import?${options}`, file.files[0]);
    result.replaceChildren(
      ...[
        report(said, dry),
        dry &&
          said.added > 0 &&
          el(
            "div",
            { class: "row" },
            action("登録する", () => run(false), { main: true }),
          ),
      ]
        .flat(Infinity)
        .filter(Boolean),
    );
    say(dry ? "確かめ終わりました。" : "登録しました。");
    if (!dry) await changed();
  }

  const node = form(
    [
      el(
        "p",
        { class: "soft" },
        "見出しは ID、氏名、職種。あれば役割、事業所、パスワードも読みます。パスワードのない行には、最初のパスワードを作ります。",
      ),
      el("div", { class: "fields" }, field("利用者のファイル（CSV）", file), field("文字コード", encoding)),
    ],
    "内容を確かめる（まだ登録しません）",
    () => run(true),
  );
  file.addEventListener("change", () => (result.replaceChildren(), tell("", "")));
  return el("div", { class: "stack" }, node, result);
}
