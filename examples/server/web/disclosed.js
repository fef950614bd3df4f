import { get, post } from "./api.js";
import { $, el, field, say, tell } from "./dom.js";
import { input } from "./form.js";
import { fact, identity, title } from "./identity.js";
import { pager } from "./pages.js";
import { chip, entries, entry, section } from "./parts.js";
import { start } from "./shell.js";
import { age, date, phone, purposes, sex } from "./words.js";

const more = [
  "district",
  "reason",
  "note",
  "plan",
  "shelter",
  "supporter",
  "supporter_contact",
  "medical_devices",
  "intractable_disease",
  "physician",
];

async function show(id) {
  const person = await get(`/disclosed/${encodeURIComponent(id)}`);
  document.title = `${person.name} | renraku`;
  $("filters").remove();
  $("pager").remove();
  document.querySelector(".page-head").replaceChildren(el("a", { href: "/disclosed" }, "一覧へ戻る"));
  $("list").replaceWith(
    el(
      "section",
      { class: "card stack" },
      title(person),
      el(
        "div",
        { class: "row" },
        person.purposes.map((each) => chip(purposes[each], "granted")),
      ),
      identity(person),
    ),
    section(
      "支援に必要なこと",
      el(
        "dl",
        { class: "facts" },
        more.map((name) => fact(name, person[name])),
      ),
    ),
  );
}

const line = (each) =>
  entry({
    title: el("a", { href: `/disclosed?id=${each.person}` }, each.name),
    chips: each.district && chip(each.district),
    small: [each.kana, date(each.birth_date), age(each.birth_date), sex[each.sex], phone(each.phone)],
  });

start(async () => {
  const id = new URLSearchParams(location.search).get("id");
  if (id) return show(id);
  const saved = history.state?.filter ?? {};
  const form = $("filters");
  form.append(
    field("さがす", input("text", { type: "search", value: saved.text ?? "" }), { extra: "search" }),
    field("行政区", input("district", { value: saved.district ?? "" })),
    el("button", { class: "button button-main" }, "絞り込む"),
  );
  const filter = () => Object.fromEntries([...new FormData(form)].filter(([, value]) => value.trim() !== ""));
  const list = pager(
    async (after) => {
      const page = await post("/disclosed/search", { filter: filter(), after, size: 50 });
      $("list").replaceChildren(entries(page.items.map(line), "当てはまる人はいません。"));
      say(`${page.items.length} 人を表示しています。`);
      return { count: page.items.length, next: page.next };
    },
    () => ({ filter: filter() }),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    list.restart().catch((error) => tell("bad", error.message));
  });
  await list.show();
});
