// Who has looked, newest first.
import { get } from "./api.js";
import { el } from "./dom.js";
import { action } from "./form.js";
import { chip, section } from "./parts.js";
import { actions, time } from "./words.js";

// The id of none.
const nobody = "00000000-0000-0000-0000-000000000000";

/** who(entry) says whose act it was. Several acts of one member at one glance are one line. */
export function looked(entries, who) {
  const lines = [];
  for (const entry of entries) {
    const minute = time(entry.time);
    const last = lines.at(-1);
    const action = actions[entry.action] ?? entry.action;
    const same = ["member", "on_behalf", "outcome"].every((each) => last?.[each] === entry[each]);
    if (same && last.minute === minute) last.actions.add(action);
    else lines.push({ ...entry, who: who(entry), minute, actions: new Set([action]) });
  }
  const line = (each) =>
    el(
      "li",
      {},
      el("time", {}, each.minute),
      el("strong", {}, each.who),
      el(
        "div",
        { class: "small soft" },
        each.outcome !== "done" && [chip("拒否", "refused"), " "],
        [...each.actions].join("、"),
        each.outcome !== "done" && "（行われていません）",
        each.on_behalf !== nobody && "（代行入力）",
        each.authentication.startsWith("asserted:") && "（外部のアプリから）",
      ),
    );
  return el("ol", { class: "log" }, lines.map(line));
}

/**
 * The card of who has looked at a person, a patient or oneself; it unfolds towards the past. `shows`
 * leaves entries out.
 */
export async function lookers(title, subject, { about, who, none, shows = () => true }) {
  const entries = [];
  let next = "";
  const list = el("div", { class: "stack" });
  async function further() {
    const page = await get(`/journal/lookers/${subject}?size=200&after=${encodeURIComponent(next)}`);
    entries.push(...page.items.filter(shows));
    next = page.next;
    list.replaceChildren(
      entries.length > 0 ? looked(entries, who) : el("p", { class: "empty" }, none),
      next ? el("div", { class: "row" }, action("前の記録を見る", further)) : "",
    );
  }
  await further();
  return section(title, el("p", { class: "small soft" }, about), list);
}
