import { post } from "./api.js";
import { protectChip } from "./chips.js";
import { $, choice, el, field, say, tell } from "./dom.js";
import { checks, form, input, unfold } from "./form.js";
import { pager } from "./pages.js";
import { chip, entries, entry } from "./parts.js";
import { start } from "./shell.js";
import { age, date, scopes, sex, today } from "./words.js";

const line = (patient) =>
  entry({
    title: el("a", { href: `/patient?id=${patient.id}` }, patient.name || "（氏名なし）"),
    chips: [
      protectChip(patient),
      patient.lead && chip("主担当", "granted"),
      patient.closed && chip("終了", "refused"),
    ],
    small: [
      patient.kana,
      date(patient.birth_date),
      age(patient.birth_date),
      sex[patient.sex],
      patient.role && `自分の役割: ${patient.role}`,
    ],
  });

/** Registering somebody whom nobody has as a patient yet. */
function addForm() {
  const covered = checks("共有してよい範囲", Object.entries(scopes), ["team"]);
  return form(
    [
      el(
        "div",
        { class: "fields" },
        field("氏名", input("name", { required: true })),
        field("フリガナ", input("kana")),
        field("生年月日", input("birth_date", { type: "date" })),
        field("性別", choice("sex", [["", "不明"], ...Object.entries(sex)])),
        field("住所", input("address")),
        field("電話番号", input("phone", { type: "tel" })),
        field("自分の役割", input("role", { required: true }), { hint: "主治医、訪問看護など" }),
      ),
      el("h3", {}, "同意書"),
      el(
        "div",
        { class: "fields" },
        field("同意書の名前と保管場所", input("form", { required: true })),
        field("署名した日", input("date", { type: "date", required: true, value: today() })),
        covered.node,
      ),
    ],
    "登録する",
    async (values) => {
      const made = await post("/patients", {
        person: {
          name: values.name,
          kana: values.kana,
          birth_date: values.birth_date || null,
          sex: values.sex || null,
          addresses: values.address ? [{ text: values.address }] : [],
          phones: values.phone ? [{ written: values.phone }] : [],
        },
        consent: { form: values.form, date: values.date, scopes: covered.read() },
        role: values.role,
      });
      location.assign(`/patient?id=${made.id}`);
    },
    { names: { name: "氏名", form: "同意書", scopes: "共有してよい範囲（担当チームが必要です）" } },
  );
}

start(async () => {
  const filters = $("filters");
  const text = input("text", { type: "search", value: history.state?.text ?? "" });
  const closed = choice("closed", [
    ["", "続いている人"],
    ["closed", "終わった人"],
  ]);
  filters.append(
    field("さがす", text, { extra: "search" }),
    field("表示する人", closed),
    el("button", { class: "button button-main" }, "絞り込む"),
  );
  const filter = () => ({ text: text.value.trim() || null, closed: closed.value !== "" });
  const list = pager(
    async (after) => {
      const page = await post("/patients/search", { filter: filter(), after, size: 50 });
      $("list").replaceChildren(entries(page.items.map(line), "当てはまる担当の患者はいません。"));
      say(`${page.items.length} 人を表示しています。`);
      return { count: page.items.length, next: page.next };
    },
    () => ({ text: text.value }),
  );
  const again = () => list.restart().catch((error) => tell("bad", error.message));
  filters.addEventListener("submit", (event) => (event.preventDefault(), again()));
  closed.addEventListener("change", again);
  await list.show();
  $("more").replaceChildren(el("section", { class: "card" }, unfold("新しい患者を登録する", addForm())));
});
