// Who somebody is, wherever it is shown whole.
import { el } from "./dom.js";
import * as words from "./words.js";

export const hidden = () => el("span", { class: "soft" }, "保護のため表示しません");
export const fact = (name, value) =>
  value ? [el("dt", {}, words.fields[name] ?? name), el("dd", {}, value)] : [];

const postal = (code) => (code.length === 7 ? `〒${code.slice(0, 3)}-${code.slice(3)} ` : "");

/** Birth date, sex, addresses, phones, number. */
export function identity(person) {
  const place = (list, show) => (person.withheld && list.length === 0 ? hidden() : list.map(show).join("\n"));
  const born = [
    words.date(person.birth_date),
    words.eraYear(person.birth_date),
    words.age(person.birth_date),
  ];
  return el(
    "dl",
    { class: "facts" },
    fact("birth_date", el("span", { class: "number" }, born.filter(Boolean).join("・"))),
    fact("sex", words.sex[person.sex] ?? "不明"),
    fact(
      "addresses",
      place(person.addresses, (each) => postal(each.postal_code) + each.text),
    ),
    fact(
      "phones",
      place(person.phones, (each) => each.written || words.phone(each.digits)),
    ),
    fact("municipal_number", person.municipal_number),
  );
}

/** The name as a page's title, with its reading. */
export const title = (person) =>
  el(
    "div",
    {},
    el("span", { class: "kana" }, person.kana),
    el("h1", { class: "person-name" }, person.name || "（氏名なし）"),
  );
