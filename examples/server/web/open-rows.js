import { get, post, put } from "./api.js";
import { $, el, field, notice, say, tell } from "./dom.js";
import { pager } from "./pages.js";
import { start } from "./shell.js";
import { fields, reasons, time } from "./words.js";

let list;

async function done(text) {
  await list.restart();
  tell("good", text);
}

function cells(row) {
  const inputs = row.cells.map(({ name, value }) => {
    const wrong = name === row.column;
    const input = el("input", { value, autocomplete: "off", "aria-invalid": wrong && "true" });
    return { name, wrong, input, whole: field(name, input) };
  });
  const first = inputs.filter(({ wrong, name }) => wrong || ["氏名", "フリガナ", "生年月日"].includes(name));
  const rest = inputs.filter((each) => !first.includes(each));
  const form = [
    el(
      "div",
      { class: "fields" },
      first.map(({ whole }) => whole),
    ),
    rest.length > 0 &&
      el(
        "details",
        {},
        el("summary", {}, `ほかの ${rest.length} 項目`),
        el(
          "div",
          { class: "fields" },
          rest.map(({ whole }) => whole),
        ),
      ),
  ];
  return { form, inputs, read: () => inputs.map(({ name, input }) => ({ name, value: input.value })) };
}

function card(row) {
  const said = el("div", { role: "alert" });
  const { form, inputs, read } = cells(row);

  async function mend(event) {
    event.preventDefault();
    said.replaceChildren();
    try {
      await put(`/roster/open-rows/${row.id}`, { revision: row.revision, cells: read() });
      await done(`${row.line} 行目を取り込みました。`);
    } catch (error) {
      const where = fields[error.field] ?? error.field;
      for (const { name, input } of inputs) input.toggleAttribute("aria-invalid", false);
      const wrong = inputs.find(({ name }) => name === error.field);
      wrong?.input.setAttribute("aria-invalid", "true");
      const why = { invalid: reasons.invalid, missing: reasons.missing }[error.kind];
      tell("bad", why ? `まだ取り込めません。${where ? `${where}: ` : ""}${why}。` : error.message, said);
      wrong?.input.focus();
    }
  }

  async function dismiss() {
    if (!confirm("この行を不要とします。記録には残ります。よろしいですか。")) return;
    try {
      await post(`/roster/open-rows/${row.id}/dismiss`, { revision: row.revision });
      await done(`${row.line} 行目を不要としました。`);
    } catch (error) {
      tell("bad", error.message, said);
    }
  }

  return el(
    "form",
    { class: "card stack", onsubmit: mend, "data-row": row.id },
    el(
      "div",
      { class: "row" },
      el("h2", { class: "number" }, `${row.line} 行目`),
      el(
        "span",
        { class: "chip chip-refused" },
        `${row.column || "行全体"}: ${reasons[row.reason] ?? row.reason}`,
      ),
      el("span", { class: "small soft" }, `${time(row.imported_at)} の取込`),
    ),
    said,
    row.withheld
      ? notice("protect", "支援措置などの記載があるため、内容は指定された職員だけに表示されます。")
      : form,
    el(
      "div",
      { class: "row" },
      !row.withheld && el("button", { class: "button button-main" }, "直して取り込む"),
      el("button", { class: "button", type: "button", onclick: dismiss }, "不要とする"),
    ),
  );
}

start(async () => {
  list = pager(async (after) => {
    const page = await get(`/roster/open-rows?size=20&after=${encodeURIComponent(after)}`);
    $("list").replaceChildren(
      ...(page.items.length > 0
        ? page.items.map(card)
        : [el("p", { class: "card empty" }, "未取込の行はありません。")]),
    );
    say(`${page.items.length} 行を表示しています。`);
    return { count: page.items.length, next: page.next };
  });
  await list.show();
});
