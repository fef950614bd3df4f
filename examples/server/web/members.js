import { all, get, post, put, remove } from "./api.js";
import { certificates } from "./certificates.js";
import { $, choice, el, field, say, tell } from "./dom.js";
import { action, checks, form, input, unfold } from "./form.js";
import { memberImport } from "./member-import.js";
import { pager } from "./pages.js";
import { chip, entries, entry } from "./parts.js";
import { start } from "./shell.js";
import { professions, roles } from "./words.js";

let here;
let offices = new Map();
let list;

const names = {
  login: "ID",
  name: "氏名",
  profession: "職種",
  roles: "役割",
  organisation: "事業所",
  password: "パスワード",
};
const givable = ["administrator", "office_administrator", "roster_officer", "professional", "receiver"];
const isAdministrator = () => here.member.roles.includes("administrator");

// Easy to read out and to type: no letters that look alike.
function freshPassword() {
  const letters = "abcdefghjkmnpqrstuvwxyz23456789";
  const drawn = crypto.getRandomValues(new Uint32Array(16));
  return [...drawn]
    .map((each) => letters[each % letters.length])
    .join("")
    .replace(/.{4}(?=.)/g, "$&-");
}

const office = (current) =>
  choice("organisation", [["", "なし"], ...[...offices].map(([id, each]) => [id, each.name])], current ?? "");
const profession = (current) => choice("profession", Object.entries(professions), current);
const role = (chosen) =>
  checks(
    "役割",
    givable.map((each) => [each, roles[each]]),
    chosen,
  );

async function done(text) {
  await list.show();
  tell("good", text);
}

function addForm() {
  const first = freshPassword();
  const given = role(["professional"]);
  const node = form(
    el(
      "div",
      { class: "fields" },
      field("ID", input("login", { required: true, autocapitalize: "none", spellcheck: "false" })),
      field("氏名", input("name", { required: true })),
      field("職種", profession("nurse")),
      isAdministrator() && field("事業所", office()),
      field("最初のパスワード", input("password", { required: true, value: first, class: "number" }), {
        hint: "本人に手渡し、最初のサインインのあとで変えてもらいます。",
      }),
      isAdministrator() && given.node,
    ),
    "加える",
    async (values) => {
      const made = await post("/members", {
        ...values,
        roles: isAdministrator() ? given.read() : ["professional"],
        organisation: isAdministrator() ? values.organisation || null : here.member.organisation,
      });
      node.closest("details").open = false;
      node.replaceWith(addForm());
      await done(`${made.name} さんを加えました。`);
    },
    { names },
  );
  return node;
}

/** The member's certificates, drawn anew after each change. */
function certificatePanel(member) {
  return () => {
    const place = el("div", { class: "stack" }, el("p", { class: "soft" }, "読み込んでいます…"));
    async function draw() {
      const items = await get(`/members/${member.id}/certificates`);
      place.replaceChildren(el("h3", {}, "証明書"), certificates(member, here, items, { act }));
    }
    async function act(work, done) {
      await work();
      await draw();
      tell("good", done);
    }
    draw().catch((error) => tell("bad", error.message));
    return place;
  };
}

// A place for a form under a member's line, one at a time.
function opener(place, make) {
  return () => {
    const node = make(() => place.replaceChildren());
    place.replaceChildren(node);
    node.querySelector("input, select")?.focus();
  };
}

const cancel = (close) => el("button", { class: "button", type: "button", onclick: close }, "やめる");

const passwordForm = (member) => (close) =>
  form(
    el(
      "div",
      { class: "fields" },
      field(
        `${member.name} さんの新しいパスワード`,
        input("password", { required: true, value: freshPassword(), class: "number" }),
        {
          hint: "本人に手渡します。サインイン中の場所は、すべてサインアウトになります。",
        },
      ),
    ),
    "このパスワードにする",
    async (values) => {
      await post(`/members/${member.id}/password`, values);
      close();
      tell("good", `${member.name} さんのパスワードを変えました。`);
    },
    { names, more: cancel(close) },
  );

const changeForm = (member) => (close) => {
  const given = role(member.roles);
  return form(
    el(
      "div",
      { class: "fields" },
      field("氏名", input("name", { required: true, value: member.name })),
      field("職種", profession(member.profession)),
      isAdministrator() && field("事業所", office(member.organisation)),
      isAdministrator() && given.node,
    ),
    "保存する",
    async (values) => {
      const changed = { ...member, ...values };
      if (isAdministrator()) {
        changed.organisation = values.organisation || null;
        // What this page does not offer stays.
        changed.roles = [...member.roles.filter((each) => !givable.includes(each)), ...given.read()];
      }
      await put(`/members/${member.id}`, changed);
      await done(`${values.name} さんの登録を変えました。`);
    },
    { names, more: cancel(close) },
  );
};

function line(member) {
  const at = (what) => `/members/${member.id}/${what}`;
  const act = (work, text) => async () => {
    await work();
    await done(`${member.name} ${text}`);
  };
  const place = el("div", { class: "place" });
  const suspended = member.status === "suspended";
  const button = (text, make) =>
    el("button", { class: "button", type: "button", onclick: opener(place, make) }, text);
  return entry({
    title: member.name,
    chips: [suspended && chip("利用停止", "refused"), member.roles.map((each) => chip(roles[each] ?? each))],
    small: [member.login, professions[member.profession], offices.get(member.organisation)?.name],
    content: el(
      "details",
      {},
      el("summary", {}, `${member.name} さんの操作`),
      el(
        "div",
        { class: "stack" },
        el(
          "div",
          { class: "row" },
          button("登録を変える", changeForm(member)),
          button("パスワードを作り直す", passwordForm(member)),
          button("証明書", certificatePanel(member)),
          action(
            "二要素認証を取り消す",
            act(() => remove(at("factors")), "さんの二要素認証を取り消しました。"),
            {
              ask: "スマートフォンと回復コードをなくした人のための操作です。サインイン中の場所はサインアウトになります。よろしいですか。",
            },
          ),
          suspended
            ? action(
                "利用を再開する",
                act(() => post(at("restore")), "さんの利用を再開しました。"),
              )
            : action(
                "利用を止める",
                act(() => post(at("suspend")), "さんの利用を止めました。"),
                {
                  ask: `${member.name} さんは、今すぐ使えなくなります。書いた記録は残ります。よろしいですか。`,
                },
              ),
        ),
        place,
      ),
    ),
  });
}

start(async (signedIn) => {
  here = signedIn;
  offices = new Map((await all("/organisations")).map((each) => [each.id, each]));
  if (!isAdministrator()) {
    const own = offices.get(here.member.organisation)?.name;
    document.querySelector("h1").textContent = own ? `${own}の利用者` : "事業所の利用者";
  }
  list = pager(async (after) => {
    const page = await get(`/members?size=50&after=${encodeURIComponent(after)}`);
    $("list").replaceChildren(
      el("div", { class: "card" }, entries(page.items.map(line), "利用者はいません。")),
    );
    say(`${page.items.length} 人を表示しています。`);
    return { count: page.items.length, next: page.next };
  });
  await list.show();
  $("more").replaceChildren(
    el("section", { class: "card" }, unfold("利用者を加える", addForm())),
    el(
      "section",
      { class: "card" },
      unfold(
        "CSV でまとめて登録する",
        memberImport(() => list.show()),
      ),
    ),
  );
});
