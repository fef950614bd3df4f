import { get } from "./api.js";
import { $, el, icon } from "./dom.js";
import { start } from "./shell.js";

const waiting = [
  ["people", "名簿の人数", "人", "/evacuees", ""],
  ["open_rows", "未取込の行", "行", "/open-rows", "figure-bad"],
  ["suspects", "重複の疑い", "件", "/suspects", "figure-warn"],
  ["missing", "名簿にない人", "人", "/missing", "figure-warn"],
  ["conflicts", "食い違い", "件", "/conflicts", "figure-warn"],
];

const menus = [
  [
    "/evacuees",
    "people",
    "要支援者一覧",
    "ラベル・行政区・同意などで絞り込み、一人ひとりのページへ進みます。",
  ],
  [
    "/import",
    "import",
    "名簿取込",
    "Excel で作った CSV を選び、読み取れない行がないかを確かめてから取り込みます。",
  ],
  ["/open-rows", "rows", "未取込の行", "取り込めなかった行を、この画面で直します。"],
  ["/suspects", "same", "重複の疑い", "同じ人かもしれない二人を見比べて決めます。"],
  ["/missing", "absent", "名簿にない人", "最新のファイルに載っていなかった人を確かめます。"],
  ["/conflicts", "differ", "食い違い", "ここで直した値とファイルの値のどちらを使うか決めます。"],
];

start(async ({ member }) => {
  $("greeting").textContent = `${member.name} さん`;
  $("menus").append(
    ...menus.map(([href, drawing, title, text]) =>
      el(
        "li",
        {},
        el("a", { class: "card menu", href }, icon(drawing), el("h2", {}, title), el("p", {}, text)),
      ),
    ),
  );
  if (!member.roles.includes("roster_officer")) return;
  const counts = await get("/roster/summary");
  $("figures").append(
    ...waiting
      .filter(([key]) => key in counts)
      .map(([key, title, unit, href, tone]) =>
        el(
          "a",
          { class: `figure ${counts[key] > 0 ? tone : ""}`, href },
          el("dt", {}, title),
          el("dd", {}, counts[key].toLocaleString("ja-JP"), el("small", {}, unit)),
        ),
      ),
  );
});
