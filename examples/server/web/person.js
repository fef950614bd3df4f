import { all, get, post, put } from "./api.js";
import { consentChip, labelChip, protectChip } from "./chips.js";
import { $, el, tell } from "./dom.js";
import { erasing, erasureOf, proofCard } from "./erasure.js";
import { fact, hidden, identity, title } from "./identity.js";
import { lookers } from "./looked.js";
import { section } from "./parts.js";
import { edit } from "./person-edit.js";
import { protection, protectionNotice } from "./protection.js";
import { rosterConsents } from "./roster-consents.js";
import { start } from "./shell.js";
import * as words from "./words.js";

const asked = new URLSearchParams(location.search);
let here;
let members = new Map();
const who = (entry) => members.get(entry.member)?.name ?? words.roles[entry.capacity] ?? "（不明）";

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
const place_fields = ["district", "plan", "shelter", "supporter", "supporter_contact", "physician"];

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

function labelChoice(evacuee) {
  const names = { none: "なし", ...words.labels(here.municipality) };
  const change = (label) =>
    act(() => put(`/evacuees/${evacuee.id}`, { ...evacuee, label }), "ラベルを変えました。").catch((error) =>
      tell("bad", error.message),
    );
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

/** What the roster says of the person, and the form that changes it. */
function needs(evacuee) {
  if (!evacuee) {
    const none = "要支援者名簿には載っていません。患者として登録された人などです。";
    return section("支援に必要なこと", el("p", { class: "empty" }, none));
  }
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
  return [view, form];
}

function showProof(proof) {
  const names = new Map([...members.values()].map((member) => [member.id, member.name]));
  document.title = "消去の証明 | renraku";
  history.replaceState(null, "", `/person?person=${proof.person}`);
  $("person").replaceChildren(proofCard(proof, names));
}

async function draw({ evacuee, person, looked, history, consents }) {
  document.title = `${person.name} | renraku`;
  const kept = await protection(person, here, act);
  $("person").replaceChildren(
    el(
      "div",
      { class: "stack" },
      el(
        "section",
        { class: "card stack" },
        title(person),
        el(
          "div",
          { class: "row" },
          evacuee && labelChip(evacuee.label, words.labels(here.municipality)),
          protectChip(person),
        ),
        protectionNotice(person),
        identity(person),
        kept && el("div", { class: "no-print" }, kept),
      ),
      needs(evacuee),
      section("提供への同意", rosterConsents(person, consents, act)),
      erasing(person, showProof),
    ),
    el(
      "div",
      { class: "stack" },
      evacuee && labelChoice(evacuee),
      looked,
      section("履歴", changed(history.items)),
    ),
  );
}

/** The person's entry on the roster; null for who is not on it. */
async function entryOf(person) {
  if (!person.name) return null;
  let after = "";
  do {
    const page = await post("/evacuees/search", { filter: { text: person.name }, after, size: 200 });
    const line = page.items.find((each) => each.person === person.id);
    if (line) return get(`/evacuees/${line.id}`);
    after = page.next;
  } while (after);
  return null;
}

/** The address names an entry of the roster (`id`) or a person, who may be on no roster. */
async function found() {
  if (asked.has("id")) {
    const evacuee = await get(`/evacuees/${encodeURIComponent(asked.get("id"))}`);
    return { evacuee, person: await get(`/people/${evacuee.person}`) };
  }
  const person = await get(`/people/${encodeURIComponent(asked.get("person") ?? "")}`);
  return { person, evacuee: await entryOf(person) };
}

async function load() {
  let evacuee;
  let person;
  try {
    ({ evacuee, person } = await found());
  } catch (error) {
    const proof = error.kind === "not_found" && asked.has("person") && (await erasureOf(asked.get("person")));
    if (!proof) throw error;
    return showProof(proof);
  }
  const [looked, history, consents] = await Promise.all([
    lookers("だれが見たか", person.id, {
      about: "新しい順。消したり書き換えたりはできません。",
      who,
      none: "まだだれも見ていません。",
    }),
    get(`/journal/history/${person.id}?size=100`),
    all(`/people/${person.id}/roster-consents`),
  ]);
  await draw({ evacuee, person, looked, history, consents });
}

// Does it, shows what is stored now, and says how it went. After a conflict that is the others' work.
async function act(work, done) {
  let outcome = ["good", done];
  try {
    await work();
  } catch (error) {
    if (error.kind !== "conflict") throw error;
    outcome = ["bad", error.message];
  }
  await load();
  tell(...outcome);
}

start(async (signedIn) => {
  here = signedIn;
  if (!asked.has("id")) $("back").replaceWith(el("a", { href: "/people" }, "本人をさがす画面へ戻る"));
  members = new Map((await all("/members")).map((member) => [member.id, member]));
  await load();
});
