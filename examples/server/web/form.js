// Short forms: they say what is wrong beside the field, and are not sent twice.
import { el, tell } from "./dom.js";

/**
 * content: fields, whose controls have names. send(values) does the work; `values` has each name
 * once, checkboxes as true or false. names: what the server's fields are called, for messages.
 * grave: what can't be undone.
 */
export function form(content, text, send, { names = {}, more = [], quiet = false, grave = false } = {}) {
  const said = el("div", { role: "alert" });
  const look = quiet ? "" : grave ? "button-grave" : "button-main";
  const go = el("button", { class: `button ${look}` }, text);
  const node = el(
    "form",
    { class: "stack", novalidate: true },
    said,
    content,
    el("div", { class: "row" }, go, more),
  );

  function values() {
    const named = [...node.elements].filter((each) => each.name && (each.type !== "radio" || each.checked));
    return Object.fromEntries(
      named.map((each) => [each.name, each.type === "checkbox" ? each.checked : each.value.trim()]),
    );
  }

  function wrong(control, message) {
    tell("bad", message, said);
    control?.setAttribute?.("aria-invalid", "true");
    control?.focus?.();
  }

  node.addEventListener("submit", async (event) => {
    event.preventDefault();
    said.replaceChildren();
    for (const each of node.elements) each.removeAttribute("aria-invalid");
    const empty = [...node.elements].find((each) => each.required && each.value.trim() === "");
    if (empty) return wrong(empty, `${empty.labels?.[0]?.textContent ?? ""}を入力してください。`);
    go.disabled = true;
    try {
      await send(values(), node);
    } catch (error) {
      if (!error.kind) throw error;
      const control = error.field ? node.elements.namedItem(error.field) : null;
      const label = names[error.field] ?? control?.labels?.[0]?.textContent;
      wrong(control, label ? `${label}: ${error.message}` : error.message);
    } finally {
      go.disabled = false;
    }
  });
  return node;
}

/** A text input by that name. */
export const input = (name, options = {}) => el("input", { name, autocomplete: "off", ...options });

/** A checkbox with its words. */
export const check = (name, text, checked = false) =>
  el("label", { class: "check" }, el("input", { type: "checkbox", name, checked }), text);

/** Several checkboxes under one title; `read` gives the chosen values. */
export function checks(title, pairs, chosen = []) {
  const boxes = pairs.map(([value, text]) => {
    const box = el("input", { type: "checkbox", value, checked: chosen.includes(value) });
    return { box, node: el("label", { class: "choice" }, box, text) };
  });
  const node = el(
    "fieldset",
    { class: "whole" },
    el("legend", {}, title),
    el(
      "div",
      { class: "choices" },
      boxes.map((each) => each.node),
    ),
  );
  return { node, read: () => boxes.filter(({ box }) => box.checked).map(({ box }) => box.value) };
}

/** A button that does something at once; `ask` is put to the member before. */
export function action(text, work, { ask = "", main = false } = {}) {
  const button = el("button", { class: main ? "button button-main" : "button", type: "button" }, text);
  button.addEventListener("click", async () => {
    if (ask && !confirm(ask)) return;
    button.disabled = true;
    try {
      await work();
    } catch (error) {
      if (!error.kind) throw error;
      tell("bad", error.message);
    } finally {
      button.disabled = false;
    }
  });
  return button;
}

/** What unfolds under its title. */
export const unfold = (title, ...content) =>
  el("details", {}, el("summary", {}, title), el("div", { class: "stack" }, content));
