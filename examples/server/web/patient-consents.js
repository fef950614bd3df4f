// The consent forms of a patient: with whom the person agreed to share.
import { post } from "./api.js";
import { el, field } from "./dom.js";
import { action, checks, form, input, unfold } from "./form.js";
import { chip, entries, entry } from "./parts.js";
import { date, scopes, today } from "./words.js";

function addForm({ id, act }) {
  const covered = checks("共有してよい範囲", Object.entries(scopes), ["team"]);
  return form(
    el(
      "div",
      { class: "fields" },
      field("同意書の名前と保管場所", input("form", { required: true })),
      field("署名した日", input("date", { type: "date", required: true, value: today(), max: today() })),
      covered.node,
    ),
    "記録する",
    (values) =>
      act(
        () => post(`/patients/${id}/consents`, { ...values, scopes: covered.read() }),
        "同意書を記録し、チーム全員に知らせました。",
      ),
    { names: { scopes: "共有してよい範囲" } },
  );
}

export function consents(shown, items) {
  const { id, act } = shown;
  const withdraw = (each) => () =>
    act(
      () =>
        post(`/patients/${id}/consents/withdraw`, {
          id: each.id,
          revision: each.revision,
          withdrawn: today(),
        }),
      "同意の取消しを記録しました。",
    );
  const line = (each) =>
    entry({
      title: each.form,
      chips: [
        each.withdrawn ? chip(`${date(each.withdrawn)} に取消し`, "refused") : chip("有効", "granted"),
        each.scopes.map((scope) => chip(scopes[scope])),
      ],
      small: [`${date(each.date)} に署名`],
      content:
        !each.withdrawn &&
        action("取消しを記録する", withdraw(each), {
          ask: "本人が同意を取り消したことを記録します。共有はすぐに終わります。よろしいですか。",
        }),
    });
  return [entries(items.map(line), "同意書はありません。"), unfold("同意書を加える", addForm(shown))];
}
