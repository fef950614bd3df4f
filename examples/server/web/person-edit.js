// Changing what the roster says of somebody, without losing what others wrote meanwhile.
import { get, put } from "./api.js";
import { choice, el, field, notice, say, tell } from "./dom.js";
import { careLevels, consent, fields } from "./words.js";

const editable = [
  "district",
  "reason",
  "care_level",
  "consent",
  "consent_date",
  "medical_devices",
  "plan",
  "shelter",
  "supporter",
  "supporter_contact",
  "physician",
  "note",
];
const long = ["reason", "note"];

function control(name, value) {
  if (name === "consent") return choice(name, Object.entries(consent), value);
  if (name === "consent_date") return el("input", { name, type: "date", value: value ?? "" });
  if (name === "note") return el("textarea", { name }, value);
  if (name === "care_level" && (value === "" || careLevels.includes(value))) {
    return choice(name, [["", "なし"], ...careLevels.map((level) => [level, level])], value);
  }
  return el("input", { name, value, autocomplete: "off" });
}

const written = (name, text) => (name === "consent_date" ? text || null : text);
const shown = (name, value) => (name === "consent" ? consent[value] : value) || "（空）";

// The fields that somebody else changed since `base`, beside what is written here.
function differences(base, current, mine) {
  const rows = editable
    .filter((name) => base[name] !== current[name])
    .map((name) =>
      el(
        "tr",
        {},
        el("th", { scope: "row" }, fields[name]),
        el("td", {}, shown(name, current[name])),
        el("td", {}, shown(name, mine[name])),
      ),
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
        ["項目", "ほかの人が保存した値", "あなたの入力"].map((text) => el("th", { scope: "col" }, text)),
      ),
    ),
    el("tbody", {}, rows),
  );
}

/** The form. `saved` shows the new state; `left` goes back without saving. */
export function edit(evacuee, saved, left) {
  let base = evacuee;
  const said = el("div", { role: "alert" });
  const save = el("button", { class: "button button-main" }, "保存する");
  const form = el(
    "form",
    { class: "stack" },
    el("h2", {}, "支援に必要なことを書き直す"),
    evacuee.withheld && notice("protect", "保護のため表示していない項目は、空のまま保存しても消えません。"),
    said,
    el(
      "div",
      { class: "fields" },
      editable.map((name) =>
        field(fields[name], control(name, evacuee[name]), { whole: long.includes(name) }),
      ),
    ),
    el(
      "div",
      { class: "row" },
      save,
      el("button", { class: "button", type: "button", onclick: left }, "やめる"),
    ),
  );

  async function conflict(mine) {
    const current = await get(`/evacuees/${evacuee.id}`);
    said.replaceChildren(
      notice(
        "warn",
        el(
          "p",
          {},
          "ほかの人が先に変更しました。下の違いを確かめ、もう一度「保存する」を押すと、あなたの入力で上書きします。",
        ),
        differences(base, current, mine),
      ),
    );
    say("ほかの人が先に変更しました。");
    // What was not touched here stays as the others wrote it.
    for (const name of editable) {
      if (mine[name] === base[name]) form.elements[name].value = current[name] ?? "";
    }
    base = current;
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const mine = { ...base };
    for (const name of editable) mine[name] = written(name, form.elements[name].value);
    save.disabled = true;
    try {
      await put(`/evacuees/${evacuee.id}`, mine);
      await saved();
      tell("good", "保存しました。");
    } catch (error) {
      if (error.kind === "conflict") await conflict(mine);
      else
        tell(
          "bad",
          error.field ? `${fields[error.field] ?? error.field}: ${error.message}` : error.message,
          said,
        );
    } finally {
      save.disabled = false;
    }
  });
  return form;
}
