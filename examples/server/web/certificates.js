// Client certificates of a member: which count as a second factor, binding one, and taking it back.
import { get, post } from "./api.js";
import { choice, el, field, notice, tell } from "./dom.js";
import { action, form, input, unfold } from "./form.js";
import { chip, entries, entry, facts } from "./parts.js";
import { time } from "./words.js";

const names = { fingerprint: "指紋", issuer: "発行者", subject: "証明書の名前", member: "利用者" };
const grouped = (fingerprint) => fingerprint.replace(/.{4}(?=.)/g, "$& ");

/** What this connection shows; null where it shows none. */
export async function shownCertificate() {
  const shown = await get("/session/certificate");
  return shown.fingerprint ? shown : null;
}

const needed_then =
  "結び付けると、次のサインインからは、その証明書か認証アプリのコードがなければ入れません。";

const covers = (bound, shown) =>
  !bound.revoked &&
  (bound.fingerprint
    ? bound.fingerprint === shown.fingerprint
    : bound.issuer === shown.issuer && bound.subject === shown.subject);

/** Administrators bind, those of an office for its own staff. */
function mayBind(here, member) {
  const has = (role) => here.member.roles.includes(role);
  const own = member.organisation === here.member.organisation;
  return has("administrator") || (has("office_administrator") && own);
}

/** SHA-256 of the certificate in a file, PEM or DER; it is read here and sent nowhere. */
async function fingerprintOf(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const text = new TextDecoder("latin1").decode(bytes);
  const pem = /-----BEGIN CERTIFICATE-----([\sA-Za-z0-9+/=]+)-----END CERTIFICATE-----/.exec(text);
  const der = pem ? Uint8Array.from(atob(pem[1].replace(/\s/g, "")), (each) => each.charCodeAt(0)) : bytes;
  // A certificate in DER is a SEQUENCE.
  if (der[0] !== 0x30) return "";
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", der));
  return [...digest].map((each) => each.toString(16).padStart(2, "0")).join("");
}

/** A field that reads a certificate's fingerprint into another. */
function fileField(fingerprint) {
  const file = input("", { type: "file", accept: ".cer,.crt,.der,.pem" });
  const said = el("div", { role: "alert" });
  file.addEventListener("change", async () => {
    const read = file.files[0] && (await fingerprintOf(file.files[0]).catch(() => ""));
    tell(
      read ? "good" : "bad",
      read ? "ファイルから指紋を読みました。" : "証明書のファイルではないようです。",
      said,
    );
    if (read) fingerprint.value = grouped(read);
  });
  return el(
    "div",
    { class: "stack whole" },
    field("証明書のファイル（CER・PEM）から指紋を読む", file, {
      hint: "読むのは証明書だけです。ファイルはどこにも送りません。",
    }),
    said,
  );
}

function bindForm(member, act) {
  const how = choice("how", [
    ["one", "この 1 枚だけ（指紋）"],
    ["renewed", "同じ発行者の、同じ名前のもの（更新してもそのまま使える）"],
  ]);
  const fingerprint = input("fingerprint", { class: "number", spellcheck: "false" });
  const issuer = input("issuer", { spellcheck: "false" });
  const subject = input("subject", { spellcheck: "false" });
  const one = el(
    "div",
    { class: "stack whole" },
    // Browsers hash on encrypted connections alone.
    crypto.subtle && fileField(fingerprint),
    field("指紋（SHA-256）", fingerprint, {
      hint: "16 進数 64 けた。空白やコロンは、あってもかまいません。",
    }),
  );
  const renewed = [
    field("発行者", issuer, { hint: "例: CN=架空市認証局,O=架空市,C=JP", whole: true }),
    field("証明書の名前", subject, { hint: "例: CN=看護 一郎,O=架空訪問看護,C=JP", whole: true }),
  ];
  function needed() {
    const single = how.value === "one";
    one.hidden = !single;
    fingerprint.required = single;
    for (const each of renewed) each.hidden = single;
    issuer.required = subject.required = !single;
  }
  how.addEventListener("change", needed);
  needed();
  const plain = (text) => text.replace(/\s/g, "");
  return form(
    [
      el("p", {}, `${needed_then}証明書を受け取って使えるようになってから、結び付けます。`),
      el("div", { class: "fields" }, field("何を結び付けるか", how, { whole: true }), one, renewed),
    ],
    "結び付ける",
    (values) => bind(member, act, how.value === "one" ? { fingerprint: plain(values.fingerprint) } : values),
    { names },
  );
}

const bind = (member, act, { fingerprint = "", issuer = "", subject = "" }) =>
  act(
    () =>
      post(`/members/${member.id}/certificates`, { fingerprint, issuer, subject }).catch((error) => {
        if (error.kind === "exists") error.message = "この証明書は、すでに結び付けられています。";
        throw error;
      }),
    "証明書を結び付けました。次のサインインから、二要素認証として必要になります。",
  );

/** What this connection shows, and whether that counts already. */
function shownHere(member, here, items, shown, act) {
  const counts = items.some((each) => covers(each, shown));
  const { fingerprint, issuer, subject } = shown;
  const offer = (text, what) => action(text, () => bind(member, act, what));
  return el(
    "div",
    { class: "stack" },
    el("h3", {}, "この通信で示されている証明書"),
    facts(
      ["名前", subject],
      ["発行者", issuer],
      ["指紋", el("span", { class: "secret" }, grouped(fingerprint))],
    ),
    counts
      ? notice("good", "結び付けてあります。サインインのとき、二要素認証として使われます。")
      : mayBind(here, member)
        ? el(
            "div",
            { class: "row" },
            offer("この 1 枚を結び付ける", { fingerprint, issuer, subject }),
            offer("更新後も使えるように結び付ける", { issuer, subject }),
          )
        : notice("info", "まだ結び付けていません。管理者に、この内容を伝えてください。"),
  );
}

/**
 * The list and what `here` may do to it. act(work, done) does something, draws anew and says how it
 * went. `shown` is what the connection shows, on the member's own page.
 */
export function certificates(member, here, items, { act, shown = null }) {
  const mine = member.id === here.member.id;
  const whose = mine ? "この証明書を使えなくします。" : `${member.name} さんの、この証明書を使えなくします。`;
  const revoke = (each) => () =>
    act(
      () => post(`/members/${member.id}/certificates/revoke`, { id: each.id }),
      "証明書を失効させました。",
    );
  const line = (each) =>
    entry({
      title: each.subject || "証明書 1 枚",
      chips: [
        each.revoked ? chip("失効", "refused") : chip("有効", "granted"),
        chip(each.fingerprint ? "この 1 枚だけ" : "更新後も有効"),
      ],
      small: [each.issuer && `発行者 ${each.issuer}`, `${time(each.bound_at)} に結び付け`],
      content: [
        each.fingerprint && el("div", { class: "secret small" }, grouped(each.fingerprint)),
        !each.revoked &&
          mayBind(here, member) &&
          action("失効させる", revoke(each), {
            ask: `${whose}サインイン中の場所は、すべてサインアウトになります。よろしいですか。`,
          }),
      ],
    });
  return el(
    "div",
    { class: "stack" },
    shown && shownHere(member, here, items, shown, act),
    entries(items.map(line), "結び付けた証明書はありません。"),
    mayBind(here, member)
      ? unfold("証明書を結び付ける", bindForm(member, act))
      : !shown &&
          el(
            "p",
            { class: "small soft" },
            "証明書は、管理者が結び付けます。証明書のファイルを渡してください。",
          ),
  );
}
