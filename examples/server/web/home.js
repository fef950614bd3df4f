import { get } from "./api.js";
import { $, el, icon, notice } from "./dom.js";
import { start } from "./shell.js";

// What a summary counts, and where it is seen.
const counted = [
  ["people", "名簿の人数", "人", "/evacuees", ""],
  ["open_rows", "未取込の行", "行", "/open-rows", "figure-bad"],
  ["suspects", "重複の疑い", "件", "/suspects", "figure-warn"],
  ["missing", "名簿にない人", "人", "/missing", "figure-warn"],
  ["conflicts", "食い違い", "件", "/conflicts", "figure-warn"],
];

// Who finds what here: the role, where, its drawing, its name, and what it is for.
const menus = [
  [
    "roster_officer",
    "/evacuees",
    "people",
    "要支援者一覧",
    "ラベル・行政区・同意などで絞り込み、一人ひとりのページへ進みます。",
  ],
  [
    "roster_officer",
    "/import",
    "import",
    "名簿取込",
    "Excel で作った CSV を選び、読み取れない行がないかを確かめてから取り込みます。",
  ],
  ["roster_officer", "/open-rows", "rows", "未取込の行", "取り込めなかった行を、この画面で直します。"],
  ["roster_officer", "/suspects", "same", "重複の疑い", "同じ人かもしれない二人を見比べて決めます。"],
  [
    "roster_officer",
    "/missing",
    "absent",
    "名簿にない人",
    "最新のファイルに載っていなかった人を確かめます。",
  ],
  [
    "roster_officer",
    "/conflicts",
    "differ",
    "食い違い",
    "ここで直した値とファイルの値のどちらを使うか決めます。",
  ],
  [
    "roster_officer",
    "/policy",
    "law",
    "提供の方針",
    "平常時の提供の根拠を決めます。だれに何人が見えるようになるかを先に確かめます。",
  ],
  [
    "roster_officer",
    "/disclosures",
    "hand",
    "名簿の提供",
    "提供先ごとの名簿を作り、受領と返却を記録します。",
  ],
  [
    "professional",
    "/patients",
    "team",
    "担当の患者",
    "自分がチームにいる患者と、その担当メンバー・同意書を見ます。",
  ],
  [
    "administrator professional",
    "/teams",
    "circle",
    "担当チーム",
    "だれがどのチームにいるかを一覧で見ます。",
  ],
  ["receiver", "/disclosed", "people", "提供された名簿", "担当する地区の、提供に同意した人を見ます。"],
  [
    "administrator office_administrator",
    "/members",
    "badge",
    "利用者",
    "利用者を加え、利用を止め、パスワードを作り直します。CSV でまとめて登録もできます。",
  ],
  [
    "administrator roster_officer",
    "/journal",
    "shield",
    "操作記録の検証",
    "だれが何を見て何を変えたかの記録が、書き換えられていないことを確かめます。",
  ],
  [
    "administrator",
    "/applications",
    "plug",
    "外部のアプリ",
    "事業者のアプリに、利用者に代わる範囲を決めて許します。いつでも取り消せます。",
  ],
  [
    "",
    "/account",
    "key",
    "自分のアカウント",
    "二要素認証、証明書、サインイン中の場所、パスワードを確かめます。",
  ],
];

// What the sign-in had to tell, once.
function greetings() {
  const state = sessionStorage.getItem("second_factor");
  const recovered = Number(sessionStorage.getItem("recoveries") ?? 0);
  const setUp = el("a", { href: "/account" }, "自分のアカウント");
  if (recovered > 0) {
    $("notice").append(
      notice(
        "bad",
        `復旧用の鍵で、管理者のアカウントが開き直されました（${recovered} 件）。心当たりがなければ、すぐに確かめてください。`,
      ),
    );
  }
  if (state === "warned") {
    $("notice").append(notice("warn", "まもなく二要素認証が必要になります。", setUp, "で設定してください。"));
  }
}

start(async ({ member }) => {
  const may = (roles) => roles === "" || roles.split(" ").some((role) => member.roles.includes(role));
  $("greeting").textContent = `${member.name} さん`;
  greetings();
  $("menus").append(
    ...menus
      .filter(([roles]) => may(roles))
      .map(([, href, drawing, title, text]) =>
        el(
          "li",
          {},
          el("a", { class: "card menu", href }, icon(drawing), el("h2", {}, title), el("p", {}, text)),
        ),
      ),
  );
  if (!may("roster_officer")) return;
  const counts = await get("/roster/summary");
  $("figures").append(
    ...counted.map(([key, title, unit, href, tone]) =>
      el(
        "div",
        { class: `figure ${counts[key] > 0 ? tone : ""}` },
        el("dt", {}, el("a", { href }, title)),
        el("dd", {}, counts[key].toLocaleString("ja-JP"), el("small", {}, unit)),
      ),
    ),
  );
});
