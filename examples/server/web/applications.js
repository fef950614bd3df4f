// Vendors' applications that speak for members: registering one, accepting the service's, ending one.
import { get, post } from "./api.js";
import { colleague, colleagueNames } from "./colleague.js";
import { $, el, field, say, tell } from "./dom.js";
import { action, checks, form, input, unfold } from "./form.js";
import { pager } from "./pages.js";
import { chip, entries, entry, facts } from "./parts.js";
import { start } from "./shell.js";
import { permissions, professions, time, today } from "./words.js";

let here;
let list;
let members = new Map();

const named = Object.assign({}, ...Object.values(permissions));
const names = {
  name: "アプリの名前",
  public_key: "公開鍵",
  expires: "使える最後の日",
  actions: "できること",
  professions: "職種",
  members: "名指しで許す人",
};

async function done(text) {
  await list.restart();
  tell("good", text);
}

/** Members who are chosen one by one. */
function chosenMembers() {
  const who = colleague("名指しで許す人", "chosen");
  const select = who.node[1].querySelector("select");
  select.required = false;
  const chosen = new Map();
  const shown = el("div");
  const button = (text, onclick) => el("button", { class: "button", type: "button", onclick }, text);
  function draw() {
    const drop = (id) => () => (chosen.delete(id), draw());
    const line = ([id, name]) => entry({ title: name, chips: button("外す", drop(id)) });
    shown.replaceChildren(entries([...chosen].map(line), "だれも挙げていません。"));
  }
  draw();
  const add = () => {
    if (!select.value) return tell("bad", "先に名前でさがして、一人を選びます。");
    chosen.set(select.value, who.text());
    say(`${who.text()} を加えました。`);
    draw();
  };
  const node = el(
    "fieldset",
    { class: "whole stack" },
    el("legend", {}, "名指しで許す管理者と、保護の担当職員"),
    el(
      "p",
      { class: "small soft" },
      "管理者と保護の担当職員に代わることは、ここに一人ずつ挙げたときだけできます。挙げないのがふつうです。",
    ),
    el("div", { class: "fields" }, who.node),
    el("div", { class: "row" }, button("この人を加える", add)),
    shown,
  );
  return { node, read: () => [...chosen.keys()] };
}

function registerForm() {
  const whose = checks("だれに代わるか（職種）", Object.entries(professions));
  const what = Object.entries(permissions).map(([title, pairs]) =>
    checks(`できること: ${title}`, Object.entries(pairs)),
  );
  const single = chosenMembers();
  const node = form(
    el(
      "div",
      { class: "fields" },
      field("アプリの名前", input("name", { required: true })),
      field("使える最後の日", input("expires", { type: "date", required: true, min: today() }), {
        hint: "短いほど安全です。続けるときは、登録し直します。",
      }),
      field(
        "公開鍵（Ed25519）",
        input("public_key", { required: true, maxlength: 43, spellcheck: "false" }),
        {
          hint: "43 文字。事業者から、メール以外の方法でも受け取って、同じであることを確かめます。",
          whole: true,
        },
      ),
      whose.node,
      what.map((each) => each.node),
      single.node,
    ),
    "登録する",
    async (values) => {
      const made = await post("/applications", {
        name: values.name,
        public_key: values.public_key,
        professions: whose.read(),
        actions: what.flatMap((each) => each.read()),
        members: single.read(),
        // The end of that day in Japan, as the library writes times.
        expires: new Date(`${values.expires}T23:59:59+09:00`).toISOString().replace("Z", "000Z"),
      });
      node.closest("details").open = false;
      node.replaceWith(registerForm());
      await done(`「${made.name}」を登録しました。`);
    },
    { names },
  );
  return node;
}

/** How it stands here, as [words, kind of chip]. */
function state(each) {
  if (each.revoked) return ["失効", "refused"];
  if (new Date(each.expires) <= new Date()) return ["期限切れ", "refused"];
  if (each.municipality || each.accepted.includes(here.municipality.code)) return ["有効", "granted"];
  return ["未承認", "waiting"];
}

const listing = (words, none) => (words.length > 0 ? words.join("、") : none);

function line(each) {
  const [words, kind] = state(each);
  const ours = Boolean(each.municipality);
  const accept = () =>
    post(`/applications/${each.id}/accept`).then(() => done(`「${each.name}」を承認しました。`));
  const revoke = () =>
    post(`/applications/${each.id}/revoke`).then(() =>
      done(
        ours
          ? `「${each.name}」を失効させました。`
          : `この自治体では「${each.name}」を使わないことにしました。`,
      ),
    );
  return entry({
    title: each.name,
    chips: [chip(words, kind), chip(ours ? "この自治体で登録" : "サービスで登録")],
    small: [`${time(each.expires)} まで`, listing(each.professions.map((it) => professions[it]), "職種なし")],
    content: [
      kind === "waiting" &&
        el(
          "p",
          {},
          "サービスの管理者が登録したアプリです。承認するまで、この自治体では何もできません。",
          "公開鍵を事業者に確かめてから承認します。",
        ),
      unfold(
        `${each.name} の範囲と公開鍵`,
        facts(
          ["できること", listing(each.actions.map((it) => named[it] ?? it), "なし")],
          ["職種", listing(each.professions.map((it) => professions[it]), "なし")],
          ["名指しで許す人", listing(each.members.map((it) => members.get(it) ?? "（不明な人）"), "なし")],
          ["公開鍵", el("span", { class: "secret" }, each.public_key)],
        ),
      ),
      !each.revoked &&
        el(
          "div",
          { class: "row" },
          kind === "waiting" &&
            action("承認する", accept, {
              main: true,
              ask: `「${each.name}」が、この範囲で利用者に代わることを承認します。よろしいですか。`,
            }),
          action(ours ? "失効させる" : "この自治体では使わない", revoke, {
            ask: `「${each.name}」は、今すぐ使えなくなります。元に戻すには登録し直します。よろしいですか。`,
          }),
        ),
    ],
  });
}

start(async (signedIn) => {
  here = signedIn;
  members = await colleagueNames();
  list = pager(async (after) => {
    const page = await get(`/applications?size=30&after=${encodeURIComponent(after)}`);
    $("list").replaceChildren(
      entries(
        page.items.map(line),
        "登録されたアプリはありません。どの事業者も、利用者に代わることはできません。",
      ),
    );
    say(`${page.items.length} 件を表示しています。`);
    return { count: page.items.length, next: page.next };
  });
  await list.show();
  $("more").replaceChildren(el("section", { class: "card" }, unfold("アプリを登録する", registerForm())));
});
