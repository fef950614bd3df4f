// Setting up an authenticator program: the code to scan, a first code back, and codes on paper.
import { post, put, remove } from "./api.js";
import { el, field, notice, tell } from "./dom.js";
import { action, form, input } from "./form.js";
import { qr } from "./qr.js";

/** The QR code as a drawing, with the quiet zone that readers need; dark on light in any scheme. */
function drawing(text) {
  const grid = qr(text);
  const quiet = 4;
  const side = grid.length + 2 * quiet;
  const ns = "http://www.w3.org/2000/svg";
  const node = (name, attributes) => {
    const made = document.createElementNS(ns, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  };
  const dots = grid.flatMap((row, y) => row.map((dark, x) => dark && `M${x + quiet} ${y + quiet}h1v1h-1z`));
  const svg = node("svg", {
    viewBox: `0 0 ${side} ${side}`,
    class: "qr",
    role: "img",
    "aria-label": "QR コード",
  });
  svg.append(
    node("rect", { width: side, height: side, class: "qr-light" }),
    node("path", { d: dots.filter(Boolean).join(""), class: "qr-dark" }),
  );
  return svg;
}

const code = () =>
  input("code", {
    required: true,
    inputmode: "numeric",
    autocomplete: "one-time-code",
    maxlength: 6,
    class: "number",
  });

/** Shown this once: nothing else can tell them again. */
function recoveryCodes(codes, done) {
  return el(
    "div",
    { class: "stack" },
    notice(
      "warn",
      "回復コードは今だけ表示します。印刷するか書き写して、スマートフォンとは別の場所に保管してください。",
    ),
    el("h3", {}, "回復コード"),
    el(
      "p",
      { class: "soft" },
      "スマートフォンをなくしたとき、確認コードの代わりに 1 つずつ使えます。それぞれ一度だけです。",
    ),
    el(
      "ol",
      { class: "codes" },
      codes.map((each) => el("li", {}, each)),
    ),
    el(
      "div",
      { class: "row" },
      el("button", { class: "button", type: "button", onclick: () => print() }, "印刷する"),
      action("控えました", done, { main: true }),
    ),
  );
}

async function enrol(place, done) {
  const { secret, uri } = await post("/session/totp");
  const confirm = form(
    el("div", { class: "fields" }, field("認証アプリに出た 6 桁のコード", code())),
    "確かめて有効にする",
    async (values) => {
      const said = await put("/session/totp", { code: values.code }).catch((error) => {
        if (error.kind !== "sign_in_failed") throw error;
        error.message = "コードが違います。新しく出たコードを入力してください。";
        throw error;
      });
      sessionStorage.setItem("second_factor", "present");
      place.replaceChildren(recoveryCodes(said.recovery_codes, done));
    },
    { more: action("やめる", done) },
  );
  place.replaceChildren(
    el(
      "div",
      { class: "enrol" },
      drawing(uri),
      el(
        "div",
        { class: "stack" },
        el(
          "p",
          {},
          "1. 認証アプリ（Google Authenticator、Microsoft Authenticator など）で、この QR コードを読み取ります。",
        ),
        el(
          "details",
          {},
          el("summary", {}, "読み取れないとき"),
          el(
            "p",
            {},
            "このキーを手で入力します（時間ベース、6 桁、30 秒）: ",
            el("code", { class: "secret" }, secret.replace(/.{4}(?=.)/g, "$& ")),
          ),
        ),
        el("p", {}, "2. アプリに出ている数字を入力します。"),
        confirm,
      ),
    ),
  );
  confirm.querySelector("input").focus();
}

/** The section's content, redrawn by `reload` when something has changed. */
export function secondFactor(status, reload) {
  const place = el("div", { class: "stack" });
  const begin = () => enrol(place, reload);
  if (!status.totp) {
    place.append(
      status.second_factor === "required"
        ? notice("warn", "この自治体では二要素認証が必要です。設定すると、ほかの画面を使えるようになります。")
        : el(
            "p",
            {},
            "パスワードが知られても、スマートフォンがなければ入れないようにします。設定をおすすめします。",
          ),
      el("div", { class: "row" }, action("設定を始める", begin, { main: true })),
    );
    return place;
  }
  const fresh = async () => {
    const said = await post("/session/recovery-codes");
    place.replaceChildren(recoveryCodes(said.recovery_codes, reload));
  };
  const off = async () => {
    await remove("/session/totp").catch((error) => {
      if (error.kind === "second_factor")
        error.message = "この自治体では二要素認証が必要なため、外せません。";
      throw error;
    });
    await reload();
    tell("good", "二要素認証を外しました。");
  };
  place.append(
    el(
      "p",
      {},
      el("span", { class: "chip chip-granted" }, "設定済み"),
      ` 回復コードは残り ${status.recovery_codes} 個です。`,
    ),
    el(
      "div",
      { class: "row" },
      action("回復コードを作り直す", fresh, { ask: "前の回復コードは使えなくなります。よろしいですか。" }),
      action("スマートフォンを替える", begin),
      action("外す", off, {
        ask: "二要素認証を外すと、パスワードだけで入れるようになります。よろしいですか。",
      }),
    ),
  );
  return place;
}
