// The report of an import, so that whoever made the file knows what to mend and where.
import { el } from "./dom.js";
import { table } from "./parts.js";
import { alike, consent, reasons, sex } from "./words.js";

const lines_shown = 30;

function figure(title, count, tone = "", unit = "行") {
  return el(
    "div",
    { class: `figure ${count > 0 ? tone : ""}` },
    el("dt", {}, title),
    el("dd", {}, count.toLocaleString("ja-JP"), el("small", {}, unit)),
  );
}

function figures(report) {
  return el(
    "dl",
    { class: "figures" },
    figure("読んだ行", report.rows),
    figure("新しく加わる", report.added),
    figure("内容が変わる", report.updated),
    figure("変わらない", report.unchanged),
    figure("取り込めない", report.rejected.length, "figure-bad"),
    figure("同じ人の繰り返し", report.duplicates.length),
    figure("ファイルにいない", report.missing, "figure-warn", "人"),
  );
}

const card = (title, note, ...content) =>
  el(
    "section",
    { class: "card stack" },
    el("h2", {}, title),
    note && el("p", { class: "soft" }, note),
    content,
  );

function lines(numbers) {
  const shown = numbers.slice(0, lines_shown).join("、");
  return numbers.length > lines_shown ? `${shown} … ほか ${numbers.length - lines_shown} 行` : shown;
}

function grouped(items) {
  const groups = new Map();
  for (const { line, column, reason } of items) {
    const key = `${reason}\n${column}`;
    if (!groups.has(key)) groups.set(key, { reason, column, numbers: [] });
    groups.get(key).numbers.push(line);
  }
  return [...groups.values()].sort((a, b) => b.numbers.length - a.numbers.length);
}

function rejected({ rejected: rows }) {
  if (rows.length === 0) return null;
  return card(
    `取り込めない行（${rows.length}）`,
    "行の番号は見出しを 1 行目として数えます。取り込むと「未取込の行」に残り、そこで直せます。",
    table(
      ["行", "列", "理由"],
      rows.map((row) => [row.line, row.column || "行全体", reasons[row.reason] ?? row.reason]),
    ),
  );
}

function warnings({ warnings: items }) {
  if (items.length === 0) return null;
  return card(
    `気をつけること（${items.length}）`,
    "これらの行は取り込みます。",
    el(
      "ul",
      { class: "log" },
      grouped(items).map(({ reason, column, numbers }) =>
        el(
          "li",
          {},
          el("strong", {}, reasons[reason] ?? reason),
          column && ` ― ${column}`,
          el("div", { class: "lines small" }, `${numbers.length} 行: ${lines(numbers)}`),
        ),
      ),
    ),
  );
}

function pairs({ duplicates, suspects, conflicts }) {
  const content = [
    duplicates.length > 0 && [
      el("h3", {}, "同じ人の繰り返し"),
      table(
        ["行", "先に出てきた行"],
        duplicates.map((each) => [each.line, each.first_line]),
      ),
    ],
    suspects.length > 0 && [
      el("h3", {}, "同じ人かもしれない組"),
      table(
        ["行", "相手", "似ているところ"],
        suspects.map((each) => [
          each.line,
          each.other_line ? `${each.other_line} 行` : "すでに名簿にいる人",
          each.reasons.map((reason) => alike[reason] ?? reason).join("・"),
        ]),
      ),
    ],
    conflicts.length > 0 && [
      el("h3", {}, "ここで直した値との食い違い"),
      table(
        ["行", "列"],
        conflicts.map((each) => [each.line, each.column]),
      ),
    ],
  ].filter(Boolean);
  return content.length > 0 ? card("重なりと食い違い", "", content) : null;
}

const meanings = { ...consent, ...sex };

function codes({ codes: items }) {
  if (items.length === 0) return null;
  return card(
    "言葉の読み取り方",
    "ファイルの書き方を、このように受け取りました。",
    el(
      "details",
      {},
      el("summary", {}, `${items.length} 種類を見る`),
      table(
        ["列", "ファイルの書き方", "受け取り方", "行数"],
        items.map((each) => [
          each.column,
          each.text || "（空）",
          meanings[each.meaning] ?? each.meaning,
          each.count.toLocaleString("ja-JP"),
        ]),
      ),
    ),
  );
}

const encodings = {
  cp932: "Shift_JIS（CP932）",
  "utf-8": "UTF-8",
  "utf-16le": "UTF-16",
  "utf-16be": "UTF-16（BE）",
};

/** The cards of a report. */
export function report(said) {
  return [
    figures(said),
    el(
      "p",
      { class: "soft" },
      `文字コードは ${encodings[said.encoding] ?? said.encoding} として読みました。`,
    ),
    rejected(said),
    warnings(said),
    pairs(said),
    codes(said),
  ].filter(Boolean);
}
