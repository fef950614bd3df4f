// What many pages are made of.
import { el } from "./dom.js";

export const section = (title, ...content) =>
  el("section", { class: "card stack" }, el("h2", {}, title), content);

/** Facts: pairs of a name and a value; those without a value are left out. */
export const facts = (...pairs) =>
  el(
    "dl",
    { class: "facts" },
    pairs.filter(([, value]) => value).map(([name, value]) => [el("dt", {}, name), el("dd", {}, value)]),
  );

/** The first column holds numbers, unless `plain`. */
export function table(heads, rows, { plain = false } = {}) {
  const line = (cells) =>
    el(
      "tr",
      {},
      cells.map((text, at) => el("td", { class: at === 0 && !plain && "number" }, text)),
    );
  return el(
    "table",
    {},
    el(
      "thead",
      {},
      el(
        "tr",
        {},
        heads.map((text) => el("th", { scope: "col" }, text)),
      ),
    ),
    el("tbody", {}, rows.map(line)),
  );
}

/** A list of entries, each a title, chips, a line of small words, and whatever follows. */
export const entries = (items, none) =>
  items.length > 0 ? el("ul", { class: "log" }, items) : el("p", { class: "empty" }, none);

export const entry = ({ title, chips = [], small = [], content = [] }) =>
  el(
    "li",
    { class: "entry" },
    el("div", { class: "row" }, el("strong", {}, title), chips),
    small.filter(Boolean).length > 0 &&
      el("div", { class: "small soft number" }, small.filter(Boolean).join("・")),
    content,
  );

export const chip = (text, kind = "") => el("span", { class: `chip ${kind && `chip-${kind}`}` }, text);
