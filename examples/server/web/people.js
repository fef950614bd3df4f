// Finding a person whom the municipality knows, whether on the roster or not.
import { post } from "./api.js";
import { protectChip } from "./chips.js";
import { $, el, field, say, tell } from "./dom.js";
import { input } from "./form.js";
import { pager } from "./pages.js";
import { entries, entry } from "./parts.js";
import { start } from "./shell.js";
import { age, date, phone, sex } from "./words.js";

const line = (person) =>
  entry({
    title: el("a", { href: `/person?person=${person.id}` }, person.name || "（氏名なし）"),
    chips: protectChip(person) ?? [],
    small: [
      person.kana,
      date(person.birth_date),
      age(person.birth_date),
      sex[person.sex],
      person.withheld ? "住所は保護のため表示しません" : person.addresses[0]?.text,
      person.phones.map((each) => each.written || phone(each.digits)).join("、"),
    ],
  });

start(async () => {
  const saved = history.state?.filter ?? {};
  const form = $("filters");
  form.append(
    field("さがす", input("text", { type: "search", value: saved.text ?? "" }), { extra: "search" }),
    field("生年月日", input("birth_date", { value: saved.birth_date ?? "", placeholder: "昭和3年1月1日" })),
    el("button", { class: "button button-main" }, "さがす"),
  );
  const filter = () => Object.fromEntries([...new FormData(form)].filter(([, value]) => value.trim() !== ""));
  const list = pager(
    async (after) => {
      const wanted = filter();
      // All people at once are shown to nobody.
      const none = Object.keys(wanted).length === 0;
      const page = none
        ? { items: [], next: "" }
        : await post("/people/search", { filter: wanted, after, size: 50 });
      const words = none
        ? "氏名、カナ、宛名番号、電話番号、住所のどれかを入れて探します。"
        : "当てはまる人はいません。";
      $("list").replaceChildren(entries(page.items.map(line), words));
      if (!none) say(`${page.items.length} 人を表示しています。`);
      return { count: page.items.length, next: page.next };
    },
    () => ({ filter: filter() }),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    list.restart().then(
      () => tell("", ""),
      (error) => tell("bad", error.message),
    );
  });
  await list.show();
  form.elements.text.focus();
});
