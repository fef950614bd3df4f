import { post } from "./api.js";
import { $, el, notice, say } from "./dom.js";
import { action } from "./form.js";
import { facts, section } from "./parts.js";
import { start } from "./shell.js";
import { time } from "./words.js";

// What was found, in one sentence; `which` names the first entry that is not as it was.
const found = {
  altered: (which) => `操作記録が書き換えられています（${which}）。`,
  missing: (which) => `操作記録が抜き取られています（${which}）。`,
  shortened: (which) => `操作記録の終わりが失われています（${which}から先がありません）。`,
  forged: (which) => `操作記録の署名が正しくありません（${which}）。`,
  forked: (which) => `操作記録が、証人の控えと違う内容に書き直されています（遅くとも${which}から）。`,
};

const toDo =
  "保存先のフォルダーには手を付けず、利用を止めて、運用の責任者に知らせてください。証人の控えと合う最新のバックアップから戻せます。";
const unwitnessed =
  "操作記録のつながりに乱れはありません。ただし、証人の控えと比べていないため、終わりが切り取られていないこと、全体が書き直されていないことまでは確かめられません。";

function verdict(report, municipality) {
  if (report.state !== "intact") {
    const chain = report.municipality === municipality.code ? municipality.name : report.municipality;
    const which = `${chain || "保存先"}の記録 ${report.sequence.toLocaleString("ja-JP")} 件目`;
    return notice("bad", el("p", {}, el("strong", {}, found[report.state](which))), el("p", {}, toDo));
  }
  if (!report.witnessed) return notice("warn", unwitnessed);
  return notice("good", "操作記録は書かれたままです。証人の控えとも一致しました。");
}

function shown(report, municipality) {
  const number = (value, unit) => `${value.toLocaleString("ja-JP")} ${unit}`;
  return [
    verdict(report, municipality),
    report.reads_lost > 0 && notice("warn", `閲覧の記録が ${number(report.reads_lost, "回")}失われています。`),
    report.archived > 0 &&
      notice("warn", `書庫に移した ${number(report.archived, "件")}は、ファイルが見つからず読めませんでした。`),
    facts(
      ["確かめた時刻", time(new Date())],
      ["読んだ記録", number(report.entries, "件")],
      ["証人の控え", report.witnessed ? "比べました" : "ありません"],
    ),
  ];
}

start(({ municipality }) => {
  const result = el("div", { class: "stack" });
  const verify = async () => {
    result.replaceChildren();
    const report = await post("/journal/verify");
    result.replaceChildren(...shown(report, municipality).filter(Boolean));
    say(result.querySelector(".notice").textContent);
  };
  $("journal").replaceChildren(
    section(
      "記録の検証",
      el("p", {}, "記録をはじめから終わりまで読み、署名と、別の場所にある証人の控えに照らします。"),
      el("div", { class: "row" }, action("検証する", verify, { main: true })),
      result,
    ),
  );
});
