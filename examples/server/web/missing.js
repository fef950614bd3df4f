import { decisions, person } from "./decisions.js";
import { el } from "./dom.js";
import { time } from "./words.js";

decisions({
  path: "missing",
  choices: [
    ["keep", "名簿に残す"],
    ["moved_out", "転出"],
    ["died", "死亡"],
    ["mistake", "誤って登録"],
  ],
  none: "最新のファイルにいない人はありません。",
  body: async (item) =>
    el(
      "div",
      { class: "stack" },
      await person(item.person),
      el("p", { class: "small soft" }, `${time(item.noticed_at)} の取込で気づきました。`),
    ),
});
