import { get, post, put } from "./api.js";
import { colleagueNames } from "./colleague.js";
import { $, choice, el, field, notice, say, tell } from "./dom.js";
import { action, form, input } from "./form.js";
import { pager } from "./pages.js";
import { chip, entries, entry, section, table } from "./parts.js";
import { start } from "./shell.js";
import { date, organisations, policies, ruleStates, time, today } from "./words.js";

let list;

/** Who becomes visible to whom: how many, never who. */
function preview(items) {
  const number = (value) => value.toLocaleString("ja-JP");
  const change = ({ visible_now: now, visible_then: then }) =>
    then === now ? "変わりません" : `${then > now ? "＋" : "－"}${number(Math.abs(then - now))} 人`;
  return [
    el("h3", {}, "この方針で、見えるようになる人数"),
    table(
      ["提供先", "今", "新しい方針", "ちがい"],
      items.map((each) => [
        `${organisations[each.receiver]}（${number(each.organisations)} 団体）`,
        `${number(each.visible_now)} 人`,
        `${number(each.visible_then)} 人`,
        el("strong", {}, change(each)),
      ]),
      { plain: true },
    ),
    el("p", { class: "small soft" }, "保護されている人は、どの数にも入りません。だれにも提供されません。"),
  ];
}

function proposal() {
  const kind = choice("kind", Object.entries(policies));
  const ordinance = field("条例の名前", input("ordinance"), { hint: "例: 架空市避難行動要支援者名簿条例" });
  const told = [
    field("通知した日", input("notice_sent", { type: "date" })),
    field("申出の期限", input("objection_deadline", { type: "date" }), {
      hint: "この日を過ぎるまで、返事のない人は同意とみなしません。",
    }),
  ];
  const result = el("div", { class: "stack" });
  function needed() {
    ordinance.hidden = kind.value === "opt_in";
    for (const each of told) each.hidden = kind.value !== "presumed";
    result.replaceChildren();
  }
  kind.addEventListener("change", needed);
  needed();

  const node = form(
    el(
      "div",
      { class: "fields" },
      field("提供の根拠", kind, { whole: true }),
      ordinance,
      field("はじまりの日", input("valid_from", { type: "date", required: true, value: today() })),
      told,
    ),
    "見えるようになる人数を確かめる",
    async (values) => {
      const rule = {
        kind: values.kind,
        ordinance: values.kind === "opt_in" ? "" : values.ordinance,
        valid_from: values.valid_from,
        notice_sent: (values.kind === "presumed" && values.notice_sent) || null,
        objection_deadline: (values.kind === "presumed" && values.objection_deadline) || null,
      };
      const said = await post("/disclosure-rules/preview", rule);
      const propose = async () => {
        await post("/disclosure-rules", rule);
        node.reset();
        needed();
        await list.restart();
        tell("good", "提案しました。ほかの職員が決定すると、効力をもちます。");
      };
      result.replaceChildren(
        ...preview(said.items),
        el("div", { class: "row" }, action("この方針を提案する", propose, { main: true })),
      );
      say("人数を表示しました。");
    },
  );
  return [node, result];
}

const states = { proposed: "", adopted: "granted", declined: "refused" };

function line(rule, here, names) {
  const name = (id) => names.get(id) ?? "（不明な人）";
  const open = rule.state === "proposed";
  const shown = el("div", { class: "stack" });
  const decide = (adopt) => async () => {
    await put(`/disclosure-rules/${rule.id}`, { revision: rule.revision, adopt });
    await list.restart();
    tell("good", adopt ? "決定しました。" : "却下しました。");
  };
  const look = async () => {
    const { kind, ordinance, valid_from, notice_sent, objection_deadline } = rule;
    const said = await post("/disclosure-rules/preview", {
      kind,
      ordinance,
      valid_from,
      notice_sent,
      objection_deadline,
    });
    shown.replaceChildren(
      ...preview(said.items),
      el(
        "div",
        { class: "row" },
        action("決定する", decide(true), { main: true, ask: "この方針を決定します。よろしいですか。" }),
        action("却下する", decide(false)),
      ),
    );
  };
  return entry({
    title: policies[rule.kind],
    chips: chip(ruleStates[rule.state], states[rule.state]),
    small: [
      `${date(rule.valid_from)} から`,
      rule.ordinance,
      rule.notice_sent && `通知 ${date(rule.notice_sent)}`,
      rule.objection_deadline && `申出の期限 ${date(rule.objection_deadline)}`,
      `提案: ${name(rule.proposed_by)}（${time(rule.proposed_at)}）`,
      !open && `決定: ${name(rule.decided_by)}（${time(rule.decided_at)}）`,
    ],
    content: open && [
      rule.proposed_by === here.member.id
        ? el("p", { class: "small soft" }, "提案した人は決定できません。ほかの職員の決定を待っています。")
        : el("div", { class: "row" }, action("人数を確かめて決める", look)),
      shown,
    ],
  });
}

start(async (here) => {
  const names = await colleagueNames();
  list = pager(async (after) => {
    const page = await get(`/disclosure-rules?size=20&after=${encodeURIComponent(after)}`);
    $("list").replaceChildren(
      el("h2", {}, "これまでの方針"),
      entries(
        page.items.map((rule) => line(rule, here, names)),
        "まだありません。法律のとおり、同意した人だけを提供します。",
      ),
    );
    return { count: page.items.length, next: page.next };
  });
  $("policy").replaceChildren(
    notice("info", `今の方針: ${policies[here.municipality.disclosure]}`),
    here.member.roles.includes("roster_officer") ? section("新しい方針を提案する", proposal()) : "",
  );
  await list.show();
});
