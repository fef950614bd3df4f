// Label, consent and protection, as they look everywhere.
import { el, icon } from "./dom.js";
import { consent } from "./words.js";

export function labelChip(label, names) {
  if (!label || label === "none") return null;
  return el(
    "span",
    { class: `chip chip-${label}` },
    el("span", { class: "dot", "aria-hidden": "true" }),
    names[label],
  );
}

export const consentChip = (value) => el("span", { class: `chip chip-${value}` }, consent[value]);

export function protectChip(record) {
  if (!record.is_protected && !record.protection && !record.withheld) return null;
  return el("span", { class: "chip chip-protect" }, icon("shield"), "保護");
}
