// Builds elements. Text is always text: nothing that came from a server is ever parsed as HTML.

/** el("p", {class: "soft", onclick: f}, "text", child…): false, null and undefined are left out. */
export function el(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else node.setAttribute(key, value === true ? "" : value);
  }
  node.append(
    ...children.flat(Infinity).filter((each) => each !== null && each !== undefined && each !== false),
  );
  return node;
}

export const $ = (id) => document.getElementById(id);

/** Wakes a button that stands in the page's text, disabled: before this, a press would be lost. */
export function wake(button, pressed) {
  button.addEventListener("click", pressed);
  button.disabled = false;
}

const drawings = {
  home: "M4 11l8-7 8 7v8a1 1 0 0 1-1 1h-4v-6H9v6H5a1 1 0 0 1-1-1z",
  people:
    "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20c.4-3.6 3-6 6.5-6s6.1 2.4 6.5 6M16 4.5a3.5 3.5 0 0 1 0 6.3M18 14.5c2 .8 3.3 2.7 3.5 5.5",
  import: "M12 3v11M7.5 10l4.5 4.5L16.5 10M4 16v3a1.5 1.5 0 0 0 1.5 1.5h13A1.5 1.5 0 0 0 20 19v-3",
  rows: "M5 6h14M5 12h9M5 18h6M18 15v3M18 21v.01",
  shield: "M12 3l7.5 3v5.5c0 4.5-3 8-7.5 9.5-4.5-1.5-7.5-5-7.5-9.5V6z",
  warn: "M12 4l9 16H3zM12 10v4.5M12 17.3v.01",
  info: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 11v5.5M12 7.7v.01",
  good: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM8 12.3l3 3 5.5-6",
  same: "M8.5 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM15.5 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8z",
  absent:
    "M10 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM3.5 20c.4-3.6 3-6 6.5-6 1.5 0 2.9.4 4 1.2M16 16l5 5M21 16l-5 5",
  differ: "M4 8h12l-3-3M20 16H8l3 3",
  bell: "M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 1.5h-15zM10 20.5h4",
  team: "M12 10a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM5.5 12.5a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4zM18.5 12.5a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4zM6.5 20c.3-3.6 2.6-6 5.5-6s5.2 2.4 5.5 6M2 18.5c.2-2 1.4-3.5 3.5-3.5M22 18.5c-.2-2-1.4-3.5-3.5-3.5",
  circle:
    "M12 9a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM5.5 19.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM18.5 19.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM9.7 7.5L6.5 14.5M14.3 7.5l3.2 7M8 17h8",
  key: "M8 16.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM12.5 12H21v4M17.5 12v3",
  badge:
    "M5 5h14v14.5H5zM12 12a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4zM8 17c.3-2 1.8-3 4-3s3.7 1 4 3M10 3v2M14 3v2",
  law: "M12 4v16M7 20h10M5 7h14M5 7l-2.5 6a2.7 2.7 0 0 0 5 0zM19 7l-2.5 6a2.7 2.7 0 0 0 5 0z",
  hand: "M4 13v6M4 14.5h4l3 1.5h3.5M11 16h4l4.5-2.5 1 1.5-6 4.5L4 18.5M12 4h8v6h-8z",
  plug: "M9 3v5M15 3v5M6 8h12v3a6 6 0 0 1-12 0zM12 17v4",
  out: "M14 4h4.5A1.5 1.5 0 0 1 20 5.5v13a1.5 1.5 0 0 1-1.5 1.5H14M10 8l-4 4 4 4M6.5 12H15",
};

/** A small drawing beside words; it says nothing by itself. */
export function icon(name) {
  const ns = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(ns, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(ns, "path");
  path.setAttribute("d", drawings[name]);
  svg.append(path);
  return svg;
}

/** kind: good, warn, bad, protect or info. */
export function notice(kind, ...words) {
  const drawing = { good: "good", bad: "warn", warn: "warn", protect: "shield", info: "info" }[kind];
  return el(
    "div",
    { class: `notice notice-${kind}` },
    icon(drawing),
    el("div", { class: "notice-text" }, words),
  );
}

/** Tells those who can't see the screen what has just changed on it. */
export function say(text) {
  const status = $("status");
  if (status) status.textContent = text;
}

/** Shows a notice at its place on the page, and says it. */
export function tell(kind, text, place = $("notice")) {
  place.replaceChildren(text ? notice(kind, text) : "");
  if (text) {
    say(text);
    place.scrollIntoView({ block: "nearest" });
  }
}

let ids = 0;
/** A labelled input, select or textarea. */
export function field(label, control, { hint, whole, extra = "" } = {}) {
  control.id ||= `field-${++ids}`;
  const about = hint && el("span", { class: "hint", id: `${control.id}-hint` }, hint);
  if (about) control.setAttribute("aria-describedby", about.id);
  return el(
    "div",
    { class: `field ${whole ? "whole" : ""} ${extra}` },
    el("label", { for: control.id }, label),
    control,
    about,
  );
}

/** A select of [value, text] pairs. */
export function choice(name, pairs, current = "") {
  const options = pairs.map(([value, text]) => el("option", { value, selected: value === current }, text));
  return el("select", { name }, options);
}
