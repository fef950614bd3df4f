import { all, get, put } from "./api.js";
import { consentChip, labelChip, protectChip } from "./chips.js";
import { $, el, notice, tell } from "./dom.js";
import { edit } from "./person-edit.js";
import { start } from "./shell.js";
import * as words from "./words.js";

const id = new URLSearchParams(location.search).get("id") ?? "";
let here;
let members = new Map();

const hidden = () => el("span", { class: "soft" }, "保護のため表示しません");
const fact = (name, value) => (value ? [el("dt", {}, words.fields[name] ?? name), el("dd", {}, value)] : []);

function identity(person) {
  const place = (list, show) => (person.withheld && list.length === 0 ? hidden() : list.map(show).join("\n"));
  const postal = (code) => (code.length === 7 ? `〒${code.slice(0, 3)}-${code.slice(3)} ` : "");
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

const support_fields = [
  "district",
  "reason",
  "care_level",
  "physical_disability",
  "intellectual_disability",
  "mental_disability",
  "intractable_disease",
  "medical_devices",
  "plan",
  "shelter",
  "supporter",
  "supporter_contact",
  "physician",
  "note",
  "reference",
];
// Those that tell where somebody is.
const place_fields = ["district", "shelter", "supporter", "supporter_contact", "physician"];

function support(evacuee) {
  const value = (name) => evacuee[name] || (evacuee.withheld && place_fields.includes(name) ? hidden() : "");
  const when = evacuee.consent_date ? `（${words.date(evacuee.consent_date)}）` : "";
  return el(
    "dl",
    { class: "facts" },
    fact("consent", el("span", {}, consentChip(evacuee.consent), " ", when)),
    support_fields.map((name) => fact(name, value(name))),
    evacuee.extra.map(({ name, value: text }) => fact(name, text)),
  );
}

function protection(person) {
  const given = person.protection;
  if (!given && !person.withheld) return null;
  // Whoever keeps the roster decides on a provisional one, also before seeing the place.
  if (person.withheld && !given?.provisional) {
    return notice(
      "protect",
      "支援措置などで保護されています。住所・電話番号など居場所につながる項目は、指定された職員だけに表示されます。",
    );
  }
  const decide = (next, text) => async () => {
    if (!confirm(`${text}。よろしいですか。`)) return;
    await act(
      () => put(`/people/${person.id}/protection`, { revision: person.revision, protection: next }),
      "保護を変えました。",
    );
  };
  const confirmed = { ...given, provisional: false, officers: [here.member.id] };
  return notice(
    "protect",
    el(
      "p",
      {},
      given.provisional
        ? "取込のときに支援措置などの記載が見つかったため、仮に保護しています。居場所につながる項目は、確定するか解除するまで表示されません。"
        : "保護されています。指定された職員だけが居場所を見られます。",
    ),
    given.provisional &&
      el(
        "p",
        { class: "row" },
        el(
          "button",
          { class: "button", type: "button", onclick: decide(confirmed, "自分を担当として保護を確定します") },
          "保護を確定する",
        ),
        el(
          "button",
          { class: "button", type: "button", onclick: decide(null, "保護を解除します") },
          "保護しない",
        ),
      ),
  );
}

function labelChoice(evacuee) {
  const names = { none: "なし", ...words.labels(here.municipality) };
  const change = (label) =>
    act(() => put(`/evacuees/${evacuee.id}`, { ...evacuee, label }), "ラベルを変えました。");
  return el(
    "section",
    { class: "card" },
    el(
      "fieldset",
      {},
      el("legend", {}, "ラベル"),
      el(
        "div",
        { class: "choices" },
        Object.entries(names).map(([value, text]) =>
          el(
            "label",
            { class: `choice choice-${value}` },
            el("input", {
              type: "radio",
              name: "label",
              value,
              checked: evacuee.label === value,
              onchange: () => change(value),
            }),
            value !== "none" && el("span", { class: "dot", "aria-hidden": "true" }),
            text,
          ),
        ),
      ),
    ),
  );
}

const who = (entry) => members.get(entry.member)?.name ?? words.roles[entry.capacity] ?? "（不明）";

function looked(entries) {
  // Several acts of one member at one glance are one line.
  const lines = [];
  for (const entry of entries) {
    const minute = words.time(entry.time);
    const last = lines.at(-1);
    const action = words.actions[entry.action] ?? entry.action;
    if (last && last.member === entry.member && last.minute === minute) last.actions.add(action);
    else lines.push({ member: entry.member, who: who(entry), minute, actions: new Set([action]) });
  }
  return el(
    "ol",
    { class: "log" },
    lines.map((line) =>
      el(
        "li",
        {},
        el("time", {}, line.minute),
        el("strong", {}, line.who),
        el("div", { class: "small soft" }, [...line.actions].join("、")),
      ),
    ),
  );
}

// A field's value in the journal is JSON; here it is shown as people write it.
function shown(name, json) {
  let value;
  try {
    value = JSON.parse(json);
  } catch {
    return json;
  }
  if (value === null || value === "" || (Array.isArray(value) && value.length === 0)) return "（空）";
  if (name === "consent") return words.consent[value] ?? value;
  if (name === "sex") return words.sex[value] ?? value;
  if (name === "label") return { none: "なし", ...words.labels(here.municipality) }[value] ?? value;
  if (Array.isArray(value))
    return value.map((each) => each.text || each.written || each.name || "").join("、");
  if (name === "protection") return value.provisional ? "仮の保護" : "保護";
  return typeof value === "object" ? "変更" : String(value);
}

function changed(entries) {
  const one = (entry) => {
    const added = entry.changes.every((change) => change.parent_revision === 0);
    const lines = added
      ? []
      : entry.changes
          .filter((change) => words.fields[change.field])
          .map((change) =>
            el(
              "li",
              {},
              `${words.fields[change.field]}: `,
              el("del", {}, shown(change.field, change.before)),
              " → ",
              el("ins", {}, shown(change.field, change.after)),
            ),
          );
    return el(
      "li",
      {},
      el("time", {}, words.time(entry.time)),
      el("strong", {}, who(entry)),
      el("div", { class: "small soft" }, words.actions[entry.action] ?? entry.action),
      lines.length > 0 && el("ul", {}, lines),
    );
  };
  return el("ol", { class: "log" }, entries.toReversed().map(one));
}

const section = (title, ...content) => el("section", { class: "card stack" }, el("h2", {}, title), content);

function draw({ evacuee, person, journal, history }) {
  document.title = `${person.name} | renraku`;
  const form = el("section", { class: "card stack", hidden: true });
  const view = section("支援に必要なこと", support(evacuee));
  const toggle = (editing) => ((form.hidden = !editing), (view.hidden = editing));
  const open = () => {
    form.replaceChildren(edit(evacuee, load, () => toggle(false)));
    toggle(true);
    form.querySelector("input, select").focus();
  };
  view.append(
    el(
      "div",
      { class: "row no-print" },
      el("button", { class: "button", type: "button", id: "edit", onclick: open }, "書き直す"),
    ),
  );
  $("person").replaceChildren(
    el(
      "div",
      { class: "stack" },
      el(
        "section",
        { class: "card stack" },
        el(
          "div",
          {},
          el("span", { class: "kana" }, person.kana),
          el("h1", { class: "person-name" }, person.name),
        ),
        el(
          "div",
          { class: "row" },
          labelChip(evacuee.label, words.labels(here.municipality)),
          protectChip(person),
        ),
        protection(person),
        identity(person),
      ),
      view,
      form,
    ),
    el(
      "div",
      { class: "stack" },
      labelChoice(evacuee),
      section(
        "だれが見たか",
        el("p", { class: "small soft" }, "新しい順。消したり書き換えたりはできません。"),
        looked(journal.items),
      ),
      section("履歴", changed(history.items)),
    ),
  );
}

async function load() {
  const evacuee = await get(`/evacuees/${encodeURIComponent(id)}`);
  const person = await get(`/people/${evacuee.person}`);
  const [journal, history] = await Promise.all([
    get(`/journal?subject=${person.id}&size=40`),
    get(`/journal/history/${person.id}?size=100`),
  ]);
  draw({ evacuee, person, journal, history });
}

// Does it, shows what is stored now, and says how it went. After a conflict that is the others' work.
async function act(work, done) {
  let outcome = ["good", done];
  try {
    await work();
  } catch (error) {
    outcome = ["bad", error.message];
  }
  await load();
  tell(...outcome);
}

start(async (signedIn) => {
  here = signedIn;
  members = new Map((await all("/members")).map((member) => [member.id, member]));
  await load();
});
