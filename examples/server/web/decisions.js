// Lists of which an officer decides one by one: the same card for suspects, missing and conflicts.
import { get, put } from "./api.js";
import { $, el, say, tell } from "./dom.js";
import { pager } from "./pages.js";
import { start } from "./shell.js";
import { age, date, sex } from "./words.js";

const cards_a_page = 10;

/** Who somebody is, in a few lines. */
export async function person(id) {
  const who = await get(`/people/${id}`);
  return el(
    "div",
    {},
    el("span", { class: "kana" }, who.kana),
    el("strong", {}, el("a", { href: `/person?person=${id}` }, who.name || "（氏名なし）")),
    el(
      "div",
      { class: "small number" },
      [date(who.birth_date), age(who.birth_date), sex[who.sex]].filter(Boolean).join("・"),
    ),
    el("div", { class: "small" }, who.withheld ? "住所は保護のため表示しません" : who.addresses[0]?.text),
    el("div", { class: "small number" }, who.phones.map((phone) => phone.written || phone.digits).join("、")),
  );
}

/**
 * path: the list below /roster, and where decisions go; `list`: another list of the same. body(item)
 * gives the card's content. choices: [decision, text] pairs.
 * A card stays where it is once decided, with the way back where there is one (`undo`). `later` is a
 * button's words: the card waits below the others, and nothing is decided.
 */
export function decisions({ path, list: source = path, body, choices, none, undo = true, later = "" }) {
  async function card(item) {
    const node = el("section", { class: "card stack" });
    const content = await body(item);

    const decide = (decision) => async () => {
      try {
        item = await put(`/roster/${path}/${item.id}`, { revision: item.revision, decision });
        draw();
        tell("", "");
        say(decision === "open" ? "決定を取り消しました。" : "決めました。");
        node.querySelector("button")?.focus();
      } catch (error) {
        tell("bad", error.message);
      }
    };
    const button = (decision, text) =>
      el("button", { class: "button", type: "button", onclick: decide(decision) }, text);
    const wait = () => {
      node.parentElement.append(node);
      say("あとで決めます。");
      $("list").querySelector("button")?.focus();
    };
    function draw() {
      const decided = choices.find(([value]) => value === item.decision)?.[1];
      const buttons = decided
        ? [el("span", { class: "chip chip-granted" }, `決定: ${decided}`), undo && button("open", "取り消す")]
        : [
            choices.map(([value, text]) => button(value, text)),
            later && el("button", { class: "button button-quiet", type: "button", onclick: wait }, later),
          ];
      node.replaceChildren(content, el("div", { class: "row" }, buttons));
    }
    draw();
    return node;
  }

  const list = pager(async (after) => {
    const page = await get(`/roster/${source}?size=${cards_a_page}&after=${encodeURIComponent(after)}`);
    const cards = await Promise.all(page.items.map(card));
    $("list").replaceChildren(...(cards.length > 0 ? cards : [el("p", { class: "card empty" }, none)]));
    say(`${cards.length} 件を表示しています。`);
    return { count: cards.length, next: page.next };
  });
  start(() => list.show());
}
