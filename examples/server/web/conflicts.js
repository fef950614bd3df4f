import { decisions, person } from "./decisions.js";
import { el } from "./dom.js";

const value = (title, text) =>
  el("div", {}, el("div", { class: "small soft" }, title), el("strong", {}, text || "（空）"));

decisions({
  path: "conflicts",
  choices: [
    ["keep", "今の値を残す"],
    ["take", "ファイルの値にする"],
  ],
  undo: false,
  none: "食い違いはありません。",
  body: async (item) =>
    el(
      "div",
      { class: "stack" },
      await person(item.person),
      el("h2", {}, item.column),
      item.withheld
        ? el("p", { class: "soft" }, "保護のため、値は表示しません。")
        : el("div", { class: "pair" }, value("今の値", item.stored), value("ファイルの値", item.file)),
    ),
});
