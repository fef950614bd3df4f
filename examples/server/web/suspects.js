import { decisions, person } from "./decisions.js";
import { $, el } from "./dom.js";
import { alike } from "./words.js";

const decided = new URLSearchParams(location.search).has("decided");
$("tabs").children[decided ? 1 : 0].setAttribute("aria-current", "page");

decisions({
  path: "suspects",
  list: decided ? "suspects/decided" : "suspects",
  choices: [
    ["same", "同じ人"],
    ["different", "別の人"],
  ],
  later: decided ? "" : "あとで決める",
  none: decided ? "決めた組はまだありません。" : "重複の疑いはありません。",
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
