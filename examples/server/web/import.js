import { download, upload } from "./api.js";
import { $, choice, el, field, icon, notice, say, tell, wake } from "./dom.js";
import { encodings } from "./files.js";
import { report } from "./report.js";
import { start } from "./shell.js";

let file = null;
const chosen = el("span", { class: "soft" }, "ここに CSV を置くか、押して選びます");
const picker = el("input", {
  type: "file",
  class: "visually-hidden",
  id: "file",
  accept: ".csv,.txt,text/csv",
});
const drop = el(
  "label",
  { class: "drop", for: "file" },
  icon("import"),
  el("strong", {}, "名簿のファイル"),
  chosen,
  picker,
);
const encoding = choice("encoding", encodings);
const district = el("input", { name: "district", autocomplete: "off" });
const check = el(
  "button",
  { class: "button button-main", disabled: true, id: "check" },
  "内容を確かめる（まだ取り込みません）",
);

function take(next) {
  if (!next) return;
  file = next;
  chosen.textContent = `${file.name}（${Math.ceil(file.size / 1024).toLocaleString("ja-JP")} KB）`;
  check.disabled = false;
  $("report").replaceChildren();
  tell("", "");
}

function query(dry, large) {
  const options = new URLSearchParams({ dry_run: dry, accept_large: large });
  if (encoding.value) options.set("encoding", encoding.value);
  if (district.value.trim()) options.set("district", district.value.trim());
  return `/roster/import?${options}`;
}

// What is wrong with the file as a whole, as far as it can be said here.
function explain(error) {
  const about = {
    missing: "必要な列が見つかりません。見出しの行を確かめてください。",
    invalid: "CSV として読めません。Excel で「CSV」として保存し直してください。",
  }[error.kind];
  return el(
    "div",
    {},
    el("p", {}, about ?? error.message),
    error.field && el("p", {}, `場所: ${error.field}`),
    error.detail && el("p", { class: "small", lang: "en" }, error.detail),
  );
}

async function run(dry, large = false) {
  $("report").replaceChildren(
    el(
      "div",
      { class: "card stack" },
      el("p", {}, dry ? "内容を確かめています…" : "取り込んでいます…"),
      el("div", { class: "bar" }),
    ),
  );
  say(dry ? "内容を確かめています。" : "取り込んでいます。");
  check.disabled = true;
  try {
    const said = await upload(query(dry, large), file);
    $("report").replaceChildren(
      dry
        ? notice("info", "これは確かめただけの結果です。名簿はまだ変わっていません。")
        : notice("good", "取り込みました。"),
      ...report(said),
      ...(dry ? [commit(large)] : []),
    );
    say(dry ? "確かめ終わりました。" : "取り込みました。");
    $("report").scrollIntoView({ block: "start" });
  } catch (error) {
    if (error.kind === "too_many_changes") $("report").replaceChildren(accept(dry));
    else $("report").replaceChildren(notice("bad", explain(error)));
    say(error.message);
  } finally {
    check.disabled = false;
  }
}

const commit = (large) =>
  el(
    "div",
    { class: "row row-end" },
    el(
      "button",
      { class: "button button-main", type: "button", id: "commit", onclick: () => run(false, large) },
      "取り込む",
    ),
  );

// A tenth of the people changing at once is more often a wrong file than a real change.
function accept(dry) {
  const box = el("input", { type: "checkbox", id: "accept" });
  const go = el(
    "button",
    { class: "button", type: "button", disabled: true, onclick: () => run(dry, true) },
    dry ? "それでも内容を確かめる" : "それでも取り込む",
  );
  box.addEventListener("change", () => (go.disabled = !box.checked));
  return el(
    "div",
    { class: "card stack" },
    notice(
      "warn",
      "名簿の 1 割を超える人が、変わるか、いなくなります。違うファイルではありませんか。何も変更していません。",
    ),
    el("label", { class: "check" }, box, "正しいファイルであることを確かめました。"),
    el("div", { class: "row" }, go),
  );
}

async function exportRoster() {
  try {
    await download("roster.csv", "GET", "/roster/export?encoding=cp932");
    say("名簿を書き出しました。");
  } catch (error) {
    tell("bad", error.message);
  }
}

start(async () => {
  wake($("export"), exportRoster);
  $("upload").append(
    drop,
    el(
      "div",
      { class: "fields" },
      field("文字コード", encoding),
      field("地区だけのファイルのとき、その行政区", district, {
        hint: "空なら、市全体の名簿として扱います。",
      }),
    ),
    el("div", { class: "row row-end" }, check),
  );
  picker.addEventListener("change", () => take(picker.files[0]));
  for (const kind of ["dragenter", "dragover"])
    drop.addEventListener(kind, (event) => (event.preventDefault(), drop.classList.add("drop-over")));
  for (const kind of ["dragleave", "drop"])
    drop.addEventListener(kind, () => drop.classList.remove("drop-over"));
  drop.addEventListener("drop", (event) => (event.preventDefault(), take(event.dataTransfer.files[0])));
  $("upload").addEventListener("submit", (event) => (event.preventDefault(), file && run(true)));
});
