import { post } from "./api.js";
import { consentChip, labelChip, protectChip } from "./chips.js";
import { $, choice, el, field, say, tell, wake } from "./dom.js";
import { pager } from "./pages.js";
import { start } from "./shell.js";
import { age, careLevels, consent, date, labels, phone, sex } from "./words.js";

const page_size = 50;
let names = {};

const columns = ["氏名", "生年月日", "行政区", "事由・要介護度", "電話番号", "同意", "ラベル"];

// Roles are spelled out because on a phone the rows are laid out as cards.
const cell = (kind, ...content) => el("td", { role: "cell", class: kind }, content);

function line(person) {
  const reason = [person.reason, person.care_level].filter(Boolean).join("・");
  return el(
    "tr",
    { role: "row" },
    cell(
      "name",
      el("span", { class: "kana" }, person.kana),
      el("a", { href: `/person?id=${person.id}` }, person.name || "（氏名なし）"),
      " ",
      protectChip(person),
    ),
    cell(
      "birth-cell number",
      date(person.birth_date),
      " ",
      el(
        "span",
        { class: "soft small" },
        [age(person.birth_date), sex[person.sex]].filter(Boolean).join("・"),
      ),
    ),
    cell("", person.withheld ? el("span", { class: "soft" }, "非表示") : person.district),
    cell("", reason),
    cell("number", person.withheld ? el("span", { class: "soft" }, "非表示") : phone(person.phone)),
    cell("consent-cell", consentChip(person.consent)),
    cell("label-cell", labelChip(person.label, names)),
  );
}

function table(people) {
  if (people.length === 0)
    return el("p", { class: "empty" }, "当てはまる人はいません。条件を変えてお試しください。");
  return el(
    "table",
    { class: "people", role: "table" },
    el("caption", { class: "visually-hidden" }, "要支援者"),
    el(
      "thead",
      { role: "rowgroup" },
      el(
        "tr",
        { role: "row" },
        columns.map((text) => el("th", { scope: "col", role: "columnheader" }, text)),
      ),
    ),
    el("tbody", { role: "rowgroup" }, people.map(line)),
  );
}

function filterForm(form, saved) {
  const input = (name) =>
    el("input", {
      name,
      value: saved[name] ?? "",
      autocomplete: "off",
      type: name === "text" ? "search" : "text",
    });
  const all = ["", "すべて"];
  const more = el(
    "div",
    { class: "more", id: "more" },
    field("ラベル", choice("label", [all, ...Object.entries(names), ["none", "なし"]], saved.label)),
    field("行政区", input("district")),
    field("事由", input("reason")),
    field(
      "要介護度",
      choice("care_level", [all, ...careLevels.map((level) => [level, level])], saved.care_level),
    ),
    field("同意", choice("consent", [all, ...Object.entries(consent)], saved.consent)),
  );
  const unfold = el(
    "button",
    { class: "button unfold", type: "button", "aria-expanded": "false", "aria-controls": "more" },
    "ほかの条件",
  );
  unfold.addEventListener("click", () =>
    unfold.setAttribute("aria-expanded", String(more.classList.toggle("unfolded"))),
  );
  form.append(
    field("さがす", input("text"), { extra: "search" }),
    more,
    unfold,
    el("button", { class: "button button-main" }, "絞り込む"),
  );
}

start(async ({ municipality }) => {
  names = labels(municipality);
  const form = $("filters");
  filterForm(form, history.state?.filter ?? {});
  const filter = () => Object.fromEntries([...new FormData(form)].filter(([, value]) => value.trim() !== ""));

  const list = pager(
    async (after) => {
      const page = await post("/evacuees/search", { filter: filter(), after, size: page_size });
      $("list").replaceChildren(table(page.items));
      say(`${page.items.length} 件を表示しています。`);
      return { count: page.items.length, next: page.next };
    },
    () => ({ filter: filter() }),
  );
  const again = () =>
    list.restart().then(
      () => tell("", ""),
      (error) => tell("bad", error.message),
    );
  form.addEventListener("submit", (event) => (event.preventDefault(), again()));
  form.addEventListener("change", (event) => event.target.tagName === "SELECT" && again());
  wake($("print"), () => print());
  await list.show();
});
