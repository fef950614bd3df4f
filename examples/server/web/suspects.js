import { decisions, person } from "./decisions.js";
import { el } from "./dom.js";
import { alike } from "./words.js";

decisions({
  path: "suspects",
  choices: [
    ["same", "同じ人"],
    ["different", "別の人"],
  ],
  later: "あとで決める",
  none: "重複の疑いはありません。",
  body: async (item) => {
    const [first, second] = await Promise.all([person(item.first), person(item.second)]);
    const what = item.reasons.map((reason) => alike[reason] ?? reason).join("・");
    return el(
      "div",
      { class: "stack" },
      el("p", {}, `似ているところ: ${what}`),
      el("div", { class: "pair" }, first, second),
    );
  },
});
