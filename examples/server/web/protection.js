// Protection of a person on the person's page: set, change, lift, and who else may see the place.
import { all, post, put } from "./api.js";
import { colleague, colleagueNames } from "./colleague.js";
import { el, field, notice } from "./dom.js";
import { action, form, input, unfold } from "./form.js";
import { chip, entries, entry, facts } from "./parts.js";
import { date, today } from "./words.js";

// A grant lasts ninety days at most.
const latest = () => new Date(Date.now() + 89 * 86_400e3).toISOString().slice(0, 10);

const save = (person, act, protection, done) =>
  act(() => put(`/people/${person.id}/protection`, { revision: person.revision, protection }), done);

/** Sets one, or changes the one there is: the officers named stay, and one can join. */
function protectForm(person, here, act) {
  const given = person.protection;
  const officers = given?.officers ?? [here.member.id];
  const other = colleague("担当職員に加える人", "officer");
  other.node[1].querySelector("select").required = false;
  return form(
    el(
      "div",
      { class: "fields" },
      field("理由", input("ground", { required: true, value: given?.ground ?? "支援措置" })),
      field("はじまり", input("from", { type: "date", value: given?.from ?? "" })),
      field("おわり", input("until", { type: "date", value: given?.until ?? "" }), {
        hint: "空なら、解除するまで続きます。",
      }),
      other.node,
    ),
    given ? "保護を変える" : "保護する",
    (values) =>
      save(
        person,
        act,
        {
          ...given,
          ground: values.ground,
          from: values.from || null,
          until: values.until || null,
          officers: [...new Set([...officers, values.officer].filter(Boolean))],
          provisional: false,
        },
        "保護を変えました。居場所は、担当職員だけに表示されます。",
      ),
  );
}

async function grants(person, names, act) {
  const items = await all(`/people/${person.id}/place-grants`);
  const who = colleague("見せる人");
  const add = form(
    el(
      "div",
      { class: "fields" },
      who.node,
      field("最後の日", input("until", { type: "date", required: true, min: today(), max: latest() }), {
        hint: "90 日先まで",
      }),
      field("理由", input("reason", { required: true })),
    ),
    "居場所の閲覧を許す",
    (values) => act(() => post(`/people/${person.id}/place-grants`, values), "居場所の閲覧を許しました。"),
    { names: { member: "見せる人（担当チームの人に限ります）" } },
  );
  const revoke = (each) => () =>
    act(
      () => post(`/people/${person.id}/place-grants/revoke`, { id: each.id }),
      "閲覧の許しを取り消しました。",
    );
  const line = (each) => {
    const over = each.revoked || each.until < today();
    return entry({
      title: names.get(each.member) ?? "（不明な人）",
      chips: over ? chip("終了") : chip("閲覧できる", "granted"),
      small: [`${date(each.since)} から ${date(each.until)} まで`, each.reason],
      content: !over && action("取り消す", revoke(each)),
    });
  };
  return [
    el("h3", {}, "居場所を見られる担当メンバー"),
    entries(items.map(line), "許した人はいません。"),
    unfold("担当メンバーに居場所の閲覧を許す", add),
  ];
}

/** What everybody sees of it, beside the name. */
export function protectionNotice(person) {
  const given = person.protection;
  if (!given && !person.withheld) return null;
  if (given?.provisional)
    return notice(
      "protect",
      "取込のときに支援措置などの記載が見つかったため、仮に保護しています。居場所につながる項目は、確定するか解除するまで表示されません。",
    );
  return notice(
    "protect",
    person.withheld
      ? "支援措置などで保護されています。住所・電話番号など居場所につながる項目は、指定された職員だけに表示されます。"
      : "保護されています。指定された職員だけが居場所を見られます。",
  );
}

/** What this reader may do about it; null where that is nothing. */
export async function protection(person, here, act) {
  const given = person.protection;
  if (!given && !person.withheld)
    return unfold("この人を保護する（支援措置など）", protectForm(person, here, act));
  const lift = (text) =>
    action(text, () => save(person, act, null, "保護を解除しました。"), {
      ask: "保護を解除すると、居場所がほかの職員にも表示されます。よろしいですか。",
    });
  // Whoever keeps the roster decides on a provisional one, also before seeing the place.
  if (given?.provisional) {
    const confirmed = { ...given, provisional: false, officers: [here.member.id] };
    return el(
      "div",
      { class: "stack" },
      facts(["記載", given.ground]),
      el(
        "div",
        { class: "row" },
        action("保護を確定する", () => save(person, act, confirmed, "保護を確定しました。"), {
          ask: "自分を担当として保護を確定します。よろしいですか。",
          main: true,
        }),
        lift("保護しない"),
      ),
    );
  }
  if (person.withheld) return null;
  const names = await colleagueNames();
  return el(
    "div",
    { class: "stack" },
    facts(
      ["理由", given.ground],
      [
        "期間",
        `${given.from ? date(given.from) : "はじめ"}から${given.until ? `${date(given.until)} まで` : "解除するまで"}`,
      ],
      ["担当職員", given.officers.map((each) => names.get(each) ?? "（退職など）").join("、")],
    ),
    await grants(person, names, act),
    unfold("保護を変える", protectForm(person, here, act)),
    el("div", { class: "row" }, lift("保護を解除する")),
  );
}
