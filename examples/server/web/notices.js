import { get, post } from "./api.js";
import { colleagueNames } from "./colleague.js";
import { $, el, say } from "./dom.js";
import { action } from "./form.js";
import { pager } from "./pages.js";
import { chip, entries, entry } from "./parts.js";
import { start } from "./shell.js";
import { time } from "./words.js";

// The sentence of each kind: of whom it speaks, and who did it.
const sentences = {
  team_joined: (whose, member, actor) => `${whose}の担当チームに、${member}が加わりました（${actor}）。`,
  team_left: (whose, member) => `${whose}の担当チームから、${member}が抜けました。`,
  team_ended: (whose, member, actor) => `${whose}の担当チームで、${member}の担当が終わりました（${actor}）。`,
  team_asked: (whose, member, actor) =>
    `${actor}が、${member}を${whose}の担当チームに入れることを申し込みました。`,
  team_declined: (whose, member, actor) =>
    `${actor}が、${member}の${whose}の担当チームへの申込みを断りました。`,
  consent_recorded: (whose, _, actor) => `${actor}が、${whose}の同意書を記録しました。`,
  consent_withdrawn: (whose, _, actor) => `${actor}が、${whose}の同意の取消しを記録しました。`,
  patient_closed: (whose, _, actor) => `${whose}の担当が終わりました（${actor}）。`,
};

/** A notice holds ids alone: the names are those that its reader may see. */
async function naming(here) {
  const has = (role) => here.member.roles.includes(role);
  const ask = { filter: {}, size: 200 };
  const mine = has("professional") ? (await post("/patients/search", ask)).items : [];
  const teams = has("administrator") ? (await post("/teams/search", ask)).items : [];
  const patients = new Map([
    ...teams.map((each) => [each.patient, `${each.name} さん`]),
    ...mine.map((each) => [each.id, `${each.name} さん`]),
  ]);
  const members = await colleagueNames().catch(() => new Map());
  return {
    patient: (id) => patients.get(id) ?? "担当を離れた患者",
    member: (id) =>
      id === here.member.id ? "あなた" : members.has(id) ? `${members.get(id)} さん` : "（不明な人）",
  };
}

start(async (here) => {
  const names = await naming(here);
  // Administrators see the team and no more of the patient.
  const place = here.member.roles.includes("professional") ? "/patient" : "/teams";
  let list;
  const read = (notice) => async () => {
    await post(`/notices/${notice.id}/read`);
    await list.show();
  };
  const line = (notice) => {
    const sentence = sentences[notice.kind];
    const text = sentence
      ? sentence(names.patient(notice.subject), names.member(notice.member), names.member(notice.actor))
      : "お知らせがあります。";
    return entry({
      title: el("a", { href: `${place}?id=${notice.subject}` }, text),
      chips: !notice.is_read && chip("未読", "granted"),
      small: [time(notice.time)],
      content: !notice.is_read && action("読んだことにする", read(notice)),
    });
  };
  list = pager(async (after) => {
    const page = await get(`/notices?size=30&after=${encodeURIComponent(after)}`);
    $("list").replaceChildren(entries(page.items.map(line), "お知らせはありません。"));
    say(`${page.items.length} 件を表示しています。`);
    return { count: page.items.length, next: page.next };
  });
  await list.show();
});
