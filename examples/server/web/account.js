import { get, post } from "./api.js";
import { certificates, shownCertificate } from "./certificates.js";
import { colleagueNames } from "./colleague.js";
import { $, el, field, tell } from "./dom.js";
import { action, form, input } from "./form.js";
import { lookers } from "./looked.js";
import { entries, entry, facts, section } from "./parts.js";
import { secondFactor } from "./second-factor.js";
import { start } from "./shell.js";
import { professions, proved, roles, time } from "./words.js";

let here;
const mine = (path) => `/members/${here.member.id}/${path}`;

function sessions(items) {
  const end = (id) => () =>
    act(() => post(mine("sessions/revoke"), { id }), "サインアウトさせました。");
  return entries(
    items.map((each) =>
      entry({
        title: `${time(each.opened_at)} にサインイン`,
        small: [proved(each.authentication), `最後の操作 ${time(each.seen_at)}`],
        content: action("サインアウトさせる", end(each.id)),
      }),
    ),
    "サインイン中の場所はありません。",
  );
}

function password() {
  const names = { password: "今のパスワード" };
  const node = form(
    el(
      "div",
      { class: "fields" },
      field(
        "今のパスワード",
        input("current", { type: "password", autocomplete: "current-password", required: true }),
      ),
      field(
        "新しいパスワード",
        input("replacement", { type: "password", autocomplete: "new-password", required: true }),
        {
          hint: "13 文字以上（二要素認証があれば 8 文字以上）",
        },
      ),
    ),
    "変える",
    async (values) => {
      await post("/session/password", values).catch((error) => {
        if (error.kind === "sign_in_failed") error.message = "今のパスワードが違います。";
        throw error;
      });
      await load();
      tell("good", "パスワードを変えました。ほかの場所のサインインは終わりました。");
    },
    { names },
  );
  return node;
}

/** Who has looked at this account. */
async function lookedAtMe() {
  const names = await colleagueNames();
  return lookers("自分を見た人", here.member.id, {
    about: "新しい順。自分の操作は除いています。",
    who: (each) => names.get(each.member) ?? roles[each.capacity] ?? "（不明）",
    none: "ほかにだれも見ていません。",
    shows: (each) => each.member !== here.member.id,
  });
}

async function load() {
  const status = await get(mine("factors"));
  const about = section(
    here.member.name,
    facts(
      ["ID", here.member.login],
      ["職種", professions[here.member.profession]],
      ["役割", here.member.roles.map((role) => roles[role]).join("、")],
    ),
  );
  const factor = section("二要素認証", secondFactor(status, again));
  if (status.second_factor === "required") return $("account").replaceChildren(factor, about);
  const [open, bound, shown] = await Promise.all([
    get(mine("sessions")),
    get(mine("certificates")),
    shownCertificate(),
  ]);
  $("account").replaceChildren(
    about,
    factor,
    section("サインイン中の場所", sessions(open)),
    section("証明書", certificates(here.member, here, bound, { act, shown })),
    section("パスワードを変える", password()),
    await lookedAtMe(),
  );
}

async function act(work, done) {
  await work();
  await load();
  tell("good", done);
}

// A newcomer who has just set it up gets the whole of the pages.
async function again() {
  if (document.querySelector("nav")) await load();
  else location.replace("/");
}

start(async (signedIn) => {
  here = signedIn;
  await load();
});
