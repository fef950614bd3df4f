// The team of a patient: who is in it, who asks to join, and what a lead arranges.
import { post } from "./api.js";
import { colleague, colleagueNames } from "./colleague.js";
import { el, field } from "./dom.js";
import { action, check, form, input, unfold } from "./form.js";
import { chip, entries, entry } from "./parts.js";
import { date, professions, time, today } from "./words.js";

function addForm({ id, act }) {
  const who = colleague("加える人");
  return form(
    el(
      "div",
      { class: "fields" },
      who.node,
      field("役割", input("role"), { hint: "空なら職種がそのまま役割です。" }),
      field("担当する最後の日の翌日", input("until", { type: "date", min: today() }), {
        hint: "決まっていなければ空にします。",
      }),
      check("lead", "主担当にする"),
    ),
    "チームに加える",
    (values) =>
      act(
        () => post(`/patients/${id}/team`, { ...values, until: values.until || null }),
        "チームに加え、チーム全員に知らせました。",
      ),
    { names: { member: "加える人", until: "期限", lead: "主担当" } },
  );
}

/** Asking that somebody joins, which a second person answers. */
export function askForm({ id, act }) {
  const who = colleague("入ってほしい人");
  return form(
    el(
      "div",
      { class: "fields" },
      who.node,
      field("役割", input("role")),
      field("理由", input("reason", { required: true }), { whole: true }),
    ),
    "申し込む",
    (values) =>
      act(() => post(`/patients/${id}/requests`, values), "申し込みました。チームのほかの人が答えます。"),
  );
}

/** The list, with what this reader may do to it. */
export function team(shown) {
  const { id, here, lines, arranges, act } = shown;
  const end = (member) => () =>
    act(() => post(`/patients/${id}/team/end`, { member }), "担当を終え、チーム全員に知らせました。");
  const leave = async () => {
    await post(`/patients/${id}/team/leave`);
    location.assign("/patients");
  };
  const button = (each) => {
    if (!each.active) return null;
    if (each.member === here.member.id)
      return action("チームから抜ける", leave, {
        ask: "すぐに見られなくなります。書いた記録は残ります。よろしいですか。",
      });
    return (
      arranges &&
      action("担当を終える", end(each.member), { ask: `${each.name} さんの担当を終えます。よろしいですか。` })
    );
  };
  const line = (each) =>
    entry({
      title: each.name,
      chips: [each.lead && chip("主担当", "granted"), !each.active && chip("終了")],
      small: [
        professions[each.profession],
        each.role,
        `${date(each.since)} から${each.until ? `${date(each.until)} まで` : ""}`,
      ],
      content: button(each),
    });
  return [
    entries(lines.map(line), "担当メンバーはいません。"),
    arranges
      ? unfold("メンバーを加える", addForm(shown))
      : unfold("メンバーに入ってほしい人を申し込む", askForm(shown)),
  ];
}

/** Those that wait for a second person. */
export async function requests({ id, here, lines, act }, items) {
  const open = items.filter((each) => each.answer === "open");
  const names = open.length > 0 ? await colleagueNames() : new Map();
  const name = (member) => names.get(member) ?? "（不明な人）";
  const reply = (each, answer, text) => () =>
    act(
      () => post(`/patients/${id}/requests/answer`, { id: each.id, revision: each.revision, answer }),
      text,
    );
  // A second person of the team answers; where it has nobody else, an administrator.
  const mayAnswer = (each) => {
    const me = here.member.id;
    const concerned = [each.member, each.asker];
    const team = lines.filter((it) => it.active).map((it) => it.member);
    return !concerned.includes(me) && (team.includes(me) || team.every((it) => concerned.includes(it)));
  };
  const line = (each) => {
    return entry({
      title: name(each.member),
      small: [
        time(each.asked_at),
        each.role,
        each.asker !== each.member && `申し込んだ人: ${name(each.asker)}`,
      ],
      content: [
        el("p", {}, `理由: ${each.reason}`),
        mayAnswer(each)
          ? el(
              "div",
              { class: "row" },
              action("受け入れる", reply(each, "accepted", "受け入れ、チーム全員に知らせました。"), {
                main: true,
              }),
              action("断る", reply(each, "declined", "断りました。")),
            )
          : el("p", { class: "small soft" }, "チームのほかの人が答えます。"),
      ],
    });
  };
  return entries(open.map(line), "待っている申込みはありません。");
}
