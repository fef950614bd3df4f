// Who has looked, newest first.
import { el } from "./dom.js";
import { actions, time } from "./words.js";

/** who(entry) says whose act it was. Several acts of one member at one glance are one line. */
export function looked(entries, who) {
  const lines = [];
  for (const entry of entries) {
    const minute = time(entry.time);
    const last = lines.at(-1);
    const action = actions[entry.action] ?? entry.action;
    if (last && last.member === entry.member && last.minute === minute) last.actions.add(action);
    else lines.push({ member: entry.member, who: who(entry), minute, actions: new Set([action]) });
  }
  return el(
    "ol",
    { class: "log" },
    lines.map((line) =>
      el(
        "li",
        {},
        el("time", {}, line.minute),
        el("strong", {}, line.who),
        el("div", { class: "small soft" }, [...line.actions].join("、")),
      ),
    ),
  );
}
