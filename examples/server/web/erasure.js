// Erasing a person for good, and the signed proof that is left.
import { get, post, save } from "./api.js";
import { $, choice, el, field, notice, tell } from "./dom.js";
import { form, input, unfold } from "./form.js";
import { entries, entry, facts, section } from "./parts.js";
import { date, erasureReasons, time } from "./words.js";

/** The backups that a proof names, as [file, last day]; none of them opens without its key. */
const backups = (proof) =>
  [...proof.matchAll(/^backup (.*) until (.*)$/gm)].map(([, file, until]) => [
    file,
    until === "it is removed" ? "消されるまで" : `${date(until)} まで`,
  ]);

/** The proof of an erasure; names: who members are. */
export function proofCard(erasure, names) {
  const kept = backups(erasure.proof).map(([title, until]) => entry({ title, small: [until] }));
  const file = () =>
    save(
      `erasure-${erasure.person}.json`,
      new Blob([JSON.stringify(erasure, null, 2)], { type: "application/json" }),
    );
  return section(
    "消去の証明",
    el("p", { class: "soft" }, "だれを消したかは、この証明にも残りません。本人の番号を控えてください。"),
    facts(
      ["消去した日時", time(erasure.at)],
      ["消去した人", names.get(erasure.erased_by) ?? "（不明な人）"],
      ["理由", erasureReasons[erasure.reason]],
      ["本人の番号", el("span", { class: "secret" }, erasure.person)],
    ),
    el("h3", {}, "まだこの人が入っているバックアップ"),
    entries(kept, "ありません。"),
    unfold("署名された本文", el("pre", { class: "proof" }, erasure.proof)),
    facts(
      ["署名した鍵", el("span", { class: "secret" }, erasure.signer)],
      ["署名", el("span", { class: "secret" }, erasure.signature)],
    ),
    el(
      "div",
      { class: "row no-print" },
      el("button", { class: "button button-main", type: "button", onclick: file }, "証明を保存する"),
      el("button", { class: "button", type: "button", onclick: () => print() }, "印刷する"),
    ),
  );
}

/** The proof of somebody who was erased; null where nobody of this id was. */
export async function erasureOf(person) {
  try {
    return await get(`/people/${encodeURIComponent(person)}/erasure`);
  } catch (error) {
    if (error.kind === "not_found") return null;
    throw error;
  }
}

const plain = (name) => name.normalize("NFKC").replace(/\s/g, "");

/** The form; erased(proof) shows what is left. null for who may not see all that would go. */
export function erasing(person, erased) {
  if (person.withheld) return null;
  const name = person.name || "氏名なし";
  async function send({ reason, typed }) {
    if (plain(typed) !== plain(name)) {
      throw Object.assign(new Error("この人の氏名と違います。"), { kind: "typed", field: "typed" });
    }
    const proof = await post(`/people/${person.id}/erasure`, { reason }).catch((error) => {
      if (error.field === "protection")
        error.message = "この人の保護に、ほかの人が守られています。先に、その人たちを保護してください。";
      throw error;
    });
    erased(proof);
    tell("good", "消去しました。証明を保存してください。");
    $("main").focus();
  }
  const node = form(
    [
      notice(
        "bad",
        el("p", {}, el("strong", {}, "消去すると、元に戻せません。")),
        el(
          "ul",
          {},
          el("li", {}, "本人の情報、名簿、患者としての登録、担当チーム、同意が、今すぐすべて消えます。"),
          el("li", {}, "履歴の中身も読めなくなります。だれがいつ操作したかという記録だけが残ります。"),
          el("li", {}, "バックアップには、期限まで残ります。どれにいつまで残るかは、証明に書かれます。"),
          el("li", {}, "すでに提供した名簿、書き出したファイル、紙の書類は消えません。"),
        ),
      ),
      el(
        "div",
        { class: "fields" },
        field("理由", choice("reason", Object.entries(erasureReasons))),
        field(`確かめるため、「${name}」と入力します`, input("typed", { required: true }), {
          whole: true,
        }),
      ),
    ],
    "完全に消去する",
    send,
    { names: { typed: "確認の入力" }, grave: true },
  );
  return section("消去", unfold("この人の記録を完全に消去する", node));
}
