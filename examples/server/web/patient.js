import { all, get, post, put } from "./api.js";
import { protectChip } from "./chips.js";
import { colleagueNames } from "./colleague.js";
import { $, el, field, notice, tell } from "./dom.js";
import { action, form, input } from "./form.js";
import { identity, title } from "./identity.js";
import { lookers } from "./looked.js";
import { consents } from "./patient-consents.js";
import { requests, team } from "./patient-team.js";
import { chip, section } from "./parts.js";
import { start } from "./shell.js";
import { date, roles, scopes, today } from "./words.js";

const id = new URLSearchParams(location.search).get("id") ?? "";
let here;

// Does it, shows what is stored now, and says how it went.
async function act(work, done) {
  await work();
  await load();
  tell("good", done);
}

function head({ patient, person, scopes: covered }, arranges) {
  const close = () =>
    act(
      () => put(`/patients/${id}`, { ...patient, closed: patient.closed ? null : today() }),
      patient.closed ? "再び担当します。" : "担当を終えました。",
    );
  return el(
    "section",
    { class: "card stack" },
    title(person),
    el(
      "div",
      { class: "row" },
      protectChip(person),
      patient.closed && chip(`${date(patient.closed)} に終了`, "refused"),
      covered.map((each) => chip(`共有: ${scopes[each]}`, "granted")),
    ),
    covered.length === 0 && notice("warn", "有効な同意がありません。主担当だけに見えています。"),
    person.withheld &&
      notice(
        "protect",
        "支援措置などで保護されています。居場所につながる項目は、許された人だけに表示されます。",
      ),
    identity(person),
    el(
      "div",
      { class: "row no-print" },
      arranges &&
        action(patient.closed ? "担当を再開する" : "担当を終える", close, {
          ask: patient.closed
            ? "担当を再開します。よろしいですか。"
            : "この患者の担当を終えます。よろしいですか。",
        }),
    ),
  );
}

// Whoever is not in the team learns nothing here, not even whether there is such a patient.
function stranger() {
  const ask = form(
    el(
      "div",
      { class: "fields" },
      field("自分の役割", input("role")),
      field("入りたい理由", input("reason", { required: true }), { whole: true }),
    ),
    "チームに入ることを申し込む",
    async (values) => {
      await post(`/patients/${id}/requests`, { ...values, member: here.member.id });
      $("person").replaceChildren();
      tell("good", "申し込みました。チームの人が答えると、お知らせが届きます。");
    },
  );
  $("person").replaceChildren(
    section(
      "担当チームの人だけが見られます",
      el("p", {}, "この患者の担当チームに入っていません。必要なときは、理由を添えて申し込みます。"),
      ask,
    ),
  );
}

async function lookedAtPatient(lines) {
  // Who has left is named by the team's list alone.
  const names = new Map([...lines.map((each) => [each.member, each.name]), ...(await colleagueNames())]);
  return lookers("だれが見たか", id, {
    about: "新しい順。消したり書き換えたりはできません。",
    who: (each) => names.get(each.member) ?? roles[each.capacity] ?? "（不明）",
    none: "まだだれも見ていません。",
  });
}

async function load() {
  let sheet;
  try {
    sheet = await get(`/patients/${encodeURIComponent(id)}`);
  } catch (error) {
    if (error.kind !== "not_permitted") throw error;
    return stranger();
  }
  const [lines, waiting, forms] = await Promise.all(
    ["team", "requests", "consents"].map((each) => all(`/patients/${id}/${each}`)),
  );
  const mine = lines.find((each) => each.member === here.member.id && each.active);
  const arranges = Boolean(mine && (mine.lead || here.member.profession === "care_manager"));
  document.title = `${sheet.person.name} | renraku`;
  const shown = { id, here, lines, arranges, act };
  $("person").replaceChildren(
    el(
      "div",
      { class: "stack" },
      head(sheet, arranges),
      section("同意書", consents(shown, forms)),
      await lookedAtPatient(lines),
    ),
    el(
      "div",
      { class: "stack" },
      section("担当メンバー", team(shown)),
      section("チームへの申込み", await requests(shown, waiting)),
    ),
  );
}

start(async (signedIn) => {
  here = signedIn;
  await load();
});
