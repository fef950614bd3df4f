// What a person said about being shown to receivers: kept for good, the newest on top.
import { post } from "./api.js";
import { choice, el, field } from "./dom.js";
import { form, input, unfold } from "./form.js";
import { chip, entries, entry } from "./parts.js";
import {
  capacities,
  consentForms,
  consentStates,
  date,
  organisations,
  purposes,
  receivers,
  today,
} from "./words.js";

const kinds = receivers.map((each) => [each, organisations[each]]);

const addForm = (person, act) =>
  form(
    el(
      "div",
      { class: "fields" },
      field("何を提供するか", choice("purpose", Object.entries(purposes))),
      field("提供先", choice("receiver", [["", "すべての提供先"], ...kinds])),
      field("本人の意思", choice("state", Object.entries(consentStates))),
      field("言われた日", input("date", { type: "date", value: today(), max: today() })),
      field("だれの意思か", choice("capacity", Object.entries(capacities))),
      field("話した人の名前", input("given_by"), { hint: "本人のときは空にします。" }),
      field("確かめ方", choice("form", Object.entries(consentForms))),
      field("証拠", input("evidence"), { hint: "ファイル名や、書類の保管場所" }),
    ),
    "記録する",
    (values) =>
      act(
        () =>
          post("/roster/consents", {
            ...values,
            person: person.id,
            receiver: values.receiver || null,
            date: values.date || null,
          }),
        "提供への同意を記録しました。",
      ),
  );

export function rosterConsents(person, items, act) {
  const line = (each) =>
    entry({
      title: `${purposes[each.purpose]} → ${each.receiver ? organisations[each.receiver] : "すべての提供先"}`,
      chips: chip(consentStates[each.state], each.state === "granted" ? "granted" : "refused"),
      small: [
        each.date ? date(each.date) : "日付なし",
        `${capacities[each.capacity]}${each.given_by ? `（${each.given_by}）` : ""}`,
        consentForms[each.form],
        each.evidence && `証拠: ${each.evidence}`,
      ],
    });
  return [
    el(
      "p",
      { class: "small soft" },
      "取り消しても、前の記録は残ります。取り込んだ名簿の同意は上の「同意」にあります。",
    ),
    entries(items.map(line), "記録はありません。"),
    unfold("記録を加える", addForm(person, act)),
  ];
}
