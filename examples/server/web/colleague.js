// Choosing a colleague by name: everybody who is active here, of whichever office.
import { all, get } from "./api.js";
import { el, field, say } from "./dom.js";
import { professions } from "./words.js";

const described = (each) =>
  [each.name, professions[each.profession], each.organisation_name].filter(Boolean).join("・");

/** A field of that name, in two steps: the words, then one of those found. */
export function colleague(label, name = "member") {
  const words = el("input", { type: "search", autocomplete: "off" });
  const found = el("select", { name, required: true }, el("option", { value: "" }, "先に名前でさがします"));
  let asked = "";
  async function look() {
    const text = words.value.trim();
    // Leaving the field after Enter asks nothing new, and must not undo the choice.
    if (text === asked) return;
    asked = text;
    const page =
      text && (await get(`/colleagues?size=50&text=${encodeURIComponent(text)}`).catch(() => null));
    if (text !== asked || !page) return;
    const none = page.items.length === 0 ? "見つかりません" : `${page.items.length} 人から選びます`;
    found.replaceChildren(
      ...(page.items.length === 1 ? [] : [el("option", { value: "" }, none)]),
      ...page.items.map((each) => el("option", { value: each.id }, described(each))),
    );
    say(page.items.length === 1 ? `${described(page.items[0])} を選びました。` : none);
  }
  words.addEventListener("change", look);
  words.addEventListener("keydown", (event) => event.key === "Enter" && (event.preventDefault(), look()));
  const node = [
    field("名前でさがす", words, { hint: "氏名か事業所の一部を入れて Enter を押します。" }),
    field(label, found),
  ];
  return { node, text: () => found.selectedOptions[0]?.textContent ?? "" };
}

let known;
/** What members are called, by id: asked for once a page. */
export function colleagueNames() {
  known ??= all("/colleagues").then((items) => new Map(items.map((each) => [each.id, each.name])));
  return known;
}
